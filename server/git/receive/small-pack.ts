/**
 * The objects of a small pack (gitformat-pack(5)), read in memory while `index-pack` checks and stores them. Nothing is decided by
 * what is read here alone: whatever is unusual is answered with null and left to git.
 */
import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";
import type { ObjectFormat } from "../names.ts";
import type { Repository } from "../object-ids.ts";
import { readObjects } from "../objects.ts";

export type ObjectKind = "commit" | "tree" | "blob" | "tag";

export interface PackedObject {
  readonly type: ObjectKind;
  readonly data: Buffer;
}

/** What is worth reading in memory: a commit or a few, not a history. */
export const smallPackBytes = 256 * 1024;
const mostObjects = 200;
const mostInflated = 1024 * 1024;

const kinds: Readonly<Record<number, ObjectKind>> = { 1: "commit", 2: "tree", 3: "blob", 4: "tag" };
const ofsDelta = 6;
const refDelta = 7;

interface Entry {
  readonly at: number;
  readonly type: number;
  /** Of a delta: where in the pack, or which object. */
  readonly base: number | string | null;
  readonly data: Buffer;
}

/** The objects by their ids; null for a pack that is large, damaged or strange. Bases that it leaves out come from the repository. */
export async function readSmallPack(
  repository: Repository,
  pack: Buffer,
  format: ObjectFormat,
): Promise<ReadonlyMap<string, PackedObject> | null> {
  try {
    const idBytes = format === "sha1" ? 20 : 32;
    const entries = entriesOf(pack, idBytes);
    return entries && (await resolve(repository, entries, format));
  } catch {
    // git says what is wrong with it.
    return null;
  }
}

function entriesOf(pack: Buffer, idBytes: number): Entry[] | null {
  const count = pack.readUInt32BE(8);
  if (count > mostObjects) return null;
  const end = pack.length - idBytes;
  const entries: Entry[] = [];
  let at = 12;
  let inflated = 0;
  for (let index = 0; index < count; index += 1) {
    const start = at;
    let byte = pack.readUInt8(at++);
    const type = (byte >> 4) & 7;
    let size = byte & 15;
    for (let shift = 4; byte & 0x80; shift += 7) {
      byte = pack.readUInt8(at++);
      size += (byte & 0x7f) * 2 ** shift;
    }
    let base: Entry["base"] = null;
    if (type === ofsDelta) {
      byte = pack.readUInt8(at++);
      let offset = byte & 0x7f;
      while (byte & 0x80) {
        byte = pack.readUInt8(at++);
        offset = (offset + 1) * 128 + (byte & 0x7f);
      }
      base = start - offset;
    } else if (type === refDelta) {
      base = pack.toString("hex", at, at + idBytes);
      at += idBytes;
    }
    inflated += size;
    if (inflated > mostInflated) return null;
    const { buffer, engine } = inflateSync(pack.subarray(at, end), {
      info: true,
      maxOutputLength: Math.max(size, 1),
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    if (buffer.length !== size) return null;
    at += engine.bytesWritten;
    entries.push({ at: start, type, base, data: buffer });
  }
  return at === end ? entries : null;
}

async function resolve(repository: Repository, entries: readonly Entry[], format: ObjectFormat) {
  const found = new Map<string, PackedObject>();
  const byPlace = new Map<number, PackedObject>();
  const keep = (entry: Entry, object: PackedObject) => {
    byPlace.set(entry.at, object);
    const header = `${object.type} ${object.data.length}\0`;
    found.set(createHash(format).update(header).update(object.data).digest("hex"), object);
  };
  let waiting: Entry[] = [];
  for (const entry of entries) {
    const type = kinds[entry.type];
    if (type) keep(entry, { type, data: entry.data });
    else waiting.push(entry);
  }
  const outside = new Map<string, PackedObject>();
  let total = 0;
  while (waiting.length > 0) {
    const wanted = waiting.flatMap(({ base }) =>
      typeof base === "string" && !found.has(base) && !outside.has(base) ? [base] : [],
    );
    const answers = await readObjects(repository, wanted, { maxBytes: mostInflated });
    for (const [index, answer] of answers.entries())
      if (answer) outside.set(wanted[index] ?? "", { type: answer.type, data: answer.data });
    const left: Entry[] = [];
    for (const entry of waiting) {
      const base =
        typeof entry.base === "number"
          ? byPlace.get(entry.base)
          : (found.get(entry.base ?? "") ?? outside.get(entry.base ?? ""));
      if (!base) {
        left.push(entry);
        continue;
      }
      const data = patched(base.data, entry.data);
      total += data.length;
      if (total > 4 * mostInflated) return null;
      keep(entry, { type: base.type, data });
    }
    // A round that resolves nothing will not be followed by one that does.
    if (left.length === waiting.length) return null;
    waiting = left;
  }
  return found;
}

/** Carries out a delta. Throws RangeError for one that does not fit its base. */
function patched(base: Buffer, delta: Buffer): Buffer {
  let at = 0;
  const length = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = delta.readUInt8(at++);
      value += (byte & 0x7f) * 2 ** shift;
      if (!(byte & 0x80)) return value;
    }
  };
  if (length() !== base.length) throw new RangeError("the delta is for another base");
  const size = length();
  if (size > mostInflated) throw new RangeError("the result is too large");
  const parts: Buffer[] = [];
  let made = 0;
  while (at < delta.length) {
    const code = delta.readUInt8(at++);
    let part: Buffer;
    if (code & 0x80) {
      let offset = 0;
      let count = 0;
      for (let index = 0; index < 4; index += 1)
        if (code & (1 << index)) offset += delta.readUInt8(at++) * 2 ** (8 * index);
      for (let index = 0; index < 3; index += 1)
        if (code & (0x10 << index)) count += delta.readUInt8(at++) * 2 ** (8 * index);
      count ||= 0x10000;
      if (offset + count > base.length) throw new RangeError("the delta reads beyond its base");
      part = base.subarray(offset, offset + count);
    } else if (code > 0) {
      if (at + code > delta.length) throw new RangeError("the delta is cut off");
      part = delta.subarray(at, (at += code));
    } else throw new RangeError("a delta has no such instruction");
    made += part.length;
    if (made > size) throw new RangeError("the delta makes too much");
    parts.push(part);
  }
  if (made !== size) throw new RangeError("the delta makes too little");
  return Buffer.concat(parts);
}
