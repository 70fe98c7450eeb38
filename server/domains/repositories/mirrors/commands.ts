import { and, count, eq } from "drizzle-orm";
import { readRefs } from "../../../git/ref-cache.ts";
import type { Credentials } from "../../../git/remotes/remote-url.ts";
import type { UserActor } from "../../../kernel/actor.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { conflict, forbidden, invalid, notFound, unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { orgOf, type RepoWith } from "../access.ts";
import { gitOf } from "../addresses.ts";
import { requireNoIntent } from "../git/intents.ts";
import { mirrorSeal, sealCredentials, type RemoteAddress } from "../remotes/address.ts";
import { stopCourse } from "../remotes/courses.ts";
import { repositoryMirrors } from "../remotes/schema.ts";
import { repositories } from "../schema.ts";
import { mirrorCreated, mirrorDeleted, mirrorUpdated } from "./events.ts";
import type { Mirror } from "./queries.ts";
import { enqueueMirror } from "./wanted.ts";

const mostPushMirrors = 5;

export interface NewMirror {
  readonly direction: "pull" | "push";
  readonly remote: RemoteAddress;
  readonly intervalMinutes: number;
  /** A repository with branches of its own may lose them to the one it follows. */
  readonly overwrite: boolean;
}

/**
 * Sets a mirror up; its first run begins at once.
 *
 * @throws Refusal 422 for an address that has a mirror here, a second one to follow, more than five that follow, and content
 *   that would be overwritten without a word; 409 while an import runs
 */
export async function createMirror(
  ctx: Context,
  repo: RepoWith<"admin">,
  me: UserActor,
  input: NewMirror,
): Promise<Mirror> {
  return transact(ctx, async (tx) => {
    await hold(tx, repo, input);
    if (input.direction === "pull" && !input.overwrite) await requireEmpty(tx, repo);
    const id = uuidv7();
    return insertMirror(tx, repo, {
      id,
      direction: input.direction,
      url: input.remote.url,
      credentials: sealCredentials(tx, input.remote.credentials, mirrorSeal(id)),
      intervalMinutes: input.intervalMinutes,
      setById: me.user.id,
    });
  });
}

/** The row of a mirror, its event and its first run. The repository is locked. */
export async function insertMirror(
  tx: TransactionContext,
  repo: RepoWith<"admin">,
  columns: Pick<Mirror, "id" | "direction" | "url" | "credentials" | "intervalMinutes" | "setById">,
): Promise<Mirror> {
  const now = tx.clock.now();
  const [row] = await tx.db
    .insert(repositoryMirrors)
    .values({ ...columns, repoId: repo.id, wantedAt: now, nextRunAt: after(now, columns.intervalMinutes) })
    .returning();
  if (!row) throw new Error("the insert answered no row");
  if (row.direction === "pull")
    await tx.db
      .update(repositories)
      .set({ contentSource: "mirror", sourceUrl: row.url })
      .where(eq(repositories.id, repo.id));
  await emit(
    tx,
    mirrorCreated,
    { repoId: repo.id, ...orgOf(repo), subjectId: row.id },
    { ...told(row), interval_minutes: row.intervalMinutes },
  );
  await enqueueMirror(tx, row.id);
  return row;
}

export interface MirrorChanges {
  readonly intervalMinutes?: number;
  /** Null takes them away. */
  readonly credentials?: Credentials | null;
  /** Switched on, it answers to who did it, and runs at once. */
  readonly enabled?: boolean;
}

