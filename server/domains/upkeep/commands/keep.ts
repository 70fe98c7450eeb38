/** Looking after one repository. */
import { eq, sql } from "drizzle-orm";
import { expire } from "../../../git/keeping/expiry.ts";
import { removeLeftovers } from "../../../git/keeping/leftovers.ts";
import { maintain } from "../../../git/keeping/maintenance.ts";
import { inTurn } from "../../../git/keeping/turn.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { contentBytes } from "../../lfs/index.ts";
import { fullName, gitBytes, gitOf, type RepoWith } from "../../repositories/index.ts";
import { findProblems, type CheckOptions } from "../check.ts";
import { repositoryDamaged, repositoryMended } from "../events.ts";
import { repositoryUpkeep } from "../schema.ts";

export interface Found {
  readonly state: "ok" | "damaged" | "failed";
  readonly problems: readonly string[];
}

const day = 86_400_000;

/**
 * Packs the repository and lets go of what nothing names.
 *
 * @returns false when somebody else is at it
 * @throws GitError, GitTimeout
 */
export async function maintainRepository(ctx: Context, repo: RepoWith<"admin">): Promise<boolean> {
  const git = gitOf(ctx, repo);
  const turn = await inTurn(git, async () => {
    await removeLeftovers(git);
    await maintain(git);
    const days = ctx.config.limits.unreachableDays;
    if (days === 0) return;
    const { broughtBack } = await expire(git, { grace: days * day });
    if (broughtBack > 0)
      ctx.log.warn(
        { repoId: repo.id, packs: broughtBack },
        "objects that were let go are needed and came back",
      );
  });
  if (turn === null) return false;
  await write(ctx, repo, { maintainedAt: ctx.clock.now(), ...(await sizesOf(ctx, repo)) });
  return true;
}

/** Checks the repository and keeps what was found. Never throws for what is wrong with it: that is the answer. */
export async function checkRepository(
  ctx: Context,
  repo: RepoWith<"admin">,
  options: CheckOptions,
): Promise<Found> {
  const found = await findProblems(ctx, repo, options).then(
    (problems): Found => ({ state: problems.length === 0 ? "ok" : "damaged", problems }),
    (error: unknown): Found => ({ state: "failed", problems: [sentenceOf(error)] }),
  );
  const sizes = await sizesOf(ctx, repo).catch(() => ({}));
  const now = ctx.clock.now();
  await transact(ctx, async (tx) => {
    const [before] = await tx.db
      .select({ since: repositoryUpkeep.damagedSince })
      .from(repositoryUpkeep)
      .where(eq(repositoryUpkeep.repoId, repo.id))
      .for("update");
    const since = before?.since ?? null;
    // A check that could not be done neither finds damage nor mends it.
    const damagedSince = found.state === "ok" ? null : found.state === "damaged" ? (since ?? now) : since;
    await write(tx, repo, {
      ...sizes,
      state: found.state,
      problems: [...found.problems],
      damagedSince,
      checkedAt: now,
      ...(options.full && found.state !== "failed" ? { fullyCheckedAt: now } : {}),
    });
    const subject = {
      repoId: repo.id,
      ...(repo.owner.type === "organization" ? { orgId: repo.owner.id } : {}),
    };
    if (found.state === "damaged" && since === null)
      await emit(tx, repositoryDamaged, subject, {
        name: repo.name,
        problems: found.problems.length,
        first: found.problems[0] ?? "",
      });
    if (found.state === "ok" && since !== null)
      await emit(tx, repositoryMended, subject, { name: repo.name });
  });
  ctx.metrics.repositoryChecks.inc({ result: found.state });
  if (found.state !== "ok")
    ctx.log.error(
      { repoId: repo.id, repository: fullName(repo), problems: found.problems },
      found.state === "damaged" ? "a repository is damaged" : "a repository could not be checked",
    );
  return found;
}

const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 300);

async function sizesOf(ctx: Context, repo: RepoWith<"read">) {
  const [git, lfs] = await Promise.all([gitBytes(gitOf(ctx, repo)), contentBytes(ctx, repo)]);
  return { gitBytes: git, lfsBytes: lfs };
}

async function write(
  ctx: Pick<Context, "db">,
  repo: RepoWith<"admin">,
  columns: Partial<typeof repositoryUpkeep.$inferInsert>,
): Promise<void> {
  // A repository that was purged meanwhile gets no row.
  await ctx.db.execute(
    sql`insert into repository_upkeep (repo_id) select id from repositories where id = ${repo.id} on conflict do nothing`,
  );
  await ctx.db.update(repositoryUpkeep).set(columns).where(eq(repositoryUpkeep.repoId, repo.id));
}
