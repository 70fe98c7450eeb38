/** Reading objects by id, without a process per object. */
import type { Answer, ObjectType } from "./cat-file.ts";
import { isObjectId, requireObjectIds, type Repository } from "./object-ids.ts";
import { ObjectPool } from "./object-pool.ts";
import { longSlots } from "./process.ts";
import { streamGit } from "./streaming.ts";

/** The readers of this process; `close` them when the server stops. */
export const objectPool = new ObjectPool({ total: 24, perRepository: 3, idle: 30_000 });

/** An id that should name an object of a certain type, and does not. */
export class MissingObject extends Error {
  override readonly name = "MissingObject";
  readonly oid: string;

  constructor(oid: string, expected = "object") {
    super(`no ${expected} ${oid}`);
    this.oid = oid;
  }
}

/** An object larger than the caller accepts. */
export class ObjectTooLarge extends Error {
  override readonly name = "ObjectTooLarge";
  readonly size: number;

  constructor(oid: string, size: number, maxBytes: number) {
    super(`object ${oid} has ${size} bytes, more than ${maxBytes}`);
    this.size = size;
  }
}

export interface ObjectInfo {
  readonly oid: string;
  readonly type: ObjectType;
  /** Bytes. */
  readonly size: number;
}

export interface ReadLimits {
  /** Bytes accepted; 8 MiB unless told. */
  readonly maxBytes?: number;
  /** Answer the first `maxBytes` bytes of a larger object instead of failing with ObjectTooLarge. */
  readonly truncate?: boolean;
}

/** Type, size and content of an object; null when the repository has none with this id. */
export async function readObject(
  repo: Repository,
  oid: string,
  limits: ReadLimits = {},
): Promise<Answer | null> {
  return (await readObjects(repo, [oid], limits))[0] ?? null;
}

/** As `readObject` for many ids, in one round trip; the answers are in the order of the ids. */
export async function readObjects(
  repo: Repository,
  oids: readonly string[],
  limits: ReadLimits = {},
): Promise<(Answer | null)[]> {
  requireObjectIds(...oids);
  const maxBytes = limits.maxBytes ?? 8 * 1024 * 1024;
  const answers = await objectPool.ask(
    repo.dir,
    oids.map((oid) => ({ command: "contents", name: oid, keep: maxBytes })),
  );
  for (const answer of answers)
    if (answer && answer.size > maxBytes && limits.truncate !== true)
      throw new ObjectTooLarge(answer.oid, answer.size, maxBytes);
  return answers;
}

/** The content of an object that must exist and have this type; throws MissingObject. */
export async function readTyped(
  repo: Repository,
  oid: string,
  type: ObjectType,
  limits: ReadLimits = {},
): Promise<Buffer> {
  const answer = await readObject(repo, oid, limits);
  if (answer?.type !== type) throw new MissingObject(oid, type);
  return answer.data;
}

/** Types and sizes, in the order of the ids; null where there is no such object. */
export async function objectInfos(repo: Repository, oids: readonly string[]): Promise<(ObjectInfo | null)[]> {
  requireObjectIds(...oids);
  return objectPool.ask(
    repo.dir,
    oids.map((oid) => ({ command: "info", name: oid, keep: 0 })),
  );
}

/** Type and size of one object, or null. */
export async function objectInfo(repo: Repository, oid: string): Promise<ObjectInfo | null> {
  return isObjectId(oid) ? ((await objectInfos(repo, [oid]))[0] ?? null) : null;
}

export interface BlobPart {
  /** Bytes to leave out at the beginning: git reads them all the same. */
  readonly offset?: number;
  /** Bytes; without it to the end. */
  readonly length?: number;
  readonly signal?: AbortSignal;
}

/** The bytes of a blob of any size, or of a part of it, as a stream that takes one of the long places; stop reading to end it. */
export async function* streamBlob(
  repo: Repository,
  oid: string,
  { offset = 0, length = Number.POSITIVE_INFINITY, signal }: BlobPart = {},
): AsyncGenerator<Buffer> {
  requireObjectIds(oid);
  let at = 0;
  const end = offset + length;
  for await (const chunk of streamGit(repo.dir, ["cat-file", "blob", oid], {
    slots: longSlots,
    deadline: 600_000,
    ...(signal ? { signal } : {}),
  })) {
    const part = chunk.subarray(Math.max(0, offset - at), Math.max(0, end - at));
    at += chunk.length;
    if (part.length > 0) yield part;
    if (at >= end) return;
  }
}

/** Ends the readers of a repository that is about to be deleted or moved. */
export function releaseObjects(repo: Repository): void {
  objectPool.release(repo.dir);
}
