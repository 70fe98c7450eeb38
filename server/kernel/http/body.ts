import { Refusal } from "../errors.ts";

/**
 * Reads a JSON body with a limit that holds for chunked bodies too.
 *
 * @returns undefined for an empty body
 * @throws Refusal 400, 413, 415 or 422 (a NUL character, which PostgreSQL cannot store)
 */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const bytes = await readBody(request, limit);
  if (bytes.length === 0) return undefined;
  const type = request.headers.get("content-type");
  // `curl -d` says form data and means JSON; GitHub reads it, so do we. Anything else must say JSON.
  if (
    type !== null &&
    !/^application\/(?:[\w.+-]+\+)?json\b|^application\/x-www-form-urlencoded\b|^text\/plain\b/i.test(type)
  )
    throw new Refusal("unsupported_media_type", "The body must be application/json");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Refusal("bad_request", "The body is not valid UTF-8", { cause });
  }
  if (text.includes("\\u0000") || text.includes("\0"))
    throw new Refusal("validation_failed", "Text may not contain the NUL character");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal("bad_request", "Problems parsing JSON", { cause });
  }
}

/** @throws Refusal 413 as soon as more than `limit` bytes are announced or arrive */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  const tooLarge = () => new Refusal("too_large", `The body is larger than ${limit} bytes`);
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge();
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
