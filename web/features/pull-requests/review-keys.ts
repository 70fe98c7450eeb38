import { flushSync } from "react-dom";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { fileAfter, fileAtHand, goToFile, goToNeighbour, toggleFileAtHand } from "../diff/at-hand.ts";
import type { LinePlace } from "../diff/lines.ts";
import type { CommentPlace } from "./places.ts";

interface Acts {
  readonly hasFiles: boolean;
  /** Whether any conversation of the shown files is open. */
  readonly hasThreads: boolean;
  readonly goThread: (by: 1 | -1) => void;
  /** Opens the form of a comment; undefined where there is none. */
  readonly comment: ((place: CommentPlace) => void) | undefined;
  /** Somebody is signed in, so that files have a mark. */
  readonly canMark: boolean;
}

const group = "Review";

/** The line that the address names, if it is one of this file. */
function lineIn(panel: Element | undefined, path: string): LinePlace | undefined {
  const [id, side, line] = /^d\d+([LR])(\d+)$/.exec(location.hash.slice(1)) ?? [];
  if (id === undefined || !panel?.querySelector(`#${id}`)) return undefined;
  return { path, side: side === "L" ? "old" : "new", line: Number(line) };
}

/** The keys of a review: files, conversations, marks. */
export function useReviewKeys({ hasFiles, hasThreads, goThread, comment, canMark }: Acts): void {
  const files = { group, enabled: hasFiles };
  useShortcut({ ...files, keys: "j", label: "Next file", run: () => goToNeighbour(1) });
  useShortcut({ ...files, keys: "k", label: "Previous file", run: () => goToNeighbour(-1) });
  useShortcut({ ...files, keys: "o", label: "Fold or open the file", run: toggleFileAtHand });
  useShortcut({
    keys: "n",
    label: "Next open conversation",
    group,
    enabled: hasThreads,
    run: () => goThread(1),
  });
  useShortcut({
    keys: "p",
    label: "Previous open conversation",
    group,
    enabled: hasThreads,
    run: () => goThread(-1),
  });
  useShortcut({
    keys: "c",
    label: "Comment on the line that was chosen, or on the file",
    group,
    enabled: hasFiles && comment !== undefined,
    run: () => {
      const panel = fileAtHand();
      const path = panel?.dataset["diffFile"];
      if (path !== undefined) comment?.(lineIn(panel, path) ?? { path, line: undefined });
    },
  });
  useShortcut({
    keys: "v",
    label: "Mark the file as viewed, and go on",
    group,
    enabled: hasFiles && canMark,
    run: () => {
      const mark = fileAtHand()?.querySelector<HTMLElement>(".viewed-mark");
      const next = fileAfter();
      if (!mark) return;
      const done = mark.ariaPressed !== "true";
      // Folded first: the next file is then where it will stay.
      flushSync(() => mark.click());
      if (done && next) goToFile(next);
    },
  });
}
