import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import type { KeptRepository, UpkeepRow } from "./queries.ts";

export const stateShape = z
  .enum(["unchecked", "ok", "damaged", "failed"])
  .describe("failed: the check itself could not be done");

export const upkeepShape = z
  .object({
    state: stateShape,
    problems: z.array(z.string()),
    damaged_since: z.iso.datetime().nullable(),
    checked_at: z.iso.datetime().nullable(),
    fully_checked_at: z.iso.datetime().nullable().describe("When every byte was read and hashed"),
    maintained_at: z.iso.datetime().nullable(),
    git_bytes: z.int(),
    lfs_bytes: z.int(),
    disk_bytes: z.int().describe("Of both"),
  })
  .meta({ id: "RepositoryUpkeep" });

type Known = Omit<UpkeepRow, "repoId">;

const nothing: Known = {
  state: "unchecked",
  problems: [],
  damagedSince: null,
  checkedAt: null,
  fullyCheckedAt: null,
  maintainedAt: null,
  gitBytes: 0,
  lfsBytes: 0,
  diskBytes: 0,
};

const moment = (at: Date | null) => at?.toISOString() ?? null;

/** @param row null before the first look */
export function upkeepView(row: Known | null): z.input<typeof upkeepShape> {
  const known = row ?? nothing;
  return {
    state: known.state,
    problems: known.problems,
    damaged_since: moment(known.damagedSince),
    checked_at: moment(known.checkedAt),
    fully_checked_at: moment(known.fullyCheckedAt),
    maintained_at: moment(known.maintainedAt),
    git_bytes: known.gitBytes,
    lfs_bytes: known.lfsBytes,
    disk_bytes: known.diskBytes,
  };
}

export const keptRepositoryShape = upkeepShape
  .extend({
    id: z.int(),
    owner: z.string(),
    name: z.string(),
    full_name: z.string(),
    private: z.boolean(),
    html_url: z.url(),
  })
  .meta({ id: "KeptRepository" });

export function keptRepositoryView(ctx: Context, row: KeptRepository): z.input<typeof keptRepositoryShape> {
  const place = `${row.owner}/${row.name}`;
  return {
    ...upkeepView(row),
    id: row.apiId,
    owner: row.owner,
    name: row.name,
    full_name: place,
    private: row.isPrivate,
    html_url: `${ctx.config.url}/${place}`,
  };
}
