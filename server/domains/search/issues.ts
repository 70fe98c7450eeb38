import { and, or, sql, type SQL } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import {
  countFound,
  issueViews,
  searchIssues,
  type IssueInRepository,
  type IssueView,
} from "../issues/index.ts";
import {
  countFoundPullRequests,
  pullIssueViews,
  searchPullRequests,
  type PullInRepository,
} from "../pull-requests/index.ts";
import { repositories } from "../repositories/schema.ts";
import { issueKind, meant, pullKind, type Kind } from "./kinds.ts";
import { startOf, type Slice } from "./pages.ts";
import { parse, wordsOf, type Qualifier, type Term } from "./parse.ts";
import {
  among,
  named,
  oneOf,
  placesOf,
  refuse,
  single,
  turned,
  userIds,
  within,
  type Places,
} from "./qualifiers.ts";

const names = new Set(
  `assignee author closed comments created draft has in is label milestone no org repo sort state type updated user`.split(
    " ",
  ),
);
/** Read together with others, not one by one. */
const apart = ["assignee", "author", "in", "org", "repo", "sort", "user"];

const sorts = ["created", "updated", "comments"] as const;

export interface IssueOrder {
  readonly sort: (typeof sorts)[number];
  readonly direction: "asc" | "desc";
}

interface Found {
  readonly total: number;
  readonly items: readonly IssueView[];
}

/** The issues and pull requests that fit and that the actor may see, one series. */
export async function findIssues(
  ctx: Context,
  line: string,
  wanted: { readonly sort?: IssueOrder["sort"] | undefined; readonly direction?: "asc" | "desc" | undefined },
  slice: Slice,
  options: { readonly html: boolean },
): Promise<Found> {
  const start = startOf(slice);
  const terms = parse(line, names);
  const order = orderOf(terms, wanted);
  const people = await peopleIn(ctx, terms);
  const places = await placesIn(ctx, terms);
  const searchOf = (kind: Kind) => ({
    condition: conditionOf(kind, terms, people, places),
    ...textOf(terms),
  });
  // Both are read from their beginning: only together do they say where the page begins. The thousandth result ends it.
  const page = { per_page: start + slice.per_page };
  const none = { items: [] };
  const [isIssues, isPulls] = kindsIn(terms);
  const popular = order.sort === "comments" ? ("popularity" as const) : order.sort;
  const [issues, pulls, issueCount, pullCount] = await Promise.all([
    isIssues ? searchIssues(ctx, searchOf(issueKind), order, page) : none,
    isPulls ? searchPullRequests(ctx, searchOf(pullKind), { ...order, sort: popular }, page) : none,
    isIssues ? countFound(ctx, searchOf(issueKind)) : 0,
    isPulls ? countFoundPullRequests(ctx, searchOf(pullKind)) : 0,
  ]);
  const entries = merged(issues.items, pulls.items, order).slice(start, start + slice.per_page);
  return { total: issueCount + pullCount, items: await viewsOf(ctx, entries, options) };
}

type Entry = IssueInRepository | PullInRepository;

/** Two sorted lists as one. */
function merged(
  issues: readonly IssueInRepository[],
  pulls: readonly PullInRepository[],
  { sort, direction }: IssueOrder,
): Entry[] {
  const row = (entry: Entry) => ("issue" in entry ? entry.issue : entry.pull);
  const value = (entry: Entry): number => {
    if (sort === "comments") return row(entry).commentsCount;
    return (sort === "created" ? row(entry).createdAt : row(entry).updatedAt).getTime();
  };
  const sign = direction === "asc" ? 1 : -1;
  const byId = (a: Entry, b: Entry) => (row(a).id < row(b).id ? -1 : 1);
  return [...issues, ...pulls].toSorted((a, b) => sign * (value(a) - value(b) || byId(a, b)));
}

async function viewsOf(
  ctx: Context,
  entries: readonly Entry[],
  { html }: { readonly html: boolean },
): Promise<IssueView[]> {
  const issues = entries.filter((entry) => "issue" in entry);
  const pulls = entries.filter((entry) => "pull" in entry);
  const [ofIssues, ofPulls] = await Promise.all([
    issueViews(ctx, issues, { html }),
    pullIssueViews(ctx, pulls, { html }),
  ]);
  const views = new Map<Entry, IssueView | undefined>();
  for (const [index, entry] of issues.entries()) views.set(entry, ofIssues[index]);
  for (const [index, entry] of pulls.entries()) views.set(entry, ofPulls[index]);
  return entries.map((entry) => views.get(entry)).filter((view) => view !== undefined);
}

