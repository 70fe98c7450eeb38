import { and, asc, count, desc, eq, or, sql, type SQL } from "drizzle-orm";
import { named } from "../../../language/query.ts";
import { read, type Qualifier, type Term } from "../../../language/read.ts";
import type { Context } from "../../kernel/context.ts";
import { ownerColumns, type Owner } from "../accounts/index.ts";
import { owners, user } from "../accounts/schema.ts";
import { organizations } from "../organizations/schema.ts";
import { startOf, type Slice } from "./pages.ts";
import { turned } from "../lists/index.ts";
import { containing, numbers, oneOf, times } from "./qualifiers.ts";

const names = new Set(["created", "in", "repos", "type"]);

export type UserOrder = "repositories" | "joined";

/** Users and organizations by name. Their addresses are nobody's business. */
export async function findUsers(
  ctx: Context,
  line: string,
  order: { readonly sort: UserOrder; readonly direction: "asc" | "desc" },
  slice: Slice,
): Promise<{ readonly total: number; readonly items: readonly Owner[] }> {
  const offset = startOf(slice);
  const condition = conditionOf(read(line, names), ctx.clock.now());
  const direction = order.direction === "asc" ? asc : desc;
  const key = order.sort === "joined" ? owners.apiId : owners.publicRepos;
  const [items, [counted]] = await Promise.all([
    ctx.db
      .select(ownerColumns)
      .from(owners)
      .leftJoin(user, eq(user.id, owners.id))
      .leftJoin(organizations, sql`${organizations.id}::text = ${owners.id}`)
      .where(condition)
      .orderBy(direction(key), direction(owners.apiId))
      .limit(slice.per_page)
      .offset(offset),
    ctx.db
      .select({ total: count() })
      .from(owners)
      .leftJoin(user, eq(user.id, owners.id))
      .leftJoin(organizations, sql`${organizations.id}::text = ${owners.id}`)
      .where(condition),
  ]);
  return { total: counted?.total ?? 0, items };
}

function conditionOf(terms: readonly Term[], now: Date): SQL | undefined {
  const places = named(terms, "in").flatMap((one) =>
    one.values.map((value) => oneOf("in", value, ["login", "name"])),
  );
  const inLogin = places.length === 0 || places.includes("login");
  const inName = places.length === 0 || places.includes("name");
  return and(
    ...terms.map((term) => {
      if (term.kind === "word") {
        const found = or(
          inLogin ? containing(owners.login, term.text) : undefined,
          inName ? containing(user.name, term.text) : undefined,
          inName ? containing(organizations.displayName, term.text) : undefined,
        );
        return turned(found ?? sql`false`, term.not);
      }
      if (term.name === "in") return undefined;
      return turned(or(...term.values.map((value) => meant(term, value, now))) ?? sql`true`, term.not);
    }),
  );
}

function meant({ name }: Qualifier, value: string, now: Date): SQL {
  if (name === "type")
    return eq(owners.type, oneOf(name, value, ["user", "org"]) === "org" ? "organization" : "user");
  if (name === "repos") return numbers(name, value, owners.publicRepos);
  return times(name, value, now, owners.createdAt);
}
