/**
 * Jupyter notebooks (nbformat 4) as cells. Everything in them comes from strangers: Markdown and HTML go through the
 * sanitizer of all our pages, pictures are shown only for what their bytes are, and nothing is ever run.
 */
import { z } from "zod";
import type { Context } from "../../../../kernel/context.ts";
import type { RenderOptions } from "../../../../kernel/markup/index.ts";
import { codeText } from "../../../../kernel/highlight/lines.ts";
import { dataImage } from "./data-images.ts";

const outputShape = z.object({
  kind: z.enum(["text", "error", "html", "image", "nothing"]),
  content: z
    .string()
    .describe("Text, safe HTML, or the address of a picture; for nothing, why it is not shown"),
});

const cellShape = z.object({
  kind: z.enum(["markdown", "code", "raw"]),
  html: z.string().describe("Of Markdown"),
  lines: z.array(z.string()).describe("HTML of each line of code; text of a raw cell"),
  count: z.int().nullable().describe("The how-manieth it was run, of code"),
  outputs: z.array(outputShape),
});

export const notebookShape = z.object({
  language: z.string().nullable(),
  cells: z.array(cellShape),
  left_out: z.int().describe("Cells that are too many for a page"),
});

export type Notebook = z.input<typeof notebookShape>;
type Cell = z.input<typeof cellShape>;
type Output = z.input<typeof outputShape>;

export const isNotebook = (path: string): boolean => /\.ipynb$/i.test(path);

/** Bytes of a notebook that is read at all: pictures lie within it. */
export const notebookBytes = 6 * 1024 * 1024;

const most = { cells: 300, outputs: 30, letters: 20_000, pictures: 3 * 1024 * 1024 };

/**
 * Milliseconds for all cells together. Each alone may take the seconds that a document may, and hundreds of such cells would
 * keep the threads from everybody else for an hour.
 */
const patience = 10_000;

const several = z.union([z.string(), z.array(z.string())]).transform((text) => [text].flat().join(""));
const written = z.looseObject({
  nbformat: z.number().min(4).max(4),
  metadata: z
    .looseObject({
      language_info: z.looseObject({ name: z.string().max(60) }).optional(),
      kernelspec: z.looseObject({ language: z.string().max(60).optional() }).optional(),
    })
    .optional(),
  cells: z.array(
    z.looseObject({
      cell_type: z.string(),
      source: several,
      execution_count: z.int().nullish(),
      outputs: z
        .array(
          z.looseObject({
            output_type: z.string(),
            text: several.optional(),
            traceback: z.array(z.string()).optional(),
            ename: z.string().optional(),
            evalue: z.string().optional(),
            data: z.record(z.string(), z.unknown()).optional(),
          }),
        )
        .optional(),
    }),
  ),
});

type Written = z.output<typeof written>;
type WrittenOutput = NonNullable<Written["cells"][number]["outputs"]>[number];

/**
 * A notebook as a page shows it; null for what is none, or of an older format.
 * @param options where relative addresses lead
 * @param budget milliseconds; what is not ready by then is shown as its text
 */
export async function readNotebook(
  ctx: Context,
  text: string,
  options: RenderOptions,
  budget = patience,
): Promise<Notebook | null> {
  const found = parse(text);
  if (!found) return null;
  const language = found.metadata?.language_info?.name ?? found.metadata?.kernelspec?.language ?? null;
  const end = performance.now() + budget;
  const room: Room = { pictures: most.pictures, isLate: () => performance.now() >= end };
  const cells: Cell[] = [];
  // One after the other: a notebook of many cells does not take the threads from everybody else.
  for (const [index, cell] of found.cells.slice(0, most.cells).entries()) {
    const source = cell.source.slice(0, most.letters);
    const scoped = { ...options, idScope: `cell-${index + 1}` };
    const shown: Cell = { kind: "raw", html: "", lines: [], count: null, outputs: [] };
    if (cell.cell_type === "markdown" && !room.isLate()) {
      cells.push({ ...shown, kind: "markdown", html: (await ctx.markup.render(source, scoped)).html });
    } else if (cell.cell_type === "code") {
      const lines = room.isLate()
        ? source.split("\n").map((line) => codeText(line))
        : (await ctx.highlight.highlight(source, { language: language ?? "python", deadline: 500 })).lines;
      const outputs: Output[] = [];
      for (const [place, output] of (cell.outputs ?? []).slice(0, most.outputs).entries())
        outputs.push(
          await outputOf(ctx, output, { ...scoped, idScope: `cell-${index + 1}-${place + 1}` }, room),
        );
      cells.push({ ...shown, kind: "code", lines, count: cell.execution_count ?? null, outputs });
    } else cells.push({ ...shown, lines: source.split("\n") });
  }
  return { language, cells, left_out: Math.max(0, found.cells.length - most.cells) };
}

function parse(text: string): Written | null {
  try {
    return written.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** What a notebook may still take. */
interface Room {
  pictures: number;
  isLate(): boolean;
}

async function outputOf(
  ctx: Context,
  output: WrittenOutput,
  options: RenderOptions,
  room: Room,
): Promise<Output> {
  if (output.output_type === "error") {
    const trace = output.traceback?.join("\n") ?? `${output.ename ?? "Error"}: ${output.evalue ?? ""}`;
    return { kind: "error", content: plain(trace) };
  }
  if (output.text !== undefined) return { kind: "text", content: plain(output.text) };
  const data = output.data ?? {};
  const of = (type: string) => several.safeParse(data[type]).data;
  for (const type of ["image/png", "image/jpeg", "image/svg+xml"] as const) {
    const bytes = of(type);
    if (bytes === undefined) continue;
    const src = dataImage(type, bytes);
    if (src === null)
      return { kind: "nothing", content: `A picture (${type}) whose bytes are not what they say` };
    if (src.length > room.pictures)
      return { kind: "nothing", content: "A picture that is too large to be shown here" };
    room.pictures -= src.length;
    return { kind: "image", content: src };
  }
  const html = of("text/html");
  if (html !== undefined && html.length <= most.letters * 5 && !room.isLate())
    return { kind: "html", content: (await ctx.markup.render(html, { ...options, html: true })).html };
  const markdown = of("text/markdown") ?? of("text/latex");
  if (markdown !== undefined && of("text/plain") === undefined && !room.isLate())
    return {
      kind: "html",
      content: (await ctx.markup.render(markdown.slice(0, most.letters), options)).html,
    };
  const text = of("text/plain");
  if (text !== undefined) return { kind: "text", content: plain(text) };
  return {
    kind: "nothing",
    content: `Something that is not shown here (${Object.keys(data).join(", ").slice(0, 100)})`,
  };
}

/** Text as a terminal leaves it: without colours, and of lines written over themselves the last. */
function plain(text: string): string {
  const bare = text
    .slice(0, most.letters * 2)
    // oxlint-disable-next-line no-control-regex -- these are the sequences of ECMA-48 that terminals obey
    .replaceAll(/\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\^_])/g, "")
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => line.slice(line.lastIndexOf("\r") + 1))
    .join("\n");
  return bare.length > most.letters ? `${bare.slice(0, most.letters)}\n…` : bare;
}
