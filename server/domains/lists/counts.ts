/** How many a query finds, open and over, without looking at more of them than anybody wants to know. */
import { and, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import type { Kind } from "./kind.ts";

/** Of each state so many are counted, and no more read: a list of millions costs what this many cost. */
const mostCounted = 5_000;

export const countsShape = z
  .object({
    open: z.int(),
    closed: z.int(),
    more: z.array(z.enum(["open", "closed"])).describe("Those of which there are more than the number says"),
  })
  .describe(`Of what else the query says; counted up to ${mostCounted.toLocaleString("en")}`);

export type Counts = z.output<typeof countsShape>;

/**
 * How many there are for which `condition` holds, open and over.
 *
 * @param known the open ones where their number is known already; it may be above what is counted
 * @param most counted of each state at most
 */
export async function countStates(
  ctx: Context,
  kind: Kind,
  condition: SQL | undefined,
  options: { readonly known?: number | undefined; readonly most?: number } = {},
): Promise<Counts> {
  const { known, most = mostCounted } = options;
  const [row] = await ctx.db.execute<{ open: number; closed: number }>(
    sql`select ${known === undefined ? counted(kind, and(condition, kind.states.open), most + 1) : sql`0`}::int as open,
      ${counted(kind, and(condition, kind.states.closed), most + 1)}::int as closed`,
  );
  const open = known ?? row?.open ?? 0;
  const closed = row?.closed ?? 0;
  const more: Counts["more"] = [];
  if (known === undefined && open > most) more.push("open");
  if (closed > most) more.push("closed");
  return { open: known ?? Math.min(open, most), closed: Math.min(closed, most), more };
}

/** The number of rows, as an expression; at most `limit` are read. */
const counted = ({ columns }: Kind, condition: SQL | undefined, limit: number): SQL =>
  sql`(select count(*) from (select 1 from ${columns.id.table} where ${condition ?? sql`true`} limit ${limit}) counted)`;
