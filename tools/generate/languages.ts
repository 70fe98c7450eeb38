import { writeFileSync } from "node:fs";
import * as linguist from "linguist-languages";
import { bundledLanguagesInfo } from "shiki/langs";
import type { LanguageTable } from "../../server/kernel/highlight/languages.ts";

type Entry = {
  name: string;
  type: string;
  tmScope: string;
  color?: string;
  group?: string;
  aliases?: readonly string[];
  extensions?: readonly string[];
  filenames?: readonly string[];
  interpreters?: readonly string[];
};

/** Grammars for languages whose names Linguist and TextMate spell differently, or that a near relative can colour. */
const grammarOf: Record<string, string> = {
  "Ant Build System": "xml",
  SVG: "xml",
  "XML Property List": "xml",
  Gradle: "groovy",
  "Java Properties": "ini",
  "Readline Config": "ini",
  "Go Module": "go",
  "Go Workspace": "go",
  Nunjucks: "jinja",
  Processing: "java",
  RMarkdown: "markdown",
  Metal: "cpp",
  nesC: "c",
  "Linker Script": "c",
  ColdFusion: "html",
  "Go Template": "html",
  Slim: "pug",
  "Common Workflow Language": "yaml",
  MiniYAML: "yaml",
  "ASP.NET": "html",
  "Classic ASP": "html",
  Cuda: "cpp",
  Cython: "python",
  EJS: "html",
  Fortran: "fortran-free-form",
  "Gemfile.lock": "yaml",
  "Git Config": "ini",
  EditorConfig: "ini",
  "NPM Config": "ini",
  HiveQL: "sql",
  "HTML+EEX": "html",
  "HTML+PHP": "php",
  "Java Server Pages": "html",
  "Jest Snapshot": "javascript",
  JSONLD: "json",
  "Jupyter Notebook": "json",
  "Maven POM": "xml",
  Mustache: "handlebars",
  "Objective-C++": "objective-cpp",
  PLpgSQL: "sql",
  SQLPL: "sql",
  TSQL: "sql",
  Snakemake: "python",
  Starlark: "python",
  SugarSS: "sass",
  SystemVerilog: "system-verilog",
  Tcsh: "shellscript",
  "Unix Assembly": "asm",
  VBA: "vb",
  VBScript: "vb",
  "Visual Basic .NET": "vb",
  "Visual Basic 6.0": "vb",
};

/** Extensions that several languages claim, given to the one that a repository most likely means. */
const preferred: Record<string, string> = {
  ".as": "ActionScript",
  ".asc": "AsciiDoc",
  ".asm": "Assembly",
  ".cake": "C#",
  ".cl": "OpenCL",
  ".cls": "TeX",
  ".cs": "C#",
  ".cfg": "INI",
  ".d": "D",
  ".es": "JavaScript",
  ".ex": "Elixir",
  ".f": "Fortran",
  ".for": "Fortran",
  ".fs": "F#",
  ".frag": "GLSL",
  ".gd": "GDScript",
  ".gs": "JavaScript",
  ".h": "C",
  ".hh": "C++",
  ".html": "HTML",
  ".inc": "PHP",
  ".j": "Objective-J",
  ".json": "JSON",
  ".l": "Lex",
  ".lean": "Lean 4",
  ".lisp": "Common Lisp",
  ".ls": "LiveScript",
  ".m": "Objective-C",
  ".md": "Markdown",
  ".ml": "OCaml",
  ".mm": "Objective-C++",
  ".mo": "Modelica",
  ".mojo": "Mojo",
  ".nix": "Nix",
  ".nu": "Nushell",
  ".odin": "Odin",
  ".p": "Gnuplot",
  ".php": "PHP",
  ".pkl": "Pkl",
  ".pl": "Perl",
  ".plist": "XML Property List",
  ".pm": "Perl",
  ".pp": "Puppet",
  ".pro": "QMake",
  ".properties": "Java Properties",
  ".q": "q",
  ".r": "R",
  ".res": "ReScript",
  ".rs": "Rust",
  ".s": "Unix Assembly",
  ".sc": "Scala",
  ".scm": "Scheme",
  ".sol": "Solidity",
  ".spec": "RPM Spec",
  ".sql": "SQL",
  ".star": "Starlark",
  ".st": "Smalltalk",
  ".sw": "Sway",
  ".t": "Perl",
  ".toc": "TeX",
  ".tpl": "Smarty",
  ".ts": "TypeScript",
  ".tsx": "TSX",
  ".txt": "Text",
  ".typ": "Typst",
  ".v": "Verilog",
  ".w": "CWeb",
  ".x": "Linker Script",
  ".yaml": "YAML",
  ".yml": "YAML",
  ".cgi": "Perl",
  ".fcgi": "Perl",
  ".shader": "ShaderLab",
  ".fx": "HLSL",
};

