import { GitCommitHorizontal } from "lucide-react";
import { Link } from "../../ui/link.tsx";
import { CommitMark } from "../checks/commit-mark.tsx";
import { commitHref, shortSha } from "../code/hrefs.ts";
import { Person } from "../code/person.tsx";
import type { At } from "./hrefs.ts";
import type { PullData } from "./queries.ts";

interface Props {
  readonly at: At;
  readonly commits: PullData["commits"];
}

/** Of a larger push the rest is one press away. */
const mostShown = 10;

/** What a push brought, oldest first. */
export function CommitsEntry({ at, commits }: Props) {
  const rest = commits.length > mostShown + 1 ? commits.slice(mostShown) : [];
  const first = commits.slice(0, commits.length - rest.length);
  return (
    <li className="timeline-item relative flex gap-3 py-1 pl-2">
      <div className="min-w-0 grow">
        <Commits at={at} commits={first} />
        {rest.length > 0 && (
          <details>
            <summary className="ml-8 w-fit cursor-pointer py-1 text-sm text-accent-ink">
              {rest.length} more commits
            </summary>
            <Commits at={at} commits={rest} />
          </details>
        )}
      </div>
    </li>
  );
}

const Commits = ({ at, commits }: Props) => (
  <ul>
    {commits.map((commit) => (
      <li key={commit.sha} className="flex items-center gap-3 py-1 text-sm leading-5">
        <span className="z-1 grid size-5 shrink-0 place-items-center rounded-full bg-surface text-ink-3">
          <GitCommitHorizontal aria-hidden="true" className="size-3.5" />
        </span>
        <Link
          look="plain"
          href={commitHref(at, commit.sha)}
          dir="auto"
          className="min-w-0 grow truncate text-ink"
        >
          {commit.subject || "(no message)"}
        </Link>
        <CommitMark at={at} sha={commit.sha} checks={commit.checks} />
        <Person person={commit.author} size={16} className="max-w-36 shrink-0 text-xs text-ink-2" />
        <Link
          look="plain"
          href={commitHref(at, commit.sha)}
          className="shrink-0 font-mono text-code text-ink-2"
        >
          {shortSha(commit.sha)}
        </Link>
      </li>
    ))}
  </ul>
);
