/** A file as the pages that show it are told of it. */
import { z } from "zod";
import { readBlob, shownBytes, type Blob } from "../../../../git/blobs.ts";
import { objectInfo } from "../../../../git/objects.ts";
import type { Context } from "../../../../kernel/context.ts";
import { notFound } from "../../../../kernel/errors.ts";
import type { OutlineEntry } from "../../../../kernel/highlight/index.ts";
import type { Heading } from "../../../../kernel/markup/index.ts";
import type { Repository } from "../../access.ts";
import { encodePath, fullName } from "../../addresses.ts";
import type { Place } from "./places.ts";
import { revisionShape, revisionView } from "./shapes.ts";

export const outlineShape = z.array(
  z.object({
    kind: z.enum(["function", "type", "heading"]),
    name: z.string(),
    depth: z.int().describe("How many others it stands within"),
    anchor: z.string().describe("The fragment that leads to it: a line, or a heading of what is rendered"),
  }),
);

export type OutlineView = z.input<typeof outlineShape>;

export const fileShape = z.object({
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
  line_count: z.int().describe("Also where `lines` are left out for another view of the file"),
  outline: outlineShape,
  coloured: z
    .enum(["all", "part", "none", "later"])
    .describe("Later: the colours were not there in time for this answer, a next one has them"),
  truncated: z.boolean().describe("Only the beginning is shown"),
  binary: z.boolean(),
  encoding: z.string().nullable(),
});

export interface FileAt {
  readonly blob: Blob;
  readonly size: number;
}

/** Bytes of a file that a page shows: about 50,000 lines. Beyond a megabyte they are not coloured. */
const pageBytes = 4 * 1024 * 1024;

/** @throws Refusal 404 for what is no file */
export async function requireFile({ git, entry }: Place, maxBytes = pageBytes): Promise<FileAt> {
  if (entry.kind === "directory" || entry.kind === "submodule") throw notFound("This is not a file");
  const info = await objectInfo(git, entry.oid);
  if (!info) throw notFound();
  return {
    blob: await readBlob(git, entry.oid, { maxBytes }),
    size: info.size,
  };
}

/**
 * @param plain false leaves out the lines: the page shows the file in another way
 * @param ready the rest of the page, where that takes its time: colours are waited for as long as that, but no longer
 */
export async function fileView(
  ctx: Context,
  repo: Repository,
  place: Place,
  file: FileAt,
  { plain = true, ready }: { readonly plain?: boolean; readonly ready?: Promise<unknown> } = {},
) {
  const { revision, path, entry } = place;
  const { blob, size } = file;
  const source = plain ? (blob.text ?? "") : "";
  const { lines, language, coloured, outline } = await colour(
    ctx,
    source,
    path,
    plain ? blob.oid : undefined,
    ready,
  );
  return {
    revision: revisionView(revision),
    path,
    kind: entry.kind as "file" | "executable" | "symlink",
    oid: entry.oid,
    size,
    raw_url: `/${fullName(repo)}/raw/${encodePath(revision.name)}/${encodePath(path)}`,
    language: language && { name: language.name, color: language.color },
    lines,
    line_count: plain ? lines.length : blob.lines,
    outline: outline.map(outlineView),
    coloured,
    truncated: blob.truncated,
    binary: blob.binary,
    encoding: blob.encoding,
  };
}

/** Milliseconds that a page waits for colours. Those that take longer are there for who asks again. */
const patience = 800;

async function colour(
  ctx: Context,
  source: string,
  path: string,
  id: string | undefined,
  rest: Promise<unknown> | undefined,
) {
  const work = ctx.highlight.highlight(source, {
    ...(id === undefined ? {} : { id }),
    path,
    maxLength: shownBytes,
  });
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, patience, null);
  rest?.then(
    () => setImmediate(resolve, null),
    () => resolve(null),
  );
  const ready = await Promise.race([work, late]);
  clearTimeout(timer);
  return (
    ready ?? {
      ...(await ctx.highlight.highlight(source, { path, maxLength: 0 })),
      coloured: "later" as const,
    }
  );
}

const outlineView = ({ kind, name, depth, line }: OutlineEntry): OutlineView[number] => ({
  kind,
  name,
  depth,
  anchor: `L${line}`,
});

/** Of a rendered document: the outermost level of its headings stands at the edge. */
export function headingsOutline(headings: readonly Heading[]): OutlineView {
  const top = Math.min(...headings.map(({ level }) => level));
  return headings.map(({ level, id, text }) => ({
    kind: "heading",
    name: text,
    depth: level - top,
    anchor: id,
  }));
}
