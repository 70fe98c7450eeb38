import { and, count, eq, ilike, isNotNull, isNull, or, sql, type SQL } from "drizzle-orm";
import { named } from "../../../language/query.ts";
import { read, type Qualifier, type Term } from "../../../language/read.ts";
import type { Context } from "../../kernel/context.ts";
import { owners } from "../accounts/schema.ts";
import { listRepositories, visibleTo, type Repository } from "../repositories/index.ts";
import { repositories } from "../repositories/schema.ts";
import { startOf, type Slice } from "./pages.ts";
import { placesOf, turned, within } from "../lists/index.ts";
import { containing, numbers, oneOf, times } from "./qualifiers.ts";

const names = new Set(
  "archived created fork forks in is org pushed repo stars template updated user".split(" "),
);

export type RepositoryOrder = "stars" | "updated";

/** The repositories that fit and that the actor may see. */
export async function findRepositories(
  ctx: Context,
  line: string,
  order: { readonly sort: RepositoryOrder; readonly direction: "asc" | "desc" },
  slice: Slice,
): Promise<{ readonly total: number; readonly items: readonly Repository[] }> {
  startOf(slice);
  const condition = await conditionOf(ctx, read(line, names));
  const [page, [counted]] = await Promise.all([
    listRepositories(ctx, { condition }, order, slice),
    ctx.db
      .select({ total: count() })
      .from(repositories)
      .innerJoin(owners, eq(owners.id, repositories.ownerId))
      .where(and(visibleTo(ctx.actor), condition)),
  ]);
  return { total: counted?.total ?? 0, items: page.items };
}

async function conditionOf(ctx: Context, terms: readonly Term[]): Promise<SQL | undefined> {
  const conditions: (SQL | undefined)[] = [];
  for (const isNot of [false, true]) {
    const chosen = named(terms, "repo", "user", "org").filter((one) => one.not === isNot);
    const places = await placesOf(ctx, chosen);
    if (places) conditions.push(turned(within(places, repositories.id, repositories.ownerId), isNot));
  }
  conditions.push(wordCondition(terms));
  for (const one of terms) {
    if (one.kind === "word" || ["repo", "user", "org", "in"].includes(one.name)) continue;
    conditions.push(
      turned(or(...one.values.map((value) => meant(one, value, ctx.clock.now()))) ?? sql`true`, one.not),
    );
  }
  // As at GitHub, forks are found when asked for.
  const forks = terms.some(
    (one) => one.kind === "qualifier" && (one.name === "fork" || one.values.includes("fork")),
  );
  if (!forks) conditions.push(eq(repositories.isFork, false));
  return and(...conditions);
}

/** Each word occurs in the name or in the description; `owner/name` finds what it names. */
function wordCondition(terms: readonly Term[]): SQL | undefined {
  const places = named(terms, "in").flatMap((one) =>
    one.values.map((value) => oneOf("in", value, ["name", "description"])),
  );
  const inName = places.length === 0 || places.includes("name");
  const inDescription = places.length === 0 || places.includes("description");
  const words = terms.filter((term) => term.kind === "word");
  return and(
    ...words.map((word) => {
      const [owner, name] = word.text.split("/");
      const full =
        name === undefined || !inName
          ? undefined
          : and(ilike(owners.login, escaped(owner ?? "")), containing(repositories.name, name));
      const found = or(
        inName ? containing(repositories.name, word.text) : undefined,
        inDescription ? containing(repositories.description, word.text) : undefined,
        full,
      );
      return turned(found ?? sql`false`, word.not);
    }),
  );
}

const escaped = (text: string) => text.replaceAll(/[\\%_]/g, "\\$&");

function meant({ name }: Qualifier, value: string, now: Date): SQL {
  const archived = isNotNull(repositories.archivedAt);
  switch (name) {
    case "is":
      switch (oneOf(name, value, ["public", "private", "archived", "fork", "template"])) {
        case "public":
          return eq(repositories.isPrivate, false);
        case "private":
          return eq(repositories.isPrivate, true);
        case "archived":
          return archived;
        case "template":
          return eq(repositories.isTemplate, true);
        default:
          return eq(repositories.isFork, true);
      }
    case "fork": {
      const kind = oneOf(name, value, ["true", "false", "only"]);
      return kind === "true" ? sql`true` : eq(repositories.isFork, kind === "only");
    }
    case "archived":
      return oneOf(name, value, ["true", "false"]) === "true" ? archived : isNull(repositories.archivedAt);
    case "template":
      return eq(repositories.isTemplate, oneOf(name, value, ["true", "false"]) === "true");
    case "stars":
      return numbers(name, value, repositories.starsCount);
    case "forks":
      return numbers(name, value, repositories.forksCount);
    case "created":
      return times(name, value, now, repositories.createdAt);
    case "pushed":
      return times(name, value, now, repositories.pushedAt);
    default:
      return times(name, value, now, repositories.updatedAt);
  }
}
