import { createHash } from "node:crypto";

/** A weak validator of a body: equal bodies have equal tags. */
export function etagOf(body: string | Uint8Array): string {
  return `W/"${createHash("sha1").update(body).digest("base64url")}"`;
}

/** Whether the client has this version already (`If-None-Match`, compared weakly: RFC 9110 §13.1.2). */
export function matches(headers: Headers, etag: string): boolean {
  const header = headers.get("if-none-match");
  if (header === null) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return header.trim() === "*" || header.split(",").some((tag) => opaque(tag) === opaque(etag));
}
