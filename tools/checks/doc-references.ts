/** What the documents point at exists: files, links, npm scripts, environment variables, tables. */
import { posix } from "node:path";
import { outcome, type Check, type Problem } from "./check.ts";
import { modulesOf } from "./modules.ts";
import type { Sources } from "./sources.ts";
import { Tables } from "./tables.ts";

/** Written by people: what is generated cannot be wrong by itself. */
const documents =
  /^(?:README\.md|docs\/(?!API\.md|data-model\.md).*\.md|server\/.*README\.md|(?:web|cli|api|e2e|bench|tools)\/.*README\.md)$/;

/** The top folders: a path in a document begins with one of them, or with `./`. */
const path = /^(?:\.\/)?(?:server|web|cli|api|e2e|bench|tools|docs|migrations)\/[\w@.*{}<>,/-]*$/;

export const docReferences: Check = {
  name: "doc references",
  run(sources) {
    const known = facts(sources);
    const problems: Problem[] = [];
    let count = 0;
    for (const file of sources.files.filter((one) => documents.test(one))) {
      for (const [index, line] of sources.read(file).split("\n").entries()) {
        for (const reference of referencesIn(line)) {
          count++;
          const wrong = broken(sources, known, file, reference);
          if (wrong)
            problems.push({ where: `${file}:${index + 1}`, what: wrong, mend: "correct the document" });
        }
      }
    }
    return outcome(problems, `${count} references`);
  },
};

interface Reference {
  readonly kind: "link" | "path" | "script" | "variable" | "table";
  readonly name: string;
}

function referencesIn(line: string): Reference[] {
  const found: Reference[] = [];
  const add = (kind: Reference["kind"], name: string) => {
    if (!found.some((one) => one.kind === kind && one.name === name)) found.push({ kind, name });
  };
  for (const [, target = ""] of line.replaceAll(/`[^`]*`/g, "").matchAll(/\]\(([^)\s]+)\)/g)) {
    if (!/^(?:[a-z]+:|#|\/)/.test(target)) add("link", target.replace(/#.*$/, ""));
  }
  for (const [, name = ""] of line.matchAll(/\bnpm (start|test)\b/g)) add("script", name);
  for (const [, name = ""] of line.matchAll(/\bnpm run ([a-z][\w:-]*)/g)) add("script", name);
  for (const [, name = ""] of line.matchAll(/\b(WIT_[A-Z0-9_]+)\b/g)) add("variable", name);
  for (const [, text = ""] of line.matchAll(/`([^`]+)`/g)) {
    if (path.test(text)) add("path", text);
    else if (/^[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+$/.test(text)) add("variable", text);
  }
  // A slice's README names its tables in a line of their own.
  if (/^- \*\*Tables?\*\*/.test(line)) {
    const words = line.replace(/[:(].*$/, "");
    for (const [, name = ""] of words.matchAll(/`(\w+)`/g)) add("table", name);
  }
  return found;
}

interface Facts {
  readonly scripts: ReadonlySet<string>;
  readonly tables: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
}

function facts(sources: Sources): Facts {
  const { scripts } = sources.readJson("package.json") as { scripts?: Record<string, string> };
  const variables = new Set<string>();
  for (const file of sources.files) {
    if (!/\.(?:ts|tsx|mjs|js|sh)$|^\.ci\//.test(file)) continue;
    for (const [name] of sources.read(file).matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\b/g))
      variables.add(name);
  }
  return {
    scripts: new Set([...Object.keys(scripts ?? {}), "ci", "install"]),
    tables: new Set(new Tables(sources, modulesOf(sources)).all.map((table) => table.name)),
    variables,
  };
}

function broken(sources: Sources, known: Facts, file: string, { kind, name }: Reference): string | undefined {
  switch (kind) {
    case "link":
      return exists(sources, posix.join(posix.dirname(file), name))
        ? undefined
        : `links to ${name}, which is not there`;
    case "path":
      return exists(sources, name.replace(/^\.\//, "")) ? undefined : `names ${name}, which is not there`;
    case "script":
      return known.scripts.has(name) ? undefined : `names npm run ${name}, which package.json does not have`;
    case "variable":
      return known.variables.has(name) ? undefined : `names the variable ${name}, which nothing reads`;
    case "table":
      return known.tables.has(name) ? undefined : `names the table ${name}, which no schema has`;
  }
}

/** A path may hold `*`, `{a,b}` and `<name>`: then something must match. */
function exists(sources: Sources, wanted: string): boolean {
  const plain = wanted.replace(/\/$/, "");
  if (!/[*{<]/.test(plain)) return sources.has(plain);
  const pattern = plain
    .replaceAll(/[.+^$()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\{([^}]*)\}/g, (_, options: string) => `(?:${options.replaceAll(",", "|")})`)
    .replaceAll(/<[^>]*>/g, "[^/]+")
    .replaceAll("**", ".+")
    .replaceAll(/(?<!\.)\*/g, "[^/]*");
  const expression = new RegExp(`^${pattern}(?:/|$)`);
  return sources.files.some((one) => expression.test(one));
}
