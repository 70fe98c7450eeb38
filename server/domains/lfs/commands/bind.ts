/** Contents that come with the files of a template. */
import { and, eq, inArray } from "drizzle-orm";
import { pointersOf } from "../../../git/lfs-pointers.ts";
import type { Freight } from "../../repositories/index.ts";
import { holdsAny } from "../queries.ts";
import { lfsObjects } from "../schema.ts";

const batch = 1000;

/**
 * Gives a repository those contents of its template that its own files point to: the template was proved to hold them, and who makes
 * the repository of it can read them there. What only the template's history points to stays behind, and so does what a push
 * to the new one points to: its rows are written with the repository, before anybody can push.
 */
export const bindContents: Freight["inherit"] = async (ctx, template, git, tips) => {
  const oids: string[] = [];
  if (await holdsAny(ctx, template))
    for await (const pointers of pointersOf(git, { tips })) oids.push(...pointers.map(({ oid }) => oid));
  return async (tx, repo) => {
    for (let at = 0; at < oids.length; at += batch) {
      const held = await tx.db
        .select({ oid: lfsObjects.oid, size: lfsObjects.size, uploadedById: lfsObjects.uploadedById })
        .from(lfsObjects)
        .where(and(eq(lfsObjects.repoId, template.id), inArray(lfsObjects.oid, oids.slice(at, at + batch))));
      if (held.length > 0)
        await tx.db.insert(lfsObjects).values(held.map((one) => ({ ...one, repoId: repo.id })));
    }
  };
};
