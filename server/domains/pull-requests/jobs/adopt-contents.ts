/** Contents of Git LFS that somebody brought with a proposal become those of the repository that the proposal is for. */
import { eq } from "drizzle-orm";
import { subscription } from "../../../kernel/events.ts";
import { adoptProposed } from "../../lfs/index.ts";
import { findRepositoryById } from "../../repositories/index.ts";
import { pullOpened, pullSynchronized } from "../events.ts";
import { pullRequests } from "../schema.ts";

/** After each push of a proposal. Nobody but its author pushes it, so only what they brought is looked for. */
export const adoptContents = subscription(
  "pull-requests.adopt-contents",
  [pullOpened, pullSynchronized],
  async (ctx, event) => {
    if (event.subjectId === null) return;
    const [pull] = await ctx.db.select().from(pullRequests).where(eq(pullRequests.id, event.subjectId));
    if (!pull || pull.topic === null) return;
    const repo = await findRepositoryById(ctx, pull.repoId);
    if (repo) await adoptProposed(ctx, repo, pull.authorId, { head: pull.headSha, base: pull.baseSha });
  },
);
