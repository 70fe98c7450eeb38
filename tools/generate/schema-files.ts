/** The document of the data model, and what is wrong with the model: both need the schema, which takes a second to load. */
import { readDomains } from "../checks/domain-list.ts";
import { migrationProblems } from "../checks/migrations.ts";
import { modulesOf } from "../checks/modules.ts";
import { readSeed, seedCoverage, type Coverage } from "../checks/seed.ts";
import type { Problem } from "../checks/check.ts";
import type { Sources } from "../checks/sources.ts";
import { Tables, type Table } from "../checks/tables.ts";
import { dataModelDocument } from "./data-model.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { schemaSnapshot } from "./snapshot.ts";

export interface SchemaReport {
  readonly files: readonly GeneratedFile[];
  readonly migrations: readonly Problem[];
  readonly coverage: Coverage;
}

export async function schemaReport(sources: Sources): Promise<SchemaReport> {
  const modules = modulesOf(sources);
  const { domains } = readDomains(sources, modules);
  const tables = new Tables(sources, modules).all;
  const snapshot = await schemaSnapshot(
    sources.root,
    [...new Set(tables.map((table) => table.schema))].toSorted(),
  );
  const seed = readSeed(sources);
  const coverage = seedCoverage(seed, snapshot);
  const commentOf = (table: Table) => commentAbove(sources.read(table.schema), table.name);
  const text = dataModelDocument({ snapshot, tables, domains, seed, coverage, commentOf });
  return {
    files: [{ path: "docs/data-model.md", text }],
    migrations: migrationProblems(sources, snapshot),
    coverage,
  };
}

/** The doc comment above the table's declaration, in one line. */
function commentAbove(text: string, table: string): string | undefined {
  const found = [
    ...text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const \w+ = \w*[tT]able\(\s*"(\w+)"/g),
  ];
  return found
    .find(([, , name]) => name === table)?.[1]
    ?.replaceAll(/\s*\n\s*\*?\s*/g, " ")
    .trim();
}
