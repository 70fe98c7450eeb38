import { FileCode, FileSymlink, Folder as FolderIcon, FolderGit2, History, Terminal } from "lucide-react";
import { short } from "../../ui/badge.tsx";
import { Link } from "../../ui/link.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { Panel } from "../../ui/page-frame.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { useRowKeys } from "../../ui/keyboard/rows.ts";
import { SeenText } from "../../ui/seen-text.tsx";
import { CommitMark } from "../checks/commit-mark.tsx";
import { codeHref, commitHref, shortSha, type At } from "./hrefs.ts";
import { FolderNames } from "./folder-names.tsx";
import { Person } from "./person.tsx";
import { useLastCommits } from "./last-commits.ts";
import type { FolderData } from "./tree-page.tsx";

type Folder = FolderData;
type Entry = Folder["entries"][number];

const icons: Readonly<Record<Entry["kind"], typeof FileCode>> = {
  directory: FolderIcon,
  file: FileCode,
  executable: Terminal,
  symlink: FileSymlink,
  submodule: FolderGit2,
};

/** The entries of a folder, each with the commit that changed it last; the folder's own last commit above them. */
export function FolderTable({ at, folder }: { readonly at: At; readonly folder: Folder }) {
  const { revision, entries, last, path, commits } = folder;
  const { found, pending, missing } = useLastCommits(at, folder);
  useRowKeys(true);
  if (folder.names_only) return <FolderNames at={at} folder={folder} />;
  const parent = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
  return (
    <Panel
      head={last && <LastCommit at={at} commit={last} count={commits} ref_={revision.name} path={path} />}
    >
      <table data-rows="" className="files w-full table-fixed text-sm">
        <caption className="sr-only">{path === "" ? "Files" : `Files in ${path}`}</caption>
        <colgroup>
          <col className="sm:w-[36%]" />
          <col className="max-sm:hidden" />
          <col className="w-32" />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Last commit</th>
            <th scope="col">Age</th>
          </tr>
        </thead>
        <tbody>
          {path !== "" && (
            <tr className="row">
              <td className="h-8 px-3">
                <a
                  href={codeHref(at, "tree", revision.name, parent)}
                  className="row-link font-medium"
                  aria-label="Parent folder"
                >
                  ..
                </a>
              </td>
              <td className="max-sm:hidden" />
              <td />
            </tr>
          )}
          {entries.map((entry) => (
            <EntryRow
              key={entry.name}
              at={at}
              gitRef={revision.name}
              entry={entry}
              last={entry.last ?? found?.[entry.name] ?? null}
            />
          ))}
        </tbody>
      </table>
      {entries.length === 0 && <p className="p-4 text-sm text-ink-2">This folder is empty.</p>}
      {folder.total > entries.length && (
        <p className="border-t border-line px-3 py-2 text-sm text-ink-2">
          The first {entries.length} of {folder.total.toLocaleString("en")} entries.{" "}
          <Link href="?all=1">Show the names of all</Link>
        </p>
      )}
      {pending && (
        // Where JavaScript runs they come by themselves, and nothing below them moves.
        <p className="border-t border-line px-3 py-2 text-sm text-ink-2 js:hidden">
          The last commits of the entries are being looked up. Reload in a moment.
        </p>
      )}
      {missing && (
        <p className="border-t border-line px-3 py-2 text-sm text-ink-2" role="status">
          There was no time to find the last commit of every entry.
        </p>
      )}
    </Panel>
  );
}

function EntryRow({
  at,
  gitRef,
  entry,
  last,
}: {
  readonly at: At;
  readonly gitRef: string;
  readonly entry: Entry;
  readonly last: Entry["last"];
}) {
  const Icon = icons[entry.kind];
  const isFolder = entry.kind === "directory";
  return (
    <tr data-row="" className="row relative">
      <td className="h-8 px-3">
        <span className="flex min-w-0 items-center gap-2">
          <Icon
            aria-label={entry.kind === "file" ? undefined : entry.kind}
            aria-hidden={entry.kind === "file" ? true : undefined}
            className={isFolder ? "fill-accent-soft text-accent-ink" : "text-ink-3"}
          />
          {entry.kind === "submodule" ? (
            <span className="truncate">
              {entry.name} <code className="text-ink-2">@ {shortSha(entry.oid)}</code>
            </span>
          ) : (
            <a
              href={codeHref(at, isFolder ? "tree" : "blob", gitRef, entry.path)}
              data-row-link=""
              className="row-link truncate"
              title={entry.name}
            >
              <SeenText text={entry.name} />
            </a>
          )}
        </span>
      </td>
      <td className="h-8 px-3 text-ink-2 max-sm:hidden">
        {last && (
          <Link
            href={commitHref(at, last.sha)}
            look="muted"
            dir="auto"
            className="block max-w-full truncate"
            title={last.subject}
          >
            {last.subject}
          </Link>
        )}
      </td>
      <td className="h-8 px-3 text-right text-ink-2">{last && <RelativeTime at={last.date} />}</td>
    </tr>
  );
}

interface LastProps {
  readonly at: At;
  readonly commit: NonNullable<Folder["last"]>;
  readonly count: number | null;
  readonly ref_: string;
  readonly path: string;
}

function LastCommit({ at, commit, count, ref_: gitRef, path }: LastProps) {
  return (
    <>
      <Person person={commit.author} className="shrink-0 max-w-[40%]" />
      <Link
        href={commitHref(at, commit.sha)}
        look="muted"
        dir="auto"
        className="min-w-0 grow truncate"
        title={commit.subject}
      >
        {commit.subject}
      </Link>
      <CommitMark at={at} sha={commit.sha} checks={commit.checks} />
      <Link
        href={commitHref(at, commit.sha)}
        look="muted"
        className="font-mono text-xs whitespace-nowrap max-sm:hidden"
      >
        {shortSha(commit.sha)}
      </Link>
      <span className="shrink-0 text-ink-2 max-sm:hidden">
        <RelativeTime at={commit.date} />
      </span>
      <Link
        href={codeHref(at, "commits", gitRef, path)}
        look="muted"
        className="inline-flex shrink-0 items-center gap-1.5 font-medium"
      >
        <History aria-hidden="true" />
        {count !== null && <span className="tabular">{short(count)}</span>}
        <span className="max-sm:sr-only">
          {count === null ? "History" : count === 1 ? "commit" : "commits"}
        </span>
      </Link>
    </>
  );
}

/** The README of a folder, as it is meant to be read. */
export function Readme({ at, folder }: { readonly at: At; readonly folder: Folder }) {
  const { readme, revision } = folder;
  if (!readme) return null;
  return (
    <Panel
      className="mt-5"
      head={
        <Link href={codeHref(at, "blob", revision.name, readme.path)} look="plain" className="font-medium">
          {readme.path.slice(readme.path.lastIndexOf("/") + 1)}
        </Link>
      }
    >
      <Markdown html={readme.html} className="mx-auto max-w-[860px] px-5 py-6 sm:px-8" />
    </Panel>
  );
}
