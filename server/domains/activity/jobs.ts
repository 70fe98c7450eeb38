import { eq, inArray, lt } from "drizzle-orm";
import type { Subscription } from "../../kernel/events.ts";
import type { Context } from "../../kernel/context.ts";
import type { JobType } from "../../kernel/jobs/index.ts";
import { issueClosed, issueCommented, issueOpened, issueReopened } from "../issues/index.ts";
import {
  pullClosed,
  pullCommented,
  pullMerged,
  pullOpened,
  pullReopened,
  pullReviewed,
} from "../pull-requests/index.ts";
import {
  pushed,
  repositoryCreated,
  repositoryForked,
  repositoryPublicized,
  repositoryStarred,
} from "../repositories/index.ts";
import { repositories } from "../repositories/schema.ts";
import { activities } from "./schema.ts";

/** How long news are kept, as at GitHub. */
export const keptForMs = 90 * 86_400_000;
const portion = 5_000;

/** Branches and tags; other refs are our own. */
const shownRef = /^refs\/(?:heads|tags)\//;

const news = [
  repositoryCreated,
  repositoryForked,
  repositoryPublicized,
  repositoryStarred,
  pushed,
  issueOpened,
  issueClosed,
  issueReopened,
  issueCommented,
  pullOpened,
  pullClosed,
  pullReopened,
  pullMerged,
  pullReviewed,
  pullCommented,
];

/** Keeps what is news. The event's id is the row's, so telling it again changes nothing. */
export const record: Subscription = {
  name: "activity.record",
  events: news.map((one) => one.name),
  handle: async (ctx, { id, type, actorId, repoId, payload, createdAt }) => {
    // What the forge does by itself is nobody's news.
    if (actorId === null || repoId === null) return;
    const kept = payload as Record<string, unknown>;
    if (type === pushed.name && !shownRef.test(String(kept["ref"]))) return;
    const { detail: _, ...told } = kept;
    // A repository may have been deleted for good in between.
    const [there] = await ctx.db
      .select({ id: repositories.id })
      .from(repositories)
      .where(eq(repositories.id, repoId));
    if (!there) return;
    await ctx.db
      .insert(activities)
      .values({ id, type, actorId, repoId, payload: told, createdAt })
      .onConflictDoNothing();
  },
};

/** Deletes what is older than feeds reach, in portions that hold no lock for long. Answers how many rows went. */
export async function forgetOld(ctx: Context): Promise<number> {
  const limit = new Date(ctx.clock.now().getTime() - keptForMs);
  for (let gone = 0; ;) {
    const old = ctx.db
      .select({ id: activities.id })
      .from(activities)
      .where(lt(activities.createdAt, limit))
      .limit(portion);
    const deleted = await ctx.db
      .delete(activities)
      .where(inArray(activities.id, old))
      .returning({ id: activities.id });
    gone += deleted.length;
    if (deleted.length < portion) return gone;
  }
}

export const forget: JobType = {
  name: "activity.forget",
  lane: "long",
  schedule: "23 4 * * *",
  handle: async (ctx) => {
    await forgetOld(ctx);
  },
};
