import { eq } from "drizzle-orm";
import { transact, type Context } from "../../kernel/context.ts";
import { notFound } from "../../kernel/errors.ts";
import { emit } from "../../kernel/events.ts";
import { enforce, requireUser } from "../../kernel/grants.ts";
import type { RepoWith } from "../repositories/index.ts";
import { keepDeleted, noteEdit, takeDeleted } from "../texts/index.ts";
import {
  commitCommentDeleted,
  commitCommentEdited,
  commitCommentRestored,
  commitCommented,
} from "./events.ts";
import type { Located } from "./locate.ts";
import { mayChange, mayDelete, maySpeak } from "./policy.ts";
import type { CommitComment } from "./queries.ts";
import { commitComments } from "./schema.ts";

const kind = "commit_comment";
const about = (comment: CommitComment) => ({ repoId: comment.repoId, subjectId: comment.id });
const told = (comment: CommitComment) => ({ comment_id: comment.id, commit_id: comment.commitSha });

/** @throws Refusal 403 with the rule that forbids it */
export function addCommitComment(
  ctx: Context,
  repo: RepoWith<"read">,
  commit: string,
  input: Located & { readonly body: string },
): Promise<CommitComment> {
  const author = requireUser(ctx.actor).user;
  enforce(maySpeak(ctx.actor, repo));
  return transact(ctx, async (tx) => {
    const now = tx.clock.now();
    const { path, line, position, body } = input;
    const [comment] = await tx.db
      .insert(commitComments)
      .values({
        repoId: repo.id,
        commitSha: commit,
        userId: author.id,
        path,
        line,
        position,
        body,
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    if (!comment) throw new Error("the insert answered no row");
    await emit(tx, commitCommented, about(comment), told(comment));
    return comment;
  });
}

export function editCommitComment(
  ctx: Context,
  repo: RepoWith<"read">,
  seen: CommitComment,
  body: string,
): Promise<CommitComment> {
  enforce(mayChange(ctx.actor, repo, seen));
  return transact(ctx, async (tx) => {
    const here = eq(commitComments.id, seen.id);
    const [before] = await tx.db.select().from(commitComments).where(here).for("no key update");
    if (!before) throw notFound();
    if (before.body === body) return before;
    await noteEdit(tx, repo, { id: before.id, kind }, before.body);
    const [after] = await tx.db
      .update(commitComments)
      .set({ body, updatedAt: tx.clock.now() })
      .where(here)
      .returning();
    if (!after) throw notFound();
    await emit(tx, commitCommentEdited, about(after), told(after));
    return after;
  });
}

export function deleteCommitComment(
  ctx: Context,
  repo: RepoWith<"read">,
  seen: CommitComment,
): Promise<void> {
  enforce(mayDelete(ctx.actor, repo, seen));
  return transact(ctx, async (tx) => {
    const [gone] = await tx.db.delete(commitComments).where(eq(commitComments.id, seen.id)).returning();
    if (!gone) throw notFound();
    await keepDeleted(tx, { id: gone.id, apiId: gone.apiId, kind, repoId: repo.id, kept: { comment: gone } });
    await emit(tx, commitCommentDeleted, about(gone), told(gone));
  });
}

/** Brings back what the actor deleted a short while ago. @throws Refusal 404 when nothing of the kind waits */
export function restoreCommitComment(
  ctx: Context,
  repo: RepoWith<"read">,
  apiId: number,
): Promise<CommitComment> {
  enforce(maySpeak(ctx.actor, repo));
  return transact(ctx, async (tx) => {
    const kept = await takeDeleted(tx, { apiId, kind, repoId: repo.id });
    if (kept === null) throw notFound();
    // Dates come out of JSON as text.
    const row = kept["comment"] as CommitComment & { createdAt: string | Date; updatedAt: string | Date };
    const [comment] = await tx.db
      .insert(commitComments)
      .overridingSystemValue()
      .values({ ...row, createdAt: new Date(row.createdAt), updatedAt: new Date(row.updatedAt) })
      .returning();
    if (!comment) throw new Error("the insert answered no row");
    await emit(tx, commitCommentRestored, about(comment), told(comment));
    return comment;
  });
}
