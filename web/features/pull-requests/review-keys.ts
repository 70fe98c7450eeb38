import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { fileAfter, fileAtHand, goToFile, goToNeighbour, toggleFileAtHand } from "../diff/at-hand.ts";

interface Acts {
  readonly hasThreads: boolean;
  readonly goThread: (by: 1 | -1) => void;
  /** Undefined where nobody is signed in. */
  readonly toggleViewed: ((path: string) => boolean) | undefined;
}

const group = "Review";

/** The keys of a review: files, conversations, marks. */
export function useReviewKeys({ hasThreads, goThread, toggleViewed }: Acts): void {
  useShortcut({ keys: "j", label: "Next file", group, run: () => goToNeighbour(1) });
  useShortcut({ keys: "k", label: "Previous file", group, run: () => goToNeighbour(-1) });
  useShortcut({ keys: "o", label: "Fold or open the file", group, run: toggleFileAtHand });
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
    keys: "v",
    label: "Mark the file as viewed, and go on",
    group,
    enabled: toggleViewed !== undefined,
    run: () => {
      const path = fileAtHand()?.dataset["diffFile"];
      const next = fileAfter();
      if (path !== undefined && toggleViewed?.(path) && next) goToFile(next);
    },
  });
}
