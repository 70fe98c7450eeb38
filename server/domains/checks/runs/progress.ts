/** How a run goes on: from what it was at and what is said of it now. */
import { invalid } from "../../../kernel/errors.ts";
import type { CheckRun } from "./queries.ts";

export type Progress = Pick<CheckRun, "status" | "conclusion" | "startedAt" | "completedAt">;

/** What a request says; what it leaves out is undefined. */
export interface Said {
  readonly status?: Progress["status"] | undefined;
  readonly conclusion?: Progress["conclusion"] | undefined;
  readonly startedAt?: Date | undefined;
  readonly completedAt?: Date | undefined;
}

/**
 * A conclusion completes; another status opens a completed run again. What is not told of times is taken to be now.
 *
 * @param before null for a run that is made
 * @throws Refusal 422 when a run is said to be completed and not how
 */
export function progress(before: Progress | null, said: Said, now: Date): Progress {
  const conclusion =
    said.conclusion ??
    (said.status === undefined || said.status === "completed" ? (before?.conclusion ?? null) : null);
  if (conclusion === null) {
    if (said.status === "completed" || said.completedAt !== undefined)
      throw invalid("CheckRun", "conclusion", "What is completed has a conclusion", "missing_field");
    const status = said.status ?? before?.status ?? "queued";
    const begun = status === "in_progress" ? now : null;
    return {
      status,
      conclusion,
      startedAt: said.startedAt ?? before?.startedAt ?? begun,
      completedAt: null,
    };
  }
  const kept = said.conclusion == null ? before?.completedAt : undefined;
  const completedAt = said.completedAt ?? kept ?? now;
  const startedAt = said.startedAt ?? before?.startedAt ?? (completedAt < now ? completedAt : now);
  return { status: "completed", conclusion, startedAt, completedAt };
}
