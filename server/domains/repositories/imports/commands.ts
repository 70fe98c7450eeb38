/** Beginning, trying again and ending an import. The work is `run.ts`, in a job. */
import { and, count, eq, inArray, isNull, sql } from "drizzle-orm";
import { readRefs } from "../../../git/ref-cache.ts";
import { diskPath } from "../../../git/store.ts";
import type { Credentials } from "../../../git/remotes/remote-url.ts";
import type { UserActor } from "../../../kernel/actor.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { conflict, forbidden, unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { orgOf, type RepoWith } from "../access.ts";
import { gitOf } from "../addresses.ts";
import { discard, insertRepository, requireFree, volume } from "../commands/create.ts";
import { repositoryCreated } from "../events.ts";
import { requireNoIntent } from "../git/intents.ts";
import type { Home } from "../homes.ts";
import { checkName } from "../names.ts";
import { importSeal, sealCredentials, type RemoteAddress } from "../remotes/address.ts";
import { stopCourse } from "../remotes/courses.ts";
import { repositoryImports } from "../remotes/schema.ts";
import { repositories } from "../schema.ts";
import { importCancelled, importStarted } from "./events.ts";
import { importJob } from "./job-names.ts";
import type { Import } from "./queries.ts";

/** Imports of one person that wait or run. */
const mostWaiting = 10;

export interface NewImport {
  readonly name: string;
  readonly description: string | null;
  readonly isPrivate: boolean;
  readonly remote: RemoteAddress;
  /** Follow the address from then on, every so many minutes. */
  readonly followMinutes: number | null;
}

/**
 * A new repository and its import, in one transaction. Nothing has been asked of the other server yet.
 *
 * @throws Refusal 422 for a taken name and for more imports than one person may have waiting
 */
export async function importRepository(
  ctx: Context,
  me: UserActor,
  home: Home,
  input: NewImport,
): Promise<{ readonly repo: RepoWith<"admin">; readonly row: Import }> {
  checkName(input.name);
  await requireFree(ctx, home.id, input.name);
  const id = uuidv7();
  const at = diskPath(volume, id);
  await ctx.git.init(at, { defaultBranch: "main" });
  try {
    return await transact(ctx, async (tx) => {
      const repo = await insertRepository(tx, home, {
        id,
        name: input.name,
        description: input.description,
        isPrivate: input.isPrivate,
        diskPath: at,
        contentSource: "import",
        sourceUrl: input.remote.url,
      });
      await emit(tx, repositoryCreated, { repoId: id, ...orgOf(repo) }, { name: repo.name, fork_of: null });
      return { repo, row: await begin(tx, repo, me, input.remote, input.followMinutes) };
    });
  } catch (error) {
    await discard(ctx, id);
    throw error;
  }
}

/**
 * Imports into a repository that has no branches and tags yet.
 *
 * @throws Refusal 409 while an import of it runs, 422 when it has content
 */
export async function startImport(
  ctx: Context,
  repo: RepoWith<"admin">,
  me: UserActor,
  remote: RemoteAddress,
): Promise<Import> {
  return transact(ctx, async (tx) => begin(tx, repo, me, remote, null, () => requireEmpty(tx, repo)));
}

/**
 * Tries a failed or cancelled import again; what arrived is not fetched again.
 *
 * @param credentials in place of those it had; undefined keeps them
 * @throws Refusal 409 while it runs, 422 when it is done or somebody pushed since
 */
export async function retryImport(
  ctx: Context,
  repo: RepoWith<"admin">,
  me: UserActor,
  credentials: Credentials | null | undefined,
): Promise<Import> {
  return transact(ctx, async (tx) => {
    const [row] = await tx.db
      .select()
      .from(repositoryImports)
      .where(eq(repositoryImports.repoId, repo.id))
      .for("update");
    if (!row || row.state === "done") throw unprocessable("There is no import to try again");
    if (row.state !== "failed" && row.state !== "cancelled") throw conflict("The import runs already");
    const kept =
      credentials === undefined ? row.credentials : sealCredentials(tx, credentials, importSeal(repo.id));
    const from = { url: row.url, credentials: kept, followMinutes: row.followMinutes };
    return enqueue(tx, repo, me, from, async ({ pushedAt }) => {
      // A run that was cut off while it wrote branches left some: they are its own as long as nobody pushed.
      if (row.phase !== "publishing") return requireEmpty(tx, repo);
      if (pushedAt && row.finishedAt && pushedAt > row.finishedAt)
        throw unprocessable("Somebody pushed to the repository since");
    });
  });
}

