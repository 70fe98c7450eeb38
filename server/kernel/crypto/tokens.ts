import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 62^27 is the first power of 62 that holds 160 bits, 62^6 the first that holds 32. */
const secretLength = 27;
const checkLength = 6;
const tokenPattern = /^([a-z][a-z0-9]{1,11})_([0-9A-Za-z]{27})([0-9A-Za-z]{6})$/;

function base62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; rest > 0n; rest /= 62n) text = alphabet[Number(rest % 62n)] + text;
  return text.padStart(length, "0");
}

function checkOf(prefix: string, secret: string): string {
  return base62(BigInt(crc32(`${prefix}_${secret}`)), checkLength);
}

/**
 * A new secret of the form `prefix_` + 27 base62 digits (160 random bits) + 6 base62 digits (CRC-32 of all
 * that stands before). The check lets a scanner and {@link parseToken} tell a token from a typing error
 * without a look-up; it proves nothing about who made it. Throws a RangeError for a prefix that is not 2 to 12
 * lower-case letters and digits beginning with a letter.
 */
export function mintToken(prefix: string): string {
  const secret = base62(BigInt(`0x${randomBytes(20).toString("hex")}`), secretLength);
  const token = `${prefix}_${secret}${checkOf(prefix, secret)}`;
  if (!tokenPattern.test(token)) throw new RangeError(`Not a token prefix: ${JSON.stringify(prefix)}`);
  return token;
}

/** The prefix of a well-formed token whose check fits, or null: only then is a look-up worth its price. */
export function parseToken(text: string): { prefix: string } | null {
  const match = tokenPattern.exec(text);
  if (!match) return null;
  const [, prefix = "", secret = "", check = ""] = match;
  return checkOf(prefix, secret) === check ? { prefix } : null;
}
