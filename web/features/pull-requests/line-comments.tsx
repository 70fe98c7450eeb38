import { Suspense, type ReactNode } from "react";
import type { WebThread } from "../../../api/client.gen.ts";
import type { DiffProps } from "../diff/diff-props.ts";
import { linesIn, showsLine, type DiffFile, type LinePlace } from "../diff/lines.ts";
import { textOf } from "../diff/mark.ts";
import type { At } from "./hrefs.ts";
import { LineForm } from "./line-form-later.ts";
import { placeName, placeSide, type CommentPlace } from "./places.ts";
import type { PullFilesData } from "./queries.ts";
import { ThreadCard } from "./thread-card.tsx";
import { ThreadBody } from "./thread.tsx";
import type { Opened } from "./use-opened.ts";
import { useWritten, type WrittenPlace } from "./use-place.ts";

/** What the conversations of one file are drawn from. */
export interface FileTalk {
  readonly at: At;
  readonly number: number;
  /** The commit that is spoken of. */
  readonly head: string;
  readonly threads: readonly WebThread[];
  /** Where a comment is being written, if it is in this file. */
  readonly place: CommentPlace | undefined;
  /** What is being edited (`?edit=`), and what opens and closes the form of a comment (`?comment=`). */
  readonly edit: Opened;
  readonly line: Opened["acts"];
  readonly pending: PullFilesData["pending"];
  /** True, or why not. */
  readonly canComment: true | string;
}

/** The conversations of a file and the form for a new comment, each where it stands in the diff. */
export function fileComments(
  talk: FileTalk,
  file: DiffFile,
): Required<Pick<DiffProps, "renderFileTop" | "renderBelowLine">> {
  const { threads, place } = talk;
  const { body, card, form } = piecesOf(talk, file);
  const isShown = (one: WebThread) => one.line !== null && showsLine(file, placeSide(one.side), one.line);
  return {
    renderFileTop: () => {
      const here = threads.filter((one) => !isShown(one));
      const old = here.filter((one) => one.outdated);
      const others = here.filter((one) => !one.outdated);
      const writing =
        place !== undefined && !(place.line !== undefined && showsLine(file, place.side, place.line));
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
      const here = threads.filter((one) => one.line === where.line && placeSide(one.side) === where.side);
      const writing = place !== undefined && place.line === where.line && place.side === where.side;
      if (here.length === 0 && !writing) return null;
      return (
        <>
          {here.map((one) => (one.resolved ? <Settled key={one.id} thread={one} body={body} /> : body(one)))}
          {writing && form(place)}
        </>
      );
    },
  };
}

interface ElsewhereProps extends Omit<FileTalk, "line" | "place"> {
  readonly written: WrittenPlace;
  /** The paths that the diff shows. */
  readonly shown: ReadonlySet<string>;
}

/** Conversations and the form that belong to no file of the diff. */
export function TalkElsewhere({ written, shown, ...about }: ElsewhereProps) {
  const { threads } = about;
  const place = useWritten(written, (path) => !shown.has(path));
  const talk = { ...about, place, line: written.acts };
  if (threads.length === 0 && place === undefined) return null;
  const { card, form } = piecesOf(talk, undefined);
  return (
    <section
      aria-label="On files that did not change"
      className="mb-4 rounded-lg border border-line bg-surface"
    >
      <h2 className="border-b border-line bg-sunken px-3 py-2 text-sm font-medium">
        On files that did not change
      </h2>
      {threads.map(card)}
      {place !== undefined && (
        <>
          <p className="px-3 pt-3 font-mono text-code" dir="ltr">
            {place.path}
          </p>
          {form(place)}
        </>
      )}
    </section>
  );
}

function piecesOf(
  { at, number, head, edit, line, pending, canComment }: FileTalk,
  file: DiffFile | undefined,
) {
  const common = { at, number, edit, canComment } as const;
  return {
    body: (one: WebThread) => <ThreadBody key={one.id} {...common} thread={one} range />,
    card: (one: WebThread) => (
      <div key={one.id} className="px-3 py-2">
        <ThreadCard {...common} thread={one} inChanges={false} />
      </div>
    ),
    form: (where: CommentPlace) => (
      <Suspense key={placeName(where)}>
        <LineForm
          at={at}
          number={number}
          head={head}
          place={where}
          pending={pending}
          line={line}
          textFrom={
            where.line === undefined || where.side === "old"
              ? undefined
              : (first) => textBetween(file, first, where.line)
          }
        />
      </Suspense>
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

/** The text of new lines, both included; undefined when the diff does not show them all. */
function textBetween(
  file: DiffFile | undefined,
  first: number,
  last: LinePlace["line"],
): string[] | undefined {
  const lines = new Map(
    (file?.hunks ?? []).flatMap((hunk) =>
      linesIn(hunk).flatMap((one) =>
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
