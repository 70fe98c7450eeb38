import { Badge } from "../../ui/badge.tsx";
import { Link } from "../../ui/link.tsx";
import { CheckIcon } from "../checks/check-icon.tsx";
import { countsOf, timeTaken } from "../checks/check-words.ts";
import { pullHref, type At } from "./hrefs.ts";
import type { PullData } from "./queries.ts";

const sentences = {
  success: "All checks passed",
  pending: "Checks are still under way",
  failure: "Some checks failed",
};

interface Props {
  readonly at: At;
  readonly number: number;
  readonly list: PullData["checks"];
}

/** What other programs report about the last commit. Folded when all is well. */
export function ChecksList({ at, number, list: { verdict, checks, counts, total } }: Props) {
  if (verdict === null) return null;
  const page = pullHref(at, number, "checks");
  return (
    <details open={verdict !== "success"} className="border-b border-line text-sm">
      <summary className="flex cursor-pointer items-center gap-2.5 px-3 py-2">
        <CheckIcon word={verdict} />
        <span className="flex min-w-0 flex-wrap gap-x-2.5">
          <span className="font-medium">{sentences[verdict]}</span>
          <span className="text-ink-2">{countsOf(counts)}</span>
        </span>
      </summary>
      <ul className="pb-2">
        {checks.map((check) => {
          const took = timeTaken(check.started_at, check.completed_at);
          const link = check.kind === "run" ? `${page}?run=${check.id}` : check.link;
          return (
            <li
              key={`${check.kind} ${check.id} ${check.name}`}
              className="flex items-start gap-x-2.5 py-1 pr-3 pl-8"
            >
              <span className="flex h-5 items-center">
                <CheckIcon word={check.word} />
              </span>
              <span className="flex min-w-0 grow flex-wrap items-center gap-x-2.5 leading-5">
                <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{check.name}</span>
                <span dir="auto" className="min-w-0 grow text-ink-2 [overflow-wrap:anywhere]">
                  {check.word === "expected" ? "Waiting to be reported" : check.said}
                </span>
                {took !== undefined && <span className="tabular text-ink-3">{took}</span>}
                {check.required && <Badge>Required</Badge>}
                {link !== null && (
                  <Link
                    look="muted"
                    href={link}
                    {...(check.kind === "run" ? {} : { rel: "nofollow noreferrer" })}
                  >
                    Details
                  </Link>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {total > checks.length && (
        <p className="pr-3 pb-2.5 pl-8">
          <Link href={page}>All {total} checks</Link>
        </p>
      )}
    </details>
  );
}
