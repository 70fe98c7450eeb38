import type { Milestone } from "../../../api/client.gen.ts";

type Counted = Pick<Milestone, "open_issues" | "closed_issues">;

/** How much of a milestone is done, in whole percent; only all of it is 100. */
export function percentDone({ open_issues: open, closed_issues: closed }: Counted): number {
  const all = open + closed;
  return all === 0 ? 0 : Math.floor((closed / all) * 100);
}

/** A bar and its number. */
export function MilestoneProgress({ milestone }: { readonly milestone: Counted }) {
  const percent = percentDone(milestone);
  return (
    <span className="flex items-center gap-2 text-xs text-ink-2">
      <span className="h-1.5 grow overflow-hidden rounded-full bg-n4 outline outline-transparent">
        <span
          className="block h-full rounded-full bg-current text-open forced-colors:bg-[Highlight]"
          style={{ width: `${percent}%` }}
        />
      </span>
      <span className="tabular shrink-0">{percent} %</span>
      <span className="sr-only">done</span>
    </span>
  );
}
