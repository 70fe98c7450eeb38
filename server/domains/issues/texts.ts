/** How issues and their comments are reached as texts: for reactions and for what they said before. */
import { eq } from "drizzle-orm";
import { editRoutes, reactionRoutes, seenThrough, type Text, type TextDoor } from "../texts/index.ts";
import type { Context } from "../../kernel/context.ts";
import type { RepoWith } from "../repositories/index.ts";
import { asSpeaker, withIssue, withIssueComment } from "./access.ts";
import { mayComment } from "./policy.ts";
import type { Comment, Issue } from "./queries.ts";
import { issueComments, issues } from "./schema.ts";

interface OnIssue {
  readonly repo: RepoWith<"read">;
  readonly issue: Issue;
}

const issueText = (ctx: Context, { repo, issue }: OnIssue): Text => ({
  id: issue.id,
  kind: "issue",
  authorId: issue.authorId,
  speak: mayComment(ctx.actor, repo, issue),
  hold: async (tx) =>
    (await tx.db.select({ id: issues.id }).from(issues).where(eq(issues.id, issue.id)).for("key share"))
      .length > 0,
});

const commentText = (
  ctx: Context,
  { repo, issue, comment }: OnIssue & { readonly comment: Comment },
): Text => ({
  id: comment.id,
  kind: "issue_comment",
  authorId: comment.userId,
  speak: mayComment(ctx.actor, repo, issue),
  hold: async (tx) =>
    (
      await tx.db
        .select({ id: issueComments.id })
        .from(issueComments)
        .where(eq(issueComments.id, comment.id))
        .for("key share")
    ).length > 0,
});

const doors: readonly TextDoor[] = [
  {
    path: "/repos/{owner}/{repo}/issues/{issue_number}",
    noun: "issue",
    seen: seenThrough(withIssue("read"), issueText),
    spoken: seenThrough(withIssue("read", asSpeaker), issueText),
  },
  {
    path: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
    noun: "issue-comment",
    seen: seenThrough(withIssueComment("read"), commentText),
    spoken: seenThrough(withIssueComment("read", asSpeaker), commentText),
  },
];

export const textRoutes = doors.flatMap((door) => [...reactionRoutes(door), ...editRoutes(door)]);
