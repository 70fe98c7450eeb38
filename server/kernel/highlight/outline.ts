/**
 * What a source declares, read from the same pass that colours it. A theme may give a scope a font style; ours has no use
 * for those, so two of its bits say what a name is instead.
 */
import type { ThemeRegistrationRaw } from "shiki/types";

export type SymbolKind = "function" | "type" | "heading";

/** Something that a source declares. */
export type OutlineEntry = {
  kind: SymbolKind;
  name: string;
  /** Counted from 1. */
  line: number;
  /** How many entries it stands within; of a heading, its level less one. */
  depth: number;
};

/** A name as it was met on a line. */
export type Mark = { kind: SymbolKind; start: number; end: number };

/** Encoded token metadata of vscode-textmate: four bits of font style at bit 11. */
const styleShift = 11;
const styleMask = 0b1111;
const styles: Readonly<Record<SymbolKind, string>> = {
  function: "italic",
  type: "bold",
  heading: "underline",
};
const kinds: Readonly<Record<number, SymbolKind>> = { 1: "function", 2: "type", 4: "heading" };

/** Scopes under which grammars name what is declared; the longest match wins. */
const scopes: Readonly<Record<SymbolKind | "none", readonly string[]>> = {
  function: [
    "meta.definition entity.name.function",
    "meta.function.definition entity.name.function",
    "meta.method.identifier entity.name.function",
    "meta.function.method entity.name.function",
    "meta.function.python entity.name.function.python",
    "meta.function.php entity.name.function.php",
    "meta.function.shell entity.name.function.shell",
    "meta.function.perl entity.name.function.perl",
    "meta.function.lua entity.name.function.lua",
    "meta.function.objc entity.name.function.objc",
    "meta.function.type-declaration entity.name.function.haskell",
    "meta.macro.rules entity.name.function.macro",
    "entity.name.function.definition",
    "entity.name.function.declaration",
    "entity.name.function.public.elixir",
    "entity.name.function.private.elixir",
    "entity.name.function.go",
    "entity.name.function.cs",
    "entity.name.function.dart",
    "entity.name.function.zig",
    "entity.name.function.graphql",
  ],
  type: [
    "meta.namespace.declaration entity.name.type.module",
    "meta.module entity.name.type.module",
    "meta.create.sql entity.name.function.sql",
    "meta.interface-or-protocol.objc entity.name.type.objc",
    "meta.implementation.objc entity.name.type.objc",
    ...["alias", "class", "enum", "interface", "object", "protocol", "record", "struct", "trait"].map(
      (kind) => `entity.name.type.${kind}`,
    ),
    "entity.name.type.declaration.rust",
    "entity.name.type.go",
    "entity.name.module.rust",
    "entity.name.class.declaration",
    "entity.name.class.message.proto",
  ],
  heading: [
    "markup.heading entity.name.section",
    "markup.heading.asciidoc",
    "markup.heading.heading-0",
    "markup.heading.heading-1",
    "markup.heading.heading-2",
    "meta.function.section entity.name.section",
  ],
  none: [
    "meta.parameter-clause entity.name.function",
    "entity.name.function.decorator",
    "meta.function.python entity.name.function.decorator",
    "entity.name.function.support.go",
    "entity.name.function.macro.rules",
    "entity.name.function.call",
    "entity.name.type.class.extension.kotlin",
    "meta.function.objc entity.name.function.name-of-parameter",
    "entity.name.type.package.go",
    "markup.heading punctuation.definition",
  ],
};

/** To stand behind the colours in a theme. */
export const outlineStyles: NonNullable<ThemeRegistrationRaw["settings"]> = (
  Object.keys(scopes) as (keyof typeof scopes)[]
).map((kind) => ({ scope: [...scopes[kind]], settings: { fontStyle: kind === "none" ? "" : styles[kind] } }));

/** What the metadata of a token says it declares. */
export const kindOf = (metadata: number): SymbolKind | undefined =>
  kinds[(metadata >>> styleShift) & styleMask];

/** A type and a space, but no word after which a call may stand. */
const typed = /[\w>\]?](?<!\b(?:as|await|case|do|else|in|is|new|or|and|not|return|throw|when|yield))\s+$/;

/** Grammars that name uses as they name declarations: what must stand before a declaration on its line. */
const beginnings: Readonly<Record<string, RegExp>> = {
  "go type": /(?:^|\s)type\s+$|^\s+$/,
  "zig function": /\bfn\s+$/,
  "csharp function": typed,
  "dart function": typed,
};

const documents = new Set(["asciidoc", "markdown", "mdx", "rst"]);

/** A list that is longer shows nobody anything. */
const mostEntries = 2000;
const longestName = 120;

/** Gathers what the lines of a source declare, from top to bottom. */
export class Outline {
  readonly #grammar: string;
  readonly #within: { indent: number; depth: number }[] = [];
  readonly entries: OutlineEntry[] = [];

  constructor(grammar: string) {
    this.#grammar = grammar;
  }

  /** @param line counted from 1; `marks` in the order in which they stand on it */
  take(line: number, text: string, marks: readonly Mark[]): void {
    const [first] = marks;
    if (first?.kind === "heading") this.#heading(line, text, marks);
    // What a document shows as an example, it does not declare.
    else if (!documents.has(this.#grammar)) for (const mark of marks) this.#declaration(line, text, mark);
  }

  #heading(line: number, text: string, marks: readonly Mark[]): void {
    const name = marks.map(({ start, end }) => text.slice(start, end)).join("");
    const level = /^\s{0,3}([#=]{1,6})\s/.exec(text)?.[1]?.length ?? 1;
    this.#add({ kind: "heading", name: name.replace(/^[#=\s]+|[#\s]+$/g, ""), line, depth: level - 1 });
  }

  #declaration(line: number, text: string, { kind, start, end }: Mark): void {
    const before = beginnings[`${this.#grammar} ${kind}`];
    if (before && !before.test(text.slice(Math.max(0, start - 200), start))) return;
    if (
      this.#grammar === "go" &&
      kind === "type" &&
      !/^\s+(?:struct|interface|func|map|=|[\w*[])/.test(text.slice(end))
    )
      return;
    const indent = /^[ \t]*/.exec(text)?.[0].replaceAll("\t", "        ").length ?? 0;
    while ((this.#within.at(-1)?.indent ?? -1) >= indent) this.#within.pop();
    const depth = this.#within.length;
    this.#within.push({ indent, depth });
    this.#add({ kind, name: text.slice(start, end), line, depth });
  }

  #add(entry: OutlineEntry): void {
    const name = entry.name.trim().slice(0, longestName);
    if (name !== "" && this.entries.length < mostEntries) this.entries.push({ ...entry, name });
  }
}
