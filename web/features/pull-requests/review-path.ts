/** The way through the conversations of a diff, in the order in which they stand in it. */
import { startTransition, useEffect, useMemo, useRef, useState } from "react";
import type { WebThread } from "../../../api/client.gen.ts";
import { scrollToDrawn } from "../diff/at-hand.ts";
import type { DiffFile, LinePlace } from "../diff/lines.ts";
import type { MapMark } from "../diff/map-marks.tsx";
import { offsetsIn } from "../diff/offsets.ts";
import { placeSide } from "./places.ts";

const anchorOf = (thread: WebThread): string => `discussion_r${thread.id}`;

const placeOfThread = ({ path, side, line }: WebThread) => ({
  path,
  side: placeSide(side),
  line,
});

/** Opens all that is folded around an element. */
function unfold(element: HTMLElement): void {
  for (
    let around = element.closest("details");
    around;
    around = around.parentElement?.closest("details") ?? null
  )
    around.open = true;
}

export interface ReviewPath {
  /** The line that is to be shown. */
  readonly wanted: LinePlace | undefined;
  /** Shows a line, wherever it is. */
  readonly show: (place: LinePlace) => void;
  readonly marks: readonly MapMark[];
  /** Goes to the next conversation that is not settled, or the one before. */
  readonly go: (by: 1 | -1) => void;
}

/** Follows the fragment of the address too: of a conversation, or of a line that is not drawn yet. */
export function useReviewPath(
  files: readonly DiffFile[],
  threads: readonly WebThread[],
  isOpen: (file: DiffFile) => boolean,
): ReviewPath {
  const [wanted, setWanted] = useState<LinePlace>();
  const last = useRef<number>(undefined);
  const { open, marks } = useMemo(() => {
    const shown = new Set(files.map(({ path }) => path));
    const { shareOf } = offsetsIn(files, isOpen);
    const ways = threads
      .filter(({ path }) => shown.has(path))
      .map((thread) => ({ thread, share: shareOf(placeOfThread(thread)) }))
      .toSorted((a, b) => a.share - b.share);
    return {
      open: ways.filter(({ thread }) => !thread.resolved).map(({ thread }) => thread),
      marks: ways.map(({ thread, share }) => ({
        share,
        href: `#${anchorOf(thread)}`,
        open: !thread.resolved,
        label: `${thread.resolved ? "Settled: " : ""}${thread.path}${thread.line === null ? "" : ` line ${thread.line}`}, ${thread.comments[0]?.user?.login ?? "ghost"}`,
      })),
    };
    // What is folded moves marks a little; they are not worth working out at every fold.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [files, threads]);

  const show = (thread: WebThread, anchor = anchorOf(thread)) => {
    const { path, side, line } = placeOfThread(thread);
    last.current = thread.id;
    // A place without a line stands at the head of its file.
    startTransition(() => setWanted({ path, side, line: line ?? 0 }));
    const find = () => {
      const element = document.getElementById(anchor);
      if (element) unfold(element);
      return element;
    };
    scrollToDrawn(find, "center", (element) => {
      element.tabIndex = -1;
      element.focus({ preventScroll: true });
    });
  };
  const follow = useRef<() => void>(undefined);
  useEffect(() => {
    follow.current = () => {
      const [, comment] = /^#discussion_r(\d+)$/.exec(location.hash) ?? [];
      const [, file, side, line] = /^#d(\d+)([LR])(\d+)$/.exec(location.hash) ?? [];
      const thread = threads.find(({ comments }) => comments.some(({ id }) => String(id) === comment));
      const path = files[Number(file) - 1]?.path;
      if (thread) show(thread, location.hash.slice(1));
      else if (path !== undefined) {
        setWanted({ path, side: side === "L" ? "old" : "new", line: Number(line) });
        const id = location.hash.slice(1);
        scrollToDrawn(() => document.getElementById(id)?.parentElement, "center");
      }
    };
  });
  useEffect(() => {
    const onHash = () => follow.current?.();
    onHash();
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, []);

  const go = (by: 1 | -1) => {
    const at = open.findIndex(({ id }) => id === last.current);
    const next = at < 0 ? (by > 0 ? 0 : open.length - 1) : (at + by + open.length) % open.length;
    const thread = open[next];
    if (thread) show(thread);
  };
  return {
    wanted,
    show: setWanted,
    go,
    marks,
  };
}
