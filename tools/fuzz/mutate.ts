/** Makes wrong input of right input. */
import type { Random } from "./random.ts";

/** Bytes that parsers of packets stumble over: lengths at every border, ends, and text that is none. */
const awkward: readonly Buffer[] = [
  ..."0000 0001 0002 0003 0004 0005 000A 0g00 -001 +004 ffff fff0 fff1 FFFE 00000000 PACK".split(" "),
  "\0",
  "\n",
  "\r\n",
  " ",
  "\u001b[2J",
  "\u202e",
  "'",
  '"',
  "..",
  "/",
  "=",
  "shallow ",
  "push-cert\0",
  "want ",
  "command=",
  "ref-prefix ",
  "0".repeat(40),
  "f".repeat(64),
]
  .map((text) => Buffer.from(text))
  .concat([
    Buffer.from([0xff]),
    Buffer.from([0xc3]),
    Buffer.from([0xed, 0xa0, 0x80]),
    Buffer.from([0xf4, 0x90, 0x80, 0x80]),
  ]);

const mostBytes = 48 * 1024;

/** One to eight changes to one of some texts. */
export function mutate(random: Random, corpus: readonly Buffer[]): Buffer {
  let bytes = Buffer.from(random.one(corpus));
  for (let left = 1 + random.number(8); left > 0; left -= 1) bytes = change(random, bytes, corpus);
  return bytes.length > mostBytes ? bytes.subarray(0, mostBytes) : bytes;
}

function change(random: Random, bytes: Buffer, corpus: readonly Buffer[]): Buffer<ArrayBuffer> {
  const at = random.number(bytes.length + 1);
  const to = Math.min(bytes.length, at + 1 + random.number(random.one([1, 4, 60, 2_000])));
  const around = (...middle: readonly Uint8Array[]) =>
    Buffer.concat([bytes.subarray(0, at), ...middle, bytes.subarray(to)]);
  switch (random.number(8)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      if (at < bytes.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << random.number(8));
      return flipped;
    }
    case 1:
      return around();
    case 2:
      return around(...Array.from({ length: 1 + random.number(9) }, () => bytes.subarray(at, to)));
    case 3:
      return around(random.one(awkward));
    case 4:
      return Buffer.concat([bytes.subarray(0, at), random.one(awkward), bytes.subarray(at)]);
    case 5: {
      const other = random.one(corpus);
      return Buffer.concat([bytes.subarray(0, at), other.subarray(random.number(other.length + 1))]);
    }
    case 6:
      return Buffer.from(bytes.subarray(0, at));
    default:
      return renumber(random, bytes);
  }
}

/** Another length before some packet. */
function renumber(random: Random, bytes: Buffer): Buffer<ArrayBuffer> {
  const changed = Buffer.from(bytes);
  const places: number[] = [];
  for (let at = 0; at + 4 <= bytes.length && places.length < 2_000;) {
    const length = Number.parseInt(bytes.toString("latin1", at, at + 4), 16);
    if (Number.isNaN(length)) break;
    places.push(at);
    at += Math.max(length, 4);
  }
  if (places.length > 0)
    changed.write(random.number(0x10000).toString(16).padStart(4, "0"), random.one(places), "latin1");
  return changed;
}

/** The bytes in pieces with borders anywhere, as a network could deliver them. */
export function pieces(random: Random, bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const usual = random.one([1, 3, 50, 4_000, 20_000]);
  for (let at = 0; at < bytes.length && found.length < 200;) {
    const size = 1 + random.number(usual);
    found.push(bytes.subarray(at, at + size));
    at += size;
  }
  const sent = found.reduce((sum, piece) => sum + piece.length, 0);
  if (sent < bytes.length) found.push(bytes.subarray(sent));
  return found;
}
