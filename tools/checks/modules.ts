/** What a TypeScript file imports and exports, read by a real parser (the one that vite builds with). */
import { posix } from "node:path";
import { parseSync, Visitor, type ESTree } from "vite";
import type { Sources } from "./sources.ts";

export interface Import {
  /** As written: `../labels/index.ts` or `drizzle-orm`. */
  readonly from: string;
  /** The file it means, relative to the root; undefined for a package. */
  readonly file: string | undefined;
  readonly line: number;
  /** `imported` is `*` for a namespace, `default` for the default. Empty for `import "x"` and for `import("x")`. */
  readonly names: readonly { readonly imported: string; readonly local: string; readonly type: boolean }[];
  readonly kind: "import" | "export" | "dynamic";
}

export interface Module {
  readonly file: string;
  readonly text: string;
  readonly program: ESTree.Program;
  readonly imports: readonly Import[];
  readonly line: (offset: number) => number;
  /** A sentence for each thing that the parser refused. */
  readonly errors: readonly string[];
}

const shared = new WeakMap<Sources, Modules>();

/** The modules of a checkout, shared by all checks. */
export function modulesOf(sources: Sources): Modules {
  let modules = shared.get(sources);
  if (!modules) shared.set(sources, (modules = new Modules(sources)));
  return modules;
}

/** Parses files when they are asked for, each once. */
export class Modules {
  readonly #sources: Sources;
  readonly #parsed = new Map<string, Module>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  get(file: string): Module {
    let module = this.#parsed.get(file);
    if (!module) {
      module = parse(file, this.#sources.read(file));
      this.#parsed.set(file, module);
    }
    return module;
  }
}

function parse(file: string, text: string): Module {
  const { program, module, errors } = parseSync(file, text);
  const line = lineCounter(text);
  const target = (from: string) =>
    from.startsWith(".") ? posix.normalize(posix.join(posix.dirname(file), from)) : undefined;
  const imports: Import[] = module.staticImports.map((one) => ({
    from: one.moduleRequest.value,
    file: target(one.moduleRequest.value),
    line: line(one.start),
    names: one.entries.map((entry) => ({
      imported:
        entry.importName.kind === "NamespaceObject"
          ? "*"
          : entry.importName.kind === "Default"
            ? "default"
            : (entry.importName.name ?? "*"),
      local: entry.localName.value,
      type: entry.isType,
    })),
    kind: "import",
  }));
  for (const one of module.staticExports) {
    const from = one.entries.find((entry) => entry.moduleRequest)?.moduleRequest?.value;
    if (from === undefined) continue;
    imports.push({
      from,
      file: target(from),
      line: line(one.start),
      names: one.entries.map((entry) => ({
        imported: entry.importName.name ?? "*",
        local: entry.exportName.name ?? "*",
        type: entry.isType,
      })),
      kind: "export",
    });
  }
  for (const one of module.dynamicImports) {
    const written = /^["'`]([^"'`$]+)["'`]$/.exec(text.slice(one.moduleRequest.start, one.moduleRequest.end));
    const from = written?.[1];
    if (from !== undefined)
      imports.push({ from, file: target(from), line: line(one.start), names: [], kind: "dynamic" });
  }
  return { file, text, program, imports, line, errors: errors.map((error) => error.message) };
}

function lineCounter(text: string): (offset: number) => number {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= [...text.matchAll(/\n/g)].map((found) => found.index);
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

/** Walks a file's syntax tree. */
export function visit(module: Module, handlers: ConstructorParameters<typeof Visitor>[0]): void {
  new Visitor(handlers).visit(module.program);
}
