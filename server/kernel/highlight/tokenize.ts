import { createShikiPrimitive } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { bundledLanguages } from "shiki/langs";
import type { StateStack } from "shiki/textmate";
import { kindOf, type Mark, Outline, type OutlineEntry } from "./outline.ts";
import { inkClass, inkTheme } from "./palette.ts";

/** A stretch of one line in one ink; the class is "" for plain text. */
export type Run = { ink: string; text: string };

/** A line longer than this is left plain: it is minified or data, and regular expressions choke on it. */
const longestLine = 5_000;
/** Milliseconds for one line; and for its second try, since what was slow may have been compiling expressions. */
const lineLimit = 500;
const secondLimit = 3_000;
/** Encoded token metadata of vscode-textmate: nine bits of foreground colour at bit 15. */
const foregroundMask = 0b111111111;
const foregroundShift = 15;

let shiki: ReturnType<typeof createShikiPrimitive> | null = null;

function primitive() {
  return (shiki ??= createShikiPrimitive({
    engine: createJavaScriptRegexEngine({ forgiving: true }),
    langs: [],
    themes: [inkTheme],
    warnings: false,
  }));
}

/**
 * Colours `lines` with a grammar, which is loaded on first use. Stops at `until` (a `performance.now()` time) and
 * leaves the remaining lines plain, as it does a line that takes too long; then the answer is not `complete`. What the
 * coloured lines declare comes with them.
 * Blocks its thread. Throws for an unknown grammar.
 */
export async function tokenize(
  lines: string[],
  grammar: string,
  until: number,
): Promise<{ lines: Run[][]; outline: OutlineEntry[]; complete: boolean }> {
  const load = (bundledLanguages as Record<string, (typeof bundledLanguages)["c"]>)[grammar];
  if (!load) throw new RangeError(`There is no grammar ${grammar}.`);
  const { loadLanguage, getLanguage, setTheme } = primitive();
  await loadLanguage(load);
  const { colorMap } = setTheme("ink");
  const rules = getLanguage(grammar);
  let state: StateStack | null = null;
  const coloured: Run[][] = [];
  const outline = new Outline(grammar);
  let complete = true;
  for (const line of lines) {
    if (performance.now() >= until) break;
    if (line.length > longestLine) {
      coloured.push([{ ink: "", text: line }]);
      continue;
    }
    let result = rules.tokenizeLine2(line, state, lineLimit);
    if (result.stoppedEarly) {
      const left = Math.max(1, Math.min(secondLimit, until - performance.now()));
      result = rules.tokenizeLine2(line, state, left);
    }
    if (result.stoppedEarly) complete = false;
    coloured.push(result.stoppedEarly ? [{ ink: "", text: line }] : runs(line, result.tokens, colorMap));
    if (result.stoppedEarly) continue;
    state = result.ruleStack;
    outline.take(coloured.length, line, marks(line, result.tokens));
  }
  if (coloured.length < lines.length) complete = false;
  for (const line of lines.slice(coloured.length)) coloured.push([{ ink: "", text: line }]);
  return { lines: coloured, outline: outline.entries, complete };
}

/** The names that a line declares. */
function marks(line: string, tokens: Uint32Array): Mark[] {
  const found: Mark[] = [];
  for (let at = 0; at < tokens.length; at += 2) {
    const kind = kindOf(tokens[at + 1] ?? 0);
    if (!kind) continue;
    const start = tokens[at] ?? 0;
    const end = tokens[at + 2] ?? line.length;
    const last = found.at(-1);
    if (last?.end === start && last.kind === kind) last.end = end;
    else found.push({ kind, start, end });
  }
  return found;
}

function runs(line: string, tokens: Uint32Array, colorMap: string[]): Run[] {
  const merged: Run[] = [];
  for (let at = 0; at < tokens.length; at += 2) {
    const text = line.slice(tokens[at], tokens[at + 2] ?? line.length);
    const ink = inkClass(colorMap[((tokens[at + 1] ?? 0) >>> foregroundShift) & foregroundMask]);
    const last = merged.at(-1);
    // White space shows no ink, so it never parts two runs.
    if (last && (last.ink === ink || text.trim() === "")) last.text += text;
    else if (text !== "") merged.push({ ink, text });
  }
  return merged;
}
