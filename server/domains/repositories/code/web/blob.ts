import { z } from "zod";
import type { Blob } from "../../../../git/blobs.ts";
import { latestCommit } from "../../../../git/commits.ts";
import type { Context } from "../../../../kernel/context.ts";
import { route, settledUnless } from "../../../../kernel/http/route.ts";
import { withRepository, type Repository } from "../../access.ts";
import { findElsewhere } from "../elsewhere.ts";
import { commitVerdicts, commitVerdictShape } from "../commit-notes.ts";
import { peopleOf } from "../people.ts";
import { isMarkdown } from "../readme.ts";
import { readTable, separatorOf, tableShape } from "./delimited.ts";
import { textProblem } from "./edit-place.ts";
import { fileShape, fileView, headingsOutline, requireFile, type FileAt } from "./file-views.ts";
import { can, writeProblemAt } from "./home.ts";
import { markdownOptions, renderDocument } from "./markdown.ts";
import { isNotebook, notebookBytes, notebookShape, readNotebook } from "./notebook.ts";
import { requirePlace, type Place } from "./places.ts";
import { imageType } from "../media.ts";
import { playedAs } from "./raw.ts";
import { commitLine, commitLineShape } from "./shapes.ts";

const file = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/blob/{rest*}",
  operation: "web/blob",
  summary: "A file, highlighted line by line, or as what it is: a document, a table, a notebook",
  access: withRepository("read"),
  internal: true,
  query: z.object({ plain: z.enum(["0", "1"]).default("0").describe("1 asks for the lines in any case") }),
  answer: fileShape.extend({
    last: commitLineShape.extend({ checks: commitVerdictShape }).nullable(),
    view: z
      .enum(["document", "table", "notebook"])
      .nullable()
      .describe("How it can be looked at besides its lines; told also where the lines were asked for"),
    html: z.string().nullable().describe("Of a document, rendered"),
    table: tableShape.nullable(),
    notebook: notebookShape.nullable(),
    image: z.boolean().describe("A browser shows what `raw_url` answers"),
    played: z.enum(["audio", "video"]).nullable().describe("A browser plays what `raw_url` answers"),
    lfs: z
      .object({
        oid: z.string(),
        size: z.int(),
        held: z.boolean().describe("The content was uploaded to this repository: `raw_url` answers it"),
      })
      .nullable(),
    target: z.string().nullable().describe("Of a symbolic link"),
    write: can.describe("Whether the reader may commit to what is shown"),
    edit: can.describe("Whether it can be edited here"),
  }),
  handle: async ({ ctx, repo, params, query }) => {
    const place = await requirePlace(ctx, repo, params.rest);
    const { git, revision, path } = place;
    const found = await requireFile(place);
    const { blob } = found;
    const [shown, last, write] = await Promise.all([
      lookOf(ctx, repo, place, found, query.plain === "1"),
      latestCommit(git, revision.commit, path),
      writeProblemAt(ctx, repo, revision),
    ]);
    const asLines = shown.html === null && shown.table === null && shown.notebook === null;
    const view = await fileView(ctx, repo, place, found, { plain: asLines });
    const [people, verdicts] = await Promise.all([
      peopleOf(ctx, last ? [last] : []),
      commitVerdicts(ctx, repo, last ? [last.oid] : []),
    ]);
    return settledUnless(view.coloured === "later", {
      ...view,
      ...shown,
      outline: shown.outline ?? view.outline,
      last: last ? { ...commitLine(ctx, people, last), checks: verdicts.get(last.oid) ?? null } : null,
      image: imageType(path) !== null,
      played: playedAs(path),
      lfs: blob.lfs && { ...blob.lfs, held: (await findElsewhere(ctx, repo, blob.lfs)) !== null },
      target: view.kind === "symlink" ? (blob.text ?? "") : null,
      write: write ?? (true as const),
      edit: editProblem(place, write, blob) ?? (true as const),
    });
  },
});

/** How a file is looked at: as what it is, as far as that can be told from its name and content. */
async function lookOf(ctx: Context, repo: Repository, place: Place, { blob, size }: FileAt, plain: boolean) {
  const { path, revision, entry } = place;
  const nothing = { view: null, html: null, table: null, notebook: null, outline: null };
  if (blob.text === null || entry.kind === "symlink" || blob.lfs) return nothing;
  if (isMarkdown(path)) {
    const look = { ...nothing, view: "document" as const };
    if (plain) return look;
    const { html, headings } = await renderDocument(ctx, repo, revision, path, blob.text);
    return { ...look, html, outline: headingsOutline(headings) };
  }
  const separator = separatorOf(path, blob.text);
  if (separator !== null) {
    const table = readTable(blob.text, separator);
    const look = { ...nothing, view: table && ("table" as const) };
    return plain || !table ? look : { ...look, table: { ...table, more: table.more || blob.truncated } };
  }
  if (isNotebook(path) && size <= notebookBytes) {
    if (plain) return { ...nothing, view: "notebook" as const };
    const whole = blob.truncated ? (await requireFile(place, notebookBytes)).blob : blob;
    const notebook = await readNotebook(ctx, whole.text ?? "", markdownOptions(repo, revision, path));
    return { ...nothing, view: notebook && ("notebook" as const), notebook };
  }
  return nothing;
}

function editProblem({ revision, entry }: Place, write: string | null, blob: Blob): string | null {
  if (write !== null) return write;
  if (revision.kind !== "branch") return "Choose a branch to edit a file";
  return textProblem(entry, blob);
}

export const blobRoutes = [file];
