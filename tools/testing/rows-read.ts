/** How many rows of a table the database looked at to answer: what a list costs, on any machine and however busy it is. */
import type { SQL } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { systemContext, type Context } from "../../server/kernel/context.ts";
import type { World } from "./world.ts";

interface Node {
  readonly "Relation Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Join Filter"?: number;
  readonly Plans?: readonly Node[];
}

export interface RowCounter {
  /** Whoever asks through it is watched. */
  readonly ctx: Context;
  /** The rows of the table that all queries since the last call looked at, found or dropped. Asks them once more. */
  rowsRead(table: string): Promise<number>;
}

export function countRows(world: World): RowCounter {
  const { $client } = world.services.database as unknown as ReturnType<typeof drizzle>;
  const asked: { query: string; params: unknown[] }[] = [];
  const logger = { logQuery: (query: string, params: unknown[]) => void asked.push({ query, params }) };
  const ctx = {
    ...systemContext(world.services, "test"),
    db: drizzle({ client: $client, logger }),
  };
  return {
    ctx,
    rowsRead: async (table) => {
      let rows = 0;
      for (const { query, params } of asked.splice(0)) {
        const [answer] = await $client.unsafe(`explain (analyze, format json) ${query}`, params as string[]);
        const plans = answer?.["QUERY PLAN"] as readonly { Plan: Node }[] | undefined;
        rows += rowsIn(plans?.[0]?.Plan, table);
      }
      return rows;
    },
  };
}

function rowsIn(node: Node | undefined, table: string): number {
  if (!node) return 0;
  const looked = node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0);
  const own = node["Relation Name"] === table ? looked * node["Actual Loops"] : 0;
  return own + (node.Plans ?? []).reduce((sum, one) => sum + rowsIn(one, table), 0);
}

/** Runs a statement and lets the database learn what the tables hold now. */
export async function fillTables(world: World, ...statements: readonly SQL[]): Promise<void> {
  for (const statement of statements) await world.write(statement);
  const { $client } = world.services.database as unknown as ReturnType<typeof drizzle>;
  await $client.unsafe("analyze");
}
