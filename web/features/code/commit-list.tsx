import { FileCode, FilePen, FolderTree } from "lucide-react";
import type { WebCommit } from "../../../api/client.gen.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Link } from "../../ui/link.tsx";
import { List } from "../../ui/list.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { CommitMark } from "../checks/commit-mark.tsx";
import { codeHref, commitHref, shortSha, type At } from "./hrefs.ts";
import { Person } from "./person.tsx";

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** With what its checks come to; in the history of a file also with what that was called then, and before. */
type Named = WebCommit & {
  readonly checks: "failure" | "pending" | "success" | null;
  readonly path?: string;
  readonly renamed_from?: string | null;
};

/**
 * Commits below the day they were made on (in UTC, so that everybody sees the same days). In the history of a `file` each
 * leads to the file as it was, and where it had another name, the name is said.
 */
export function CommitList({
  at,
  checksAt = at,
  commits,
  file,
}: {
  readonly at: At;
  /** The repository that the checks were reported to, where the commits are in another: a fork. */
  readonly checksAt?: At | undefined;
  readonly commits: readonly Named[];
  readonly file?: string | undefined;
}) {
  const days = Map.groupBy(commits, (commit) => commit.date.slice(0, 10));
  return (
    <div className="flex flex-col gap-5">
      {[...days].map(([date, some]) => (
        <section key={date}>
          <h2 className="mb-1.5 text-sm font-medium text-ink-2">{day.format(Date.parse(date))}</h2>
          <List label={`Commits of ${date}`} className="rounded-lg border border-line">
            {some.map((commit) => (
              <CommitRow key={commit.sha} at={at} checksAt={checksAt} commit={commit} file={file} />
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
  file,
}: {
  readonly at: At;
  readonly checksAt: At;
  readonly commit: Named;
  readonly file?: string | undefined;
}) {
  const path = commit.path ?? file;
  return (
    <li data-row="" className="row relative flex items-start gap-3 px-3 py-2">
      <div className="min-w-0 grow">
        <a
          href={commitHref(at, commit.sha)}
          data-row-link=""
          dir="auto"
          className="row-link line-clamp-2 text-base leading-5 font-medium"
        >
          {commit.subject || <em>No message</em>}
        </a>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-1.5 text-sm text-ink-2">
          <Person person={commit.author} size={16} />
          <span>
            committed <RelativeTime at={commit.date} />
          </span>
          <CommitMark at={checksAt} sha={commit.sha} checks={commit.checks} />
          {file !== undefined && path !== file && (
            <span className="min-w-0 break-all">
              as <code className="text-code">{path}</code>
            </span>
          )}
        </p>
        {commit.renamed_from != null && (
          <p className="mt-0.5 flex items-start gap-1.5 text-sm text-ink-2">
            <FilePen aria-hidden="true" className="mt-0.5 shrink-0" />
            <span className="min-w-0 break-all">
              Renamed from <code className="text-code">{commit.renamed_from}</code>
            </span>
          </p>
        )}
        {commit.body !== "" && (
          <details className="relative z-1 mt-1 text-sm">
            <summary className="w-fit cursor-pointer text-ink-2">Message</summary>
            <pre dir="auto" className="mt-1 text-code whitespace-pre-wrap text-ink-2">
              {commit.body}
            </pre>
          </details>
        )}
      </div>
      <div className="relative z-1 flex shrink-0 items-center">
        <Link href={commitHref(at, commit.sha)} look="muted" className="font-mono text-xs">
          {shortSha(commit.sha)}
        </Link>
        <CopyButton text={commit.sha} label="Copy the commit's id" size="sm" />
        <IconButton
          size="sm"
          label={file === undefined ? "The code at this commit" : "The file at this commit"}
          icon={file === undefined ? <FolderTree /> : <FileCode />}
          href={
            file === undefined ? codeHref(at, "tree", commit.sha) : codeHref(at, "blob", commit.sha, path)
          }
        />
      </div>
    </li>
  );
}
