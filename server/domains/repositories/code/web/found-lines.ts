/** Lines that a search found, as a page shows them: with the line before and after, cut to what can be read, coloured. */
import { z } from "zod";
import { readBlob } from "../../../../git/blobs.ts";
import { matchRanges, type GrepFile, type GrepLine } from "../../../../git/grep.ts";
import { utf8 } from "../../../../git/paths.ts";
import type { GitRepository } from "../../../../git/store.ts";
import type { Context } from "../../../../kernel/context.ts";

export const foundLineShape = z.object({
  line: z.int(),
  html: z.string().describe("Text and spans with classes"),
  ranges: z
    .array(z.tuple([z.int(), z.int()]))
    .describe("What matches, in UTF-16 units; empty around matches"),
  cut: z.boolean().describe("The line is longer"),
});

interface Shown {
  readonly line: number;
  readonly text: string;
  readonly ranges: [number, number][];
  readonly cut: boolean;
}

/** What a search reads of a file to show its lines; of those behind it only the match itself is shown. */
const readBytes = 2 * 1024 * 1024;
const longestLine = 300;
/** What stays before the first match in a line that is cut. */
const before = 60;

/** The lines of one file, in order. Gaps between their numbers are gaps in the file. */
export async function foundLines(
  ctx: Context,
  git: GitRepository,
  file: GrepFile,
  at: { readonly oid: string; readonly path: string; readonly wholeWord: boolean },
): Promise<z.input<typeof foundLineShape>[]> {
  const { bytes } = await readBlob(git, at.oid, { maxBytes: readBytes });
  const ends = lineEnds(bytes, (file.lines.at(-1)?.line ?? 0) + 1);
  const matched = new Map(file.lines.map((one) => [one.line, one]));
  const wanted = new Set(file.lines.flatMap(({ line }) => [line - 1, line, line + 1]));
  const shown: Shown[] = [];
  for (const line of [...wanted].toSorted((a, b) => a - b)) {
    const match = matched.get(line);
    if (line >= 1 && line <= ends.length) {
      const from = line === 1 ? 0 : (ends[line - 2] ?? 0) + 1;
      shown.push(readable(line, bytes.subarray(from, ends[line - 1]), match, at.wholeWord));
    } else if (match) {
      const text = match.matches[0]?.text.toString("utf8") ?? "";
      shown.push({ line, text, ranges: [[0, text.length]], cut: true });
    }
  }
  const source = shown.map(({ text }) => text).join("\n");
  const { lines } = await ctx.highlight.highlight(`${source}\n`, { path: at.path, deadline: 500 });
  return shown.map(({ line, ranges, cut }, index) => ({ line, ranges, cut, html: lines[index] ?? "" }));
}

/** Where the first lines end. */
function lineEnds(bytes: Buffer, lines: number): number[] {
  const ends: number[] = [];
  let from = 0;
  while (ends.length < lines && from < bytes.length) {
    const end = bytes.indexOf(10, from);
    ends.push(end < 0 ? bytes.length : end);
    from = end < 0 ? bytes.length : end + 1;
  }
  return ends;
}

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

function readable(line: number, raw: Buffer, match: GrepLine | undefined, wholeWord: boolean): Shown {
  const found = match ? matchRanges(raw, match, wholeWord) : [];
  const skipped = line === 1 && raw.subarray(0, 3).equals(mark) ? 3 : 0;
  const bytes = raw.subarray(skipped, raw.at(-1) === 13 ? -1 : undefined);
  // What is not UTF-8 is shown byte by byte, so that places in it stay right.
  const encoding = utf8(bytes) === null ? "latin1" : "utf8";
  const text = bytes.toString(encoding);
  const unit = (offset: number) => bytes.toString(encoding, 0, Math.max(0, offset - skipped)).length;
  const near = found.slice(0, 1).map(([from]) => unit(from))[0] ?? 0;
  const cut = text.length > longestLine;
  let start = cut && near > longestLine - before ? near - before : 0;
  // Not between the halves of a character.
  if (/[\udc00-\udfff]/.test(text.charAt(start))) start += 1;
  const kept = text.slice(start, start + longestLine).toWellFormed();
  const ranges = found
    .map(([from, to]): [number, number] => [unit(from) - start, Math.min(unit(to) - start, kept.length)])
    .filter(([from, to]) => from >= 0 && from < to);
  return { line, text: kept.replaceAll(/[\r\0]/g, " "), ranges, cut };
}