/** Which of the two kinds can be meant at all. */
function kindsIn(terms: readonly Term[]): [boolean, boolean] {
  const wanted = named(terms, "is", "type").filter((one) => !one.not && one.values.length === 1);
  const values = wanted.map((one) => one.values[0]?.toLowerCase());
  const only = (...of: readonly string[]) => values.some((value) => of.includes(value ?? ""));
  return [!only("pr", "pull-request", "merged", "unmerged", "draft"), !only("issue")];
}

function orderOf(
  terms: readonly Term[],
  wanted: { readonly sort?: IssueOrder["sort"] | undefined; readonly direction?: "asc" | "desc" | undefined },
): IssueOrder {
  const [word, direction] = (single(terms, "sort") ?? "").split("-");
  const sort = wanted.sort ?? (word ? oneOf("sort", word, sorts) : "created");
  if (direction !== undefined && direction !== "asc" && direction !== "desc")
    throw refuse("sort: is for example updated-asc");
  return { sort, direction: wanted.direction ?? direction ?? "desc" };
}

type People = ReadonlyMap<Qualifier, readonly string[]>;

async function peopleIn(ctx: Context, terms: readonly Term[]): Promise<People> {
  const people = new Map<Qualifier, readonly string[]>();
  for (const one of named(terms, "author", "assignee"))
    people.set(
      one,
      await userIds(
        ctx,
        one.values.filter((value) => value !== "*"),
      ),
    );
  return people;
}

interface PlacesIn {
  readonly wanted: Places | undefined;
  readonly unwanted: Places | undefined;
}

async function placesIn(ctx: Context, terms: readonly Term[]): Promise<PlacesIn> {
  const all = named(terms, "repo", "user", "org");
  return {
    wanted: await placesOf(
      ctx,
      all.filter((one) => !one.not),
    ),
    unwanted: await placesOf(
      ctx,
      all.filter((one) => one.not),
    ),
  };
}

function conditionOf(kind: Kind, terms: readonly Term[], people: People, places: PlacesIn): SQL | undefined {
  const { columns } = kind;
  const conditions: (SQL | undefined)[] = [wordsWithin(kind, terms)];
  for (const term of terms) {
    if (term.kind !== "qualifier" || apart.includes(term.name)) continue;
    conditions.push(turned(meant(kind, term), term.not));
  }
  for (const [term, ids] of people) {
    const column = term.name === "author" ? columns.authorId : columns.assigneeId;
    const anyone = term.values.includes("*") ? sql`${column} is not null` : undefined;
    conditions.push(turned(or(among(column, ids), anyone) ?? sql`false`, term.not));
  }
  for (const [found, isNot] of [
    [places.wanted, false],
    [places.unwanted, true],
  ] as const) {
    if (!found) continue;
    const inside = sql`${columns.repoId} in (select ${repositories.id} from ${repositories}
      where ${within(found, repositories.id, repositories.ownerId)})`;
    conditions.push(turned(inside, isNot));
  }
  return and(...conditions);
}

const fields = (terms: readonly Term[]) =>
  new Set(
    named(terms, "in").flatMap((one) => one.values.map((value) => oneOf("in", value, ["title", "body"]))),
  );

/** Words anywhere go by the index of titles and texts. */
function textOf(terms: readonly Term[]): { readonly text?: string } {
  const text = wordsOf(terms);
  return text === undefined || fields(terms).size === 1 ? {} : { text };
}

/** Words in titles or in texts alone; those that must occur narrow the search by the index first. */
function wordsWithin({ columns }: Kind, terms: readonly Term[]): SQL | undefined {
  const only = fields(terms);
  const text = wordsOf(terms);
  if (text === undefined || only.size !== 1) return undefined;
  const field = only.has("title") ? columns.title : sql`coalesce(${columns.body}, '')`;
  const there = sql`to_tsvector('simple', ${field}) @@ websearch_to_tsquery('simple', ${text})`;
  const wanted = wordsOf(terms.filter((term) => term.kind === "word" && !term.not));
  if (wanted === undefined) return there;
  return sql`(${there} and to_tsvector('simple', ${columns.title} || ' ' || coalesce(${columns.body}, ''))
    @@ websearch_to_tsquery('simple', ${wanted}))`;
}
