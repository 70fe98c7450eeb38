/** The work of a mirror. Run again, it finds the two the same and does nothing. */
import { eq } from "drizzle-orm";
import { readRefs } from "../../../git/ref-cache.ts";
import { pushEverything } from "../../../git/remotes/push.ts";
import type { Remote } from "../../../git/remotes/remote.ts";
import { RemoteFailure } from "../../../git/remotes/remote-failure.ts";
import { listRemoteRefs } from "../../../git/remotes/remote-refs.ts";
import { system } from "../../../kernel/actor.ts";
import { actingAs, transact, type Context } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { orgOf, type RepoWith } from "../access.ts";
import { gitOf } from "../addresses.ts";
import { mirrorSeal, openCredentials } from "../remotes/address.ts";
import { connectRemote, failureTold } from "../remotes/connect.ts";
import { beginCourse, type Course } from "../remotes/courses.ts";
import { bringFreight, sendFreight } from "../remotes/freight.ts";
import { repositoryMirrors } from "../remotes/schema.ts";
import { showRemoteBranch } from "../remotes/show-branch.ts";
import { archivedReason, mayRun } from "../remotes/standing.ts";
import { bringObjects, mostRefs, publishRefs } from "../remotes/take-refs.ts";
import { carryLargeFiles, endsOf, type LargeFiles } from "./large-files.ts";
import { persistent } from "./letters.ts";
import { after, told } from "./commands.ts";
import { mirrorFailed, mirrorRecovered, mirrorStopped } from "./events.ts";
import type { Mirror } from "./queries.ts";
import { enqueueMirror, mirrorJob } from "./wanted.ts";

const transferMs = 30 * 60_000;
const nextTryMs = 15_000;
const longestPauseMinutes = 24 * 60;

/** Runs a mirror once, unless it is switched off, gone, or running here: a run that goes on sees at its end that it is wanted again. */
export async function runMirror(system_: Context, mirrorId: string): Promise<void> {
  const ctx = actingAs(system_, system(mirrorJob));
  const row = await findMirror(ctx, mirrorId);
  if (!row || row.nextRunAt === null) return;
  const course = beginCourse(row.id, row.repoId, row.setById);
  if (course === "busy") return;
  if (course === "full") {
    const startAfter = new Date(ctx.clock.now().getTime() + nextTryMs);
    return transact(ctx, (tx) => enqueueMirror(tx, row.id, startAfter));
  }
  try {
    await once(ctx, row, course);
  } finally {
    course.end();
  }
}

async function findMirror(ctx: Context, id: string): Promise<Mirror | null> {
  const [row] = await ctx.db.select().from(repositoryMirrors).where(eq(repositoryMirrors.id, id));
  return row ?? null;
}

async function once(ctx: Context, row: Mirror, course: Course): Promise<void> {
  const startedAt = ctx.clock.now();
  const granted = await mayRun(ctx, row.repoId, row.setById);
  if (granted === null) return;
  if (typeof granted === "string") return hinder(ctx, row, granted);
  await ctx.db.update(repositoryMirrors).set({ startedAt }).where(eq(repositoryMirrors.id, row.id));
  let problem: string | null = null;
  let large: LargeFiles = {};
  try {
    large = await transfer(ctx, granted, row, course);
  } catch (error) {
    // Switched off, deleted, or the server stops: no failure of anybody's.
    if (course.stopped !== null) return;
    problem = failureTold(ctx, error, { repoId: row.repoId, mirrorId: row.id }).sentence;
  }
  await settle(ctx, granted, row, startedAt, { problem, large });
}

