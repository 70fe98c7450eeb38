/** Suggestions become one commit on the source branch, in the name of who applies them and with credit to who made them. */
import { and, eq, inArray, sql } from "drizzle-orm";
import { commitChanges, type FileChange } from "../../../git/write.ts";
import type { Context, TransactionContext } from "../../../kernel/context.ts";
import { conflict, invalid, notFound, unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { requireUser } from "../../../kernel/grants.ts";
import { usersById } from "../../accounts/index.ts";
import {
  gitOf,
  identityOf,
  moveRefs,
  requireMoved,
  signatureOf,
  type Repository,
  type RepoWith,
} from "../../repositories/index.ts";
import { isInline, isPublished, type InlineComment } from "../comments/queries.ts";
import { about, described } from "../commands/record.ts";
import { requireSource } from "../commands/update-branch.ts";
import { suggestionsApplied, threadResolved } from "../events.ts";
import { catchUp } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import { prComments, pullRequests } from "../schema.ts";
import { overlap, replaceLines } from "./replace.ts";
import { fitsOf, textAt, type Fit } from "./standing.ts";

export interface Application {
  /** The integer ids of the comments. */
  readonly commentIds: readonly number[];
  /** The whole message; what was suggested tells its own when not said. */
  readonly message?: string | undefined;
  readonly expectedHead?: string | undefined;
}

/** The word that moves of the branch carry, in the reflog and in the push's event. */
export const suggestionReason = "suggestion";

/**
 * Applies suggestions to the head of a pull request, all in one commit or none.
 *
 * @returns the commit's id
 * @throws Refusal 404 for a comment of another pull request, 422 when one does not fit or rules forbid the write, 409 when the
 *   branch moved meanwhile
 */
export async function applySuggestions(
  ctx: Context,
  repo: RepoWith<"read">,
  seen: PullRequest,
  input: Application,
): Promise<string> {
  const me = requireUser(ctx.actor).user;
  const pull = await catchUp(ctx, repo, seen);
  if (pull.state !== "open") throw unprocessable("Only to an open pull request suggestions can be applied");
  if (input.expectedHead !== undefined && input.expectedHead !== pull.headSha)
    throw conflict("The head branch was modified meanwhile");
  const source = await requireSource(ctx, repo, pull);
  const comments = await wantedComments(ctx, pull, input.commentIds);
  const fits = await fitsOf(ctx, repo, pull, comments);
  const found = comments.map((comment) => {
    const fit = fits.get(comment.id) ?? "This comment suggests nothing";
    if (typeof fit === "string") throw unprocessable(`${comment.path}: ${fit}`);
    return fit;
  });
  const there = gitOf(ctx, source);
  const signature = signatureOf(ctx, identityOf(ctx, me));
  const { commit } = await commitChanges(there, {
    base: pull.headSha,
    changes: await changesFrom(ctx, source, pull, found),
    message: await messageOf(ctx, comments, input.message),
    author: signature,
    committer: signature,
  });
  const ids = comments.map((comment) => comment.id);
  const results = await moveRefs(
    ctx,
    source,
    [{ ref: `refs/heads/${pull.sourceBranch}`, old: pull.headSha, new: commit }],
    {
      reason: suggestionReason,
      detail: { pull_request_id: pull.id, comment_ids: ids },
      record: (tx) => markApplied(tx, pull.id, ids, commit, me.id),
    },
  );
  if (results.some(({ failure }) => failure?.kind === "stale"))
    throw conflict("The head branch was modified meanwhile");
  requireMoved(results);
  await catchUp(ctx, repo, pull);
  return commit;
}

async function wantedComments(
  ctx: Context,
  pull: PullRequest,
  apiIds: readonly number[],
): Promise<InlineComment[]> {
  const distinct = [...new Set(apiIds)];
  const rows = await ctx.db
    .select()
    .from(prComments)
    .where(and(eq(prComments.prId, pull.id), inArray(prComments.apiId, distinct), isPublished(ctx)));
  const comments = rows.filter(isInline);
  if (comments.length !== distinct.length) throw notFound();
  return comments.toSorted((a, b) => distinct.indexOf(a.apiId) - distinct.indexOf(b.apiId));
}

async function changesFrom(
  ctx: Context,
  source: Repository,
  pull: PullRequest,
  fits: readonly Fit[],
): Promise<FileChange[]> {
  const git = gitOf(ctx, source);
  const changes: FileChange[] = [];
  for (const [path, group] of Map.groupBy(fits, ({ comment }) => comment.path)) {
    if (overlap(group))
      throw invalid(
        "Suggestion",
        "comment_ids",
        `Two of these suggestions are about the same line of ${path}`,
      );
    const blob = await textAt(git, pull.headSha, path);
    if (!blob) throw unprocessable(`${path} is not text in UTF-8, or too large to be edited here`);
    const text = replaceLines(blob.text, group);
    if (text === blob.text) throw unprocessable(`${path}: this is what the lines say already`);
    const marked = blob.bytes.subarray(0, 3).equals(byteOrderMark);
    const bytes = Buffer.from(marked ? `\uFEFF${text}` : text);
    changes.push({ kind: "put", path, content: { bytes }, expected: blob.oid });
  }
  return changes;
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

async function messageOf(
  ctx: Context,
  comments: readonly InlineComment[],
  wanted: string | undefined,
): Promise<string> {
  const me = requireUser(ctx.actor).user;
  const people = await usersById(
    ctx,
    comments.map((comment) => comment.userId),
  );
  const plain = comments.length === 1 ? "Apply a suggestion from review" : "Apply suggestions from review";
  const credits = [...people.values()]
    .filter((person) => person.id !== me.id)
    .map((person) => identityOf(ctx, person))
    .map(({ name, email }) => `Co-authored-by: ${name} <${email}>`);
  return [wanted?.trim() || plain, ...(credits.length === 0 ? [] : [credits.join("\n")])].join("\n\n") + "\n";
}

/** What happens to a comment is no change of its words. */
const unchanged = sql`${prComments.updatedAt}`;

/** Notes which commit applied suggestions, and settles their threads. Noted already, it does nothing. */
export async function markApplied(
  tx: TransactionContext,
  pullId: string,
  ids: readonly string[],
  commit: string,
  byId: string | null,
): Promise<void> {
  const [pull] = await tx.db.select().from(pullRequests).where(eq(pullRequests.id, pullId)).for("update");
  if (!pull) return;
  const marked = await tx.db
    .update(prComments)
    .set({ suggestionApplied: true, suggestionCommitSha: commit, updatedAt: unchanged })
    .where(
      and(
        eq(prComments.prId, pullId),
        inArray(prComments.id, [...ids]),
        eq(prComments.suggestionApplied, false),
      ),
    )
    .returning();
  if (marked.length === 0) return;
  const subject = { ...about(pull), ...(byId === null ? {} : { byId }) };
  await emit(tx, suggestionsApplied, subject, {
    ...described(pull),
    sha: commit,
    comment_ids: marked.map((comment) => comment.id),
  });
  const settled = await tx.db
    .update(prComments)
    .set({ isResolved: true, resolvedAt: tx.clock.now(), resolvedById: byId, updatedAt: unchanged })
    .where(
      and(
        inArray(prComments.id, [...new Set(marked.map((comment) => comment.replyToId ?? comment.id))]),
        eq(prComments.isResolved, false),
      ),
    )
    .returning();
  for (const root of settled)
    await emit(tx, threadResolved, subject, { ...described(pull), comment_id: root.id });
}
