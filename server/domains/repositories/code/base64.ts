import { invalid } from "../../../kernel/errors.ts";

/**
 * The bytes that Base64 spells; line ends and other white space in it mean nothing.
 *
 * @param field how the client calls what is decoded
 * @throws Refusal 422 for anything else
 */
export function bytesOf(text: string, field: string): Buffer {
  const plain = text.replaceAll(/\s/g, "");
  const digits = plain.replace(/={1,2}$/, "");
  // Not one expression for all of it: over millions of characters that would need a stack as deep.
  const odd = digits.length % 4 === 1 || (digits !== plain && plain.length % 4 !== 0);
  if (odd || /[^A-Za-z0-9+/]/.test(digits)) throw invalid("Content", field, `${field} is not valid Base64`);
  return Buffer.from(plain, "base64");
}
