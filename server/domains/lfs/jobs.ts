import { subscription } from "../../kernel/events.ts";
import type { JobType } from "../../kernel/jobs/index.ts";
import { findRepositoryById, repositoryGenerated, requireAccess } from "../repositories/index.ts";
import { bindContents } from "./commands/bind.ts";
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

const bind = subscription("lfs.bind", [repositoryGenerated], async (ctx, event) => {
  const repo = event.repoId === null ? null : await findRepositoryById(ctx, event.repoId);
  if (!repo) return;
  const { template_id: templateId } = repositoryGenerated.payload.parse(event.payload);
  await bindContents(ctx, requireAccess(ctx, repo, "read"), templateId);
});

export const subscriptions = [bind];
