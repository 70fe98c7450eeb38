import { z } from "zod";
import { eventType } from "../../../kernel/events.ts";

const from = { url: z.string() };

export const importStarted = eventType("import.started", z.object(from));
export const importCompleted = eventType(
  "import.completed",
  z.object({
    ...from,
    branches: z.int(),
    tags: z.int(),
    skipped: z.int(),
    large_files: z.int().optional(),
    large_files_missing: z.int().optional(),
  }),
);
export const importFailed = eventType(
  "import.failed",
  z.object({ ...from, kind: z.string(), error: z.string() }),
);
export const importCancelled = eventType("import.cancelled", z.object(from));
