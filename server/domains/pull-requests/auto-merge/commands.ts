import { eq } from "drizzle-orm";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { conflict, notFound, unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { requireUser } from "../../../kernel/grants.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { about, described } from "../commands/record.ts";
import { autoMergeEnabled } from "../events.ts";
import { catchUp } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import { allowedMethods, type MergeMethod } from "../requirements.ts";
import { pullRequests } from "../schema.ts";
import { dropAutoMerge } from "./drop.ts";
import { tryAutoMerge } from "./names.ts";
import { prAutoMerges } from "./schema.ts";

export interface AutoMergeRequest {
  /** The repository's first allowed one unless told. */
  readonly method?: MergeMethod | undefined;
  /** The head that the person has seen; another one is refused. */
  readonly expectedHead?: string | undefined;
  readonly title?: string | undefined;
  readonly message?: string | undefined;
}

/**
 * Lets a pull request merge by itself once nothing stands in the way, which may be at once. Asked again, it changes the method
 * and the message, and it is the last who asked that merges.
 *
 * @throws Refusal 422 for what is not open, a method that is not allowed and where the repository allows it nowhere, 409 for
 * another head than expected
 */
export async function enableAutoMerge(
  ctx: Context,
  repo: RepoWith<"write">,
  seen: PullRequest,
  request: AutoMergeRequest,
): Promise<PullRequest> {
  const me = requireUser(ctx.actor).user;
  if (!repo.allowAutoMerge) throw unprocessable("This repository does not allow auto-merge");
  const methods = allowedMethods(repo);
  const method = request.method ?? methods[0];
  if (method === undefined || !methods.includes(method))
    throw unprocessable(`This repository does not allow the method ${method ?? "merge"}`);
  const pull = await catchUp(ctx, repo, seen);
  if (request.expectedHead !== undefined && request.expectedHead !== pull.headSha)
    throw conflict("Head branch was modified. Review and try again.");
  return transact(ctx, async (tx) => {
    const held = await holdPull(tx, pull);
    if (held.state !== "open") throw unprocessable("Only an open pull request can be set to merge");
    const wish = {
      enabledById: me.id,
      method,
      title: request.title ?? null,
      message: request.message ?? null,
      // What came after that look is judged by who pushed it.
      headSha: pull.headSha,
      targetBranch: held.targetBranch,
    };
    const [before] = await tx.db.select().from(prAutoMerges).where(eq(prAutoMerges.prId, pull.id));
    const isSame =
      before !== undefined &&
      (Object.keys(wish) as (keyof typeof wish)[]).every((key) => before[key] === wish[key]);
    if (isSame) return held;
    await tx.db
      .insert(prAutoMerges)
      .values({ ...wish, prId: pull.id, createdAt: tx.clock.now() })
      .onConflictDoUpdate({ target: prAutoMerges.prId, set: { ...wish, createdAt: tx.clock.now() } });
    await emit(tx, autoMergeEnabled, about(held), { ...described(held), method });
    await tx.jobs.enqueue(tx, tryAutoMerge, { pullId: pull.id }, { singletonKey: pull.id });
    return held;
  });
}

/** Takes it back; leaves no trace where it was not set. */
export function disableAutoMerge(ctx: Context, _repo: RepoWith<"write">, pull: PullRequest): Promise<void> {
  return switchOff(ctx, pull, null);
}

/** Takes it back for a reason that people are told. */
export async function switchOff(
  ctx: Context,
  pull: Pick<PullRequest, "id">,
  reason: string | null,
): Promise<void> {
  await transact(ctx, async (tx) => dropAutoMerge(tx, await holdPull(tx, pull), reason));
}

/** Reviews, merges and this come one after the other. */
async function holdPull(tx: TransactionContext, pull: Pick<PullRequest, "id">): Promise<PullRequest> {
  const [row] = await tx.db.select().from(pullRequests).where(eq(pullRequests.id, pull.id)).for("update");
  if (!row) throw notFound();
  return row;
}
