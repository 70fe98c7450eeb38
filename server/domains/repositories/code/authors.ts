import type { Context } from "../../../kernel/context.ts";
import { invalid } from "../../../kernel/errors.ts";
import { findOwner } from "../../accounts/index.ts";
import { emailsOf } from "../identity.ts";

/** What to look for in `Name <address>`: somebody's addresses, or the text as it is. */
export async function authorTexts(ctx: Context, author: string): Promise<string[]> {
  if (/[\0\n]/.test(author)) throw invalid("Commit", "author", "An author is one line");
  const person = author.includes("@") ? null : await findOwner(ctx, author);
  const emails = person?.type === "user" ? await emailsOf(ctx, person) : [];
  return emails.length > 0 ? emails.map((email) => `<${email}>`) : [author];
}
