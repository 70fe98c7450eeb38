import { clsx } from "clsx";
import { tip } from "../../ui/tip.ts";
import { CheckIcon } from "./check-icon.tsx";
import { checksHref } from "./hrefs.ts";

interface Props {
  /** Where the checks were reported. */
  readonly at: { readonly owner: string; readonly repo: string };
  readonly sha: string;
  /** What all checks of the commit come to; null where nothing was reported. */
  readonly checks: "failure" | "pending" | "success" | null | undefined;
  readonly className?: string;
}

const words = { failure: "Checks failed", pending: "Checks are running", success: "Checks passed" };

/** The mark beside a commit in a list, which leads to its checks. Nothing where none was reported. */
export function CommitMark({ at, sha, checks, className }: Props) {
  if (!checks) return null;
  return (
    <a
      href={checksHref(at, sha)}
      aria-label={words[checks]}
      className={clsx("relative z-1 -my-0.5 inline-flex shrink-0 rounded p-0.5 hover:bg-hover", className)}
      {...tip(words[checks])}
    >
      <CheckIcon word={checks} />
    </a>
  );
}
