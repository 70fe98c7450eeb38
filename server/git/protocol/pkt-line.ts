/** The frames of every git protocol (gitprotocol-common(5), gitprotocol-pack(5), gitprotocol-v2(5)). */
import { utf8 } from "../paths.ts";
import { ProtocolError, PeerGone, type ByteReader } from "./bytes.ts";

/** A whole packet with its four-digit length. */
const maxPacket = 65_520;
/** The most that one packet carries. */
export const maxPayload = maxPacket - 4;

export const flushPacket = Buffer.from("0000");

/** One packet around a payload of at most `maxPayload` bytes; longer ones are a mistake of the caller. */
export function packet(payload: string | Uint8Array): Buffer {
  const bytes = typeof payload === "string" ? Buffer.from(payload) : payload;
  if (bytes.length > maxPayload) throw new RangeError("too much for one packet");
  const head = (bytes.length + 4).toString(16).padStart(4, "0");
  return Buffer.concat([Buffer.from(head, "latin1"), bytes]);
}

export type Packet =
  | { readonly kind: "data"; readonly data: Buffer }
  | { readonly kind: "flush" | "delimiter" | "response-end" };

/** The next packet, or null at the end of the stream. Throws ProtocolError for a bad length and PeerGone for a cut-off one. */
export async function readPacket(reader: ByteReader): Promise<Packet | null> {
  const head = await reader.exactly(4);
  if (head === null) return null;
  const digits = head.toString("latin1");
  if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new ProtocolError("this is not the git protocol");
  const length = Number.parseInt(digits, 16);
  if (length === 0) return { kind: "flush" };
  if (length === 1) return { kind: "delimiter" };
  if (length === 2) return { kind: "response-end" };
  if (length < 4 || length > maxPacket) throw new ProtocolError("a packet has an impossible length");
  if (length === 4) return { kind: "data", data: Buffer.alloc(0) };
  const data = await reader.exactly(length - 4);
  if (data === null) throw new PeerGone("the request was cut off");
  return { kind: "data", data };
}

const marks = { flush: flushPacket, delimiter: Buffer.from("0001"), "response-end": Buffer.from("0002") };

/** A packet as it was sent. */
export const rawPacket = (read: Packet): Buffer =>
  read.kind === "data" ? packet(read.data) : marks[read.kind];

/** The text of a packet without the newline that senders may add. Throws ProtocolError unless it is UTF-8. */
export function packetText(data: Uint8Array): string {
  const end = data.at(-1) === 0x0a ? data.length - 1 : data.length;
  const text = utf8(data.subarray(0, end));
  if (text === null) throw new ProtocolError("a line of the request is not valid UTF-8");
  return text;
}
