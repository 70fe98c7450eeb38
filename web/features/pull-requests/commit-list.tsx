import type { WebCommit } from "../../../api/client.gen.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { List } from "../../ui/list.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { CommitMark } from "../checks/commit-mark.tsx";
import { commitHref, shortSha } from "../code/hrefs.ts";
import { Person } from "../code/person.tsx";
import type { At } from "./hrefs.ts";

type Judged = WebCommit & { readonly checks?: "failure" | "pending" | "success" | null };

interface Props {
  readonly at: At;
  readonly commits: readonly Judged[];
  /** Where their checks were reported, when that is elsewhere: the repository that a pull request goes to. */
  readonly checksAt?: At;
}

/** Commits by the day they were made, oldest first. */
export function CommitList({ at, commits, checksAt = at }: Props) {
  const days = Map.groupBy(commits, (commit) => commit.date.slice(0, 10));
  return (
    <div className="flex flex-col gap-5">
      {[...days].map(([day, some], index) => (
        <section key={`${day} ${some[0]?.sha}`} aria-label={dayName(day)}>
          <h2 className="mb-1 px-3 text-sm font-medium text-ink-2">{dayName(day)}</h2>
          <List
            label={`Commits of ${dayName(day)}`}
            keys={index === 0}
            data-rows=""
            className="border-y border-line"
          >
            {some.map((commit) => (
              <CommitRow key={commit.sha} at={at} checksAt={checksAt} commit={commit} />
            ))}
          </List>
        </section>
      ))}
    </div>
  );
}

function CommitRow({
  at,
  checksAt,
  commit,
}: {
  readonly at: At;
  readonly checksAt: At;
  readonly commit: Judged;
}) {
  return (
    <li data-row="" className="row relative flex flex-wrap items-start gap-x-3 gap-y-1 px-3 py-2">
      <div className="min-w-0 grow basis-60">
        <a
          href={commitHref(at, commit.sha)}
          data-row-link=""
          dir="auto"
          className="row-link block text-base leading-5 font-medium"
        >
          {commit.subject || "(no message)"}
        </a>
        {commit.body !== "" && (
          <details className="relative z-1 mt-0.5 text-sm text-ink-2">
            <summary className="w-fit cursor-pointer text-ink-3 hover:text-ink">Whole message</summary>
            <pre dir="auto" className="mt-1 font-mono text-code whitespace-pre-wrap">
              {commit.body}
            </pre>
          </details>
        )}
        <div className="mt-1 flex items-center gap-1.5 text-xs text-ink-2">
          <Person person={commit.author} size={16} />
          <RelativeTime at={commit.date} />
          <CommitMark at={checksAt} sha={commit.sha} checks={commit.checks} />
        </div>
      </div>
      <div className="flex items-center gap-1">
        <a
          href={commitHref(at, commit.sha)}
          className="font-mono text-code text-ink-2 hover:text-ink hover:underline"
        >
          {shortSha(commit.sha)}
        </a>
        <CopyButton text={commit.sha} label="Copy the whole name of the commit" size="sm" />
      </div>
    </li>
  );
}

const days = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

const dayName = (day: string): string => days.format(Date.parse(day));
