import { answerRequests } from "../threads/answer-requests.ts";
import { lineHtml, splitLines } from "./lines.ts";
import type { OutlineEntry } from "./outline.ts";
import { tokenize } from "./tokenize.ts";

export type HighlightRequest = { source: string; grammar: string; deadline: number };
/** The lines of HTML joined by newlines, which is quicker to hand over than an array. */
export type HighlightAnswer = { html: string; outline: OutlineEntry[]; complete: boolean };

answerRequests(async ({ source, grammar, deadline }: HighlightRequest): Promise<HighlightAnswer> => {
  const { lines, outline, complete } = await tokenize(
    splitLines(source),
    grammar,
    performance.now() + deadline,
  );
  return { html: lines.map(lineHtml).join("\n"), outline, complete };
});
