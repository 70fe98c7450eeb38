/** The data model as drizzle-kit sees it, from the schema files themselves: no database, no file is written. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generateDrizzleJson } from "drizzle-kit/api";

export interface ColumnFacts {
  readonly name: string;
  readonly type: string;
  readonly typeSchema?: string;
  readonly primaryKey: boolean;
  readonly notNull: boolean;
  readonly default?: unknown;
  readonly generated?: { readonly as: string };
  readonly identity?: unknown;
}

export interface IndexFacts {
  readonly name: string;
  readonly columns: readonly { readonly expression: string }[];
  readonly isUnique: boolean;
  readonly method: string;
  readonly where?: string;
}

export interface ForeignKeyFacts {
  readonly name: string;
  readonly tableTo: string;
  readonly columnsFrom: readonly string[];
  readonly columnsTo: readonly string[];
  readonly onDelete?: string;
}

type Named<T> = Readonly<Record<string, T>>;

export interface TableFacts {
  readonly name: string;
  readonly columns: Named<ColumnFacts>;
  readonly indexes: Named<IndexFacts>;
  readonly foreignKeys: Named<ForeignKeyFacts>;
  readonly compositePrimaryKeys: Named<{ readonly columns: readonly string[] }>;
  readonly uniqueConstraints: Named<{ readonly name: string; readonly columns: readonly string[] }>;
  readonly checkConstraints: Named<{ readonly name: string; readonly value: string }>;
}

/** The part of drizzle-kit's snapshot that is compared and described. Keys are `schema.name`. */
export interface Snapshot {
  readonly id: string;
  readonly prevId: string;
  readonly tables: Named<TableFacts>;
  readonly enums: Named<{ readonly name: string; readonly values: readonly string[] }>;
}

/** @param files the schema files, relative to the root */
export async function schemaSnapshot(root: string, files: readonly string[]): Promise<Snapshot> {
  const exports: Record<string, unknown> = {};
  for (const file of files) {
    const module = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
    // Two files may use the same name for different things.
    for (const [name, value] of Object.entries(module)) exports[`${file}#${name}`] = value;
  }
  return generateDrizzleJson(exports) as unknown as Snapshot;
}
