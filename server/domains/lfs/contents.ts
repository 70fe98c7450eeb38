/** Whether the contents that a repository holds are really in the store. Reads only. */
import { createHash } from "node:crypto";
import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import type { RepoWith } from "../repositories/index.ts";
import { lfsObjects } from "./schema.ts";

const batch = 200;

/**
 * What is wrong with the contents of a repository, a sentence each.
 *
 * @param options.full read and hash every byte, instead of only asking for sizes
 */
export async function* checkContents(
  ctx: Context,
  repo: RepoWith<"read">,
  options: { readonly full: boolean },
): AsyncGenerator<string> {
  let after = "";
  for (;;) {
    const rows = await ctx.db
      .select({ oid: lfsObjects.oid, size: lfsObjects.size })
      .from(lfsObjects)
      .where(and(eq(lfsObjects.repoId, repo.id), gt(lfsObjects.oid, after)))
      .orderBy(asc(lfsObjects.oid))
      .limit(batch);
    for (const { oid, size } of rows) {
      const found = await ctx.blobs.stat(oid);
      if (!found) yield `LFS object ${oid} is missing`;
      else if (found.size !== size) yield `LFS object ${oid} has ${found.size} bytes instead of ${size}`;
      else if (options.full && (await hashOf(ctx, oid)) !== oid) yield `LFS object ${oid} has other content`;
    }
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = last.oid;
  }
}

async function hashOf(ctx: Context, oid: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of await ctx.blobs.get(oid)) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}

/** Bytes of the contents that a repository holds; what others hold too counts for each. */
export async function contentBytes(ctx: Context, repo: RepoWith<"read">): Promise<number> {
  const [row] = await ctx.db
    .select({ bytes: sql<string>`coalesce(sum(${lfsObjects.size}), 0)` })
    .from(lfsObjects)
    .where(eq(lfsObjects.repoId, repo.id));
  return Number(row?.bytes ?? 0);
}
