/** Several streams in one (gitprotocol-pack(5), "side-band-64k"): 1 the answer, 2 lines for people, 3 the last words. */
import { maxPayload, packet } from "./pkt-line.ts";

/** The bytes of an answer in as many packets of band 1 as they need. */
export function answerBand(bytes: Uint8Array): Buffer {
  const packets: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += maxPayload - 1)
    packets.push(packet(Buffer.concat([Buffer.of(1), bytes.subarray(at, at + maxPayload - 1)])));
  return Buffer.concat(packets);
}

/** Lines that the client prints after "remote: ". */
export function messageBand(lines: readonly string[]): Buffer {
  return Buffer.concat(
    lines
      .flatMap((line) => line.split("\n"))
      .map((line) => packet(Buffer.concat([Buffer.of(2), Buffer.from(`${plainLine(line)}\n`)]))),
  );
}

/** An empty packet of band 1: says nothing, keeps proxies from giving up. */
export const keepAlive = packet(Buffer.of(1));

/** A line that cannot drive a terminal: no control, bidirectional or escape characters, and a bounded length. */
export function plainLine(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, "")
      .slice(0, 1_000)
      .toWellFormed()
  );
}
