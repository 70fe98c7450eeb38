import { MessageSquarePlus } from "lucide-react";
import { Suspense, type ReactNode } from "react";
import type { WebThread } from "../../../api/client.gen.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { withParams } from "../diff/diff-query.ts";
import type { DiffProps } from "../diff/diff-props.ts";
import type { DiffFile, LinePlace } from "../diff/lines.ts";
import { textOf } from "../diff/mark.ts";
import type { At } from "./hrefs.ts";
import { LineForm } from "./line-form-later.ts";
import { placeAsked, placeName, placeNamed, sideOf, type CommentPlace } from "./places.ts";
import type { PullFilesData } from "./queries.ts";
import { ThreadCard } from "./thread-card.tsx";
import { ThreadBody } from "./thread.tsx";
import type { Opened } from "./use-opened.ts";

interface Props {
  readonly at: At;
  readonly page: PullFilesData;
  readonly search: URLSearchParams;
  /** What is being edited (`?edit=`), and where a comment is being written (`?comment=`). */
  readonly edit: Opened;
  readonly line: Opened;
}

type Drawn = Required<
  Pick<DiffProps, "commentHref" | "onLineComment" | "renderFileTop" | "renderFileActs" | "renderBelowLine">
>;

interface LineComments extends Drawn {
  /** Conversations and the form that belong to no file of the diff. */
  readonly elsewhere: ReactNode;
}

/** The conversations of a pull request and the form for a new comment, each where it stands in the diff. */
export function lineComments({ at, page, search, edit, line }: Props): LineComments {
  const { pull, diff, threads, can, pending, head } = page;
  const able = can.comment === true;
  const place = able ? (placeNamed(line.opened) ?? placeAsked(search)) : undefined;
  const files = new Map(diff.files.map((file) => [file.path, file]));
  const shown = (thread: WebThread) => isShown(files.get(thread.path), thread.side, thread.line);
  const common = { at, number: pull.number, edit, canComment: can.comment } as const;
  const body = (one: WebThread) => <ThreadBody key={one.id} {...common} thread={one} />;
  const card = (one: WebThread) => (
    <div key={one.id} className="px-3 py-2">
      <ThreadCard {...common} thread={one} inChanges={false} />
    </div>
  );
  const form = (where: CommentPlace) => (
    <Suspense key={placeName(where)}>
      <LineForm
        at={at}
        number={pull.number}
        head={head}
        place={where}
        pending={pending}
        line={line}
        textFrom={
          where.line === undefined || where.side === "old"
            ? undefined
            : (first) => textBetween(files.get(where.path), first, where.line)
        }
      />
    </Suspense>
  );
  const atTop = (where: CommentPlace) =>
    where.line === undefined || !isShown(files.get(where.path), sideOf(where.side), where.line);
  const lost = threads.filter((one) => !files.has(one.path));
  const away = place !== undefined && !files.has(place.path) ? place : undefined;
  return {
    commentHref: (one) => withParams(search, { comment: placeName(one), on: undefined, line: undefined }),
    onLineComment: (one) => line.open(placeName(one)),
    renderFileActs: (file) => {
      const opens = line.opens(placeName({ path: file.path, line: undefined }));
      return able ? (
        <a href={opens.href} onClick={opens.onClick} className="js:contents">
          <IconButton
            size="sm"
            tabIndex={-1}
            label="Comment on the file"
            icon={<MessageSquarePlus aria-hidden="true" className="size-3.5" />}
          />
        </a>
      ) : null;
    },
    renderFileTop: (file) => {
      const here = threads.filter((one) => one.path === file.path && !shown(one));
      const old = here.filter((one) => one.outdated);
      const others = here.filter((one) => !one.outdated);
      const writing = place?.path === file.path && atTop(place);
      if (here.length === 0 && !writing) return null;
      return (
        <div className="border-b border-line">
          {others.map((one) => (one.subject === "file" ? body(one) : card(one)))}
          {old.length > 0 && (
            <details>
              <summary className="cursor-pointer px-3 py-2 text-sm text-ink-2">
                {old.length === 1 ? "1 conversation" : `${old.length} conversations`} about lines that changed
                since
              </summary>
              {old.map(card)}
            </details>
          )}
          {writing && form(place)}
        </div>
      );
    },
    renderBelowLine: (where) => {
      const here = threads.filter(
        (one) => one.path === where.path && one.line === where.line && one.side === sideOf(where.side),
      );
      const writing =
        place !== undefined &&
        place.line === where.line &&
        place.path === where.path &&
        place.side === where.side;
      if (here.length === 0 && !writing) return null;
      return (
        <>
          {here.map((one) => (one.resolved ? <Settled key={one.id} thread={one} body={body} /> : body(one)))}
          {writing && form(place)}
        </>
      );
    },
    elsewhere:
      lost.length === 0 && away === undefined ? null : (
        <section
          aria-label="On files that did not change"
          className="mb-4 rounded-lg border border-line bg-surface"
        >
          <h2 className="border-b border-line bg-sunken px-3 py-2 text-sm font-medium">
            On files that did not change
          </h2>
          {lost.map(card)}
          {away !== undefined && (
            <>
              <p className="px-3 pt-3 font-mono text-code" dir="ltr">
                {away.path}
              </p>
              {form(away)}
            </>
          )}
        </section>
      ),
  };
}

function Settled({
  thread,
  body,
}: {
  readonly thread: WebThread;
  readonly body: (thread: WebThread) => ReactNode;
}) {
  return (
    <details>
      <summary className="cursor-pointer px-3 py-2 text-sm text-ink-2">
        A settled conversation of {thread.comments[0]?.user?.login ?? "ghost"}
      </summary>
      {body(thread)}
    </details>
  );
}

/** Whether the drawn diff has a row for a line: on the old side only removed lines have one of their own. */
export function isShown(file: DiffFile | undefined, side: "LEFT" | "RIGHT", line: number | null): boolean {
  if (file === undefined || line === null) return false;
  return file.hunks.some((hunk) =>
    hunk.lines.some((one) =>
      side === "LEFT"
        ? one.kind === "deleted" && one.old === line
        : one.kind !== "deleted" && one.new === line,
    ),
  );
}

/** The text of new lines, both included; undefined when the diff does not show them all. */
function textBetween(
  file: DiffFile | undefined,
  first: number,
  last: LinePlace["line"],
): string[] | undefined {
  const lines = new Map(
    (file?.hunks ?? []).flatMap((hunk) =>
      hunk.lines.flatMap((one) =>
        one.kind === "deleted" || one.new === null ? [] : [[one.new, one.html] as const],
      ),
    ),
  );
  const found: string[] = [];
  for (let number = first; number <= last; number++) {
    const html = lines.get(number);
    if (html === undefined) return undefined;
    found.push(textOf(html));
  }
  return found;
}
