/** A `fetch` of version 2 that is asked in one go: what clones ask, and builds that want one commit. */
import type { Repository } from "../object-ids.ts";
import { readRefs } from "../ref-cache.ts";
import type { ByteReader } from "./bytes.ts";
import type { FetchQuestion } from "./fetch-cache.ts";
import { rawPacket, readPacket } from "./pkt-line.ts";

/** The references as they were when it was asked, and the packets behind its first one, to the flush. */
export interface WholeFetch extends FetchQuestion {
  readonly bytes: Buffer;
}

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
      };
    }
    const line = next.kind === "data" ? next.data.toString("latin1") : "";
    if (line.startsWith("have ") || line.startsWith("shallow ")) break;
    isDone ||= line === "done" || line === "done\n";
    if (!/^(?:agent|session-id)=/.test(line)) packets.push(raw);
  }
  reader.putBack(Buffer.concat(read));
  return null;
}