/** Ends an import at once. What arrived stays; it can be tried again. Nothing when it does not run. */
export async function cancelImport(ctx: Context, repo: RepoWith<"admin">): Promise<void> {
  await transact(ctx, async (tx) => {
    const [row] = await tx.db
      .update(repositoryImports)
      .set({ state: "cancelled", finishedAt: tx.clock.now(), error: null, errorKind: null })
      .where(
        and(eq(repositoryImports.repoId, repo.id), inArray(repositoryImports.state, ["queued", "running"])),
      )
      .returning();
    if (!row) return;
    await tx.db
      .update(repositories)
      .set({ contentSource: null, sourceUrl: null })
      .where(and(eq(repositories.id, repo.id), eq(repositories.contentSource, "import")));
    await emit(tx, importCancelled, { repoId: repo.id, ...orgOf(repo) }, { url: row.url });
    tx.afterCommit(() => stopCourse(repo.id, "cancelled"));
  });
}

async function requireEmpty(ctx: Context, repo: RepoWith<"admin">): Promise<void> {
  const { refs } = await readRefs(gitOf(ctx, repo));
  if ([...refs.keys()].some((ref) => /^refs\/(?:heads|tags)\//.test(ref)))
    throw unprocessable("Only a repository without branches and tags can be imported into");
}

async function begin(
  tx: TransactionContext,
  repo: RepoWith<"admin">,
  me: UserActor,
  remote: RemoteAddress,
  followMinutes: number | null,
  check: () => Promise<void> = async () => undefined,
): Promise<Import> {
  const credentials = sealCredentials(tx, remote.credentials, importSeal(repo.id));
  return enqueue(tx, repo, me, { url: remote.url, credentials, followMinutes }, check);
}

async function enqueue(
  tx: TransactionContext,
  repo: RepoWith<"admin">,
  me: UserActor,
  from: Pick<Import, "url" | "credentials" | "followMinutes">,
  check: (locked: { readonly pushedAt: Date | null }) => Promise<void>,
): Promise<Import> {
  // The lock makes two beginnings at once come one after the other, and whoever pushes wait for this one.
  const [locked] = await tx.db
    .select({ contentSource: repositories.contentSource, pushedAt: repositories.pushedAt })
    .from(repositories)
    .where(and(eq(repositories.id, repo.id), isNull(repositories.deletedAt), isNull(repositories.archivedAt)))
    .for("no key update");
  if (!locked) throw forbidden("Repository was archived so is read-only");
  if (locked.contentSource === "mirror")
    throw conflict("This repository follows another one; end that mirror first");
  await requireNoIntent(tx, repo);
  await check(locked);
  await tx.db
    .update(repositories)
    .set({ contentSource: "import", sourceUrl: from.url, updatedAt: repo.updatedAt })
    .where(eq(repositories.id, repo.id));
  const [before] = await tx.db
    .select({ state: repositoryImports.state })
    .from(repositoryImports)
    .where(eq(repositoryImports.repoId, repo.id));
  if (before?.state === "queued" || before?.state === "running") throw conflict("An import runs already");
  await requirePlace(tx, me);
  const now = tx.clock.now();
  const fresh = {
    ...from,
    requestedById: me.user.id,
    state: "queued",
    phase: null,
    percent: 0,
    receivedObjects: 0,
    receivedBytes: 0,
    branches: null,
    tags: null,
    skipped: 0,
    largeFiles: 0,
    largeFileBytes: 0,
    largeFilesMissing: 0,
    largeFilesNote: null,
    error: null,
    errorKind: null,
    startedAt: null,
    finishedAt: null,
    createdAt: now,
    updatedAt: now,
  } as const;
  const [row] = await tx.db
    .insert(repositoryImports)
    .values({ repoId: repo.id, ...fresh })
    .onConflictDoUpdate({ target: repositoryImports.repoId, set: fresh })
    .returning();
  if (!row) throw new Error("the insert answered no row");
  await emit(tx, importStarted, { repoId: repo.id, ...orgOf(repo) }, { url: from.url });
  await tx.jobs.enqueue(tx, importJob, { repoId: repo.id }, { singletonKey: repo.id });
  return row;
}

async function requirePlace(tx: TransactionContext, me: UserActor): Promise<void> {
  // Of many at once, each sees those before it.
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`imports of ${me.user.id}`}, 0))`);
  const [waiting] = await tx.db
    .select({ imports: count() })
    .from(repositoryImports)
    .where(
      and(
        eq(repositoryImports.requestedById, me.user.id),
        inArray(repositoryImports.state, ["queued", "running"]),
      ),
    );
  if ((waiting?.imports ?? 0) >= mostWaiting)
    throw unprocessable(`You have ${mostWaiting} imports under way; wait until one is done`);
}
