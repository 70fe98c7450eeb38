/** Taking in the objects of a push: streamed into a quarantine, every object checked, nothing kept in memory. */
import { createHash } from "node:crypto";
import { forgivenFlaws } from "../forgiven-flaws.ts";
import { startLong } from "../long-process.ts";
import type { ObjectFormat } from "../names.ts";
import type { Repository } from "../object-ids.ts";
import { PeerGone, TooMuchInput, type ByteReader } from "../protocol/bytes.ts";
import { feedProcess } from "../protocol/feed.ts";
import { PackRefused } from "./pack-refused.ts";
import { openQuarantine, type Quarantine } from "./quarantine.ts";
import { sizeInWords } from "./size.ts";
import { smallPackBytes } from "./small-pack.ts";

export interface PackOptions {
  readonly format: ObjectFormat;
  readonly maxBytes: number;
  readonly maxObjects: number;
  /** Called when the client has sent everything and the checks go on; with the whole pack if it is a small one. */
  readonly onReceived: (pack: Buffer | null) => void;
  readonly signal?: AbortSignal;
}

const forgiven = forgivenFlaws.map((id) => `${id}=ignore`).join(",");

/**
 * Reads one pack from the client. Answers the quarantine that holds its objects, or null for a pack without any
 * (a branch at a known commit). The caller removes the quarantine. Throws PackRefused, PeerGone and GitTimeout.
 */
export async function takePack(
  repository: Repository,
  reader: ByteReader,
  options: PackOptions,
): Promise<Quarantine | null> {
  const before = reader.maxBytes;
  reader.maxBytes = reader.used + options.maxBytes;
  try {
    const head = await reader.exactly(12);
    if (head === null) throw new PackRefused("the objects are missing");
    const version = head.readUInt32BE(4);
    if (head.toString("latin1", 0, 4) !== "PACK" || (version !== 2 && version !== 3))
      throw new PackRefused("this is not a pack");
    const count = head.readUInt32BE(8);
    if (count > options.maxObjects)
      throw new PackRefused(`more than ${options.maxObjects} objects in one push`);
    if (count === 0) {
      await checkTrailer(reader, head, options.format);
      return null;
    }
    return await index(repository, reader, head, options);
  } catch (error) {
    if (error instanceof PeerGone) throw new PackRefused("the pack was cut off", error.message);
    if (error instanceof TooMuchInput)
      throw new PackRefused(`the pack is larger than ${sizeInWords(options.maxBytes)}`);
    throw error;
  } finally {
    reader.maxBytes = before;
  }
}

async function checkTrailer(reader: ByteReader, head: Buffer, format: ObjectFormat): Promise<void> {
  const expected = createHash(format).update(head).digest();
  const trailer = await reader.exactly(expected.length);
  if (!trailer?.equals(expected)) throw new PackRefused("the pack is damaged");
}

async function index(
  repository: Repository,
  reader: ByteReader,
  head: Buffer,
  { maxBytes, onReceived, signal }: PackOptions,
): Promise<Quarantine> {
  const quarantine = await openQuarantine(repository);
  try {
    const process = await startLong(
      repository.dir,
      [
        // Large files are checked as a stream instead of in memory.
        "-c",
        "core.bigFileThreshold=64m",
        // Quarantine.flush does it, while the objects are walked.
        "-c",
        "core.fsync=none",
        "index-pack",
        "--stdin",
        "--fix-thin",
        `--strict=${forgiven}`,
        `--max-input-size=${maxBytes}`,
      ],
      {
        // A delta can promise an object of any size: no single allocation beyond this.
        env: { ...quarantine.env, GIT_ALLOC_LIMIT: "1g" },
        ...(signal ? { signal } : {}),
      },
    );
    process.stdout.resume();
    const small = new SmallCopy(head);
    await feedProcess(process, reader, head, {
      onChunk: (chunk) => small.add(chunk),
      onEnd: () => onReceived(small.whole()),
    });
    const { exitCode, stderr, stopped } = await process.end;
    if (stopped) throw stopped;
    if (exitCode !== 0) throw new PackRefused(refusal(stderr, maxBytes), stderr);
    return quarantine;
  } catch (error) {
    await quarantine.remove();
    throw error;
  }
}

/** The bytes that pass, as long as they are few. */
class SmallCopy {
  readonly #chunks: Buffer[];
  #bytes = 0;

  constructor(head: Buffer) {
    this.#chunks = [Buffer.from(head)];
  }

  add(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= smallPackBytes) this.#chunks.push(chunk);
    else this.#chunks.length = 0;
  }

  whole(): Buffer | null {
    return this.#chunks.length === 0 ? null : Buffer.concat(this.#chunks);
  }
}

/** What the client may know of what git said: no path of ours. */
function refusal(stderr: string, maxBytes: number): string {
  const flaw = /^error: object ([0-9a-f]{40,64}): (\w+): (.{1,300})$/m.exec(stderr);
  if (flaw) return `object ${flaw[1]} is not acceptable: ${flaw[3]} (${flaw[2]})`;
  if (/exceeds maximum allowed size/.test(stderr)) return `the pack is larger than ${sizeInWords(maxBytes)}`;
  if (/No space left|Disk quota/.test(stderr)) return "the disk of the server is full";
  if (/early EOF/.test(stderr)) return "the pack was cut off";
  if (/did not receive expected object|unresolved delta/.test(stderr))
    return "the pack lacks objects it needs";
  if (/over limit|[Oo]ut of memory|overflow/.test(stderr)) return "the pack has an object that is too large";
  if (/collision/i.test(stderr)) return "the pack has another object under a known name";
  return "the pack is damaged";
}
