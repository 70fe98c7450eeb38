import { z } from "zod";
import { eventType } from "../../kernel/events.ts";

export const statusReported = eventType(
  "status.reported",
  z.object({ status_id: z.string(), sha: z.string(), context: z.string(), state: z.string() }),
);

const aboutRun = z.object({
  check_run_id: z.string(),
  sha: z.string(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
});

export const checkRunCreated = eventType("check-run.created", aboutRun);

export const checkRunUpdated = eventType("check-run.updated", aboutRun);

export const checkSuiteCreated = eventType(
  "check-suite.created",
  z.object({ check_suite_id: z.string(), sha: z.string() }),
);
