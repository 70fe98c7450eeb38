/** The work of an import. It runs at least once and can be cut off anywhere: what arrived stays, and the next run goes on there. */
import { and, eq, sql } from "drizzle-orm";
import { readRefs } from "../../../git/ref-cache.ts";
import { listRemoteRefs, type RemoteRefs } from "../../../git/remotes/remote-refs.ts";
import { RemoteFailure } from "../../../git/remotes/remote-failure.ts";
import { actingAs, transact, type Context } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { orgOf, type RepoWith } from "../access.ts";
import { gitOf } from "../addresses.ts";
import { namedActor } from "../git/named-actor.ts";
import { followAfterImport } from "../mirrors/follow.ts";
import { importSeal, openCredentials } from "../remotes/address.ts";
import { connectRemote, failureTold } from "../remotes/connect.ts";
import { beginCourse, type Course } from "../remotes/courses.ts";
import { bringFreight, type Carried } from "../remotes/freight.ts";
import { repositoryImports } from "../remotes/schema.ts";
import { showRemoteBranch } from "../remotes/show-branch.ts";
import { archivedReason, mayRun } from "../remotes/standing.ts";
import { bringObjects, mostRefs, publishRefs } from "../remotes/take-refs.ts";
import { repositories } from "../schema.ts";
import { importCompleted, importFailed } from "./events.ts";
import { importJob } from "./job-names.ts";
import { findImport, type Import } from "./queries.ts";
import { Reporter } from "./reporter.ts";

/** Of one fetch; the history of the default branch is one. */
const fetchMs = 2 * 3_600_000;
const nextTryMs = 15_000;

/** Runs the import of a repository that waits for it; nothing when it does not wait any more. */
export async function runImport(ctx: Context, repoId: string): Promise<void> {
  const waiting = await findImport(ctx, { id: repoId });
  if (waiting?.state !== "queued" && waiting?.state !== "running") return;
  const course = beginCourse(repoId, repoId, waiting.requestedById);
  // A run that was cancelled may not have ended yet when it is tried again.
  if (course === "full" || (course === "busy" && waiting.state === "queued")) return later(ctx, repoId);
  if (course === "busy") return;
  try {
    const row = await claim(ctx, waiting);
    if (row) await work(ctx, row, course);
  } finally {
    course.end();
  }
}

/** Its person has enough under way, or a run that was cancelled has not ended yet. */
async function later(ctx: Context, repoId: string): Promise<void> {
  const startAfter = new Date(ctx.clock.now().getTime() + nextTryMs);
  await transact(ctx, (tx) =>
    tx.jobs.enqueue(tx, importJob, { repoId }, { startAfter, singletonKey: repoId }),
  );
}

/** One that runs, but not here, was cut off with the process that ran it. */
async function claim(ctx: Context, { repoId, state, attempt }: Import): Promise<Import | null> {
  const [row] = await ctx.db
    .update(repositoryImports)
    .set({
      state: "running",
      phase: "connecting",
      attempt: sql`${repositoryImports.attempt} + 1`,
      startedAt: ctx.clock.now(),
    })
    .where(
      and(
        eq(repositoryImports.repoId, repoId),
        eq(repositoryImports.state, state),
        eq(repositoryImports.attempt, attempt),
      ),
    )
    .returning();
  return row ?? null;
}

async function work(system: Context, row: Import, course: Course): Promise<void> {
  const ctx = actingAs(system, await namedActor(system, row.requestedById, importJob));
  const about = { repoId: row.repoId, import: row.attempt };
  try {
    const granted = await mayRun(ctx, row.repoId, row.requestedById);
    if (granted === null) return;
    if (typeof granted === "string") throw new RemoteFailure("refused", toldToReaders(granted));
    await bring(ctx, granted, row, course);
  } catch (error) {
    // The server stops: the row says that it runs, and the next start takes it up.
    if (course.stopped === "shutdown") return;
    const { kind, sentence } = failureTold(ctx, error, about);
    if (course.stopped === null) await fail(ctx, row, kind, sentence);
  }
}

/** Everybody who reads the repository reads why its import failed: not what became of a person. */
const toldToReaders = (reason: string): string =>
  reason === archivedReason ? reason : "Whoever asked for this import may not do so any more";

