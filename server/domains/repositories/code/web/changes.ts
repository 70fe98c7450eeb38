import { z } from "zod";
import { readCommit } from "../../../../git/commits.ts";
import { readBlob, shownBytes } from "../../../../git/blobs.ts";
import { diffTrees, type DiffOptions } from "../../../../git/diffs.ts";
import { emptyTreeId } from "../../../../git/object-ids.ts";
import { resolveCommit } from "../../../../git/revisions.ts";
import { notFound } from "../../../../kernel/errors.ts";
import { route, settledUnless } from "../../../../kernel/http/route.ts";
import { withRepository } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { diffShape } from "../diff-shapes.ts";
import { diffView } from "../diff-views.ts";
import { readingOrder } from "../reading-order.ts";
import { peopleOf } from "../people.ts";
import { commitCard, commitCardShape } from "./shapes.ts";

/** How to draw a diff; a file asked for alone may be larger than among others. */
export const diffQuery = {
  whitespace: z.enum(["show", "ignore"]).default("show"),
  file: z.string().max(4096).optional().describe("Only this file, by its path before or after"),
  order: z
    .enum(["tree", "reading"])
    .default("tree")
    .describe("`reading`: documentation first, generated last"),
  skip: z.coerce
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .describe("Files before the first that is shown"),
};

/** Bytes of the diffs that a page shows at once; the files after that are named, and loaded one by one. */
const shownAtOnce = 1024 * 1024;

export const diffOptions = (query: {
  whitespace: "show" | "ignore";
  order: "tree" | "reading";
  skip: number;
  file?: string | undefined;
}): DiffOptions => ({
  attributes: true,
  ignoreWhitespace: query.whitespace === "ignore",
  ...(query.order === "reading" ? { order: readingOrder } : {}),
  ...(query.skip === 0 || query.file !== undefined ? {} : { skip: query.skip }),
  ...(query.file === undefined
    ? { maxBytes: shownAtOnce }
    : { paths: [query.file], maxFileLines: 50_000, maxFileBytes: 4 * 1024 * 1024 }),
});

const commitPage = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/commit/{sha}",
  operation: "web/commit",
  summary: "A commit and what it changed against its first parent",
  access: withRepository("read"),
  internal: true,
  query: z.object(diffQuery),
  answer: z.object({ commit: commitCardShape, diff: diffShape }),
  handle: async ({ ctx, repo, params, query }) => {
    const git = gitOf(ctx, repo);
    const oid = /^[0-9a-f]{4,64}$/i.test(params.sha) ? await resolveCommit(git, params.sha) : null;
    const commit = oid === null ? null : await readCommit(git, oid);
    if (!commit) throw notFound("There is no such commit");
    const from = commit.parents[0] ?? emptyTreeId(commit.oid);
    const [people, diff] = await Promise.all([
      peopleOf(ctx, [commit]),
      diffTrees(git, from, commit.oid, diffOptions(query)),
    ]);
    const at = { repo, commit: commit.oid };
    const view = await diffView(ctx, git, diff, { at, skipped: query.skip });
    return settledUnless(view.colours_later, { commit: commitCard(ctx, people, commit), diff: view });
  },
});

const mostLines = 5_000;

const lines = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/lines/{oid}",
  operation: "web/lines",
  summary: "Lines of a file by its id, highlighted: what a diff leaves out around its changes",
  access: withRepository("read"),
  internal: true,
  query: z.object({
    path: z.string().max(4096).describe("What the file is called, to know its language"),
    from: z.coerce.number().int().min(1),
    to: z.coerce.number().int().min(1),
  }),
  answer: z.object({ lines: z.array(z.string()), total: z.int() }),
  handle: async ({ ctx, repo, params, query }) => {
    const { text } = await readBlob(gitOf(ctx, repo), requireOid(params.oid));
    const { lines: all } = await ctx.highlight.highlight(text ?? "", {
      id: params.oid,
      path: query.path,
      maxLength: shownBytes,
    });
    const to = Math.min(query.to, query.from + mostLines - 1);
    return { lines: all.slice(query.from - 1, to), total: all.length };
  },
});

function requireOid(text: string): string {
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) throw notFound();
  return text;
}

export const changeRoutes = [commitPage, lines];