/** @throws Refusal 404 for one that was deleted meanwhile */
export function updateMirror(
  ctx: Context,
  repo: RepoWith<"admin">,
  me: UserActor,
  mirror: Mirror,
  changes: MirrorChanges,
): Promise<Mirror> {
  return transact(ctx, async (tx) => {
    const [before] = await tx.db
      .select()
      .from(repositoryMirrors)
      .where(eq(repositoryMirrors.id, mirror.id))
      .for("update");
    if (!before) throw notFound();
    const now = tx.clock.now();
    const interval = changes.intervalMinutes ?? before.intervalMinutes;
    const on = changes.enabled ?? before.nextRunAt !== null;
    const secret =
      changes.credentials === undefined
        ? before.credentials
        : sealCredentials(tx, changes.credentials, mirrorSeal(before.id));
    const takesOver = changes.enabled === true || changes.credentials !== undefined;
    const [after_] = await tx.db
      .update(repositoryMirrors)
      .set({
        intervalMinutes: interval,
        credentials: secret,
        nextRunAt: on ? after(now, interval) : null,
        ...(takesOver ? { setById: me.user.id, failures: 0, error: null, wantedAt: now } : {}),
      })
      .where(eq(repositoryMirrors.id, before.id))
      .returning();
    if (!after_) throw notFound();
    const changed = [
      ...(interval === before.intervalMinutes ? [] : ["interval_minutes"]),
      ...(changes.credentials === undefined ? [] : ["credentials"]),
      ...(on === (before.nextRunAt !== null) ? [] : ["enabled"]),
      ...(after_.setById === before.setById ? [] : ["set_by"]),
    ];
    if (changed.length > 0)
      await emit(
        tx,
        mirrorUpdated,
        { repoId: repo.id, ...orgOf(repo), subjectId: before.id },
        { ...told(before), changes: changed },
      );
    if (on && takesOver) await enqueueMirror(tx, before.id);
    if (!on) tx.afterCommit(() => stopCourse(before.id, "cancelled"));
    return after_;
  });
}

/** Ends a mirror. What a repository followed so far becomes its own. Nothing when it is gone already. */
export function deleteMirror(ctx: Context, repo: RepoWith<"admin">, mirror: Mirror): Promise<void> {
  return transact(ctx, async (tx) => {
    const [gone] = await tx.db
      .delete(repositoryMirrors)
      .where(eq(repositoryMirrors.id, mirror.id))
      .returning();
    if (!gone) return;
    if (gone.direction === "pull")
      await tx.db
        .update(repositories)
        .set({ contentSource: null, sourceUrl: null })
        .where(and(eq(repositories.id, repo.id), eq(repositories.contentSource, "mirror")));
    await emit(tx, mirrorDeleted, { repoId: repo.id, ...orgOf(repo), subjectId: gone.id }, told(gone));
    tx.afterCommit(() => stopCourse(gone.id, "cancelled"));
  });
}

/** Has a mirror run now. @throws Refusal 422 while it is switched off */
export function syncMirror(ctx: Context, mirror: Mirror): Promise<void> {
  return transact(ctx, async (tx) => {
    const [row] = await tx.db
      .update(repositoryMirrors)
      .set({ wantedAt: tx.clock.now() })
      .where(eq(repositoryMirrors.id, mirror.id))
      .returning();
    if (!row) throw notFound();
    if (row.nextRunAt === null) throw unprocessable("This mirror is switched off; switch it on first");
    await enqueueMirror(tx, row.id);
  });
}

export const after = (time: Date, minutes: number): Date => new Date(time.getTime() + minutes * 60_000);

export const told = (row: Pick<Mirror, "id" | "direction" | "url">) => ({
  mirror_id: row.id,
  direction: row.direction,
  url: row.url,
});

/** Nobody pushes while the row of the repository is held, so what is empty stays it. */
async function requireEmpty(tx: TransactionContext, repo: RepoWith<"admin">): Promise<void> {
  await requireNoIntent(tx, repo);
  const { refs } = await readRefs(gitOf(tx, repo));
  if ([...refs.keys()].some((ref) => /^refs\/(?:heads|tags)\//.test(ref)))
    throw invalid(
      "Mirror",
      "overwrite",
      "The branches and tags of this repository will be replaced: say that this is meant",
    );
}

/** Changes of one repository's mirrors come one after the other. */
async function hold(
  tx: TransactionContext,
  repo: RepoWith<"admin">,
  { direction }: NewMirror,
): Promise<void> {
  const [row] = await tx.db
    .select({
      archivedAt: repositories.archivedAt,
      deletedAt: repositories.deletedAt,
      contentSource: repositories.contentSource,
    })
    .from(repositories)
    .where(eq(repositories.id, repo.id))
    .for("no key update");
  if (!row || row.deletedAt) throw notFound();
  if (row.archivedAt) throw forbidden("Repository was archived so is read-only");
  if (row.contentSource === "import")
    throw conflict("The repository is being imported; wait until that is done");
  if (direction === "pull") return;
  const [held] = await tx.db
    .select({ mirrors: count() })
    .from(repositoryMirrors)
    .where(and(eq(repositoryMirrors.repoId, repo.id), eq(repositoryMirrors.direction, "push")));
  if ((held?.mirrors ?? 0) >= mostPushMirrors)
    throw unprocessable(`A repository is pushed to at most ${mostPushMirrors} others`);
}