async function bring(ctx: Context, repo: RepoWith<"admin">, row: Import, course: Course): Promise<void> {
  const credentials = openCredentials(ctx, row.credentials, importSeal(repo.id));
  const remote = connectRemote(ctx, { url: row.url, credentials }, course.signal);
  const found = await listRemoteRefs(gitOf(ctx, repo), remote, mostRefs);
  if (found.refs.size === 0) throw new RemoteFailure("not-found", "The repository there is empty");
  const reporter = new Reporter(ctx, row);
  await reporter.enter("fetching", { ...counted(found), skipped: found.unusable });
  try {
    await bringObjects(ctx, repo, remote, found, {
      deadline: fetchMs,
      onProgress: ({ percent, objects, bytes }) =>
        reporter.tell({ percent, receivedObjects: objects, receivedBytes: bytes }),
    });
  } finally {
    await reporter.settle();
  }
  // The large files come before the branches: whoever clones it then finds what its files point to.
  const carried = await bringFreight(ctx, repo, remote, {
    tips: [...new Set(found.refs.values())],
    known: async () => [],
    deadline: fetchMs,
    onProgress: ({ files, bytes, percent }) =>
      reporter.tell({ phase: "contents", percent, largeFiles: files, largeFileBytes: bytes }),
  }).finally(() => reporter.settle());
  await reporter.enter("publishing", largeFilesOf(carried));
  const shown = await showRemoteBranch(ctx, repo, found);
  const { skipped } = await publishRefs(ctx, shown, found, {
    reason: "import",
    prune: false,
    url: row.url,
    signal: course.signal,
  });
  const { refs } = await readRefs(gitOf(ctx, repo));
  if (![...refs.keys()].some((ref) => ref.startsWith("refs/heads/") || ref.startsWith("refs/tags/")))
    throw new RemoteFailure("broken", "None of the branches and tags there could be taken");
  await finish(ctx, shown, row, { ...counted(found), skipped: found.unusable + skipped }, carried);
}

const largeFilesOf = ({ files, bytes, missing, note }: Carried) => ({
  largeFiles: files,
  largeFileBytes: bytes,
  largeFilesMissing: missing,
  largeFilesNote: note,
});

const counted = ({ refs }: RemoteRefs) => {
  const branches = [...refs.keys()].filter((ref) => ref.startsWith("refs/heads/")).length;
  return { branches, tags: refs.size - branches };
};

const mine = (row: Import) =>
  and(
    eq(repositoryImports.repoId, row.repoId),
    eq(repositoryImports.state, "running"),
    eq(repositoryImports.attempt, row.attempt),
  );

async function finish(
  ctx: Context,
  repo: RepoWith<"admin">,
  row: Import,
  taken: { readonly branches: number; readonly tags: number; readonly skipped: number },
  carried: Carried,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const [done] = await tx.db
      .update(repositoryImports)
      .set({
        state: "done",
        phase: null,
        percent: 100,
        ...taken,
        ...largeFilesOf(carried),
        credentials: null,
        finishedAt: tx.clock.now(),
      })
      .where(mine(row))
      .returning();
    if (!done) return;
    await tx.db
      .update(repositories)
      .set({ contentSource: null, sourceUrl: null })
      .where(eq(repositories.id, repo.id));
    const large = { large_files: carried.files, large_files_missing: carried.missing };
    await emit(
      tx,
      importCompleted,
      { repoId: repo.id, ...orgOf(repo) },
      { url: row.url, ...taken, ...large },
    );
    if (row.followMinutes !== null) await followAfterImport(tx, repo, row, row.followMinutes);
  });
}

async function fail(ctx: Context, row: Import, kind: string, sentence: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const [failed] = await tx.db
      .update(repositoryImports)
      .set({ state: "failed", errorKind: kind, error: sentence, finishedAt: tx.clock.now() })
      .where(mine(row))
      .returning();
    if (!failed) return;
    const [repo] = await tx.db
      .update(repositories)
      .set({ contentSource: null, sourceUrl: null })
      .where(and(eq(repositories.id, row.repoId), eq(repositories.contentSource, "import")))
      .returning({ ownerId: repositories.ownerId, ownerType: repositories.ownerType });
    const org = repo?.ownerType === "organization" ? { orgId: repo.ownerId } : {};
    await emit(tx, importFailed, { repoId: row.repoId, ...org }, { url: row.url, kind, error: sentence });
  });
}
