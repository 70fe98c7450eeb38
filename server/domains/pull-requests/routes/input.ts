/** What people may send about pull requests. */
import { z } from "zod";

const storable = /^[^\0]*$/;

export const title = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .regex(storable, "This holds a character that cannot be stored");

/** Markdown; empty is the same as none. */
export const body = z
  .string()
  .max(65_536)
  .regex(storable, "This holds a character that cannot be stored")
  .nullable()
  .transform((text) => (text === "" ? null : text));

export const branch = z.string().min(1).max(255).regex(storable, "This is not the name of a branch");

export const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "The id of a commit");
