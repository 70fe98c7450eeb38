/** A `fetch` of version 2 that is asked in one go: what clones ask, and builds that want one commit. */
import type { Repository } from "../object-ids.ts";
import { readRefs } from "../ref-cache.ts";
import { readObjectFormat } from "../object-format.ts";
import type { ByteReader } from "./bytes.ts";
import type { FetchQuestion } from "./fetch-cache.ts";
import { rawPacket, readPacket } from "./pkt-line.ts";

/** The references as they were when it was asked, and the packets behind its first one, to the flush. */
export interface WholeFetch extends FetchQuestion {
  readonly bytes: Buffer;
  /** Says only what git is known to understand: nothing is left to complain about. */
  readonly isPlain: boolean;
}

// gitprotocol-v2(5), fetch. What depends on the history (depths) or on more than a word is left to git to judge.
const words =
  "done|thin-pack|no-progress|include-tag|ofs-delta|filter (?:blob:none|tree:0)|(?:agent|session-id)=[!-~]*";
const understood = {
  sha1: new RegExp(`^(?:${words}|object-format=sha1|want [0-9a-f]{40})\\n?$`),
  sha256: new RegExp(`^(?:${words}|object-format=sha256|want [0-9a-f]{64})\\n?$`),
};
const mostBytes = 64 * 1024;

/**
 * Reads a fetch whose client has nothing and says that it is done, to its end. Null for any other, and then nothing is read. What
 * is read first is its whole beginning, which every client sends before it waits for an answer.
 *
 * @throws ProtocolError, PeerGone
 */
export async function readFetchQuestion(
  repository: Repository,
  reader: ByteReader,
): Promise<WholeFetch | null> {
  const read: Buffer[] = [];
  const packets: Buffer[] = [];
  let isDone = false;
  let isPlain = true;
  let filters = 0;
  const format = await readObjectFormat(repository);
  for (let bytes = 0; bytes < mostBytes;) {
    const next = await readPacket(reader);
    if (next === null) break;
    const raw = rawPacket(next);
    bytes += raw.length;
    read.push(raw);
    if (next.kind === "flush") {
      if (!isDone) break;
      return {
        dir: repository.dir,
        snapshot: await readRefs(repository),
        packets,
        bytes: Buffer.concat(read),
        isPlain,
      };
    }
    const line = next.kind === "data" ? next.data.toString("latin1") : "";
    if (line.startsWith("have ") || line.startsWith("shallow ")) break;
    isDone ||= line === "done" || line === "done\n";
    filters += line.startsWith("filter ") ? 1 : 0;
    isPlain &&= filters < 2 && (next.kind === "delimiter" || understood[format].test(line));
    if (!/^(?:agent|session-id)=/.test(line)) packets.push(raw);
  }
  reader.putBack(Buffer.concat(read));
  return null;
}
