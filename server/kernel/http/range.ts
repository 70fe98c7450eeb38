/** Parts of a content, as clients ask for them that go on with a download, or jump in a film (RFC 9110 §14). */

/** Bytes. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/**
 * The part that a request wants; null for the whole. More parts than one are answered with the whole, which is always allowed, and
 * so is a part of another version than this one (`If-Range`): it would not fit what the client has.
 *
 * @param etag a strong one
 */
export function rangeOf(
  request: Pick<Request, "method" | "headers">,
  size: number,
  etag: string,
): ByteRange | "unsatisfiable" | null {
  if (request.method !== "GET") return null;
  const [, from = "", to = ""] =
    /^bytes=[ \t]*(\d{0,15})-(\d{0,15})[ \t]*$/i.exec(request.headers.get("range") ?? "") ?? [];
  if (from === "" && to === "") return null;
  const version = request.headers.get("if-range");
  if (version !== null && version.trim() !== etag) return null;
  if (from === "") {
    const length = Math.min(Number(to), size);
    return length === 0 ? "unsatisfiable" : { offset: size - length, length };
  }
  const offset = Number(from);
  if (to !== "" && Number(to) < offset) return null;
  if (offset >= size) return "unsatisfiable";
  return { offset, length: Math.min(to === "" ? size - 1 : Number(to), size - 1) - offset + 1 };
}

/** Says in the headers which part follows, and answers the status. */
export function describeRange(
  headers: Headers,
  range: ByteRange | "unsatisfiable" | null,
  size: number,
): 200 | 206 | 416 {
  headers.set("accept-ranges", "bytes");
  if (range === "unsatisfiable") {
    headers.set("content-range", `bytes */${size}`);
    return 416;
  }
  headers.set("content-length", String(range?.length ?? size));
  if (!range) return 200;
  headers.set("content-range", `bytes ${range.offset}-${range.offset + range.length - 1}/${size}`);
  return 206;
}
