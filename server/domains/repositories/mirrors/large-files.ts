/** The large files of a mirror: which part of the history a run searches for them, and what is remembered of it. */
import type { CachedRef } from "../../../git/ref-cache.ts";
import type { Context } from "../../../kernel/context.ts";
import type { Carried } from "../remotes/freight.ts";
import type { Mirror } from "./queries.ts";

/** What a run changes in the row of its mirror. */
export type LargeFiles = Partial<Pick<Mirror, "largeFilesMissing" | "largeFilesNote" | "largeFilesSoughtAt">>;

/** As long as something is missing, the whole history is searched again after this. */
const againMs = 6 * 3_600_000;

/**
 * Runs `carry` over what is new, or over everything: at first, and where something was missing every few hours, or when somebody
 * asks.
 */
export async function carryLargeFiles(
  ctx: Context,
  row: Mirror,
  carry: (onlyNew: boolean) => Promise<Carried>,
): Promise<LargeFiles> {
  const now = ctx.clock.now();
  const soughtAt = row.largeFilesSoughtAt;
  const asked =
    row.direction === "pull" && soughtAt !== null && row.wantedAt !== null && row.wantedAt > soughtAt;
  const again = soughtAt !== null && (asked || now.getTime() - soughtAt.getTime() > againMs);
  const whole = soughtAt === null || (row.largeFilesMissing > 0 && again);
  const { missing, note } = await carry(!whole);
  if (whole) return { largeFilesMissing: missing, largeFilesNote: note, largeFilesSoughtAt: now };
  return {
    largeFilesMissing: row.largeFilesMissing + missing,
    largeFilesNote: note ?? row.largeFilesNote,
  };
}

/** The objects that branches and tags name. */
export function endsOf(refs: ReadonlyMap<string, Pick<CachedRef, "oid">>): string[] {
  const ends = new Set<string>();
  for (const [ref, { oid }] of refs) if (/^refs\/(?:heads|tags)\//.test(ref)) ends.add(oid);
  return [...ends];
}
