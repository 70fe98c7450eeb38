/** The locking API: `locks`, `locks/verify` and `locks/{id}/unlock`. */
import { z } from "zod";
import { actorId } from "../../../kernel/actor.ts";
import { maxPageSize } from "../../../kernel/paging.ts";
import { createLock, deleteLock } from "../commands/locks.ts";
import { getLock, listLocks, type Lock } from "../queries.ts";
import {
  lfsAnswer,
  purposeOf,
  pushedRef,
  readBody,
  requireUploader,
  requireWriter,
  type Visit,
} from "./visits.ts";

/** As git writes it: from the root of the repository, with slashes. */
const lockPath = z
  .string()
  .refine((path) => path !== "" && Buffer.byteLength(path) <= 1000, "A path has 1 to 1000 bytes")
  .refine(
    (path) => path.split("/").every((part) => part !== "" && part !== "." && part !== ".."),
    "A path leads from the root of the repository to a file",
  );

const lockView = ({ id, path, lockedAt, login }: Lock) => ({
  id,
  path,
  locked_at: lockedAt.toISOString(),
  owner: { name: login },
});

export async function answerLock(visit: Visit): Promise<Response> {
  const { repo, me } = requireWriter(visit);
  const { path } = await readBody(visit, z.object({ path: lockPath }));
  const { lock, created } = await createLock(visit.ctx, repo, me, path);
  if (created) return lfsAnswer({ lock: lockView(lock) }, 201);
  return lfsAnswer({ lock: lockView(lock), message: `${lock.login} has locked this file already` }, 409);
}

const listShape = z.object({
  path: z.string().optional(),
  id: z.string().optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(0).optional(),
});

export async function answerLocks({ ctx, repo, url }: Visit): Promise<Response> {
  const query = listShape.parse(Object.fromEntries(url.searchParams));
  const { locks, next } = await listLocks(ctx, repo, { ...query, ...pageOf(query) });
  return lfsAnswer({ locks: locks.map(lockView), ...nextOf(next) });
}

const verifyShape = z.object({
  ref: pushedRef,
  cursor: z.string().max(1000).nullish(),
  limit: z.number().int().min(0).nullish(),
});

/** Which locks are whose: asked before a push, of a proposal too. */
export async function answerVerifyLocks(visit: Visit): Promise<Response> {
  const asked = await readBody(visit, verifyShape);
  const { repo } = await requireUploader(visit, purposeOf(asked.ref?.name));
  const { locks, next } = await listLocks(visit.ctx, repo, pageOf(asked));
  const me = actorId(visit.ctx.actor);
  const mine = (lock: Lock) => lock.ownerId === me;
  return lfsAnswer({
    ours: locks.filter(mine).map(lockView),
    theirs: locks.filter((lock) => !mine(lock)).map(lockView),
    ...nextOf(next),
  });
}

export async function answerUnlock(visit: Visit): Promise<Response> {
  const { repo, me } = requireWriter(visit);
  const { force } = await readBody(visit, z.object({ force: z.boolean().nullish() }));
  const lock = await getLock(visit.ctx, repo, visit.param("id"));
  await deleteLock(visit.ctx, repo, me, lock, force === true);
  return lfsAnswer({ lock: lockView(lock) });
}

const nextOf = (next: string | null) => (next === null ? {} : { next_cursor: next });

interface PageAsked {
  readonly cursor?: string | null | undefined;
  readonly limit?: number | null | undefined;
}

/** No limit, and 0, leave it to us; an empty cursor is none. */
const pageOf = ({ cursor, limit }: PageAsked) => ({
  limit: Math.min(limit || maxPageSize, maxPageSize),
  cursor: cursor || undefined,
});
