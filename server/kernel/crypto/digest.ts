import { createHash, createHmac, timingSafeEqual as equalBytes } from "node:crypto";

/** SHA-256 of a text (as UTF-8) or of bytes: 64 lower-case hexadecimal digits. */
export function sha256Hex(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** HMAC-SHA-256 (RFC 2104) of `content` under `key`: 64 lower-case hexadecimal digits. */
export function hmac(key: string | Uint8Array, content: string | Uint8Array): string {
  return createHmac("sha256", key).update(content).digest("hex");
}

/**
 * Whether two texts are equal, in a time that tells neither where they differ nor how long either is
 * relative to the other: both are digested first.
 */
export function timingSafeEqual(left: string, right: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return equalBytes(digest(left), digest(right));
}
