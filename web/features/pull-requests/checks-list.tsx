import { Check, CircleDashed, X } from "lucide-react";
import { Link } from "../../ui/link.tsx";
import type { PullData } from "./queries.ts";

const sentences: Readonly<Record<string, string>> = {
  success: "All checks passed",
  pending: "Checks are still running",
  failure: "Some checks failed",
};

/** What other programs report about the last commit. Folded when all is well. */
export function ChecksList({ checks }: { readonly checks: PullData["checks"] }) {
  if (checks.state === null) return null;
  return (
    <details open={checks.state !== "success"} className="border-b border-line text-sm">
      <summary className="flex cursor-pointer items-center gap-2.5 px-3 py-2">
        <StatusIcon state={checks.state} />
        <span className="font-medium">{sentences[checks.state] ?? checks.state}</span>
        <span className="text-ink-2">{checks.statuses.length}</span>
      </summary>
      <ul className="pb-2">
        {checks.statuses.map((status) => (
          <li key={status.id} className="flex flex-wrap items-center gap-x-2.5 py-1 pr-3 pl-8">
            <StatusIcon state={status.state} />
            <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{status.context}</span>
            <span dir="auto" className="min-w-0 grow text-ink-2 [overflow-wrap:anywhere]">
              {status.description}
            </span>
            {status.target_url && (
              <Link look="muted" href={status.target_url} rel="nofollow noreferrer">
                Details
              </Link>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function StatusIcon({ state }: { readonly state: string }) {
  if (state === "success") return <Check role="img" aria-label="Passed" className="shrink-0 text-open" />;
  if (state === "pending")
    return <CircleDashed role="img" aria-label="Running" className="shrink-0 text-warning" />;
  return <X role="img" aria-label="Failed" className="shrink-0 text-closed" />;
}
