/** Whether the commits that pull requests speak of are there. Reads only. */
import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { objectInfos } from "../../git/objects.ts";
import { readRefs } from "../../git/ref-cache.ts";
import type { Context } from "../../kernel/context.ts";
import { gitOf, type RepoWith } from "../repositories/index.ts";
import { headRef } from "./heads.ts";
import { revisionRef } from "./revisions/record.ts";
import { prRevisions } from "./revisions/schema.ts";
import { pullRequests } from "./schema.ts";

const batch = 200;

/** What rows and refs disagree about, a sentence each. One that is told at a busy moment may be a push under way: ask again. */
export async function* checkHeads(ctx: Context, repo: RepoWith<"read">): AsyncGenerator<string> {
  const git = gitOf(ctx, repo);
  let after = 0;
  for (;;) {
    const rows = await ctx.db
      .select({
        id: pullRequests.id,
        number: pullRequests.number,
        head: pullRequests.headSha,
        base: pullRequests.baseSha,
        merge: pullRequests.mergeSha,
      })
      .from(pullRequests)
      .where(and(eq(pullRequests.repoId, repo.id), gt(pullRequests.number, after)))
      .orderBy(asc(pullRequests.number))
      .limit(batch);
    const { refs } = await readRefs(git);
    const revisions = await ctx.db
      .select({ prId: prRevisions.prId, number: prRevisions.number, head: prRevisions.headSha })
      .from(prRevisions)
      .where(
        inArray(
          prRevisions.prId,
          rows.map((row) => row.id),
        ),
      );
    const revisionsOf = Map.groupBy(revisions, (one) => one.prId);
    for (const { id, number, head, base, merge } of rows) {
      const kept = refs.get(headRef(number))?.oid;
      if (kept === undefined) yield `${headRef(number)} is missing`;
      else if (kept !== head) yield `${headRef(number)} is at ${kept} instead of ${head}`;
      for (const one of revisionsOf.get(id) ?? [])
        if (refs.get(revisionRef(number, one.number))?.oid !== one.head)
          yield `revision ${one.number} of pull request #${number} is not kept`;
      const wanted = [head, base, ...(merge === null ? [] : [merge])];
      const found = await objectInfos(git, wanted);
      for (const [index, oid] of wanted.entries())
        if (found[index]?.type !== "commit") yield `commit ${oid} of pull request #${number} is missing`;
    }
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = last.number;
  }
}
