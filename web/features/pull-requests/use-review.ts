import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import type { PullFilesData } from "./queries.ts";
import { useOpened, type Opened } from "./use-opened.ts";

/** Whether the reader decides on the whole now; undefined where they may not. Its key is there before its form has come. */
export function useReview({ pull, can, range }: PullFilesData, search: URLSearchParams): Opened | undefined {
  const review = useOpened(search, "review");
  // What is decided is about the newest revision.
  const able = can.comment === true && pull.state === "open" && range.to === range.last;
  useShortcut({
    keys: "r",
    label: "Decide on the whole",
    group: "Review",
    enabled: able,
    run: () => (review.opened === undefined ? review.open("1") : review.close()),
  });
  return able ? review : undefined;
}
