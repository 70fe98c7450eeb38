import { sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/**
 * That a uuid is one of many. They are sent as one value: hundreds of parameters of their own take the query builder, the driver
 * and the planner longer than the rows that they find.
 */
export const oneOf = (column: PgColumn, ids: readonly string[]): SQL =>
  sql`${column} = any(${sql.param([...ids])}::uuid[])`;
