import { inArray } from "drizzle-orm";
import { transact, type Context } from "../../../kernel/context.ts";
import { repositoryImports } from "../remotes/schema.ts";
import { importJob } from "./job-names.ts";

/** Has those run again that wait, or that were cut off with the server. One that has a job in waiting gets no second. */
export async function resumeImports(ctx: Context): Promise<void> {
  const open = await ctx.db
    .select({ repoId: repositoryImports.repoId })
    .from(repositoryImports)
    .where(inArray(repositoryImports.state, ["queued", "running"]));
  for (const { repoId } of open)
    await transact(ctx, (tx) => tx.jobs.enqueue(tx, importJob, { repoId }, { singletonKey: repoId }));
}
