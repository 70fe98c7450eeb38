/**
 * Labels and milestones by their names. In one repository their ids are looked up first: from an id the database knows how many
 * carry it, from a name only after it has looked, and then it has chosen its way already.
 */
import { and, eq, inArray, or, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { labels } from "../labels/schema.ts";
import { milestones } from "../planning/schema.ts";
import { among } from "./conditions.ts";
import type { Asking, Kind } from "./kind.ts";

/** A condition on the id of a label: that it has one of these names. */
export async function labelsNamed(
  names: readonly string[],
  { ctx, repo }: Asking,
): Promise<(labelId: PgColumn) => SQL> {
  const named = inArray(
    sql`lower(${labels.name})`,
    names.map((name) => name.toLowerCase()),
  );
  if (!repo) return (labelId) => sql`${labelId} in (select ${labels.id} from ${labels} where ${named})`;
  const rows = await ctx.db
    .select({ id: labels.id })
    .from(labels)
    .where(and(eq(labels.repoId, repo.id), named));
  const ids = rows.map(({ id }) => id);
  return (labelId) => among(labelId, ids);
}

/** That it belongs to one of these milestones, told by title or by `#number`. */
export async function inMilestones(
  { columns }: Kind,
  names: readonly string[],
  { ctx, repo }: Asking,
): Promise<SQL> {
  const named = or(...names.map(milestoneNamed)) ?? sql`false`;
  if (!repo)
    return sql`${columns.milestoneId} in (select ${milestones.id} from ${milestones}
      where ${milestones.repoId} = ${columns.repoId} and ${named})`;
  const rows = await ctx.db
    .select({ id: milestones.id })
    .from(milestones)
    .where(and(eq(milestones.repoId, repo.id), named));
  return among(
    columns.milestoneId,
    rows.map(({ id }) => id),
  );
}

function milestoneNamed(name: string): SQL | undefined {
  const [, number] = /^#([1-9]\d{0,8})$/.exec(name) ?? [];
  const numbered = number === undefined ? undefined : eq(milestones.number, Number(number));
  return or(sql`lower(${milestones.title}) = ${name.toLowerCase()}`, numbered);
}
