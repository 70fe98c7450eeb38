import { Refusal } from "../errors.ts";

/**
 * Reads a JSON body with a limit that holds for chunked bodies too.
 *
 * @returns undefined for an empty body
 * @throws Refusal 400, 413, 415 or 422 (a character that cannot be stored)
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
  const problem = unstorable(text);
  if (problem !== null) throw new Refusal("validation_failed", problem);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal("bad_request", "Problems parsing JSON", { cause });
  }
}

/**
 * Why PostgreSQL cannot store what this JSON spells, or null: a NUL, or half of a surrogate pair, which is no character and would
 * come back as another. Only escapes can spell either in text that is valid UTF-8; `\\u0000` is a backslash and a word.
 */
function unstorable(json: string): string | null {
  if (json.includes("\0")) return nulRefused;
  if (!json.includes("\\u")) return null;
  let expected = -1;
  for (const { index, 1: hex } of json.matchAll(/\\(?:u([0-9a-f]{4})|[^])/gi)) {
    const unit = hex === undefined ? -1 : Number.parseInt(hex, 16);
    const isLow = unit >= 0xdc00 && unit <= 0xdfff;
    if (unit === 0) return nulRefused;
    if (isLow ? index !== expected : expected >= 0) return halfRefused;
    expected = unit >= 0xd800 && unit <= 0xdbff ? index + "\\uXXXX".length : -1;
  }
  return expected >= 0 ? halfRefused : null;
}

const nulRefused = "Text may not contain the NUL character";
const halfRefused = "Text may not contain half of a surrogate pair";

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
