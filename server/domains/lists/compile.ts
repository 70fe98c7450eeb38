/** A query as SQL: the only place where the language of lists becomes conditions. */
import { and, isNotNull, isNull, or, sql, type SQL } from "drizzle-orm";
import type { Qualifier, Term } from "../../../language/read.ts";
import { named, orderOf, queryState, stateOf, type Order, type State } from "../../../language/query.ts";
import type { Context } from "../../kernel/context.ts";
import type { Repository } from "../repositories/index.ts";
import { repositories } from "../repositories/schema.ts";
import { among, numbersWithin, timesWithin, turned } from "./conditions.ts";
import type { Asking, Kind } from "./kind.ts";
import { inMilestones, labelsNamed } from "./names.ts";
import { loginsOf, userIds } from "./people.ts";
import { placesOf, within } from "./places.ts";
import { mentioning, wordsWithin } from "./words.ts";

export interface Compiled {
  /** The state that the query demands, and its condition: apart, so that the other states can be counted. */
  readonly wanted: State | undefined;
  readonly state: SQL | undefined;
  /** All other conditions. Who may see what is not among them. */
  readonly rest: SQL | undefined;
  readonly order: Order;
}

/** Read together with others, not one by one. */
const apart = new Set(["in", "sort", "repo", "user", "org"]);

/**
 * What a query means for a kind.
 *
 * @param terms good ones: what `check` of the language left
 * @param repo where the query is asked, null for everywhere
 */
export async function compile(
  ctx: Context,
  kind: Kind,
  terms: readonly Term[],
  repo: Pick<Repository, "id"> | null,
): Promise<Compiled> {
  const asking = { ctx, repo };
  const wanted = queryState(terms);
  const conditions: (SQL | undefined)[] = [wordsWithin(ctx, kind, terms)];
  let state: SQL | undefined;
  for (const term of terms) {
    if (term.kind !== "qualifier" || apart.has(term.name)) continue;
    const condition = turned(await meant(kind, term, asking), term.not);
    // Of two states that contradict each other the second is a condition like any other: nothing is found.
    if (state === undefined && wanted !== undefined && stateOf(term) === wanted) state = condition;
    else conditions.push(condition);
  }
  for (const isNot of [false, true]) {
    const chosen = named(terms, "repo", "user", "org").filter((one) => one.not === isNot);
    const places = await placesOf(ctx, chosen);
    if (!places) continue;
    const inside = sql`${kind.columns.repoId} in (select ${repositories.id} from ${repositories}
      where ${within(places, repositories.id, repositories.ownerId)})`;
    conditions.push(turned(inside, isNot));
  }
  return { wanted, state, rest: and(...conditions), order: orderOf(terms) };
}

async function meant(kind: Kind, { name, values }: Qualifier, asking: Asking): Promise<SQL> {
  const { ctx } = asking;
  const { columns } = kind;
  const own = kind.meanings[name];
  if (own) return own(values, asking);
  const either = (one: (value: string) => SQL | null) =>
    or(...values.map((value) => one(value) ?? sql`false`)) ?? sql`false`;
  switch (name) {
    case "is":
    case "type":
    case "state":
      return either((value) => inState(kind, value.toLowerCase()));
    case "author":
      return among(columns.authorId, await userIds(ctx, values));
    case "assignee": {
      const anyone = values.includes("*") ? isNotNull(columns.assigneeId) : undefined;
      return or(among(columns.assigneeId, await userIds(ctx, values)), anyone) ?? sql`false`;
    }
    case "mentions":
      return mentioning(ctx, kind, loginsOf(ctx, values));
    case "commenter": {
      const ids = await userIds(ctx, values);
      return kind.commented(ctx, (comment) => among(comment.userId, ids));
    }
    case "involves": {
      const ids = await userIds(ctx, values);
      return (
        or(
          among(columns.authorId, ids),
          among(columns.assigneeId, ids),
          kind.commented(ctx, (comment) => among(comment.userId, ids)),
          mentioning(ctx, kind, loginsOf(ctx, values)),
        ) ?? sql`false`
      );
    }
    case "label":
      return kind.labelled(await labelsNamed(values, asking));
    case "milestone":
      return inMilestones(kind, values, asking);
    case "has":
      return either((value) => has(kind, value.toLowerCase()));
    case "no":
      return either((value) => sql`not coalesce((${has(kind, value.toLowerCase())}), false)`);
    case "comments":
      return either((value) => numbersWithin(value, columns.commentsCount));
    case "created":
      return either((value) => timesWithin(value, ctx.clock.now(), columns.createdAt));
    case "updated":
      return either((value) => timesWithin(value, ctx.clock.now(), columns.updatedAt));
    case "closed":
      return either((value) => timesWithin(value, ctx.clock.now(), columns.closedAt));
    default:
      // A filter of the other kind: nothing here is so.
      return sql`false`;
  }
}

function has({ columns, labelled, awaited }: Kind, what: string): SQL {
  if (what === "label") return labelled();
  if (what === "assignee") return isNotNull(columns.assigneeId);
  return what === "milestone" ? isNotNull(columns.milestoneId) : awaited;
}

function inState(kind: Kind, state: string): SQL {
  const isPull = kind.name === "pr" ? sql`true` : sql`false`;
  switch (state) {
    case "issue":
      return sql`not ${isPull}`;
    case "pr":
    case "pull-request":
      return isPull;
    case "open":
      return kind.states.open;
    case "closed":
      return kind.states.closed;
    case "merged":
      return kind.states.merged;
    case "unmerged":
      return sql`(${isPull} and not ${kind.states.merged})`;
    case "draft":
      return kind.draft;
    case "locked":
      return isNotNull(kind.columns.lockedAt);
    case "unlocked":
      return isNull(kind.columns.lockedAt);
    default:
      return sql`exists (select 1 from ${repositories}
        where ${repositories.id} = ${kind.columns.repoId} and ${repositories.isPrivate} = ${state === "private"})`;
  }
}
