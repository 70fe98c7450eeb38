/** Whose commits these are: an e-mail address stands for the person who has it. */
import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { Commit } from "../../../git/commits.ts";
import type { Context } from "../../../kernel/context.ts";
import { ownerColumns, type Owner } from "../../accounts/index.ts";
import { owners, user } from "../../accounts/schema.ts";

/** By lower-case address. */
export type People = ReadonlyMap<string, Owner>;

export const personOf = (people: People, email: string): Owner | null =>
  people.get(email.toLowerCase()) ?? null;

/** Who stands behind the authors and committers of commits. */
export const peopleOf = (ctx: Context, commits: readonly Commit[]): Promise<People> =>
  peopleByEmail(
    ctx,
    commits.flatMap(({ author, committer }) => [author.email, committer.email]),
  );

/**
 * The users of these addresses: confirmed ones (all, where no mail is sent and so none can be confirmed) and the addresses
 * that the forge itself writes into commits.
 */
export async function peopleByEmail(ctx: Context, emails: Iterable<string>): Promise<People> {
  const wanted = [...new Set([...emails].map((email) => email.toLowerCase()))].filter(
    (email) => email !== "" && email.length <= 320 && !email.includes("\0"),
  );
  if (wanted.length === 0) return new Map();
  const ours = new Map(wanted.map((email) => [noreplyId(ctx, email), email] as const));
  ours.delete(null);
  const numbers = [...ours.keys()].filter((id) => id !== null);
  const known = inArray(sql`lower(${user.email})`, wanted);
  const confirmed = ctx.config.smtpUrl === null ? known : and(known, eq(user.emailVerified, true));
  const rows = await ctx.db
    .select({ ...ownerColumns, email: user.email })
    .from(user)
    .innerJoin(owners, eq(owners.id, user.id))
    .where(or(confirmed, numbers.length > 0 ? inArray(owners.apiId, numbers) : undefined));
  const found = new Map<string, Owner>();
  for (const { email, ...person } of rows) {
    if (wanted.includes(email.toLowerCase())) found.set(email.toLowerCase(), person);
    const address = ours.get(person.apiId);
    if (address !== undefined) found.set(address, person);
  }
  return found;
}

/** The number in an address of `identityOf`; the name beside it may have changed since. */
function noreplyId(ctx: Context, email: string): number | null {
  const [, id, host] = /^(\d{1,15})\+[a-z0-9-]{1,39}@users\.noreply\.(.+)$/.exec(email) ?? [];
  return host === new URL(ctx.config.url).hostname ? Number(id) : null;
}
