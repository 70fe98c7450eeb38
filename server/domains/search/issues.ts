import { and } from "drizzle-orm";
import { valuesOf, type Order } from "../../../language/query.ts";
import type { Term } from "../../../language/read.ts";
import type { Context } from "../../kernel/context.ts";
import {
  countFound,
  issueKind,
  issueViews,
  searchIssues,
  type IssueInRepository,
  type IssueView,
} from "../issues/index.ts";
import { compile, termsOf } from "../lists/index.ts";
import {
  countFoundPullRequests,
  pullIssueViews,
  pullKind,
  searchPullRequests,
  type PullInRepository,
} from "../pull-requests/index.ts";
import { startOf, type Slice } from "./pages.ts";

interface Found {
  readonly total: number;
  readonly items: readonly IssueView[];
}

/** The issues and pull requests that fit and that the actor may see, one series. */
export async function findIssues(
  ctx: Context,
  line: string,
  wanted: { readonly sort?: Order["sort"] | undefined; readonly direction?: "asc" | "desc" | undefined },
  slice: Slice,
  options: { readonly html: boolean },
): Promise<Found> {
  const start = startOf(slice);
  const terms = termsOf(line);
  const [isIssues, isPulls] = kindsIn(terms);
  const [ofIssues, ofPulls] = await Promise.all([
    compile(ctx, issueKind, terms, null),
    compile(ctx, pullKind, terms, null),
  ]);
  const order: Order = {
    sort: wanted.sort ?? ofIssues.order.sort,
    direction: wanted.direction ?? ofIssues.order.direction,
  };
  const [issueCondition, pullCondition] = [ofIssues, ofPulls].map(({ state, rest }) => and(state, rest));
  // Both are read from their beginning: only together do they say where the page begins. The thousandth result ends it.
  const page = { per_page: start + slice.per_page };
  const none = { items: [] };
  const [issues, pulls, issueCount, pullCount] = await Promise.all([
    isIssues ? searchIssues(ctx, issueCondition, order, page) : none,
    isPulls ? searchPullRequests(ctx, pullCondition, order, page) : none,
    isIssues ? countFound(ctx, issueCondition) : 0,
    isPulls ? countFoundPullRequests(ctx, pullCondition) : 0,
  ]);
  const entries = merged(issues.items, pulls.items, order).slice(start, start + slice.per_page);
  return { total: issueCount + pullCount, items: await viewsOf(ctx, entries, options) };
}

export type Entry = IssueInRepository | PullInRepository;

const row = (entry: Entry) => ("issue" in entry ? entry.issue : entry.pull);

/** The sort keys of both kinds' lists. */
export const placeIn =
  (sort: Order["sort"]) =>
  (entry: Entry): readonly (string | number | Date)[] => {
    const { commentsCount, createdAt, updatedAt, id } = row(entry);
    return [sort === "comments" ? commentsCount : sort === "created" ? createdAt : updatedAt, id];
  };

/** Two sorted lists as one. */
function merged(
  issues: readonly IssueInRepository[],
  pulls: readonly PullInRepository[],
  { sort, direction }: Order,
): Entry[] {
  const value = (entry: Entry): number => {
    if (sort === "comments") return row(entry).commentsCount;
    return (sort === "created" ? row(entry).createdAt : row(entry).updatedAt).getTime();
  };
  const sign = direction === "asc" ? 1 : -1;
  const byId = (a: Entry, b: Entry) => (row(a).id < row(b).id ? -1 : 1);
  return [...issues, ...pulls].toSorted((a, b) => sign * (value(a) - value(b) || byId(a, b)));
}

/** Issues and pull requests in the shape of issues, in their order. */
export async function viewsOf(
  ctx: Context,
  entries: readonly Entry[],
  options: { readonly html: boolean; readonly repository?: boolean },
): Promise<IssueView[]> {
  const issues = entries.filter((entry) => "issue" in entry);
  const pulls = entries.filter((entry) => "pull" in entry);
  const [ofIssues, ofPulls] = await Promise.all([
    issueViews(ctx, issues, options),
    pullIssueViews(ctx, pulls, options),
  ]);
  const views = new Map<Entry, IssueView | undefined>();
  for (const [index, entry] of issues.entries()) views.set(entry, ofIssues[index]);
  for (const [index, entry] of pulls.entries()) views.set(entry, ofPulls[index]);
  return entries.map((entry) => views.get(entry)).filter((view) => view !== undefined);
}

/** Which of the two kinds can be meant at all. */
export function kindsIn(terms: readonly Term[]): [boolean, boolean] {
  const values = [...valuesOf(terms, "is"), ...valuesOf(terms, "type")].map((value) => value.toLowerCase());
  const hasSeveral = terms.some((term) => term.kind === "qualifier" && term.values.length > 1);
  if (hasSeveral) return [true, true];
  const only = (...of: readonly string[]) => values.some((value) => of.includes(value));
  return [!only("pr", "pull-request", "merged", "unmerged", "draft"), !only("issue")];
}
