import { z } from "zod";
import { readBlob, shownBytes, type Blob } from "../../../../git/blobs.ts";
import { blame } from "../../../../git/blame.ts";
import { latestCommit } from "../../../../git/commits.ts";
import { objectInfo } from "../../../../git/objects.ts";
import type { Context } from "../../../../kernel/context.ts";
import { notFound } from "../../../../kernel/errors.ts";
import { route } from "../../../../kernel/http/route.ts";
import { withRepository, type Repository } from "../../access.ts";
import { encodePath, fullName } from "../../addresses.ts";
import { findElsewhere } from "../elsewhere.ts";
import { peopleOf } from "../people.ts";
import { isMarkdown } from "../readme.ts";
import { textProblem } from "./edit-place.ts";
import { writeProblem } from "./home.ts";
import { renderFile } from "./markdown.ts";
import { requirePlace, type Place } from "./places.ts";
import { imageType } from "./raw.ts";
import { commitLine, commitLineShape, revisionShape, revisionView } from "./shapes.ts";

const fileShape = z.object({
  revision: revisionShape,
  path: z.string(),
  kind: z.enum(["file", "executable", "symlink"]),
  oid: z.string(),
  size: z.int(),
  raw_url: z.string(),
  language: z.object({ name: z.string(), color: z.string().nullable() }).nullable(),
  lines: z
    .array(z.string())
    .describe("HTML of each line: text and spans with classes. Empty for binary files"),
  coloured: z.enum(["all", "part", "none"]),
  truncated: z.boolean().describe("Only the beginning is shown"),
  binary: z.boolean(),
  encoding: z.string().nullable(),
});

async function readFile(ctx: Context, repo: Repository, place: Place) {
  const { git, revision, path, entry } = place;
  if (entry.kind === "directory" || entry.kind === "submodule") throw notFound("This is not a file");
  const [info, blob] = await Promise.all([objectInfo(git, entry.oid), readBlob(git, entry.oid)]);
  if (!info) throw notFound();
  const { lines, language, coloured } = await ctx.highlight.highlight(blob.text ?? "", {
    id: blob.oid,
    path,
    maxLength: shownBytes,
  });
  return {
    blob,
    view: {
      revision: revisionView(revision),
      path,
      kind: entry.kind,
      oid: entry.oid,
      size: info.size,
      raw_url: `/${fullName(repo)}/raw/${encodePath(revision.name)}/${encodePath(path)}`,
      language: language && { name: language.name, color: language.color },
      lines,
      coloured,
      truncated: blob.truncated,
      binary: blob.binary,
      encoding: blob.encoding,
    },
  };
}

const file = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/blob/{rest*}",
  operation: "web/blob",
  summary: "A file, highlighted line by line",
  access: withRepository("read"),
  internal: true,
  answer: fileShape.extend({
    last: commitLineShape.nullable(),
    html: z.string().nullable().describe("Of a Markdown file, rendered"),
    image: z.boolean().describe("A browser shows what `raw_url` answers"),
    lfs: z
      .object({
        oid: z.string(),
        size: z.int(),
        held: z.boolean().describe("The content was uploaded to this repository: `raw_url` answers it"),
      })
      .nullable(),
    target: z.string().nullable().describe("Of a symbolic link"),
    edit: z.union([z.literal(true), z.string()]).describe("True, or the reason why it cannot be edited here"),
  }),
  handle: async ({ ctx, repo, params }) => {
    const place = await requirePlace(ctx, repo, params.rest);
    const { git, revision, path } = place;
    const [{ blob, view }, last] = await Promise.all([
      readFile(ctx, repo, place),
      latestCommit(git, revision.commit, path),
    ]);
    const rendered = isMarkdown(path) && blob.text !== null && view.kind !== "symlink";
    return {
      ...view,
      last: last ? commitLine(ctx, await peopleOf(ctx, [last]), last) : null,
      html: rendered ? await renderFile(ctx, repo, revision, path, blob.text ?? "") : null,
      image: imageType(path) !== null,
      lfs: blob.lfs && { ...blob.lfs, held: (await findElsewhere(ctx, repo, blob.lfs)) !== null },
      target: view.kind === "symlink" ? (blob.text ?? "") : null,
      edit: editProblem(ctx, repo, place, blob) ?? (true as const),
    };
  },
});

function editProblem(ctx: Context, repo: Repository, place: Place, blob: Blob): string | null {
  const problem = writeProblem(ctx, repo);
  if (problem !== null) return problem;
  if (place.revision.kind !== "branch") return "Choose a branch to edit a file";
  return textProblem(place.entry, blob);
}

const blamed = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/blame/{rest*}",
  operation: "web/blame",
  summary: "A file with the commit that each line comes from",
  access: withRepository("read"),
  internal: true,
  answer: fileShape.extend({
    ranges: z.array(
      z.object({
        start: z.int(),
        count: z.int(),
        commit: commitLineShape,
        previous: z.object({ commit: z.string(), path: z.string() }).nullable(),
      }),
    ),
  }),
  handle: async ({ ctx, repo, params }) => {
    const place = await requirePlace(ctx, repo, params.rest);
    const { git, revision, path } = place;
    const [{ view }, found] = await Promise.all([
      readFile(ctx, repo, place),
      blame(git, revision.commit, path),
    ]);
    const people = await peopleOf(
      ctx,
      found.ranges.map(({ commit }) => commit),
    );
    return {
      ...view,
      truncated: view.truncated || found.truncated,
      ranges: found.ranges.map(({ start, count, commit, previous }) => ({
        start,
        count,
        commit: commitLine(ctx, people, commit),
        previous,
      })),
    };
  },
});

export const blobRoutes = [file, blamed];
