/** The texts that people enter about themselves. */
import { z } from "zod";
import { passwordLength } from "./passwords.ts";

/**
 * Control characters would forge lines in mail headers and commits, and the marks that turn the direction of writing would
 * forge what others read.
 */
const forbidden = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** One line of visible text. */
export const singleLine = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !forbidden.test(text), "One line without control characters");

export const login = z.string().trim().min(1).max(39).describe("Unique among users and organizations");
/** Angle brackets delimit the address in a commit's author line. */
export const displayName = singleLine(100).refine((text) => !/[<>]/.test(text), "A name has no < or >");

export const email = z
  .email("Not an e-mail address")
  .max(254)
  .refine((text) => !forbidden.test(text), "Not an e-mail address");

export const password = z
  .string()
  .max(4 * passwordLength.max)
  .describe("8 to 128 characters");

/** A web address; one without a scheme is meant as https. */
export const website = z
  .string()
  .trim()
  .max(255)
  .transform((text) => (text === "" || /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`))
  .refine((text) => {
    if (text === "") return true;
    if (forbidden.test(text) || !URL.canParse(text)) return false;
    return ["http:", "https:"].includes(new URL(text).protocol);
  }, "Not a web address");
