/** Which language a file name belongs to, from Linguist's own list. */
import type * as Linguist from "linguist-languages";

export interface Language {
  /** That of its group, where it has one: TSX counts as TypeScript. */
  readonly name: string;
  readonly color: string | null;
  /** Whether statistics count it: programming and markup, not data and prose. */
  readonly counted: boolean;
}

export interface LanguageNames {
  byName(name: string): Language | undefined;
  ofFile(name: string, hints: LanguageHints): Language | undefined;
  ofFirstLine(line: string): Language | undefined;
}

/** What else the tree holds, to tell apart languages that share an extension. */
export interface LanguageHints {
  readonly cpp: boolean;
  readonly objectiveC: boolean;
}

type Entry = (typeof Linguist)[keyof typeof Linguist] & {
  readonly group?: string;
  readonly color?: string;
  readonly extensions?: readonly string[];
  readonly filenames?: readonly string[];
  readonly interpreters?: readonly string[];
  readonly aliases?: readonly string[];
};

// Where several languages claim an extension, the first of these is what most repositories mean.
const usual = (
  "C|C++|C#|JavaScript|TypeScript|TSX|Python|Ruby|PHP|Rust|Go|Java|HTML|Markdown|JSON|YAML|SQL|Text|XML|Perl|Shell|" +
  "Objective-C|Objective-C++|Assembly|F#|OCaml|Haskell|Elixir|Erlang|Lua|R|D|Scala|GLSL|Verilog|Solidity|Makefile|" +
  "Fortran|Common Lisp|Scheme|INI|Pascal|TeX|Roff|Prolog|Smalltalk|BitBake|Starlark|Lean|Mojo|Visual Basic 6.0|GDScript"
).split("|");

let loading: Promise<LanguageNames> | undefined;

/** The list is large (a third of a second to load), so it is read when first needed. */
export function loadLanguageNames(): Promise<LanguageNames> {
  loading ??= import("linguist-languages").then((list) => index(Object.values(list) as Entry[]));
  return loading;
}

function index(entries: readonly Entry[]): LanguageNames {
  const byTitle = new Map(entries.map((entry) => [entry.name as string, entry]));
  const languages = new Map<string, Language>();
  for (const entry of entries) {
    const shown = (entry.group && byTitle.get(entry.group)) || entry;
    languages.set(entry.name, {
      name: shown.name,
      color: shown.color ?? null,
      counted: entry.type === "programming" || entry.type === "markup",
    });
  }
  const collect = (values: (entry: Entry) => readonly string[] | undefined) => {
    const found = new Map<string, Entry[]>();
    for (const entry of entries)
      for (const value of values(entry) ?? []) {
        const key = value.toLowerCase();
        found.set(key, [...(found.get(key) ?? []), entry]);
      }
    return new Map([...found].map(([key, candidates]) => [key, languages.get(best(candidates).name)]));
  };
  const extensions = collect((entry) => entry.extensions);
  const filenames = collect((entry) => entry.filenames);
  const programs = collect((entry) => entry.interpreters);
  const aliases = collect((entry) => [entry.name, ...(entry.aliases ?? [])]);
  return {
    byName: (name) => aliases.get(name.toLowerCase()),
    ofFile(name, hints) {
      const lower = name.toLowerCase();
      if (lower.endsWith(".h") && hints.cpp) return languages.get("C++");
      if (lower.endsWith(".h") && hints.objectiveC) return languages.get("Objective-C");
      const known = filenames.get(lower);
      if (known) return known;
      for (let dot = lower.indexOf(".", 1); dot >= 0; dot = lower.indexOf(".", dot + 1)) {
        const language = extensions.get(lower.slice(dot));
        if (language) return language;
      }
      return undefined;
    },
    ofFirstLine(line) {
      const [, program = ""] =
        /^#!\s*(?:\S*\/env\s+(?:-\S+\s+|\w+=\S+\s+)*)?(?:\S*\/)?([\w.+-]+)/.exec(line) ?? [];
      const name = program.toLowerCase();
      return programs.get(name) ?? programs.get(name.replace(/[\d.]+$/, ""));
    },
  };
}

function best(candidates: readonly Entry[]): Entry {
  const rank = (entry: Entry) => {
    const place = usual.indexOf(entry.name);
    const kind = ["programming", "markup", "data", "prose"].indexOf(entry.type);
    return place >= 0 ? place : usual.length + kind;
  };
  const [first, ...others] = candidates;
  if (!first) throw new Error("no candidates");
  return others.reduce((chosen, entry) => (rank(entry) < rank(chosen) ? entry : chosen), first);
}
