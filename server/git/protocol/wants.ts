/**
 * What a client may ask for by id. Version 2 of the protocol lets `upload-pack` hand out any object that lies in the
 * repository, also what a deleted branch, a rewritten history or a record of ours left behind; older versions ask whether
 * the object can be reached, but count hidden references too (upload-pack.c, is_our_ref). Here wanted is what the references
 * that a client sees lead to, in every version.
 */
import { createInterface } from "node:readline";
import { startLong, type LongProcess } from "../long-process.ts";
import { isHiddenRef } from "../names.ts";
import { isObjectId, type Repository } from "../object-ids.ts";
import { objectInfos } from "../objects.ts";
import { git, ProcessSlots } from "../process.ts";
import { readRefs, type RefSnapshot } from "../ref-cache.ts";
import { ProtocolError, writeTo, type ByteReader } from "./bytes.ts";
import { packet, rawPacket, readPacket } from "./pkt-line.ts";

interface Known {
  /** Where the references end, and what annotated tags among them stand for. */
  readonly tips: ReadonlySet<string>;
  readonly answers: Map<string, boolean>;
}

/** References are never changed in a snapshot, so what they lead to holds as long as it. */
const known = new WeakMap<RefSnapshot, Known>();
const mostAnswers = 10_000;
const deadline = 120_000;
// Those who wait for an answer hold a place among the long ones already.
const slots = new ProcessSlots(2);

function knownOf(snapshot: RefSnapshot): Known {
  const before = known.get(snapshot);
  if (before) return before;
  const tips = new Set<string>();
  for (const { name, oid, peeled } of snapshot.sorted) {
    if (isHiddenRef(name)) continue;
    tips.add(oid);
    if (peeled) tips.add(peeled);
  }
  const fresh = { tips, answers: new Map<string, boolean>() };
  known.set(snapshot, fresh);
  return fresh;
}

/** The first of some objects that no visible reference leads to; null when all may be had. */
export async function firstUnreachable(
  repository: Repository,
  oids: readonly string[],
): Promise<string | null> {
  const { tips, answers } = knownOf(await readRefs(repository));
  const open = [...new Set(oids)].filter((oid) => !tips.has(oid) && !answers.has(oid));
  if (open.length > 0) {
    const found = await reachable(repository, open, tips);
    if (answers.size > mostAnswers) answers.clear();
    for (const oid of open) answers.set(oid, found.has(oid));
  }
  return oids.find((oid) => !tips.has(oid) && answers.get(oid) !== true) ?? null;
}

async function reachable(
  repository: Repository,
  oids: readonly string[],
  tips: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const infos = await objectInfos(repository, oids);
  const commits = oids.filter((_, index) => infos[index]?.type === "commit");
  const others = oids.filter((_, index) => infos[index] && infos[index].type !== "commit");
  const found = new Set<string>();
  for (const commit of commits) if (await isReached(repository, commit, tips)) found.add(commit);
  if (others.length > 0) await walk(repository, new Set(others), tips, found);
  return found;
}

/** Whether anything is left of a commit's history when that of the references is taken away: it itself, then. */
async function isReached(repository: Repository, oid: string, tips: ReadonlySet<string>): Promise<boolean> {
  const input = Buffer.from(`${oid}\n${[...tips].map((tip) => `^${tip}\n`).join("")}`);
  const { stdout } = await git(repository.dir, ["rev-list", "--max-count=1", "--stdin"], { input, deadline });
  return stdout.length === 0;
}

/** Goes through everything from the newest commit on, until all that is wanted was seen. */
async function walk(
  repository: Repository,
  wanted: Set<string>,
  tips: ReadonlySet<string>,
  found: Set<string>,
): Promise<void> {
  const args = ["rev-list", "--objects", "--in-commit-order", "--no-object-names", "--stdin"];
  const process = await startLong(repository.dir, args, { slots, deadline });
  process.stdin.end([...tips].map((tip) => `${tip}\n`).join(""));
  for await (const line of createInterface({ input: process.stdout, crlfDelay: Infinity })) {
    if (!wanted.delete(line)) continue;
    found.add(line);
    if (wanted.size === 0) break;
  }
  process.stop(new Error("everything was found"));
  process.stdout.resume();
  await process.end;
}

/**
 * Gives `upload-pack` a client's packets of any version, each `want` only once it is allowed. A client that asks for more is told
 * as git would tell it.
 *
 * @param requireAllowed asked at every command and before objects are promised; what it throws ends the conversation
 * @throws ProtocolError for an object that may not be had and for what are no packets
 */
export async function feedFetch(
  repository: Repository,
  process: LongProcess,
  reader: ByteReader,
  begin: Uint8Array,
  say: (bytes: Buffer) => Promise<void>,
  requireAllowed: () => Promise<void> = async () => undefined,
): Promise<void> {
  const interrupt = () => reader.interrupt();
  const ended = process.end.then(interrupt, interrupt);
  const give = (bytes: Uint8Array) => writeTo(process.stdin, bytes, patience).then(yes, no);
  try {
    let held: Buffer[] = [];
    let wants: string[] = [];
    if (begin.length > 0 && !(await give(begin))) return;
    for (let next = await readPacket(reader); next !== null; next = await readPacket(reader)) {
      const want = next.kind === "data" ? wantOf(next.data) : null;
      if (next.kind === "data" && next.data.subarray(0, 8).toString("latin1") === "command=")
        await requireAllowed();
      held.push(rawPacket(next));
      if (want !== null) {
        wants.push(want);
        if (wants.length < batch) continue;
      }
      if (wants.length > 0) await requireAllowed();
      const refused = wants.length === 0 ? null : await firstUnreachable(repository, wants);
      if (refused !== null) {
        await say(packet(`ERR upload-pack: not our ref ${refused}`));
        throw new ProtocolError(`not our ref ${refused}`);
      }
      if (!(await give(Buffer.concat(held)))) return;
      held = [];
      wants = [];
    }
    process.stdin.end();
  } catch (error) {
    process.stop(error as Error);
  } finally {
    await ended;
    reader.resume();
  }
}

// A process may compute for long before it reads on; its own deadline bounds the wait.
const patience = 24 * 3_600_000;
const batch = 1000;
const yes = () => true;
const no = () => false;

/**
 * What a packet asks for, or null. The first want of the older versions has the client's capabilities behind it. git itself reads
 * capital letters too and cares little for what follows the id, so what it would take for a want and we would not is refused.
 *
 * @throws ProtocolError
 */
function wantOf(data: Uint8Array): string | null {
  const text = Buffer.from(data.buffer, data.byteOffset, Math.min(data.length, 100)).toString("latin1");
  if (!text.startsWith("want ")) return null;
  const oid = /^want ([0-9a-f]+)(?:[ \n]|$)/.exec(text)?.[1] ?? "";
  if (!isObjectId(oid)) throw new ProtocolError("a want is followed by an object id in lower case");
  return oid;
}
