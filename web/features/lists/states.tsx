import { clsx } from "clsx";
import { CircleCheck, CircleDot, GitPullRequest, type LucideIcon } from "lucide-react";
import { queryState, readQuery, withState } from "../../../language/query.ts";
import { countOf, type Counts } from "./counts.ts";
import { listHref } from "./line.ts";

interface Props {
  readonly list: string;
  readonly line: string;
  readonly kind: "issue" | "pr";
  readonly counts: Counts;
}

/** Open and closed, each with how many of what else the query says. */
export function States({ list, line, kind, counts }: Props) {
  const wanted = queryState(readQuery(line).terms);
  const states: readonly { state: "open" | "closed"; word: string; icon: LucideIcon }[] = [
    { state: "open", word: "Open", icon: kind === "pr" ? GitPullRequest : CircleDot },
    { state: "closed", word: "Closed", icon: CircleCheck },
  ];
  return (
    <nav aria-label="State" className="flex gap-3">
      {states.map(({ state, word, icon: Icon }) => (
        <a
          key={state}
          href={listHref(list, withState(line, state))}
          aria-current={wanted === state ? "true" : undefined}
          className={clsx(
            "inline-flex min-h-6 items-center gap-1.5 rounded-sm",
            wanted === state ? "font-medium text-ink" : "text-ink-2 hover:text-ink",
          )}
        >
          <Icon aria-hidden="true" className={wanted === state ? "text-open" : "text-ink-3"} />
          <span className="tabular">{countOf(counts, state)}</span> {word}
        </a>
      ))}
    </nav>
  );
}
