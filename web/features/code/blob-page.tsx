import { useRouter } from "@tanstack/react-router";
import {
  Code,
  Eye,
  FileDown,
  GitCommitVertical,
  History,
  MessageSquarePlus,
  Pencil,
  Trash2,
} from "lucide-react";
import { useFrame } from "../../app/frame.ts";
import { visit } from "../../app/navigation.ts";
import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { Link } from "../../ui/link.tsx";
import { Content, Panel } from "../../ui/page-frame.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { CommitMark } from "../checks/commit-mark.tsx";
import { Breadcrumb } from "./breadcrumb.tsx";
import { CopyFile } from "./copy-file.tsx";
import { FileContent } from "./file-content.tsx";
import { CodeownersNotice, FileOwners } from "./file-notes.tsx";
import { FinderButton } from "./finder.tsx";
import { codeHref, commitHref, shortSha, type At } from "./hrefs.ts";
import { Outline, OutlineButton } from "./outline.tsx";
import { usePermalinkKey } from "./permalink.ts";
import { Person } from "./person.tsx";
import { RefSwitcher } from "./ref-switcher.tsx";
import { sayHref, sayWords, type SayAt } from "./say-href.ts";
import { bytesText } from "./sizes.ts";
import type { blobPage } from "./routes.ts";
import { useLaterColours } from "./later-colours.ts";

type File = PageProps<typeof blobPage>["data"]["file"];

export default function BlobPage({ params, data, search }: PageProps<typeof blobPage>) {
  const { file, notes } = data;
  const { revision, path } = file;
  const plain = `${codeHref(params, "blob", revision.name, path)}?plain=1`;
  useLaterColours(file.coloured === "later");
  // What comes with the colours has its place from the start, so that nothing moves.
  const outlined = file.outline.length > 0 || file.coloured === "later";
  usePermalinkKey(codeHref(params, "blob", revision.commit, path));
  const { viewer } = useFrame();
  const [owner = "", repo = ""] = notes.pull?.repository.split("/") ?? [];
  const pull = notes.pull && { owner, repo, number: notes.pull.number };
  const say: SayAt | undefined =
    viewer === null || data.home.repository.archived
      ? undefined
      : { at: params, path, pull, commit: file.last?.sha ?? revision.commit };
  return (
    <Content wide className="max-w-[1440px]">
      <h1 className="sr-only">{path}</h1>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <RefSwitcher at={params} revision={revision} href={(ref) => codeHref(params, "blob", ref, path)} />
        <Breadcrumb at={params} gitRef={revision.name} path={path} />
        <span className="grow" />
        <FinderButton at={params} gitRef={revision.name} />
      </div>
      {file.last && <LastChange at={params} file={file} last={file.last} />}
      {notes.codeowners && (
        <div className="mb-3">
          <CodeownersNotice at={params} gitRef={revision.name} found={notes.codeowners} />
        </div>
      )}
      <div className={outlined ? "outlined" : undefined}>
        <Panel
          className="min-w-0 bg-surface"
          head={
            <FileHead
              at={params}
              file={file}
              asLines={search.get("plain") === "1"}
              owned={notes.owned}
              say={say}
            />
          }
        >
          <FileContent at={params} file={file} plain={plain} say={say} />
        </Panel>
        {file.outline.length > 0 && <Outline key={file.oid} entries={file.outline} />}
      </div>
    </Content>
  );
}

function LastChange({
  at,
  file,
  last,
}: {
  readonly at: At;
  readonly file: File;
  readonly last: NonNullable<File["last"]>;
}) {
  return (
    <div className="mb-3 flex items-center gap-2.5 text-sm">
      <Person person={last.author} className="max-w-[40%] shrink-0" />
      <Link href={commitHref(at, last.sha)} look="muted" dir="auto" className="min-w-0 truncate">
        {last.subject}
      </Link>
      <CommitMark at={at} sha={last.sha} checks={last.checks} />
      <Link
        href={commitHref(at, last.sha)}
        look="muted"
        className="font-mono text-xs whitespace-nowrap max-sm:hidden"
      >
        {shortSha(last.sha)}
      </Link>
      <span className="shrink-0 text-ink-2">
        <RelativeTime at={last.date} />
      </span>
      <span className="grow" />
      <Link
        href={codeHref(at, "commits", file.revision.name, file.path)}
        look="muted"
        className="inline-flex shrink-0 items-center gap-1.5 font-medium"
      >
        <History aria-hidden="true" /> <span className="max-sm:sr-only">History</span>
      </Link>
    </div>
  );
}

