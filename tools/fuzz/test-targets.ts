/** What reads bytes of strangers, and what must hold whatever they are. */
import { Readable } from "node:stream";
import {
  addSshCommand,
  parseAddedCommand,
  parseSshCommand,
} from "../../server/domains/repositories/git/ssh-command.ts";
import type { Repository } from "../../server/git/object-ids.ts";
import { ByteReader, PeerGone, ProtocolError } from "../../server/git/protocol/bytes.ts";
import { gitHttpAction } from "../../server/git/protocol/http.ts";
import { readLsRefs } from "../../server/git/protocol/ls-refs.ts";
import { maxPayload, readPacket } from "../../server/git/protocol/pkt-line.ts";
import { answerBand, messageBand } from "../../server/git/protocol/side-band.ts";
import { openUploadPack } from "../../server/git/protocol/upload-pack.ts";
import { protocolVersion } from "../../server/git/protocol/version.ts";
import { formatReport } from "../../server/git/receive/report.ts";
import { readPushHead } from "../../server/git/receive/request.ts";

/** Where an input comes from: known whole, or piece by piece. */
export type Source = Buffer | readonly Buffer[];

export interface Target {
  readonly name: string;
  /** Answers what was understood, in a form that can be compared. Throws what the client did wrong. */
  read(input: Source): Promise<unknown>;
}

const readerOf = (input: Source) => new ByteReader(streamOf(input), { stall: 5_000 });

const streamOf = (input: Source) =>
  Buffer.isBuffer(input) ? input : Readable.from([...input], { objectMode: false });

const whole = (input: Source) => (Buffer.isBuffer(input) ? input : Buffer.concat(input));

async function readPackets(reader: ByteReader): Promise<string[]> {
  const found: string[] = [];
  for (let next = await readPacket(reader); next !== null; next = await readPacket(reader))
    found.push(next.kind === "data" ? next.data.toString("latin1") : next.kind);
  return found;
}

/** @param repository some small one, whose references the answers tell */
export function targetsOn(repository: Repository): readonly Target[] {
  addSshCommand("git-lfs-authenticate", async () => "");
  return [
    { name: "packets", read: (input) => readPackets(readerOf(input)) },
    { name: "push", read: (input) => readPushHead(readerOf(input), "sha1") },
    { name: "push, sha256", read: (input) => readPushHead(readerOf(input), "sha256") },
    { name: "ls-refs", read: (input) => readLsRefs(readerOf(input)) },
    {
      name: "command of version 2",
      read: async (input) => {
        const opened = await openUploadPack({ repository, version: 2, input: streamOf(input) });
        return typeof opened === "function" ? "a conversation" : opened.toString("latin1");
      },
    },
    { name: "command over SSH", read: async (input) => readCommand(whole(input).toString("utf8")) },
    { name: "side band", read: (input) => readBack(whole(input)) },
    {
      name: "address and version",
      read: async (input) => {
        const text = whole(input).toString("latin1");
        return [protocolVersion(text), gitHttpAction("GET", "info/refs", new URLSearchParams(text))];
      },
    },
  ];
}

/** Only names of people and repositories, and plain words, come out of a command line. */
function readCommand(text: string): unknown {
  const command = parseSshCommand(text);
  const added = parseAddedCommand(text);
  const names = [command?.owner, added?.owner, command?.name, added?.name].filter((one) => one !== undefined);
  const plain = [...names, ...(added?.words ?? [])].every((one) => /^[\w.-]{1,100}$/.test(one));
  if (!plain) throw new Error(`a command line gave ${JSON.stringify(names)}`);
  return [command, names, added?.words ?? null];
}

/** What strangers wrote, said back to others: whole packets of the right band, and nothing that drives a terminal. */
async function readBack(bytes: Buffer): Promise<unknown> {
  const text = bytes.toString("utf8");
  const half = text.length >> 1;
  const verdicts = [
    { ref: "refs/heads/a", refused: text.slice(0, half) },
    { ref: "refs/heads/b", refused: null },
  ];
  const report = formatReport(text.slice(half), verdicts);
  const lines = (await readPackets(new ByteReader(report))).join("");
  const joined = Buffer.from(await unband(answerBand(report), 1), "latin1");
  if (!joined.equals(report)) throw new Error("a report came back changed");
  const said = Buffer.from(await unband(messageBand([text]), 2), "latin1").toString("utf8");
  // oxlint-disable-next-line no-control-regex
  const drives = /[\0-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
  if (drives.test(said + Buffer.from(lines, "latin1").toString("utf8")))
    throw new Error("a message can drive a terminal");
  return said.length;
}

async function unband(bytes: Buffer, band: number): Promise<string> {
  const packets = await readPackets(new ByteReader(bytes));
  if (packets.some((one) => one.charCodeAt(0) !== band || one.length > maxPayload))
    throw new Error("a packet of another band");
  return packets.map((one) => one.slice(1)).join("");
}

/** What became of one input: understood, or refused as the client's mistake. Throws whatever is neither. */
export async function outcome(target: Target, input: Source): Promise<string> {
  try {
    return JSON.stringify({ value: await target.read(input) });
  } catch (error) {
    if (error instanceof ProtocolError || error instanceof PeerGone) return `${error.name}: ${error.message}`;
    throw error;
  }
}
