import { eq, sql } from "drizzle-orm";
import type { ObjectFormat } from "../../../git/names.ts";
import { updateRefs } from "../../../git/refs.ts";
import { diskPath, type GitRepository } from "../../../git/store.ts";
import { commitChanges } from "../../../git/write.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { invalid } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { grant } from "../../../kernel/grants.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { countRepositories } from "../../accounts/index.ts";
import { orgOf, type RepoWith, type Repository } from "../access.ts";
import { repositoryCreated } from "../events.ts";
import { pushed } from "../git/events.ts";
import { describeMoves, type Move } from "../git/moves.ts";
import { tendRepository } from "../git/tend.ts";
import type { Home } from "../homes.ts";
import { actorIdentity, signatureOf } from "../identity.ts";
import type { MergeSettings } from "../merge-settings.ts";
import { checkBranch, checkName } from "../names.ts";
import { dropRedirect } from "../redirects.ts";
import { repositories } from "../schema.ts";
import { watch } from "../watching/commands.ts";

/** All repositories lie on one volume until there is a second disk. */
export const volume = "v1";

export interface NewRepository extends Partial<MergeSettings> {
  readonly name: string;
  readonly description: string | null;
  readonly homepage: string | null;
  readonly isPrivate: boolean;
  readonly defaultBranch: string;
  /** How git names the objects, for ever; sha1 unless told. */
  readonly objectFormat?: ObjectFormat;
  /** Begin with a commit that holds a README. */
  readonly autoInit: boolean;
  /** Others may begin with its files; false unless told. */
  readonly isTemplate?: boolean;
}

/**
 * The git data comes first, under an id that nobody knows yet, then the row: a crash in between leaves a folder without a row,
 * which is swept away later.
 *
 * @throws a database refusal that reads "name already exists on this account" when the name is taken
 */
export async function createRepository(
  ctx: Context,
  home: Home,
  input: NewRepository,
): Promise<RepoWith<"admin">> {
  checkName(input.name);
  checkBranch(input.defaultBranch, "default_branch");
  await requireFree(ctx, home.id, input.name);
  const id = uuidv7();
  const at = diskPath(volume, id);
  const git = await ctx.git.init(at, input);
  try {
    const { autoInit, objectFormat: _format, ...columns } = input;
    const first = autoInit ? [await firstCommit(ctx, git, input)] : [];
    const stories = await describeMoves(git, input.defaultBranch, first);
    return await transact(ctx, async (tx) => {
      const repo = await insertRepository(tx, home, { ...columns, id, diskPath: at });
      await emit(tx, repositoryCreated, { repoId: id, ...orgOf(repo) }, { name: repo.name, fork_of: null });
      for (const story of stories)
        await emit(tx, pushed, { repoId: id, ...orgOf(repo) }, { ...story, reason: "create", detail: {} });
      if (stories.length === 0) return repo;
      await tx.jobs.enqueue(tx, tendRepository.name, { repoId: id }, { singletonKey: id });
      const pushedAt = tx.clock.now();
      await tx.db.update(repositories).set({ pushedAt }).where(eq(repositories.id, id));
      return { ...repo, pushedAt };
    });
  } catch (error) {
    await discard(ctx, id);
    throw error;
  }
}

/** Removes the git data of a repository that did not come to be. A commit whose answer got lost may have made it be. */
export async function discard(ctx: Context, id: string): Promise<void> {
  try {
    const found = await ctx.database
      .select({ id: repositories.id })
      .from(repositories)
      .where(eq(repositories.id, id));
    if (found.length === 0) await ctx.git.remove(diskPath(volume, id));
  } catch (error) {
    ctx.log.warn({ id, error: String(error) }, "git data without a repository was left for the sweep");
  }
}

/** The row of a new repository at its home, whose owner watches it from now on. */
export async function insertRepository(
  tx: TransactionContext,
  home: Home,
  columns: Omit<typeof repositories.$inferInsert, "ownerId" | "ownerType">,
): Promise<RepoWith<"admin">> {
  const now = tx.clock.now();
  const [row] = await tx.db
    .insert(repositories)
    .values({ ...columns, ownerId: home.id, ownerType: home.type, createdAt: now, updatedAt: now })
    .returning();
  if (!row) throw new Error("the insert answered no row");
  await dropRedirect(tx, home.id, row.name);
  await countRepositories(tx, home.id, row.isPrivate ? { private: 1 } : { public: 1 });
  const repo: Repository = { ...row, owner: home, access: "admin" };
  const granted = grant(repo, "admin");
  if (tx.actor.kind !== "user") return granted;
  await watch(tx, granted, tx.actor);
  return { ...granted, watchersCount: 1 };
}

/** Nobody sees the repository yet, so its first ref needs no intent: it becomes known together with the row. */
async function firstCommit(
  ctx: Context,
  git: GitRepository,
  input: Pick<NewRepository, "name" | "description" | "defaultBranch">,
): Promise<Move> {
  const identity = actorIdentity(ctx, ctx.actor);
  const text = `# ${input.name}\n${input.description ? `\n${input.description}\n` : ""}`;
  const { commit } = await commitChanges(git, {
    base: null,
    changes: [{ kind: "put", path: "README.md", content: { bytes: Buffer.from(text) } }],
    message: "Initial commit",
    author: signatureOf(ctx, identity),
    committer: signatureOf(ctx, identity),
  });
  const move = { ref: `refs/heads/${input.defaultBranch}`, old: null, new: commit };
  const [result] = await updateRefs(git, [move], { identity, reason: "create" });
  if (result?.failure) throw new Error(`the first commit was refused: ${result.failure.detail ?? ""}`);
  return move;
}

/** Refuses a taken name before any work is done; what comes in between, the unique index refuses. */
export async function requireFree(ctx: Context, ownerId: string, name: string): Promise<void> {
  const [row] = await ctx.db
    .select({ id: repositories.id })
    .from(repositories)
    .where(
      sql`${repositories.ownerId} = ${ownerId} and lower(${repositories.name}) = ${name.toLowerCase()} and ${repositories.deletedAt} is null`,
    )
    .limit(1);
  if (row) throw invalid("Repository", "name", "name already exists on this account", "already_exists");
}
