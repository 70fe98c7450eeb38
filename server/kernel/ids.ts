import { randomFillSync } from "node:crypto";

/** Asking for random bytes costs as much for a few as for many, so they are fetched for many ids at once. */
const pool = Buffer.alloc(16 * 256);
let used = pool.length;

/** Sixteen random bytes that nobody else gets. The view is good until the next call. */
function sixteenBytes(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}

let lastTime = 0;
let sequence = 0;

/**
 * A UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then a 12-bit counter that keeps ids made within the
 * same millisecond in order (method 1 of §6.2), then 62 random bits.
 */
export function uuidv7(): string {
  const now = Date.now();
  if (now > lastTime) {
    lastTime = now;
    sequence = sixteenBytes()[0] ?? 0;
  } else {
    sequence += 1;
    // A full counter borrows from the next millisecond instead of repeating itself.
    if (sequence > 0xfff) {
      lastTime += 1;
      sequence = 0;
    }
  }
  const bytes = sixteenBytes();
  bytes.writeUIntBE(lastTime, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequence, 6);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Whether a text has the shape of a UUID, so that it may be compared with a `uuid` column. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

/** GitHub's opaque `node_id`: the kind and the id, so that a node can be found again from it alone. */
export function nodeId(kind: string, id: string): string {
  return Buffer.from(`${kind}:${id}`).toString("base64url");
}