async function transfer(
  ctx: Context,
  repo: RepoWith<"admin">,
  row: Mirror,
  course: Course,
): Promise<LargeFiles> {
  const credentials = openCredentials(ctx, row.credentials, mirrorSeal(row.id));
  const remote = connectRemote(ctx, { url: row.url, credentials }, course.signal);
  const git = gitOf(ctx, repo);
  if (row.direction === "push") return pushOut(ctx, repo, row, remote);
  const found = await listRemoteRefs(git, remote, mostRefs);
  if (found.refs.size === 0)
    throw new RemoteFailure("not-found", "The repository there is empty; what is here was kept");
  await bringObjects(ctx, repo, remote, found, { deadline: transferMs });
  const large = await carryLargeFiles(ctx, row, (known) =>
    bringFreight(ctx, repo, remote, {
      tips: [...new Set(found.refs.values())],
      // What the branches here reach was looked at by the runs that brought them.
      known: async () => (known ? endsOf((await readRefs(git)).refs) : []),
      deadline: transferMs,
    }),
  );
  const shown = await showRemoteBranch(ctx, repo, found);
  const { skipped } = await publishRefs(ctx, shown, found, {
    reason: "mirror",
    prune: true,
    url: row.url,
    signal: course.signal,
  });
  if (skipped > 0)
    ctx.log.info({ repoId: repo.id, mirrorId: row.id, skipped }, "a mirror could not take some references");
  return large;
}

async function pushOut(
  ctx: Context,
  repo: RepoWith<"admin">,
  row: Mirror,
  remote: Remote,
): Promise<LargeFiles> {
  const git = gitOf(ctx, repo);
  const { refs } = await readRefs(git);
  // Nothing is pushed over what is there before there is anything here.
  if (![...refs.keys()].some((ref) => ref.startsWith("refs/heads/"))) return {};
  const large = await carryLargeFiles(ctx, row, (known) =>
    sendFreight(ctx, repo, remote, {
      tips: endsOf(refs),
      known: async () =>
        known ? [...new Set((await listRemoteRefs(git, remote, mostRefs)).refs.values())] : [],
      deadline: transferMs,
    }),
  );
  const rejected = await pushEverything(git, remote, { deadline: transferMs });
  const [first] = rejected;
  if (!first) return large;
  const more = rejected.length === 1 ? "" : ` and ${rejected.length - 1} more`;
  throw new RemoteFailure("rejected", `The other server did not take ${first.ref}${more}: ${first.reason}`);
}

/** Writes how a run ended, plans the next, and has it run again when that was wanted meanwhile. */
async function settle(
  ctx: Context,
  repo: RepoWith<"admin">,
  row: Mirror,
  startedAt: Date,
  { problem, large }: { readonly problem: string | null; readonly large: LargeFiles },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const [now] = await tx.db
      .select()
      .from(repositoryMirrors)
      .where(eq(repositoryMirrors.id, row.id))
      .for("update");
    if (!now) return;
    const finishedAt = tx.clock.now();
    const failures = problem === null ? 0 : now.failures + 1;
    const pause = Math.min(now.intervalMinutes * 2 ** Math.max(0, failures - 1), longestPauseMinutes);
    const next = after(finishedAt, Math.max(pause, now.intervalMinutes));
    await tx.db
      .update(repositoryMirrors)
      .set({
        finishedAt,
        ...large,
        failures,
        error: problem,
        nextRunAt: now.nextRunAt === null ? null : next,
        ...(problem === null ? { succeededAt: finishedAt } : {}),
      })
      .where(eq(repositoryMirrors.id, row.id));
    const subject = { repoId: repo.id, ...orgOf(repo), subjectId: row.id };
    if (problem !== null && (failures === 1 || failures === persistent))
      await emit(tx, mirrorFailed, subject, { ...told(now), failures, error: problem });
    if (problem === null && now.failures > 0)
      await emit(tx, mirrorRecovered, subject, { ...told(now), failures: now.failures });
    const again = now.nextRunAt !== null && now.wantedAt !== null && now.wantedAt > startedAt;
    if (again && problem === null) await enqueueMirror(tx, row.id);
  });
}

/** It may not run. An archived repository waits; a mirror whose person lost the right is switched off until somebody takes it over. */
async function hinder(ctx: Context, row: Mirror, reason: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const [repo] = await tx.db
      .update(repositoryMirrors)
      .set({
        // The turn is over: nobody waits for it.
        startedAt: tx.clock.now(),
        finishedAt: tx.clock.now(),
        error: reason,
        nextRunAt: reason === archivedReason ? after(tx.clock.now(), row.intervalMinutes) : null,
      })
      .where(eq(repositoryMirrors.id, row.id))
      .returning({ id: repositoryMirrors.id });
    if (!repo || reason === archivedReason) return;
    await emit(tx, mirrorStopped, { repoId: row.repoId, subjectId: row.id }, { ...told(row), error: reason });
  });
}
