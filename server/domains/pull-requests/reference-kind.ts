/** What others see of a pull request that their text names. */
import { and, eq, inArray } from "drizzle-orm";
import type { OtherKind } from "../issues/index.ts";
import { noteMention } from "./commands/note-mention.ts";
import { pullIssueViews } from "./issue-views.ts";
import { pullRequests } from "./schema.ts";
import { placesOf } from "./views.ts";

/** Numbers that are pull requests, for references in any text. */
export const pullRequestKind: OtherKind = {
  name: "pull_request",
  titles: async (ctx, repo, numbers) => {
    const rows = await ctx.db
      .select({ number: pullRequests.number, title: pullRequests.title })
      .from(pullRequests)
      .where(and(eq(pullRequests.repoId, repo.id), inArray(pullRequests.number, [...numbers])));
    return new Map(
      rows.map((row) => [row.number, { href: placesOf(ctx, repo, row.number).html, title: row.title }]),
    );
  },
  note: noteMention,
  views: async (ctx, rows) => {
    if (rows.length === 0) return new Map();
    const repos = new Map(rows.map(({ repo }) => [repo.id, repo]));
    const found = await ctx.db
      .select()
      .from(pullRequests)
      .where(
        inArray(
          pullRequests.id,
          rows.map((row) => row.id),
        ),
      );
    const entries = found.flatMap((pull) => {
      const repo = repos.get(pull.repoId);
      return repo ? [{ repo, pull }] : [];
    });
    const views = await pullIssueViews(ctx, entries, { repository: true });
    return new Map(
      views.flatMap((view, index) => {
        const entry = entries[index];
        return entry ? [[entry.pull.id, view] as const] : [];
      }),
    );
  },
};
