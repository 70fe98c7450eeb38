/** What a push asks for: its commands and options, parsed before a single object is accepted. */
import { zeroId, type ObjectFormat } from "../names.ts";
import { isObjectId, isZeroId } from "../object-ids.ts";
import { ProtocolError, TooMuchInput, type ByteReader } from "../protocol/bytes.ts";
import { packetText, readPacket } from "../protocol/pkt-line.ts";

/** One wish, as the client sent it. */
export interface RequestedChange {
  readonly ref: string;
  /** Where the client believes it is; null when it believes it does not exist. */
  readonly old: string | null;
  /** Where it should go; null to delete it. */
  readonly new: string | null;
}

export interface PushHead {
  readonly changes: readonly RequestedChange[];
  /** `git push -o`, in order, without control characters. */
  readonly options: readonly string[];
  readonly atomic: boolean;
  readonly sideBand: boolean;
  readonly report: "none" | "v1" | "v2";
  /** What the client calls itself, for the log. */
  readonly agent: string | null;
}

const maxChanges = 100_000;
const maxBytes = 32 * 1024 * 1024;
// Longer names fit neither the disk nor, with a reason behind them, a packet of the report.
const maxRefLength = 4_096;
const maxOptions = 64;
const maxOptionBytes = 4_096;

/** Reads up to where the pack begins; null when the client wants nothing. Throws ProtocolError, TooMuchInput, PeerGone. */
export async function readPushHead(reader: ByteReader, format: ObjectFormat): Promise<PushHead | null> {
  const changes: RequestedChange[] = [];
  const refs = new Set<string>();
  let capabilities: readonly string[] = [];
  const bound = reader.used + maxBytes;
  for (;;) {
    const next = await readPacket(reader);
    if (next === null && changes.length === 0) return null;
    if (next?.kind === "flush") break;
    if (next?.kind !== "data") throw new ProtocolError("a push begins with a list of commands");
    if (reader.used > bound || changes.length >= maxChanges)
      throw new TooMuchInput("too many references in one push");
    const [line = "", after] = splitAtNul(packetText(next.data));
    // A shallow clone says where its history is cut. That matters only for what it lacks, which is checked anyway.
    if (line.startsWith("shallow ")) continue;
    if (line.startsWith("push-cert")) throw new ProtocolError("signed pushes are not supported");
    if (changes.length === 0) capabilities = (after ?? "").split(" ").filter((word) => word !== "");
    const change = parseChange(line, format);
    if (refs.has(change.ref)) throw new ProtocolError("one push cannot change a reference twice");
    refs.add(change.ref);
    changes.push(change);
  }
  if (changes.length === 0) return null;
  const has = (name: string) => capabilities.includes(name);
  const value = (name: string) =>
    capabilities.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
  if ((value("object-format") ?? "sha1") !== format)
    throw new ProtocolError(`this repository uses ${format} object names`);
  return {
    changes,
    options: has("push-options") ? await readOptions(reader) : [],
    atomic: has("atomic"),
    sideBand: has("side-band-64k"),
    report: has("report-status-v2") ? "v2" : has("report-status") ? "v1" : "none",
    agent: value("agent")?.slice(0, 200) ?? null,
  };
}

/** Reads `old SP new SP ref`. Throws ProtocolError. */
export function parseChange(line: string, format: ObjectFormat): RequestedChange {
  const width = zeroId(format).length;
  const from = line.slice(0, width);
  const to = line.slice(width + 1, width * 2 + 1);
  const ref = line.slice(width * 2 + 2);
  const spaced = line[width] === " " && line[width * 2 + 1] === " ";
  if (!spaced || ref === "" || ref.length > maxRefLength || !isObjectId(from) || !isObjectId(to))
    throw new ProtocolError("a command of this push cannot be read");
  return { ref, old: isZeroId(from) ? null : from, new: isZeroId(to) ? null : to };
}

async function readOptions(reader: ByteReader): Promise<string[]> {
  const options: string[] = [];
  for (;;) {
    const next = await readPacket(reader);
    if (next?.kind === "flush") return options;
    if (next?.kind !== "data") throw new ProtocolError("the push options cannot be read");
    const option = packetText(next.data);
    if (options.length >= maxOptions || next.data.length > maxOptionBytes)
      throw new ProtocolError("too many or too long push options");
    // oxlint-disable-next-line no-control-regex
    if (/[\x00-\x1f\x7f]/.test(option)) throw new ProtocolError("a push option has a control character");
    options.push(option);
  }
}

function splitAtNul(text: string): string[] {
  const at = text.indexOf("\0");
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
