import { z } from "zod";
import { eventType } from "../../../kernel/events.ts";

const mirror = { mirror_id: z.string(), direction: z.enum(["pull", "push"]), url: z.string() };

export const mirrorCreated = eventType("mirror.created", z.object({ ...mirror, interval_minutes: z.int() }));
/** `changes` names what changed; of a password only that it did. */
export const mirrorUpdated = eventType(
  "mirror.updated",
  z.object({ ...mirror, changes: z.array(z.string()) }),
);
export const mirrorDeleted = eventType("mirror.deleted", z.object(mirror));
/** At the first failure after a success, and again when it goes on failing. */
export const mirrorFailed = eventType(
  "mirror.failed",
  z.object({ ...mirror, failures: z.int(), error: z.string() }),
);
export const mirrorRecovered = eventType("mirror.recovered", z.object({ ...mirror, failures: z.int() }));
/** Switched off because who set it up may not run it any more. */
export const mirrorStopped = eventType("mirror.stopped", z.object({ ...mirror, error: z.string() }));