interface HeadProps {
  readonly at: At;
  readonly file: File;
  /** The lines were asked for, also where there is another view. */
  readonly asLines: boolean;
  readonly owned: PageProps<typeof blobPage>["data"]["notes"]["owned"];
  readonly say: SayAt | undefined;
}

const views = { document: "Preview", table: "Table", notebook: "Notebook" } as const;

function FileHead({ at, file, asLines, owned, say }: HeadProps) {
  const { revision, path, line_count: lines, size, language } = file;
  const here = codeHref(at, "blob", revision.name, path);
  return (
    <>
      <span className="tabular min-w-0 truncate text-ink-2">
        {!file.binary && `${lines.toLocaleString("en")} ${lines === 1 ? "line" : "lines"} · `}
        {bytesText(size)}
        {language && ` · ${language.name}`}
        {file.kind === "executable" && " · executable"}
        {file.encoding !== null && file.encoding !== "utf-8" && ` · ${file.encoding}`}
      </span>
      {owned && <FileOwners at={at} gitRef={revision.name} owned={owned} />}
      <span className="grow" />
      {file.outline.length > 0 && <OutlineButton />}
      {file.view !== null &&
        (asLines ? (
          <Button size="sm" variant="ghost" href={here} icon={<Eye aria-hidden="true" />}>
            {views[file.view]}
          </Button>
        ) : (
          <Button size="sm" variant="ghost" href={`${here}?plain=1`} icon={<Code aria-hidden="true" />}>
            Source
          </Button>
        ))}
      {!file.binary && file.kind !== "symlink" && (
        <Button
          size="sm"
          variant="ghost"
          href={codeHref(at, "blame", revision.name, path)}
          icon={<GitCommitVertical aria-hidden="true" />}
        >
          <span className="max-sm:sr-only">Blame</span>
        </Button>
      )}
      <Button size="sm" variant="ghost" href={file.raw_url} icon={<FileDown aria-hidden="true" />}>
        <span className="max-sm:sr-only">Raw</span>
      </Button>
      {!file.binary && !file.truncated && <CopyFile url={file.raw_url} />}
      {say && (
        <IconButton
          href={sayHref(say)}
          label={sayWords(say)}
          icon={<MessageSquarePlus aria-hidden="true" />}
        />
      )}
      <FileActs at={at} file={file} />
    </>
  );
}

/** Edit and delete. Who may not write is led to the page that says what they can do instead. */
function FileActs({ at, file }: Pick<HeadProps, "at" | "file">) {
  const router = useRouter();
  const { revision, path, write } = file;
  const onBranch = revision.kind === "branch";
  const edit = codeHref(at, "edit", revision.name, path);
  const offered = file.edit === true || (onBranch && write !== true);
  useShortcut({
    keys: "e",
    label: "Edit this file",
    group: "This page",
    enabled: offered,
    run: () => visit(router, edit),
  });
  return (
    <>
      {offered ? (
        <IconButton href={edit} label="Edit" keys="e" icon={<Pencil aria-hidden="true" />} />
      ) : (
        <Button
          size="sm"
          variant="ghost"
          aria-label="Edit"
          reason={file.edit === true ? undefined : file.edit}
          icon={<Pencil aria-hidden="true" />}
        />
      )}
      {onBranch && write === true && (
        <IconButton
          href={codeHref(at, "delete", revision.name, path)}
          label="Delete"
          icon={<Trash2 aria-hidden="true" />}
        />
      )}
    </>
  );
}
