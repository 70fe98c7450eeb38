/** GitHub's parameters of lists of issues, and what they mean in the language of lists. */
import { z } from "zod";
import { qualifier, type Order } from "../../../../language/query.ts";
import type { Qualifier, Term } from "../../../../language/read.ts";
import { queryLine, termsOf } from "../../lists/index.ts";

const names = (text: string | undefined) =>
  (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** What every list of issues takes. */
export const listQuery = {
  q: queryLine.optional(),
  state: z.enum(["open", "closed", "all"]).optional().describe("`open` unless told here or in `q`"),
  labels: z.string().max(2000).optional().describe("Names separated by commas; all of them"),
  since: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .describe("Only what changed at or after this moment"),
  sort: z.enum(["created", "updated", "comments"]).optional().describe("`created` unless told"),
  direction: z.enum(["asc", "desc"]).optional().describe("`desc` unless told"),
};

export const repositoryListQuery = {
  ...listQuery,
  assignee: z.string().max(100).optional().describe("A name, `none` or `*` for anyone"),
  creator: z.string().max(100).optional(),
  mentioned: z.string().max(100).optional().describe("Who is mentioned in it"),
  milestone: z.string().max(20).optional().describe("A number, `none` or `*` for any"),
};

type Asked = Partial<z.output<z.ZodObject<typeof repositoryListQuery>>>;

/** GitHub's parameters in the words of the language. */
export function termsOfParameters({
  assignee,
  creator,
  mentioned,
  milestone,
  ...query
}: Asked): readonly Term[] {
  const noOrAny = (name: string, value: string, own: string): Qualifier =>
    value === "none" ? qualifier("no", name) : value === "*" ? qualifier("has", name) : qualifier(name, own);
  const state = query.state ?? (query.q === undefined ? "open" : "all");
  return [
    ...(state === "all" ? [] : [qualifier("is", state)]),
    ...(creator === undefined ? [] : [qualifier("author", creator)]),
    ...(mentioned === undefined ? [] : [qualifier("mentions", mentioned)]),
    ...(assignee === undefined ? [] : [noOrAny("assignee", assignee, assignee)]),
    ...(milestone === undefined ? [] : [noOrAny("milestone", milestone, `#${milestone}`)]),
    ...names(query.labels).map((name) => qualifier("label", name)),
    ...(query.since === undefined ? [] : [qualifier("updated", `>=${query.since.toISOString()}`)]),
    ...(query.q === undefined ? [] : termsOf(query.q)),
  ];
}

/** The order that parameters ask for, else the one of the query. */
export const orderFor = (query: Asked, order: Order): Order => ({
  sort: query.sort ?? order.sort,
  direction: query.direction ?? (query.sort === undefined ? order.direction : "desc"),
});
