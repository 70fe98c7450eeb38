import { and, asc, eq, inArray } from "drizzle-orm";
import type { RunPullReader } from "../checks/index.ts";
import { repositoryUrl } from "../repositories/index.ts";
import { pullRequests } from "./schema.ts";

/** For check runs. Those from forks are left out, as on GitHub. */
export const pullsWithHead: RunPullReader = async (ctx, repo, shas) => {
  if (shas.length === 0) return new Map();
  const rows = await ctx.db
    .select()
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.repoId, repo.id),
        eq(pullRequests.sourceRepoId, repo.id),
        eq(pullRequests.state, "open"),
        inArray(pullRequests.headSha, [...shas]),
      ),
    )
    .orderBy(asc(pullRequests.number));
  const url = repositoryUrl(ctx, repo);
  const place = { id: repo.apiId, url, name: repo.name };
  const views = rows.map((pull) => ({
    id: pull.apiId,
    number: pull.number,
    url: `${url}/pulls/${pull.number}`,
    head: { ref: pull.sourceBranch, sha: pull.headSha, repo: place },
    base: { ref: pull.targetBranch, sha: pull.baseSha, repo: place },
  }));
  return Map.groupBy(views, (view) => view.head.sha);
};
