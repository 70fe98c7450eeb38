import { BoundedCache } from "../bounded-cache.ts";
import { sha256Hex } from "../crypto/digest.ts";
import { createThreadPool, ThreadError } from "../threads/thread-pool.ts";
import type { HighlightAnswer, HighlightRequest } from "./highlight-thread.ts";
import { detectLanguage, type Language, languageNamed } from "./languages.ts";
import { codeText, splitLines } from "./lines.ts";
import type { OutlineEntry } from "./outline.ts";

/** What to highlight as, and how hard to try. */
export type HighlightOptions = {
  /** An id that stands for exactly this content, such as its git object id; saves hashing it. */
  id?: string;
  /** A name or alias of a language; wins over `path`. */
  language?: string;
  /** The path of the file, for detection. */
  path?: string;
  /** Sources longer than this many UTF-16 units stay plain. 1 MiB by default. */
  maxLength?: number;
  /** Milliseconds of colouring, 3000 by default; what is not coloured by then stays plain. */
  deadline?: number;
};

/** A source as lines of HTML that hold nothing but text and `<span class=…>`; see `highlightStylesheet`. */
export type Highlighted = {
  lines: string[];
  language: Language | null;
  /** Whether colours are there: on all lines, on the first ones, or on none. */
  coloured: "all" | "part" | "none";
  /** What the coloured lines declare: functions, types, headings. */
  outline: OutlineEntry[];
};

/** Colours source code in threads, so that hostile or huge input costs a deadline and not the server. */
export type Highlighter = {
  /** Never rejects because of the source: what cannot be coloured is answered plain. */
  highlight(source: string, options: HighlightOptions): Promise<Highlighted>;
  /** Ends the threads. */
  close(): Promise<void>;
};

const minutes = 60_000;
/** How long a poor answer is reused, so that a slow file does not occupy the threads at every view. */
const poorAnswerLife = 5 * minutes;

/** `threads` is the most that run at once (1 by default), `cacheBytes` the memory for answers (32 MiB by default). */
export function createHighlighter(options: { threads?: number; cacheBytes?: number } = {}): Highlighter {
  const cache = new BoundedCache<Highlighted>(options.cacheBytes ?? 32 * 1024 * 1024, (value) => {
    return value.lines.reduce((sum, line) => sum + line.length + 24, value.outline.length * 120);
  });
  const threads = createThreadPool<HighlightRequest, HighlightAnswer>({
    entry: new URL("./highlight-thread.ts", import.meta.url),
    size: options.threads ?? 1,
    waiting: 200,
    idle: 5 * minutes,
    heap: 384,
  });

  async function colour(
    source: string,
    language: Language,
    grammar: string,
    deadline: number,
  ): Promise<Highlighted> {
    try {
      // The thread stops by itself; the margin is for one expression that does not come back.
      const { html, outline, complete } = await threads.run({ source, grammar, deadline }, deadline + 2_000);
      const lines = source === "" ? [] : html.split("\n");
      return { lines, language, coloured: complete ? "all" : "part", outline };
    } catch (error) {
      // A slow source would be slow again; a full queue says nothing about the source.
      if (error instanceof ThreadError && error.reason === "overrun") return plain(source, language);
      if (error instanceof ThreadError && error.reason === "failed") return plain(source, language);
      throw error;
    }
  }

  return {
    async highlight(source, { id, language: name, path, maxLength = 1024 * 1024, deadline = 3_000 }) {
      const language =
        (name === undefined ? null : languageNamed(name)) ??
        detectLanguage(path ?? "", source.slice(0, 16_384));
      const grammar = language?.grammar;
      if (!language || !grammar || source.length > maxLength) return plain(source, language);
      const key = `${id ?? sha256Hex(source)} ${language.name}`;
      const make = () => colour(source, language, grammar, deadline);
      try {
        return await cache.remember(key, make, (value) =>
          value.coloured === "all" ? Infinity : poorAnswerLife,
        );
      } catch (error) {
        if (error instanceof ThreadError) return plain(source, language);
        throw error;
      }
    },
    close: () => threads.close(),
  };
}

function plain(source: string, language: Language | null): Highlighted {
  return { lines: splitLines(source).map((line) => codeText(line)), language, coloured: "none", outline: [] };
}
