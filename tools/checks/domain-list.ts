/** The domains and their order, read from the text of `server/domains.ts` and of each `domain.ts` without running them. */
import type { ESTree } from "vite";
import type { Problem } from "./check.ts";
import { visit, type Module, type Modules } from "./modules.ts";
import type { Sources } from "./sources.ts";

export const listFile = "server/domains.ts";

export interface DomainFacts {
  /** The folder's name. */
  readonly name: string;
  readonly uses: readonly string[];
  /** Its place in the order; smaller is lower. */
  readonly place: number;
}

export interface DomainList {
  readonly domains: ReadonlyMap<string, DomainFacts>;
  readonly problems: readonly Problem[];
}

export function readDomains(sources: Sources, modules: Modules): DomainList {
  const problems: Problem[] = [];
  const domains = new Map<string, DomainFacts>();
  const list = modules.get(listFile);
  const folders = new Map<string, string>();
  for (const one of list.imports) {
    const folder = /^server\/domains\/([^/]+)\/domain\.ts$/.exec(one.file ?? "")?.[1];
    if (folder !== undefined) for (const name of one.names) folders.set(name.local, folder);
  }
  for (const local of arrayOf(list, "domains")) {
    const name = folders.get(local);
    if (name === undefined) {
      problems.push({ where: listFile, what: `${local} is not imported from domains/<name>/domain.ts` });
      continue;
    }
    const file = `server/domains/${name}/domain.ts`;
    if (!sources.has(file)) {
      problems.push({ where: listFile, what: `${file} does not exist` });
      domains.set(name, { name, uses: [], place: domains.size });
      continue;
    }
    const said = declaration(modules.get(file));
    if (said.name !== name)
      problems.push({
        where: file,
        what: `the domain calls itself ${said.name ?? "nothing"}`,
        mend: `name: "${name}", as its folder`,
      });
    for (const used of said.uses) {
      if (!domains.has(used))
        problems.push({
          where: file,
          what: `uses ${used}, which does not stand above it in ${listFile}`,
          mend: "call down, tell up: subscribe to an event, or move the domain",
        });
    }
    domains.set(name, { name, uses: said.uses, place: domains.size });
  }
  for (const name of new Set(sources.files.map((file) => /^server\/domains\/([^/]+)\//.exec(file)?.[1]))) {
    if (name !== undefined && !domains.has(name))
      problems.push({
        where: `server/domains/${name}`,
        what: "the domain is missing",
        mend: `add it to ${listFile}`,
      });
  }
  return { domains, problems };
}

/** The identifiers in `const <name> = [a, b]`. */
function arrayOf(module: Module, name: string): string[] {
  const found: string[] = [];
  visit(module, {
    VariableDeclarator(node: ESTree.VariableDeclarator) {
      if (node.id.type !== "Identifier" || node.id.name !== name || node.init?.type !== "ArrayExpression")
        return;
      for (const element of node.init.elements) if (element?.type === "Identifier") found.push(element.name);
    },
  });
  return found;
}

/** `name` and `uses` of the object literal that declares a domain. */
function declaration(module: Module): { name: string | undefined; uses: string[] } {
  let name: string | undefined;
  let uses: string[] = [];
  visit(module, {
    ObjectExpression(node: ESTree.ObjectExpression) {
      const list = property(node, "uses");
      if (list?.type !== "ArrayExpression") return;
      uses = list.elements.flatMap((one) =>
        one?.type === "Literal" && typeof one.value === "string" ? [one.value] : [],
      );
      const said = property(node, "name");
      if (said?.type === "Literal" && typeof said.value === "string") name = said.value;
    },
  });
  return { name, uses };
}

function property(node: ESTree.ObjectExpression, name: string): ESTree.Expression | undefined {
  for (const one of node.properties) {
    if (one.type === "Property" && one.key.type === "Identifier" && one.key.name === name) return one.value;
  }
  return undefined;
}
