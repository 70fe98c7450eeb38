import { z } from "zod";
import { eventType } from "../../kernel/events.ts";

const lock = { lock_id: z.string(), path: z.string() };

export const fileLocked = eventType("file.locked", z.object(lock));
export const fileUnlocked = eventType(
  "file.unlocked",
  z.object({ ...lock, forced: z.boolean().describe("Somebody else's lock") }),
);
