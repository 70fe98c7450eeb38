import { eq, sql } from "drizzle-orm";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce, requireUser } from "../../../kernel/grants.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { issueCommentDeleted, issueCommentEdited, issueCommented } from "../events.ts";
import { mayComment, mayDeleteComment, mayEditComment } from "../policy.ts";
import type { Comment, Issue } from "../queries.ts";
import { issueComments, issues } from "../schema.ts";
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
    await record(tx, issue, "comment_deleted", { metadata: { author_id: comment.userId } });
    await emit(tx, issueCommentDeleted, about(issue), { ...described(issue), comment_id: comment.id });
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
