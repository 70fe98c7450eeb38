import type { JobType } from "../../kernel/jobs/index.ts";
import { sweepContents } from "./commands/objects.ts";

const sweep: JobType = {
  name: "lfs.sweep",
  lane: "long",
  schedule: "7 4 * * *",
  handle: async (ctx) => {
    await sweepContents(ctx);
  },
};

export const jobs = [sweep];
