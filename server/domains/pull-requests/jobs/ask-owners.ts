/** Asks the owners of what a pull request changes for a review, once it is ready for one. */
import { and, eq, inArray, ne } from "drizzle-orm";
import { mergeBase } from "../../../git/ancestry.ts";
import { changedPaths } from "../../../git/changed-paths.ts";
import { objectInfo } from "../../../git/objects.ts";
import { system } from "../../../kernel/actor.ts";
import { actingAs, transact, type Context } from "../../../kernel/context.ts";
import { subscription } from "../../../kernel/events.ts";
import { findRepositoryById, gitOf, requireAccess, type RepoWith } from "../../repositories/index.ts";
import { pullOpened, pullReadied, pullReopened, pullRetargeted, pullSynchronized } from "../events.ts";
import { ownedFiles } from "../owners/find.ts";
import type { PullRequest } from "../queries.ts";
import { ask } from "../reviews/requests.ts";
import { prReviews, pullRequests } from "../schema.ts";

/** More are not asked for one change; who wants them names them. */
const mostAsked = 100;

/**
 * After a push only the owners of files that it newly touches are asked: whom somebody took off the list stays off it. Who was
 * asked once, or has reviewed, is not asked again.
 */
export const askOwners = subscription(
  "pull-requests.ask-owners",
  [pullOpened, pullReadied, pullReopened, pullSynchronized, pullRetargeted],
  async (ctx, event) => {
    const asForge = actingAs(ctx, system("pull-requests"));
    const [pull] = await ctx.db
      .select()
      .from(pullRequests)
      .where(eq(pullRequests.id, event.subjectId ?? ""));
    if (!pull || pull.state !== "open" || pull.isDraft) return;
    const found = await findRepositoryById(asForge, pull.repoId);
    if (!found) return;
    const repo = requireAccess(asForge, found, "read");
    const before =
      event.type === pullSynchronized.name ? pullSynchronized.payload.parse(event.payload).before : null;
    const known = before === null ? new Set<string>() : await pathsAt(asForge, repo, pull, before);
    const owned = await ownedFiles(asForge, repo, { base: pull.baseSha, head: pull.headSha });
    const owners = (owned ?? [])
      .filter(({ paths }) => paths.some((path) => !known.has(path)))
      .flatMap((one) => one.known);
    const [users, teams] = [new Set<string>(), new Set<string>()];
    for (const { userId, teamId } of owners.slice(0, mostAsked)) {
      if (userId !== null && userId !== pull.authorId) users.add(userId);
      if (teamId !== null) teams.add(teamId);
    }
    for (const id of await reviewersAmong(asForge, pull, [...users])) users.delete(id);
    if (users.size + teams.size === 0) return;
    await transact(asForge, async (tx) => {
      // GitHub, too, says that the author asks.
      const asking = { byId: pull.authorId, again: false, asOwner: true };
      for (const userId of users) await ask(tx, pull, { userId }, asking);
      for (const teamId of teams) await ask(tx, pull, { teamId }, asking);
    });
  },
);

/** What a former head changed. */
async function pathsAt(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  head: string,
): Promise<ReadonlySet<string>> {
  const git = gitOf(ctx, repo);
  if (!(await objectInfo(git, head))) return new Set();
  const common = await mergeBase(git, pull.baseSha, head);
  return new Set(common === null ? [] : await changedPaths(git, common, head));
}

async function reviewersAmong(
  ctx: Context,
  pull: PullRequest,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .selectDistinct({ userId: prReviews.userId })
    .from(prReviews)
    .where(
      and(eq(prReviews.prId, pull.id), inArray(prReviews.userId, [...ids]), ne(prReviews.state, "pending")),
    );
  return rows.map((row) => row.userId);
}
