import { and, eq, sql } from "drizzle-orm";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce, requireUser } from "../../../kernel/grants.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { keepDeleted, noteEdit, takeDeleted } from "../../texts/index.ts";
import { issueCommentDeleted, issueCommentEdited, issueCommented, issueCommentRestored } from "../events.ts";
import { mayComment, mayDeleteComment, mayEditComment } from "../policy.ts";
import type { Comment, Issue } from "../queries.ts";
import { issueActivities, issueComments, issues } from "../schema.ts";
import { about, described, record } from "./record.ts";

/** @throws Refusal 403 with the rule that forbids it, e.g. a lock that came a moment earlier */
export function addComment(
  ctx: Context,
  repo: RepoWith<"read">,
  issue: Issue,
  body: string,
): Promise<Comment> {
  const author = requireUser(ctx.actor).user;
  return transact(ctx, async (tx) => {
    // The count comes first: it locks the row, and the rule is asked of what the row says then.
    enforce(mayComment(tx.actor, repo, await countComments(tx, issue, 1)));
    const now = tx.clock.now();
    const [comment] = await tx.db
      .insert(issueComments)
      .values({ issueId: issue.id, userId: author.id, body, createdAt: now, updatedAt: now })
      .returning();
    if (!comment) throw new Error("the insert answered no row");
    await emit(tx, issueCommented, about(issue), { ...described(issue), comment_id: comment.id });
    return comment;
  });
}

export function editComment(
  ctx: Context,
  repo: RepoWith<"read">,
  issue: Issue,
  comment: Comment,
  body: string,
): Promise<Comment> {
  enforce(mayEditComment(ctx.actor, repo, issue, comment));
  if (body === comment.body) return Promise.resolve(comment);
  return transact(ctx, async (tx) => {
    const [before] = await tx.db
      .select({ body: issueComments.body })
      .from(issueComments)
      .where(eq(issueComments.id, comment.id))
      .for("no key update");
    if (!before) throw notFound();
    await noteEdit(tx, repo, { id: comment.id, kind: "issue_comment" }, before.body);
    const [edited] = await tx.db
      .update(issueComments)
      .set({ body, updatedAt: tx.clock.now() })
      .where(eq(issueComments.id, comment.id))
      .returning();
    if (!edited) throw notFound();
    await emit(tx, issueCommentEdited, about(issue), { ...described(issue), comment_id: comment.id });
    return edited;
  });
}

/** Deletes a comment; that somebody deleted one stays in the history. */
export function deleteComment(
  ctx: Context,
  repo: RepoWith<"read">,
  issue: Issue,
  comment: Comment,
): Promise<void> {
  enforce(mayDeleteComment(ctx.actor, repo, issue, comment));
  return transact(ctx, async (tx) => {
    const gone = await tx.db.delete(issueComments).where(eq(issueComments.id, comment.id)).returning();
    if (gone.length === 0) throw notFound();
    await countComments(tx, issue, -1);
    const metadata = { author_id: comment.userId, comment_id: comment.id };
    await record(tx, issue, "comment_deleted", { metadata });
    await keepDeleted(tx, {
      id: comment.id,
      apiId: comment.apiId,
      kind: "issue_comment",
      repoId: repo.id,
      kept: { comment: gone[0] },
    });
    await emit(tx, issueCommentDeleted, about(issue), { ...described(issue), comment_id: comment.id });
  });
}

/**
 * Brings back a comment that the actor deleted a short while ago; null when nothing of the kind waits.
 *
 * @throws Refusal 403 when they may not speak there any more, 404 when its issue is gone
 */
export function restoreComment(
  ctx: Context,
  repo: RepoWith<"read">,
  apiId: number,
): Promise<{ readonly issue: Issue; readonly comment: Comment } | null> {
  return transact(ctx, async (tx) => {
    const kept = await takeDeleted(tx, { apiId, kind: "issue_comment", repoId: repo.id });
    if (kept === null) return null;
    const row = kept["comment"] as Comment & { createdAt: string | Date; updatedAt: string | Date };
    const [seen] = await tx.db.select().from(issues).where(eq(issues.id, row.issueId));
    if (!seen) throw notFound();
    const issue = await countComments(tx, seen, 1);
    enforce(mayComment(tx.actor, repo, issue));
    const [comment] = await tx.db
      .insert(issueComments)
      .overridingSystemValue()
      .values({ ...row, createdAt: new Date(row.createdAt), updatedAt: new Date(row.updatedAt) })
      .returning();
    if (!comment) throw new Error("the insert answered no row");
    await tx.db
      .delete(issueActivities)
      .where(
        and(
          eq(issueActivities.issueId, issue.id),
          eq(issueActivities.action, "comment_deleted"),
          sql`${issueActivities.metadata} ->> 'comment_id' = ${comment.id}`,
        ),
      );
    await emit(tx, issueCommentRestored, about(issue), { ...described(issue), comment_id: comment.id });
    return { issue, comment };
  });
}

async function countComments(tx: TransactionContext, issue: Issue, by: 1 | -1): Promise<Issue> {
  const [counted] = await tx.db
    .update(issues)
    .set({ commentsCount: sql`${issues.commentsCount} + ${by}`, updatedAt: tx.clock.now() })
    .where(eq(issues.id, issue.id))
    .returning();
  if (!counted) throw notFound();
  return counted;
}
