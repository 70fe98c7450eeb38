/** What people may send about pull requests. */
import { z } from "zod";
import { singleLine } from "../../accounts/index.ts";

const storable = /^[^\0]*$/;

export const title = singleLine(256).refine((text) => text.length > 0, "A title has 1 to 256 characters");

/** Markdown; empty is the same as none. */
export const body = z
  .string()
  .max(65_536)
  .regex(storable, "This holds a character that cannot be stored")
  .nullable()
  .transform((text) => (text === "" ? null : text));

export const branch = z.string().min(1).max(255).regex(storable, "This is not the name of a branch");

/** What the commit of a merge says. */
export const commitText = z
  .string()
  .max(65_536)
  .regex(storable, "This holds a character that git cannot store");

export const commitTitle = commitText.refine((text) => !/[\r\n]/.test(text), "A title is one line");

export const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "The id of a commit");
