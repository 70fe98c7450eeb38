/** The source branch moved: its new heads become revisions, and the last one the head. */
import { eq } from "drizzle-orm";
import { isAncestor, mergeBase } from "../../../git/ancestry.ts";
import { endsSince } from "../../../git/branch-log.ts";
import { objectInfo } from "../../../git/objects.ts";
import { GitError } from "../../../git/process.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { gitOf, type RepoWith } from "../../repositories/index.ts";
import { about, described } from "../commands/record.ts";
import { pullSynchronized } from "../events.ts";
import { pusherOf } from "../pushers.ts";
import type { PullRequest } from "../queries.ts";
import { pullRequests } from "../schema.ts";
import { bringHead, keepHead, sourceGit, sourceRef, sourceTip } from "../source-branch.ts";
import { completeRevisions } from "./complete.ts";
import { revisionWithHead, type Revision } from "./queries.ts";
import { addRevisions, keepRevisions, type Told } from "./record.ts";
import { dismissStale, prepareStale } from "./stale.ts";
import { storyOf } from "./story.ts";

interface Ends {
  readonly head: string;
  /** Where the target branch is; null when it is gone. */
  readonly base: string | null;
}

/** Others who notice the same at the same time tell it; after so many of them the row is as it should be. */
const mostLooks = 5;

/** Brings the row of an open pull request to where its source branch is, over every head that the branch had meanwhile. */
export async function moveHead(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  { head, base }: Ends,
): Promise<PullRequest> {
  let [seen, tip]: [PullRequest, string | null] = [pull, head];
  for (let look = 0; look < mostLooks && tip !== null; look += 1) {
    if (seen.state !== "open" || seen.headSha === tip) break;
    const heads = await headsUpTo(ctx, repo, seen, tip);
    const { row, moved } = await advance(ctx, repo, seen, heads, base);
    if (moved || !row) return row ?? seen;
    [seen, tip] = [row, await sourceTip(ctx, repo, row)];
  }
  return seen;
}

/** Of a branch that was pushed to often while nobody looked (its pull request was closed), the newest heads. */
const mostHeads = 100;

/** Every head that the source branch had since the one of the row, as its reflog tells, with their commits at hand here. */
async function headsUpTo(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  tip: string,
): Promise<string[]> {
  const there = await sourceGit(ctx, repo, pull);
  const log = there && (await endsSince(there, sourceRef(pull), pull.headSha));
  const between = log?.slice(0, Math.max(0, log.lastIndexOf(tip))).slice(-mostHeads) ?? [];
  const heads: string[] = [];
  for (const oid of between) {
    if (oid === (heads.at(-1) ?? pull.headSha)) continue;
    try {
      await bringHead(ctx, repo, pull, oid);
      heads.push(oid);
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      ctx.log.warn({ pullRequestId: pull.id, oid }, "a head that was replaced at once is gone");
    }
  }
  return [...heads, tip];
}

/** Whoever opened a pull request by a push is the only one who moves its head. */
const byWhom = (ctx: Context, pull: PullRequest, head: string): Promise<string | null> =>
  pull.topic === null ? pusherOf(ctx, pull, head) : Promise.resolve(pull.authorId);

interface Advance {
  readonly row: PullRequest | null;
  /** False when the row was not what was seen: somebody else moved it. */
  readonly moved: boolean;
}

/**
 * Records heads one after the other, each as a revision, and makes the last one the head. Approvals of what is another change now
 * end in the same transaction.
 */
async function advance(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  heads: readonly string[],
  base: string | null,
): Promise<Advance> {
  const last = heads.at(-1);
  if (last === undefined) return { row: pull, moved: true };
  await keepHead(ctx, repo, pull, last);
  await completeRevisions(ctx, repo, pull);
  const git = gitOf(ctx, repo);
  const told: Told[] = [];
  let before: Pick<Revision, "headSha" | "mergeBaseSha"> = {
    headSha: pull.headSha,
    mergeBaseSha:
      (await revisionWithHead(ctx, pull.id, pull.headSha))?.mergeBaseSha ??
      (await mergeBase(git, pull.baseSha, pull.headSha)),
  };
  for (const head of heads) {
    // What the base has already is compared with where it left it, or there would be nothing to compare.
    const from = base === null || (await isAncestor(git, head, base)) ? pull.baseSha : base;
    const story = await storyOf(git, before, head, from);
    // Whoever reads first notices it; done it has who pushed.
    told.push({ ...story, pushedById: await byWhom(ctx, pull, head) });
    before = story;
  }
  const baseSha = told.at(-1)?.baseSha ?? pull.baseSha;
  await prepareStale(ctx, repo, pull, { headSha: last, baseSha });
  const { row, moved, added } = await transact(ctx, async (tx) => {
    const [held] = await tx.db.select().from(pullRequests).where(eq(pullRequests.id, pull.id)).for("update");
    if (!held || held.state !== "open" || held.headSha !== pull.headSha)
      return { row: held ?? null, moved: false, added: [] };
    const [after] = await tx.db
      .update(pullRequests)
      .set({ headSha: last, isMergeable: null, updatedAt: tx.clock.now() })
      .where(eq(pullRequests.id, pull.id))
      .returning();
    const revisions = await addRevisions(tx, pull, told);
    await tellRevisions(tx, held, revisions);
    const byId = revisions.at(-1)?.pushedById ?? null;
    const because = `Revision ${revisions.at(-1)?.number ?? 0} was pushed`;
    if (after) await dismissStale(tx, repo, { ...after, baseSha }, { because, byId });
    return { row: after ?? held, moved: true, added: revisions };
  });
  await keepRevisions(ctx, repo, pull, added);
  return { row, moved };
}

/**
 * A head that was pushed and taken back before anybody looked leaves the row as it was, and only the news of the push tell of it: it
 * becomes a revision, and so does what replaced it.
 */
export async function noteReplaced(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  head: string,
): Promise<void> {
  if (pull.state !== "open" || (await revisionWithHead(ctx, pull.id, head)) !== null) return;
  try {
    await bringHead(ctx, repo, pull, head);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return;
  }
  if ((await objectInfo(gitOf(ctx, repo), head))?.type !== "commit") return;
  await advance(ctx, repo, pull, [head, pull.headSha], null);
}

async function tellRevisions(
  tx: TransactionContext,
  pull: PullRequest,
  revisions: readonly Revision[],
): Promise<void> {
  let before = pull.headSha;
  for (const one of revisions) {
    await emit(
      tx,
      pullSynchronized,
      { ...about(pull), byId: one.pushedById },
      {
        ...described(pull),
        before,
        after: one.headSha,
        forced: one.kind !== "added",
        revision: one.number,
        ...(one.kind === "opened" ? {} : { kind: one.kind }),
        same_change: one.sameChange,
        commits: one.commits,
        base: pull.targetBranch,
      },
    );
    before = one.headSha;
  }
}
