/** The `ls-refs` command of protocol version 2 (gitprotocol-v2(5)), answered without a process. */
import { compareNames, isHiddenRef } from "../names.ts";
import type { Repository } from "../object-ids.ts";
import { peel } from "../peeled-tags.ts";
import { readRefs, readRefsTogether, type CachedRef, type RefSnapshot } from "../ref-cache.ts";
import { refsUnder } from "../refs.ts";
import { ByteReader, ProtocolError } from "./bytes.ts";
import { flushPacket, packet, packetText, readPacket } from "./pkt-line.ts";

export interface LsRefs {
  readonly peel: boolean;
  readonly symrefs: boolean;
  readonly unborn: boolean;
  /** None of which is the beginning of another; empty means everything. */
  readonly prefixes: readonly string[];
}

// More prefixes than git itself listens to (ls-refs.c, TOO_MANY_PREFIXES) are answered with everything.
const tooManyPrefixes = 65_536;

/** Reads the command after its first packet, to the flush that ends it. Throws ProtocolError. */
export async function readLsRefs(reader: ByteReader): Promise<LsRefs> {
  let inArguments = false;
  const flags = new Set<string>();
  const prefixes = new Set<string>();
  for (;;) {
    const next = await readPacket(reader);
    if (next === null) throw new ProtocolError("the request ended too early");
    if (next.kind === "flush") break;
    if (next.kind === "delimiter" && !inArguments) inArguments = true;
    else if (next.kind !== "data") throw new ProtocolError("ls-refs has a packet of the wrong kind");
    else if (inArguments) {
      const argument = packetText(next.data);
      if (argument.startsWith("ref-prefix ")) {
        if (prefixes.size <= tooManyPrefixes) prefixes.add(argument.slice("ref-prefix ".length));
      } else if (argument === "peel" || argument === "symrefs" || argument === "unborn") flags.add(argument);
      else throw new ProtocolError("ls-refs has an unknown argument");
    }
  }
  return {
    peel: flags.has("peel"),
    symrefs: flags.has("symrefs"),
    unborn: flags.has("unborn"),
    prefixes: prefixes.size > tooManyPrefixes ? [] : shortest([...prefixes]),
  };
}

/** Drops what a shorter prefix covers already: the ranges that stay do not overlap, so no reference is visited twice. */
function shortest(prefixes: string[]): string[] {
  const kept: string[] = [];
  for (const prefix of prefixes.toSorted(compareNames)) {
    const last = kept.at(-1);
    if (last === undefined || !prefix.startsWith(last)) kept.push(prefix);
  }
  return kept;
}

// A snapshot never changes, so what was answered from it stays right for as long as it is handed out.
const answers = new WeakMap<RefSnapshot, Map<string, Buffer>>();
const answersKept = 16;

/** The whole answer, from the reference cache. */
export async function answerLsRefs(repository: Repository, request: LsRefs): Promise<Buffer> {
  const snapshot = await readRefs(repository);
  return kept(snapshot, JSON.stringify(request), () => compose(repository, snapshot, request));
}

const begin = Buffer.from("0014command=ls-refs\n");

/**
 * The answer to a question that is here from its first packet to its last, null when it is another command. The same bytes
 * asked of the same references are not taken apart again. Throws ProtocolError.
 */
export async function answerWholeLsRefs(repository: Repository, question: Buffer): Promise<Buffer | null> {
  if (!question.subarray(0, begin.length).equals(begin)) return null;
  const snapshot = await readRefsTogether(repository);
  return kept(snapshot, question.toString("latin1"), async () => {
    const request = await readLsRefs(new ByteReader(question.subarray(begin.length)));
    return compose(repository, snapshot, request);
  });
}

async function kept(snapshot: RefSnapshot, key: string, work: () => Promise<Buffer>): Promise<Buffer> {
  const answersNow = answers.get(snapshot) ?? new Map<string, Buffer>();
  answers.set(snapshot, answersNow);
  const known = answersNow.get(key);
  if (known) return known;
  const answer = await work();
  if (answersNow.size < answersKept && key.length < 10_000) answersNow.set(key, answer);
  return answer;
}

async function compose(repository: Repository, snapshot: RefSnapshot, request: LsRefs): Promise<Buffer> {
  const prefixes = request.prefixes.length === 0 ? [""] : request.prefixes;
  const packets: Buffer[] = [];
  if (prefixes.some((prefix) => "HEAD".startsWith(prefix))) {
    const line = headLine(snapshot, request);
    if (line !== null) packets.push(packet(line));
  }
  const found: CachedRef[] = [];
  for (const prefix of prefixes)
    for (const ref of refsUnder(snapshot.sorted, prefix)) if (!isHiddenRef(ref.name)) found.push(ref);
  const peeled = request.peel ? await peel(repository, found) : new Map<string, string>();
  for (const { name, oid } of found) {
    const target = peeled.get(name);
    packets.push(packet(`${oid} ${name}${target === undefined ? "" : ` peeled:${target}`}\n`));
  }
  packets.push(flushPacket);
  return Buffer.concat(packets);
}

function headLine({ head, refs }: RefSnapshot, request: LsRefs): string | null {
  if (head === null) return null;
  if ("oid" in head) return `${head.oid} HEAD\n`;
  const oid = refs.get(head.target)?.oid;
  if (oid !== undefined) return `${oid} HEAD${request.symrefs ? ` symref-target:${head.target}` : ""}\n`;
  return request.unborn && request.symrefs ? `unborn HEAD symref-target:${head.target}\n` : null;
}
