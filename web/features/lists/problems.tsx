import { CircleAlert } from "lucide-react";

export interface Problem {
  readonly text: string;
  readonly start: number;
  readonly message: string;
  readonly kept: boolean;
}

/** What a query says that cannot be meant, under its field: the piece, why, and what became of it. */
export function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <div role="status">
      <ul className="mt-1.5 flex flex-col gap-1 text-sm text-ink-2">
        {problems.map((one) => (
          <li key={one.start} className="flex items-start gap-1.5">
            <CircleAlert
              aria-hidden="true"
              className={`mt-0.5 size-3.5 shrink-0 ${one.kept ? "text-ink-3" : "text-warning"}`}
            />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {!one.kept && (
                <>
                  <code className="text-ink">{one.text}</code> was left out.{" "}
                </>
              )}
              {one.message}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
