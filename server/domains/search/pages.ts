/** GitHub's frame of search results: counted, in numbered pages, the first thousand of them. */
import { z } from "zod";
import { Reply } from "../../kernel/http/route.ts";
import { linkHeader } from "../../kernel/paging.ts";
import { refuse } from "./qualifiers.ts";

/** As at GitHub: whoever needs more asks more precisely. */
export const mostResults = 1000;

export const searchQuery = {
  q: z
    .string()
    .max(1000)
    .regex(/^[^\0]*$/, "This holds a character that cannot be searched")
    .describe("Words and qualifiers"),
  order: z.enum(["asc", "desc"]).optional().describe("`desc` unless told"),
  per_page: z.coerce
    .number()
    .int()
    .min(1)
    .transform((size) => Math.min(size, 100))
    .default(30),
  page: z.coerce.number().int().min(1).default(1),
};

export interface Slice {
  readonly per_page: number;
  readonly page: number;
}

export const resultsShape = <T extends z.ZodType>(item: T) =>
  z.object({ total_count: z.int(), incomplete_results: z.boolean(), items: z.array(item) });

/** @throws Refusal 422 for a page behind the thousandth result */
export function startOf({ page, per_page }: Slice): number {
  const start = (page - 1) * per_page;
  if (start >= mostResults) throw refuse(`Only the first ${mostResults} search results are available`);
  return start;
}

/** The answer, with the addresses of the neighbouring pages. Every result scores the same: they are sorted by what was asked. */
export function answered<T extends object, M extends object = object>(
  url: URL,
  slice: Slice,
  total: number,
  items: readonly T[],
  besides?: M,
) {
  const more = slice.page * slice.per_page < Math.min(total, mostResults);
  const link = linkHeader(url, { items, next: more ? "more" : null, request: slice });
  return new Reply(
    {
      total_count: total,
      incomplete_results: false,
      items: items.map((item) => ({ ...item, score: 1 })),
      ...(besides ?? ({} as M)),
    },
    link === null ? {} : { headers: { link } },
  );
}
