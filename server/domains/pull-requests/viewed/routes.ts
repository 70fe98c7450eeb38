/** Which files of a pull request its reader is done with. GitHub has this in GraphQL only. */
import { z } from "zod";
import { nothing, route } from "../../../kernel/http/route.ts";
import { pagingQuery } from "../../../kernel/paging.ts";
import { asParticipant } from "../access.ts";
import { changesOf } from "../contents.ts";
import { catchUp } from "../heads.ts";
import { pageOf } from "../slices.ts";
import { markViewed, unmarkViewed } from "./commands.ts";
import { standingOf, viewedBy } from "./queries.ts";

const address = "/repos/{owner}/{repo}/pulls/{pull_number}/viewed-files";
const path = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[^\0]*$/, "A path holds no NUL");

const list = route({
  method: "GET",
  path: address,
  operation: "pulls/list-viewed-files",
  summary: "List the files of a pull request that you have marked as viewed",
  access: asParticipant(),
  query: z.object(pagingQuery),
  answer: z.array(
    z.object({
      filename: z.string(),
      changed: z.boolean().describe("It has changed since you marked it, so it counts as not viewed"),
    }),
  ),
  handle: async ({ ctx, repo, pull: seen, me, query }) => {
    const pull = await catchUp(ctx, repo, seen);
    const marks = await viewedBy(ctx, pull, me.user.id);
    const { list: files } = await changesOf(ctx, repo, pull);
    const { viewed, changed } = standingOf(marks, files);
    const views = [
      ...viewed.map((filename) => ({ filename, changed: false })),
      ...changed.map((filename) => ({ filename, changed: true })),
    ];
    return pageOf(
      views.toSorted((a, b) => (a.filename < b.filename ? -1 : 1)),
      query,
    );
  },
});

const mark = route({
  method: "PUT",
  path: address,
  operation: "pulls/mark-file-as-viewed",
  summary: "Mark a file as viewed, until it changes",
  access: asParticipant(),
  body: z.object({
    path,
    sha: z
      .string()
      .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "The id of a content")
      .nullable()
      .describe("The id of the content that was shown; null for a deleted file"),
  }),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo, pull, me, body }) => {
    const seen = { path: body.path, oid: body.sha };
    await markViewed(ctx, repo, await catchUp(ctx, repo, pull), me, seen);
  },
});

const unmark = route({
  method: "DELETE",
  path: address,
  operation: "pulls/unmark-file-as-viewed",
  summary: "Take the mark of a file back",
  access: asParticipant(),
  body: z.object({ path }),
  answer: nothing,
  status: 204,
  handle: ({ ctx, pull, me, body }) => unmarkViewed(ctx, pull, me, body.path),
});

export const viewedRoutes = [list, mark, unmark];
