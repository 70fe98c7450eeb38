/** What texts and commits say about issues, worked out after they are stored. */
import { eq } from "drizzle-orm";
import { commitsBetween } from "../../git/commits.ts";
import { peelToCommit } from "../../git/revisions.ts";
import { actingAs, type Context } from "../../kernel/context.ts";
import { subscription, type EventRow } from "../../kernel/events.ts";
import { referencesInText, type Reference } from "../../kernel/markup/index.ts";
import { actorOf } from "../accounts/index.ts";
import {
  findRepositoryById,
  fullName,
  gitOf,
  pushed,
  type Pushed,
  type Repository,
} from "../repositories/index.ts";
import { issueCommentEdited, issueCommented, issueEdited, issueOpened } from "./events.ts";
import { closeByReference } from "./references/closing.ts";
import { recordCommit, recordReferences } from "./references/record.ts";
import { issueComments, issues } from "./schema.ts";
import { markupOptions } from "./text.ts";

/** Tells the issues that a new or changed text names. */
export const noteReferences = subscription(
  "issues.note-references",
  [issueOpened, issueEdited, issueCommented, issueCommentEdited],
  async (ctx, event) => {
    const scene = await sceneOf(ctx, event);
    if (!scene || event.subjectId === null) return;
    const { comment_id: commentId } = event.payload as { comment_id?: string };
    const body = await bodyOf(ctx, event.subjectId, commentId);
    if (body === null) return;
    const references = await ctx.markup.extractReferences(body, markupOptions(scene.repo));
    const from = { kind: "issue", id: event.subjectId, repo: scene.repo };
    await recordReferences(scene.ctx, from, references);
  },
);

/** Closes what commits on the default branch close, and tells the issues that commits name. */
export const followPush = subscription("issues.follow-push", [pushed], async (ctx, event) => {
  const scene = await sceneOf(ctx, event);
  const push = event.payload as Pushed;
  if (!scene || push.deleted || !push.ref.startsWith("refs/heads/")) return;
  const isHome = push.ref === `refs/heads/${scene.repo.defaultBranch}`;
  for (const { sha, message } of await commitsOf(ctx, scene.repo, push)) {
    const references = referencesInText(message, fullName(scene.repo)).filter(isIssue);
    if (references.length === 0) continue;
    if (isHome) await closeByReference(scene.ctx, scene.repo, references, { commitId: sha });
    await recordCommit(scene.ctx, scene.repo, sha, references);
  }
});

const isIssue = (one: Reference) => one.kind === "issue";

/** The repository of an event, and a context in which the person behind it goes on. Null when either is gone. */
async function sceneOf(ctx: Context, event: EventRow): Promise<{ ctx: Context; repo: Repository } | null> {
  const actor = event.actorId === null ? null : await actorOf(ctx, event.actorId);
  if (!actor || event.repoId === null) return null;
  const own = actingAs(ctx, actor);
  const repo = await findRepositoryById(own, event.repoId);
  return repo && { ctx: own, repo };
}

async function bodyOf(ctx: Context, issueId: string, commentId: string | undefined): Promise<string | null> {
  const [row] =
    commentId === undefined
      ? await ctx.db.select({ body: issues.body }).from(issues).where(eq(issues.id, issueId))
      : await ctx.db
          .select({ body: issueComments.body })
          .from(issueComments)
          .where(eq(issueComments.id, commentId));
  return row?.body ?? null;
}

/** A push says the newest of its commits; of a larger one, so many are looked at. */
const mostCommits = 500;

async function commitsOf(
  ctx: Context,
  repo: Repository,
  push: Pushed,
): Promise<readonly { readonly sha: string; readonly message: string }[]> {
  // A branch that is new brings a history that others have written: only its newest commits speak.
  if (push.created || push.commits_count <= push.commits.length) return push.commits;
  const git = gitOf(ctx, repo);
  const ends = await Promise.all([peelToCommit(git, push.before), peelToCommit(git, push.after)]);
  const [before, after] = ends;
  if (!before || !after) return push.commits;
  const { commits } = await commitsBetween(git, before, after, { limit: mostCommits });
  return commits.map((commit) => ({ sha: commit.oid, message: commit.message }));
}
