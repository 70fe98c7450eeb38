import { and, eq, isNull, sql } from "drizzle-orm";
import { readHead } from "../../../git/refs.ts";
import { diskPath } from "../../../git/store.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { findRepositoryById, orgOf, requireAccess, type RepoWith, type Repository } from "../access.ts";
import { fullName } from "../addresses.ts";
import { repositoryCreated, repositoryForked } from "../events.ts";
import { tendRepository } from "../git/tend.ts";
import type { Home } from "../homes.ts";
import { checkName } from "../names.ts";
import { repositories } from "../schema.ts";
import { discard, insertRepository, requireFree, volume } from "./create.ts";

/**
 * A copy of branches, tags and their history under another owner. One owner has one fork of a repository: asked again, it is
 * answered. A fork of a private repository is private.
 *
 * @throws Refusal 422 for the account that the repository belongs to, and for a name that is taken there
 */
export async function forkRepository(
  ctx: Context,
  repo: RepoWith<"read">,
  home: Home,
  name: string = repo.name,
): Promise<Repository> {
  checkName(name);
  if (home.id === repo.ownerId)
    throw unprocessable("A repository cannot be forked into the account it belongs to");
  const existing = await forkAt(ctx, repo, home);
  if (existing) return existing;
  await requireFree(ctx, home.id, name);
  const id = uuidv7();
  const at = diskPath(volume, id);
  const git = await ctx.git.copy(repo.diskPath, at);
  try {
    const head = await readHead(git);
    return await transact(ctx, async (tx) => {
      // The lock makes two forks at once come one after the other, and holds off a change of visibility.
      const [parent] = await tx.db
        .update(repositories)
        .set({ forksCount: sql`${repositories.forksCount} + 1`, updatedAt: sql`${repositories.updatedAt}` })
        .where(and(eq(repositories.id, repo.id), isNull(repositories.deletedAt)))
        .returning();
      if (!parent) throw unprocessable("The repository was deleted");
      // Copying takes a while, in which it may have become private: what came in since is not for who sees it no more.
      requireAccess(tx, await findRepositoryById(tx, repo.id), "read");
      if (await forkAt(tx, repo, home)) throw unprocessable("It was forked at the same moment");
      const fork = await insertRepository(tx, home, {
        id,
        name,
        description: repo.description,
        homepage: repo.homepage,
        isPrivate: parent.isPrivate,
        isFork: true,
        forkedFromId: repo.id,
        defaultBranch: head.branch ?? repo.defaultBranch,
        diskPath: at,
        pushedAt: repo.pushedAt,
        sizeBytes: repo.sizeBytes,
        languageStats: repo.languageStats,
      });
      await emit(tx, repositoryCreated, { repoId: id, ...orgOf(fork) }, { name, fork_of: repo.id });
      await emit(
        tx,
        repositoryForked,
        { repoId: repo.id, ...orgOf(repo) },
        { fork_id: id, fork_name: fullName(fork) },
      );
      await tx.jobs.enqueue(tx, tendRepository.name, { repoId: id }, { singletonKey: id });
      return fork;
    });
  } catch (error) {
    await discard(ctx, id);
    const other = await forkAt(ctx, repo, home);
    if (other) return other;
    throw error;
  }
}

async function forkAt(ctx: Context, repo: Repository, home: Home): Promise<Repository | null> {
  const [row] = await ctx.db
    .select({ id: repositories.id })
    .from(repositories)
    .where(
      and(
        eq(repositories.forkedFromId, repo.id),
        eq(repositories.ownerId, home.id),
        isNull(repositories.deletedAt),
      ),
    )
    .limit(1);
  return row ? findRepositoryById(ctx, row.id) : null;
}