/** Builds the table from the packages `linguist-languages` and `shiki`, sorted, so that equal input gives equal output. */
export async function buildLanguageTable(): Promise<LanguageTable> {
  const entries = (Object.values(linguist) as Entry[]).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const { byName, byScope } = await readGrammars();
  const grammar = (entry: Entry): string | null =>
    grammarOf[entry.name] ??
    [entry.name.replaceAll(" ", "-"), ...(entry.aliases ?? [])]
      .map((name) => byName.get(name.toLowerCase()))
      .find((id) => id !== undefined) ??
    byScope.get(entry.tmScope) ??
    null;

  const table: LanguageTable = { languages: [], extensions: {}, filenames: {}, interpreters: {}, names: {} };
  const claims = new Map<string, number[]>();
  for (const [index, entry] of entries.entries()) {
    table.languages.push([entry.name, entry.type, entry.color ?? null, grammar(entry)]);
    for (const extension of entry.extensions ?? []) {
      const key = extension.toLowerCase();
      claims.set(key, [...(claims.get(key) ?? []), index]);
    }
    for (const filename of entry.filenames ?? []) table.filenames[filename] ??= index;
    for (const interpreter of entry.interpreters ?? []) table.interpreters[interpreter] ??= index;
  }
  const indexOf = (name: string) => entries.findIndex((entry) => entry.name === name);
  for (const [extension, indexes] of claims) {
    const byWish = preferred[extension] === undefined ? -1 : indexOf(preferred[extension]);
    const primary = indexes.find((index) => entries[index]?.extensions?.[0] === extension);
    const coloured = indexes.find((index) => table.languages[index]?.[3] !== null);
    table.extensions[extension] = byWish >= 0 ? byWish : (primary ?? coloured ?? indexes[0]!);
  }
  Object.assign(table.interpreters, {
    node: indexOf("JavaScript"),
    deno: indexOf("TypeScript"),
    bun: indexOf("TypeScript"),
    sh: indexOf("Shell"),
  });
  for (const [index, entry] of entries.entries()) table.names[entry.name.toLowerCase()] = index;
  for (const [index, entry] of entries.entries()) {
    for (const alias of entry.aliases ?? []) table.names[alias.toLowerCase()] ??= index;
  }
  return table;
}

async function readGrammars() {
  const byName = new Map<string, string>();
  const byScope = new Map<string, string>();
  for (const info of bundledLanguagesInfo) {
    for (const name of [info.id, info.name, ...(info.aliases ?? [])]) byName.set(name.toLowerCase(), info.id);
    const grammar = (await info.import()).default.findLast((part) => part.name === info.id);
    if (grammar) byScope.set(grammar.scopeName, info.id);
  }
  return { byName, byScope };
}

if (import.meta.main) {
  const path = new URL("../../server/kernel/highlight/languages.json", import.meta.url);
  writeFileSync(path, `${JSON.stringify(await buildLanguageTable())}\n`);
}
