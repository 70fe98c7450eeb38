import { BoundedCache } from "../bounded-cache.ts";
import { sha256Hex } from "../crypto/digest.ts";
import { escapeText } from "../highlight/lines.ts";
import { createThreadPool, ThreadError } from "../threads/thread-pool.ts";
import type { Heading } from "./headings.ts";
import { type MarkupOptions, type Prepared, type PrepareRequest, shorten } from "./prepare.ts";
import type { IssueReference, Reference } from "./references.ts";

/** Where a reference leads. Give one only for what exists and the reader may see. */
export type ReferenceTarget = {
  href: string;
  /** Shown on hover, such as the title of an issue. */
  title?: string;
};

export type Rendered = {
  /** Safe to place into a page as it is. */
  html: string;
  /** True when the source was too long or too slow to render: `html` is then its text in one `<pre>`. */
  plain: boolean;
  headings: Heading[];
};

export type RenderOptions = MarkupOptions & {
  /** What the references lead to, by key. */
  references?: ReadonlyMap<string, ReferenceTarget>;
  /** Asked once for all references of the document when `references` is not given. */
  resolve?: (references: Reference[]) => Promise<ReadonlyMap<string, ReferenceTarget>>;
};

/**
 * Markdown, rendered in a thread that is killed when it takes too long. What does not depend on the reader is
 * cached by content; links of references are filled in at each call. No call rejects because of the source.
 */
export type Markup = {
  /** Safe HTML of a Markdown source. */
  render(source: string, options?: RenderOptions): Promise<Rendered>;
  /** What the source refers to outside of code and links: each once, at most 1000 places. */
  extractReferences(source: string, options?: MarkupOptions): Promise<Reference[]>;
  /** The issues that stand behind one of GitHub's closing keywords. */
  closingReferences(source: string, options?: MarkupOptions): Promise<IssueReference[]>;
  /** The names behind `@`, without teams, in lower case. */
  mentions(source: string, options?: MarkupOptions): Promise<string[]>;
  /** The beginning as one line of plain text of at most `length` (200, no more than 500) characters. */
  excerpt(source: string, length?: number): Promise<string>;
  /** Ends the threads. */
  close(): Promise<void>;
};

/** How to render. Only `forgeUrl` (no slash at the end) is needed. */
export type MarkupSettings = {
  forgeUrl: string;
  /** Threads at most, 1 by default. */
  threads?: number;
  /** Milliseconds for one source, 5000 by default. */
  deadline?: number;
  /** Bytes of memory for answers, 32 MiB by default. */
  cacheBytes?: number;
};

const longestSource = 1024 * 1024;
const minutes = 60_000;
const poorAnswerLife = 5 * minutes;
/** Part of the cache key: whoever changes what comes out counts it up. */
const optionNames = [
  "linkBase",
  "linkRoot",
  "imageBase",
  "imageRoot",
  "breaks",
  "html",
  "idScope",
  "repository",
] as const;

type Answer = { prepared: Prepared | null };

/** Starts no thread before the first call. */
export function createMarkup(settings: MarkupSettings): Markup {
  const deadline = settings.deadline ?? 5_000;
  const cache = new BoundedCache<Answer>(settings.cacheBytes ?? 32 * 1024 * 1024, ({ prepared }) => {
    if (!prepared) return 16;
    const slots = prepared.slots.reduce(
      (sum, slot) => sum + slot.fallback.length + slot.label.length + 200,
      0,
    );
    return prepared.pieces.reduce((sum, piece) => sum + piece.length + 24, slots + 1_000);
  });
  const threads = createThreadPool<PrepareRequest, Prepared>({
    entry: new URL("./markup-thread.ts", import.meta.url),
    size: settings.threads ?? 1,
    waiting: 200,
    idle: 5 * minutes,
    heap: 512,
  });

  async function answer(source: string, options: MarkupOptions): Promise<Answer> {
    const request = { source, options, forgeUrl: settings.forgeUrl, colouring: deadline / 2 };
    try {
      return { prepared: await threads.run(request, deadline) };
    } catch (error) {
      if (!(error instanceof ThreadError) || error.reason === "busy" || error.reason === "closed")
        throw error;
      if (error.reason === "failed" || !/```|~~~|<pre/.test(source)) return { prepared: null };
    }
    // One expression of a grammar may have hung; the words around the code are still worth showing.
    try {
      return { prepared: await threads.run({ ...request, colouring: 0 }, deadline) };
    } catch (error) {
      if (!(error instanceof ThreadError) || error.reason === "busy" || error.reason === "closed")
        throw error;
      return { prepared: null };
    }
  }

  async function prepared(source: string, options: MarkupOptions): Promise<Prepared | null> {
    if (source.length > longestSource || Buffer.byteLength(source) > longestSource) return null;
    if (options.idScope !== undefined && !/^[A-Za-z0-9-]{1,64}$/.test(options.idScope)) {
      throw new RangeError(`Not a scope for ids: ${options.idScope}`);
    }
    const used = Object.fromEntries(optionNames.map((name) => [name, options[name]])) as MarkupOptions;
    const key = `${sha256Hex(source)} ${JSON.stringify(used)}`;
    try {
      const make = () => answer(source, used);
      return (
        await cache.remember(key, make, (value) => (value.prepared?.complete ? Infinity : poorAnswerLife))
      ).prepared;
    } catch (error) {
      if (error instanceof ThreadError) return null;
      throw error;
    }
  }

  async function extractReferences(source: string, options: MarkupOptions = {}): Promise<Reference[]> {
    return (await prepared(source, options))?.references ?? [];
  }

  return {
    extractReferences,
    async render(source, options = {}) {
      const document = await prepared(source, options);
      if (!document) return { html: plainHtml(source), plain: true, headings: [] };
      const { references } = document;
      const targets =
        options.references ?? (references.length > 0 ? await options.resolve?.(references) : undefined);
      return { html: fill(document, targets ?? new Map()), plain: false, headings: document.headings };
    },
    async closingReferences(source, options) {
      const references = await extractReferences(source, options);
      return references.filter((reference) => reference.kind === "issue").filter((issue) => issue.closes);
    },
    async mentions(source, options) {
      const references = await extractReferences(source, options);
      const users = references.filter((reference) => reference.kind === "user" && reference.team === null);
      return users.map((user) => user.key.slice(1));
    },
    async excerpt(source, length = 200) {
      return shorten(
        (await prepared(source, {}))?.excerpt ?? source.slice(0, 4 * length),
        Math.min(length, 500),
      );
    },
    close: () => threads.close(),
  };
}

function plainHtml(source: string): string {
  return `<pre class="plain" tabindex="0">${escapeText(source.replaceAll("\u0000", "\uFFFD"))}</pre>`;
}

function fill({ pieces, slots }: Prepared, targets: ReadonlyMap<string, ReferenceTarget>): string {
  let html = pieces[0] ?? "";
  for (const [index, slot] of slots.entries()) {
    const target = targets.get(slot.key);
    html += target ? referenceLink(target, slot.href, slot.label) : slot.fallback;
    html += pieces[index + 1] ?? "";
  }
  return html;
}

function referenceLink({ href, title }: ReferenceTarget, written: string | null, label: string): string {
  const titled = title === undefined ? "" : ` title="${attribute(title)}"`;
  return `<a class="reference" href="${attribute(written ?? href)}"${titled}>${label}</a>`;
}

function attribute(value: string): string {
  return escapeText(value).replaceAll('"', "&quot;");
}
