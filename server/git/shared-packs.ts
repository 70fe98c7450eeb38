/**
 * What a fork holds of its source on the disk without a second copy: whole packs, linked.
 *
 * Packs are never written to after they are made, so a link is as good as a copy; but a pack may also hold what only hidden
 * references or nobody reaches. So only those are linked of which the fork reaches every object, told from both indexes.
 */
import { link, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { readObjectFormat } from "./object-format.ts";
import type { Repository } from "./object-ids.ts";

/** A smaller pack is not worth the look, in bytes. */
const worthLinking = 256 * 1024;

const packsOf = ({ dir }: Repository): string => path.join(dir, "objects", "pack");

/**
 * Links the packs of a repository all of whose objects the only pack of another one has, which nobody sees yet. They are marked
 * as kept (`.keep`), so that git leaves their objects out of what it packs next. Answers their names; none where files cannot be
 * linked, as between two disks.
 */
export async function linkWholePacks(from: Repository, to: Repository): Promise<readonly string[]> {
  const idBytes = (await readObjectFormat(from)) === "sha1" ? 20 : 32;
  const [made] = (await readdir(packsOf(to))).filter((name) => name.endsWith(".idx"));
  if (made === undefined) return [];
  const reached = path.join(packsOf(to), made);
  const there = new Set(await readdir(packsOf(from)));
  const linked: string[] = [];
  for (const file of there) {
    const [, name] = /^(pack-[0-9a-f]+)\.pack$/.exec(file) ?? [];
    // What nothing reaches waits in packs with `.mtimes`.
    if (name === undefined || there.has(`${name}.mtimes`)) continue;
    const source = path.join(packsOf(from), name);
    try {
      if ((await stat(`${source}.pack`)).size < worthLinking) continue;
      if (!(await holdsAll(reached, `${source}.idx`, idBytes))) continue;
      await linkPack(source, path.join(packsOf(to), name));
      linked.push(name);
    } catch (error) {
      // Maintenance may have replaced it meanwhile; and no link is needed, only cheaper.
      if (!(error instanceof OtherIndex) && !unlinkable.has((error as NodeJS.ErrnoException).code ?? ""))
        throw error;
    }
  }
  return linked;
}

const unlinkable = new Set(["ENOENT", "EXDEV", "EPERM", "EMLINK", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** What was packed may have come out the same to the byte: it is then there under the same name. */
async function linkPack(from: string, to: string): Promise<void> {
  const ends = [".pack", ".idx"];
  try {
    for (const end of ends) await link(`${from}${end}`, `${to}.linked${end}`);
    for (const end of ends) await rename(`${to}.linked${end}`, `${to}${end}`);
    await writeFile(`${to}.keep`, "");
  } catch (error) {
    for (const end of ends) await rm(`${to}.linked${end}`, { force: true });
    throw error;
  }
}

/** Takes the marks off again. */
export async function unmark({ dir }: Repository, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(path.join(packsOf({ dir }), `${name}.keep`));
}

/** Whether every object of one pack is in another, by their indexes. */
async function holdsAll(outer: string, inner: string, idBytes: number): Promise<boolean> {
  const there = namesIn(outer, idBytes);
  try {
    let run = await there.next();
    let at = 0;
    for await (const wanted of namesIn(inner, idBytes)) {
      for (let place = 0; place < wanted.length; place += idBytes) {
        for (let order = -1; order < 0;) {
          if (run.done) return false;
          if (at >= run.value.length) {
            run = await there.next();
            at = 0;
            continue;
          }
          order = run.value.compare(wanted, place, place + idBytes, at, at + idBytes);
          if (order > 0) return false;
          at += idBytes;
        }
      }
    }
    return true;
  } finally {
    await there.return(undefined);
  }
}

/** Names read at once, and the parts of an index of version 2 (gitformat-pack(5)). */
const together = 16_384;
const magic = "ff744f6300000002";
const headBytes = 8;
const fanBytes = 256 * 4;

/** Packs of other versions, from very old tools, are copied. */
class OtherIndex extends Error {
  override readonly name = "OtherIndex";
}

/** The ids of a pack's objects in their order, in runs. @throws OtherIndex */
async function* namesIn(index: string, idBytes: number): AsyncGenerator<Buffer, undefined> {
  const file = await open(index, "r");
  try {
    const head = Buffer.alloc(headBytes + fanBytes);
    await file.read(head, 0, head.length, 0);
    if (head.toString("hex", 0, headBytes) !== magic)
      throw new OtherIndex(`${index} is no index of version 2`);
    const count = head.readUInt32BE(head.length - 4);
    for (let done = 0; done < count; done += together) {
      const run = Buffer.alloc(Math.min(together, count - done) * idBytes);
      const { bytesRead } = await file.read(run, 0, run.length, head.length + done * idBytes);
      if (bytesRead !== run.length) throw new Error(`${index} is cut off`);
      yield run;
    }
  } finally {
    await file.close();
  }
}
