import type { JobType } from "../../kernel/jobs/index.ts";
import { purgeDeleted } from "./commands/deletion.ts";
import { sweepOrphans } from "./commands/sweep.ts";
import { reconcile } from "./git/reconcile.ts";
import { tendRepository } from "./git/tend.ts";
import { remoteJobs } from "./remotes/jobs.ts";

/** A ref move that takes longer than this between intent and rows was cut off. */
const abandonedAfterMs = 10 * 60_000;

const reconcileRefs: JobType = {
  name: "repositories.reconcile",
  schedule: "*/10 * * * *",
  handle: async (ctx) => {
    await reconcile(ctx, new Date(ctx.clock.now().getTime() - abandonedAfterMs));
  },
};

const purge: JobType = {
  name: "repositories.purge",
  lane: "long",
  schedule: "17 3 * * *",
  handle: async (ctx) => {
    await purgeDeleted(ctx);
  },
};

const sweep: JobType = {
  name: "repositories.sweep",
  lane: "long",
  schedule: "47 3 * * *",
  handle: async (ctx) => {
    await sweepOrphans(ctx);
  },
};

export const jobs = [tendRepository, reconcileRefs, purge, sweep, ...remoteJobs];
