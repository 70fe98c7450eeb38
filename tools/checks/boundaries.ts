/**
 * The architecture as a check: layers and domains are imported downwards only and through their doors, and only the owner
 * writes a table. Run by itself it prints the map of the domains.
 */
import { outcome, type Check, type Problem } from "./check.ts";
import { readDomains, type DomainFacts } from "./domain-list.ts";
import { packageRefusal, refusal, zoneOf } from "./layers.ts";
import { modulesOf, visit, type Module } from "./modules.ts";
import { isTest, type Sources } from "./sources.ts";
import { Tables } from "./tables.ts";

/** Grants are minted where access is decided and where a granted row is made anew, never where it is used. */
const mints =
  /^server\/(?:kernel\/grants|domains\/(?:[^/]+\/){1,2}(?:access|policy|homes|queries|commands|commands\/[\w-]+))\.ts$/;

/** The environment is read where the configuration is made; PATH alone is handed on to programs that are started. */
const environmentReaders = /^server\/(?:main|kernel\/db\/test-cluster)\.ts$/;

export const boundaries: Check = {
  name: "boundaries",
  run(sources) {
    const found = examine(sources);
    return outcome(
      found.problems,
      `${found.domains.size} domains, ${found.edges} imports, ${found.tables.all.length} tables`,
    );
  },
};

export interface Boundaries {
  readonly problems: readonly Problem[];
  readonly domains: ReadonlyMap<string, DomainFacts>;
  readonly tables: Tables;
  readonly edges: number;
}

export function examine(sources: Sources): Boundaries {
  const modules = modulesOf(sources);
  const { domains, problems: listed } = readDomains(sources, modules);
  const problems: Problem[] = [...listed];
  const used = new Set<string>();
  let edges = 0;
  for (const file of sources.code) {
    const module = modules.get(file);
    for (const error of module.errors) problems.push({ where: file, what: error });
    for (const one of module.imports) {
      edges++;
      const where = `${file}:${one.line}`;
      const from = zoneOf(file);
      const to = one.file === undefined ? undefined : zoneOf(one.file);
      if (from.domain !== undefined && to?.domain !== undefined) used.add(`${from.domain} ${to.domain}`);
      const refused =
        one.file === undefined ? packageRefusal(file, one.from) : refusal(file, one.file, domains);
      if (refused) problems.push({ where, ...refused });
      if (one.file === "server/kernel/grants.ts" && !mints.test(file) && !isTest(file)) {
        if (one.names.some((name) => name.imported === "grant" || name.imported === "*"))
          problems.push({
            where,
            what: "mints a grant",
            mend: "ask the function of the owning domain that decides access",
          });
      }
    }
    if (file.startsWith("server/")) problems.push(...windows(module));
  }
  for (const domain of domains.values()) {
    for (const name of domain.uses) {
      if (domains.has(name) && !used.has(`${domain.name} ${name}`))
        problems.push({
          where: `server/domains/${domain.name}/domain.ts`,
          what: `says it uses ${name} and imports nothing of it`,
          mend: `take "${name}" out of uses`,
        });
    }
  }
  const tables = new Tables(sources, modules);
  problems.push(...tables.foreignWrites());
  return { problems, domains, tables, edges };
}

/** Ways around the rules that are not imports: reading the environment, and casting a row into a grant. */
function windows(module: Module): Problem[] {
  const { file } = module;
  if (isTest(file)) return [];
  const problems: Problem[] = [];
  const report = (offset: number, what: string, mend: string) =>
    problems.push({ where: `${file}:${module.line(offset)}`, what, mend });
  if (!environmentReaders.test(file) && module.text.includes("process.env")) {
    visit(module, {
      MemberExpression(node) {
        if (module.text.slice(node.start, node.end).match(/^process\.env(?!\["PATH"\]|\.PATH\b|$)/))
          report(
            node.start,
            "reads the environment",
            "take it from the configuration that server/main.ts reads",
          );
      },
    });
  }
  if (!mints.test(file) && /\bas\b[^;]*\b(?:RepoWith|OrgWith|Granted)</.test(module.text)) {
    visit(module, {
      TSAsExpression(node) {
        if (
          /^(?:\w+With|Granted)</.test(module.text.slice(node.typeAnnotation.start, node.typeAnnotation.end))
        )
          report(node.start, "casts to a grant", "ask the function that decides access");
      },
    });
  }
  return problems;
}
