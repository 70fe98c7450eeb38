/** Contents that come with the files of a template. */
import { and, eq, inArray } from "drizzle-orm";
import { lfsPointer, pointerBytes } from "../../../git/blobs.ts";
import { objectInfos, readObjects } from "../../../git/objects.ts";
import { gitText } from "../../../git/process.ts";
import type { GitRepository } from "../../../git/store.ts";
import type { Context } from "../../../kernel/context.ts";
import { gitOf, type RepoWith } from "../../repositories/index.ts";
import { lfsObjects } from "../schema.ts";

const batch = 500;

/**
 * Gives a repository those contents of its template that its own files point to: the template was proved to hold them, and who made
 * the repository of it could read them there. What only the template's history points to stays behind. Done again, it changes
 * nothing.
 */
export async function bindContents(ctx: Context, repo: RepoWith<"read">, templateId: string): Promise<void> {
  const [any] = await ctx.db
    .select({ oid: lfsObjects.oid })
    .from(lfsObjects)
    .where(eq(lfsObjects.repoId, templateId))
    .limit(1);
  if (!any) return;
  for await (const oids of pointersIn(gitOf(ctx, repo))) {
    const held = await ctx.db
      .select({ oid: lfsObjects.oid, size: lfsObjects.size, uploadedById: lfsObjects.uploadedById })
      .from(lfsObjects)
      .where(and(eq(lfsObjects.repoId, templateId), inArray(lfsObjects.oid, oids)));
    if (held.length === 0) continue;
    await ctx.db
      .insert(lfsObjects)
      .values(held.map((one) => ({ ...one, repoId: repo.id })))
      .onConflictDoNothing();
  }
}

/** The contents that the files of all branches point to, some at a time. */
async function* pointersIn(git: GitRepository): AsyncGenerator<string[]> {
  const listed = await gitText(git.dir, ["rev-list", "--objects", "--no-object-names", "--branches"], {
    deadline: 10 * 60_000,
    maxBytes: 512 * 1024 * 1024,
  });
  const ids = listed.split("\n").filter((line) => line !== "");
  for (let at = 0; at < ids.length; at += batch) {
    const infos = await objectInfos(git, ids.slice(at, at + batch));
    const small = infos.filter((info) => info?.type === "blob" && info.size <= pointerBytes);
    const found = await readObjects(
      git,
      small.flatMap((info) => (info ? [info.oid] : [])),
    );
    const oids = found.flatMap((one) => (one && lfsPointer(one.data)?.oid) ?? []);
    if (oids.length > 0) yield [...new Set(oids)];
  }
}
