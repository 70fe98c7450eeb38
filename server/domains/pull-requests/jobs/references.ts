/** What texts of pull requests say about issues, worked out after they are stored. */
import { eq } from "drizzle-orm";
import { actingAs, type Context } from "../../../kernel/context.ts";
import { subscription, type EventRow } from "../../../kernel/events.ts";
import { actorOf } from "../../accounts/index.ts";
import { closeByReference, markupOptions, recordReferences } from "../../issues/index.ts";
import { findRepositoryById, type Repository } from "../../repositories/index.ts";
import {
  pullCommentEdited,
  pullCommented,
  pullEdited,
  pullMerged,
  pullOpened,
  pullReviewed,
} from "../events.ts";
import { pullRequestKind } from "../reference-kind.ts";
import { prComments, prReviews, pullRequests } from "../schema.ts";

/** Tells the issues that a new or changed text names. */
export const noteReferences = subscription(
  "pull-requests.note-references",
  [pullOpened, pullEdited, pullCommented, pullCommentEdited, pullReviewed],
  async (ctx, event) => {
    const scene = await sceneOf(ctx, event);
    if (!scene || event.subjectId === null) return;
    const from = { kind: pullRequestKind.name, id: event.subjectId, repo: scene.repo };
    for (const text of await textsOf(ctx, event, event.subjectId)) {
      const references = await ctx.markup.extractReferences(text, markupOptions(scene.repo));
      await recordReferences(scene.ctx, from, references);
    }
  },
);

/** Closes what the text of a pull request says it closes, once it is part of the default branch. */
export const closeIssues = subscription("pull-requests.close-issues", [pullMerged], async (ctx, event) => {
  const { target } = pullMerged.payload.parse(event.payload);
  const scene = await sceneOf(ctx, event);
  if (!scene || event.subjectId === null || target !== scene.repo.defaultBranch) return;
  const [pull] = await ctx.db.select().from(pullRequests).where(eq(pullRequests.id, event.subjectId));
  if (!pull?.body) return;
  const references = await ctx.markup.extractReferences(pull.body, markupOptions(scene.repo));
  await closeByReference(scene.ctx, scene.repo, references, {
    kind: pullRequestKind.name,
    id: pull.id,
    number: pull.number,
  });
});

/** The repository of an event, and a context in which the person behind it goes on. Null when either is gone. */
async function sceneOf(ctx: Context, event: EventRow): Promise<{ ctx: Context; repo: Repository } | null> {
  const actor = event.actorId === null ? null : await actorOf(ctx, event.actorId);
  if (!actor || event.repoId === null) return null;
  const own = actingAs(ctx, actor);
  const repo = await findRepositoryById(own, event.repoId);
  return repo && { ctx: own, repo };
}

async function textsOf(ctx: Context, event: EventRow, pullId: string): Promise<string[]> {
  const payload = event.payload as { readonly comment_id?: string; readonly review_id?: string };
  const rows = payload.comment_id
    ? await ctx.db
        .select({ body: prComments.body })
        .from(prComments)
        .where(eq(prComments.id, payload.comment_id))
    : payload.review_id
      ? [
          ...(await ctx.db
            .select({ body: prReviews.body })
            .from(prReviews)
            .where(eq(prReviews.id, payload.review_id))),
          ...(await ctx.db
            .select({ body: prComments.body })
            .from(prComments)
            .where(eq(prComments.reviewId, payload.review_id))),
        ]
      : await ctx.db
          .select({ body: pullRequests.body })
          .from(pullRequests)
          .where(eq(pullRequests.id, pullId));
  return rows.flatMap((row) => row.body ?? []);
}
