import type { JobType } from "../../../kernel/jobs/index.ts";
import { importJob } from "../imports/job-names.ts";
import { runImport } from "../imports/run.ts";
import { runDueMirrors } from "../mirrors/due.ts";
import { runMirror } from "../mirrors/run.ts";
import { mirrorJob } from "../mirrors/wanted.ts";

const imports: JobType = {
  name: importJob,
  lane: "outbound",
  handle: (ctx, data) => runImport(ctx, String(data["repoId"])),
};

const mirrors: JobType = {
  name: mirrorJob,
  lane: "outbound",
  handle: (ctx, data) => runMirror(ctx, String(data["mirrorId"])),
};

const due: JobType = {
  name: "repositories.mirrors-due",
  schedule: "* * * * *",
  handle: async (ctx) => {
    await runDueMirrors(ctx);
  },
};

export const remoteJobs = [imports, mirrors, due];
