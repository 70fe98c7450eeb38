import { z } from "zod";
import { route } from "../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import {
  commitShape,
  commitView,
  diffEntryShape,
  diffEntryView,
  peopleOf,
} from "../../repositories/index.ts";
import { withPullRequest } from "../access.ts";
import { changesOf, commitsOf } from "../contents.ts";
import { catchUp } from "../heads.ts";
import { pageOf } from "../slices.ts";

const listCommits = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/commits",
  operation: "pulls/list-commits",
  summary: "List the commits of a pull request, oldest first; at most 250",
  access: withPullRequest("read"),
  query: z.object(pagingQuery),
  answer: z.array(commitShape),
  handle: async ({ ctx, repo, pull, query }) => {
    const page = pageOf(await commitsOf(ctx, repo, await catchUp(ctx, repo, pull)), query);
    const people = await peopleOf(ctx, page.items);
    return mapPage(page, (commit) => commitView(ctx, repo, commit, people));
  },
});

const listFiles = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/pulls/{pull_number}/files",
  operation: "pulls/list-files",
  summary: "List the files that a pull request changes; at most 3000",
  access: withPullRequest("read"),
  query: z.object(pagingQuery),
  answer: z.array(diffEntryShape),
  handle: async ({ ctx, repo, pull, query }) => {
    const current = await catchUp(ctx, repo, pull);
    const { files } = await changesOf(ctx, repo, current);
    return mapPage(pageOf(files, query), (file) => diffEntryView(ctx, repo, file, current.headSha));
  },
});

export const contentRoutes = [listCommits, listFiles];
