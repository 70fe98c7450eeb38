import { readFileSync } from "node:fs";

/** A language as GitHub's Linguist knows it. */
export type Language = {
  name: string;
  kind: "programming" | "markup" | "data" | "prose";
  /** `#rrggbb`, for a dot beside the name. */
  color: string | null;
  /** The grammar that colours it, or null when there is none. */
  grammar: string | null;
};

/** The shape of `languages.json`, which `tools/generate/languages.ts` writes; numbers are indexes into `languages`. */
export type LanguageTable = {
  /** Name, kind, colour (or null), grammar (or null). */
  languages: [string, string, string | null, string | null][];
  extensions: Record<string, number>;
  filenames: Record<string, number>;
  interpreters: Record<string, number>;
  /** Lower-case names and aliases. */
  names: Record<string, number>;
};

let loaded: { table: LanguageTable; languages: Language[] } | null = null;

function data() {
  if (loaded) return loaded;
  const table = JSON.parse(
    readFileSync(new URL("./languages.json", import.meta.url), "utf8"),
  ) as LanguageTable;
  const languages = table.languages.map(([name, kind, color, grammar]) => {
    return { name, kind: kind as Language["kind"], color, grammar };
  });
  return (loaded = { table, languages });
}

function at(index: number | undefined): Language | null {
  return index === undefined ? null : (data().languages[index] ?? null);
}

/**
 * The language of a file by its name, then by its `#!` line, then by its longest known extension. `head` is the
 * beginning of the content (the first few kilobytes suffice); it also decides between C, C++ and Objective-C
 * headers and between Objective-C and MATLAB.
 */
export function detectLanguage(path: string, head = ""): Language | null {
  const { table } = data();
  const name = path.slice(path.lastIndexOf("/") + 1);
  const byName = own(table.filenames, name);
  if (byName !== undefined) return at(byName);
  const extensions = extensionsOf(name.toLowerCase());
  const byExtension = extensions
    .map((extension) => own(table.extensions, extension))
    .find((index) => index !== undefined);
  const byInterpreter = own(table.interpreters, interpreterOf(head));
  if (byExtension === undefined) return at(byInterpreter);
  return languageNamed(disambiguate(extensions.at(-1) ?? "", head)) ?? at(byExtension);
}

/** The language that people call `name`: a name, an alias or an extension, as after the fence of a code block. */
export function languageNamed(name: string): Language | null {
  const { table } = data();
  const key = name.trim().toLowerCase();
  return at(own(table.names, key) ?? own(table.extensions, `.${key}`) ?? own(table.filenames, name.trim()));
}

function own(record: Record<string, number>, key: string): number | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** `a.html.erb` → `.html.erb`, `.erb`; at most the last four. */
function extensionsOf(name: string): string[] {
  const parts = name.split(".").slice(1).slice(-4);
  return parts.map((_, index) => `.${parts.slice(index).join(".")}`);
}

function interpreterOf(head: string): string {
  const line = /^#!\s*(\S{1,200})(?:[ \t]+([^\n]{0,200}))?/.exec(head);
  if (!line) return "";
  const [, program = "", rest = ""] = line;
  const base = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  if (base(program) !== "env") return base(program).replace(/(?<=[a-z])[\d.]+$/, "");
  const words = rest
    .split(/\s+/)
    .filter((word) => word !== "" && !word.startsWith("-") && !word.includes("="));
  return base(words[0] ?? "").replace(/(?<=[a-z])[\d.]+$/, "");
}

function disambiguate(extension: string, head: string): string {
  const start = head.slice(0, 16_384);
  if (extension === ".h") {
    if (/^[ \t]*@(?:interface|protocol|class|import)\b/m.test(start)) return "Objective-C";
    if (
      /^[ \t]*(?:class|namespace|template|using)\b|\bstd::|^#include <(?:string|vector|memory|map)>/m.test(
        start,
      )
    )
      return "C++";
  }
  if (
    extension === ".m" &&
    /^[ \t]*(?:%|function\b)/m.test(start) &&
    !/^[ \t]*(?:@|#import|\/\/)/m.test(start)
  )
    return "MATLAB";
  return "";
}
