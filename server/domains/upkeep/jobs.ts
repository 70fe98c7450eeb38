import type { Context } from "../../kernel/context.ts";
import type { JobType } from "../../kernel/jobs/index.ts";
import { findRepositoryById, requireAccess } from "../repositories/index.ts";
import { checkRepository, maintainRepository } from "./commands/keep.ts";
import { countDamaged, dueRepositories, enroll, fullyCheckedAt } from "./queries.ts";

const day = 86_400_000;
/** How often every byte of a repository is read. */
const fullEvery = 30 * day;
/** A round ends so long before the next one begins that its last repository may take a while. */
const roundMs = 10 * 60_000;

async function keep(ctx: Context, repoId: string, full: boolean | null): Promise<void> {
  const found = await findRepositoryById(ctx, repoId);
  if (!found) return;
  const repo = requireAccess(ctx, found, "admin");
  await maintainRepository(ctx, repo).catch((error: unknown) => {
    ctx.log.warn({ repoId, error: String(error) }, "a repository could not be maintained");
  });
  const last = await fullyCheckedAt(ctx, repoId);
  const due = last === null || ctx.clock.now().getTime() - last.getTime() > fullEvery;
  await checkRepository(ctx, repo, { full: full ?? due });
}

const round: JobType = {
  name: "upkeep.round",
  lane: "upkeep",
  schedule: "*/15 * * * *",
  handle: async (ctx) => {
    const end = Date.now() + roundMs;
    await enroll(ctx);
    for (const repoId of await dueRepositories(ctx)) {
      await keep(ctx, repoId, null);
      if (Date.now() > end) break;
    }
    ctx.metrics.damagedRepositories.set(await countDamaged(ctx));
  },
};

/** What an administrator asked for. */
export const keepOne: JobType = {
  name: "upkeep.one",
  lane: "upkeep",
  handle: async (ctx, data) => {
    await keep(ctx, String(data["repoId"]), data["full"] === true);
    ctx.metrics.damagedRepositories.set(await countDamaged(ctx));
  },
};

export const jobs = [round, keepOne];
