/** The repositories and owners that a line names. */
import { or, sql, type SQL, type SQLWrapper } from "drizzle-orm";
import type { Qualifier } from "../../../language/read.ts";
import type { Context } from "../../kernel/context.ts";
import { unprocessable } from "../../kernel/errors.ts";
import { findOwner } from "../accounts/index.ts";
import { findRepository } from "../repositories/index.ts";
import { among } from "./conditions.ts";
import { userIds } from "./people.ts";

export interface Places {
  readonly repoIds: string[];
  readonly ownerIds: string[];
}

/** At most so many places in a line: each costs a query. */
const mostPlaces = 20;

/**
 * The repositories and owners that `repo:`, `user:` and `org:` name, `undefined` without any. A repository that may not be
 * seen is as good as none.
 */
export async function placesOf(ctx: Context, qualifiers: readonly Qualifier[]): Promise<Places | undefined> {
  const values = qualifiers.flatMap((one) => one.values.map((value) => ({ name: one.name, value })));
  if (values.length === 0) return undefined;
  if (values.length > mostPlaces)
    throw unprocessable(`At most ${mostPlaces} repositories and owners at once`);
  const places: Places = { repoIds: [], ownerIds: [] };
  for (const { name, value } of values) {
    if (name === "repo") {
      const [owner = "", repo = "", more] = value.split("/");
      if (repo === "" || more !== undefined) throw unprocessable("repo: is owner/name");
      const found = await findRepository(ctx, owner, repo);
      if (found) places.repoIds.push(found.id);
    } else if (value === "@me") {
      places.ownerIds.push(...(await userIds(ctx, [value])));
    } else {
      const owner = await findOwner(ctx, value);
      if (owner) places.ownerIds.push(owner.id);
    }
  }
  return places;
}

export const within = (places: Places, repoId: SQLWrapper, ownerId: SQLWrapper): SQL =>
  or(among(repoId, places.repoIds), among(ownerId, places.ownerIds)) ?? sql`false`;
