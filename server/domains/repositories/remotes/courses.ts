/**
 * What runs in this process against servers elsewhere, so that it can be ended, and so that one person (or a server that is slow
 * on purpose) never takes all places.
 */

/** Of one person at once; the lane of these jobs has more. */
const mostOfOnePerson = 2;

export type StopReason = "cancelled" | "shutdown";

export interface Course {
  readonly signal: AbortSignal;
  /** Why it was ended, or null. */
  readonly stopped: StopReason | null;
  end(): void;
}

interface Running {
  readonly repoId: string;
  readonly personId: string | null;
  readonly controller: AbortController;
  reason: StopReason | null;
}

const running = new Map<string, Running>();

/** Begins the work on an import or mirror; `busy` when it is under way already, `full` when its person has as many as may be. */
export function beginCourse(id: string, repoId: string, personId: string | null): Course | "busy" | "full" {
  if (running.has(id)) return "busy";
  const same = [...running.values()].filter((one) => one.personId === personId);
  if (same.length >= mostOfOnePerson) return "full";
  const entry: Running = { repoId, personId, controller: new AbortController(), reason: null };
  running.set(id, entry);
  return {
    signal: entry.controller.signal,
    get stopped() {
      return entry.reason;
    },
    end: () => void running.delete(id),
  };
}

export const isRunning = (id: string): boolean => running.has(id);

/** Ends the work on one of them at once; nothing when it does not run here. */
export function stopCourse(id: string, reason: StopReason): void {
  const entry = running.get(id);
  if (!entry) return;
  entry.reason ??= reason;
  entry.controller.abort();
}

/** Ends the work on everything of one repository. */
export function stopCoursesOf(repoId: string, reason: StopReason): void {
  for (const [id, one] of running) if (one.repoId === repoId) stopCourse(id, reason);
}

/** Ends all work: the server stops. */
export function stopAllCourses(): void {
  for (const id of running.keys()) stopCourse(id, "shutdown");
}
