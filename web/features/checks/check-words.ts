import type { WebCheckLine, WebCheckList } from "../../../api/client.gen.ts";

export type CheckLine = WebCheckLine;

const words: Readonly<Record<string, string>> = {
  success: "Passed",
  neutral: "Neutral",
  skipped: "Skipped",
  failure: "Failed",
  error: "Failed",
  cancelled: "Cancelled",
  timed_out: "Timed out",
  action_required: "Needs an action",
  queued: "Queued",
  requested: "Queued",
  waiting: "Waiting",
  pending: "Running",
  in_progress: "Running",
  expected: "Expected",
};

/** What a check is at, as people say it. */
export const wordOf = (word: string): string => words[word] ?? word;

/** "42 s", "3 min 5 s", "2 h 10 min": how long something took; undefined where nobody said, or the clocks disagree. */
export function timeTaken(from: string | null, to: string | null): string | undefined {
  const seconds = Math.round((Date.parse(to ?? "") - Date.parse(from ?? "")) / 1000);
  // What was only ever reported as done took no time that anybody measured.
  if (!(seconds > 0)) return undefined;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min${seconds % 60 === 0 ? "" : ` ${seconds % 60} s`}`;
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? "" : ` ${minutes % 60} min`}`;
}

/** "2 failed, 1 under way, 5 passed" */
export function countsOf({ failure, pending, success }: WebCheckList["counts"]): string {
  const said = [
    [failure, "failed"],
    [pending, "under way"],
    [success, "passed"],
  ] as const;
  return said.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])).join(", ");
}

/** Whether another look may show something else. */
export const isUnderWay = ({ counts }: WebCheckList): boolean => counts.pending > 0;
