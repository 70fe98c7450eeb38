/** What the migrations make of an empty database is what the schema files say. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, type DatabaseClient } from "../../server/kernel/db/client.ts";
import { migrate } from "../../server/kernel/db/migrate.ts";
import { emptyDatabase, type TestDatabase } from "../../server/kernel/db/testing.ts";
import { schemaSnapshot, type Snapshot } from "../generate/snapshot.ts";
import { Sources } from "./sources.ts";
import { sql } from "drizzle-orm";

let database: TestDatabase;
let client: DatabaseClient;
let snapshot: Snapshot;

beforeAll(async () => {
  const sources = new Sources(join(import.meta.dirname, "..", ".."));
  const schemas = sources.files.filter((file) => /^server\/(?:.*\/)?schema\.ts$/.test(file));
  snapshot = await schemaSnapshot(sources.root, schemas);
  database = await emptyDatabase();
  await migrate(database.url);
  client = connect({ url: database.url, poolSize: 1, applicationName: "wit test" });
});
afterAll(async () => {
  await client.close(500);
  await database.drop();
});

const rows = async (query: ReturnType<typeof sql>) =>
  [...(await client.db.execute(query))] as Record<string, string>[];
const tables = () => Object.values(snapshot.tables);

describe("a migrated database is what the schema says", () => {
  it("has the same columns, of the same types, that refuse nothing in the same places", async () => {
    const found = await rows(sql`
      select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
        case when a.attnotnull then 'not null' else 'null' end as nullable
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`);
    const built = found.map((one) => `${one["name"]} ${one["type"]} ${one["nullable"]}`);
    const said = tables().flatMap((table) =>
      Object.values(table.columns).map((column) => {
        const keyed = Object.values(table.compositePrimaryKeys).some((key) =>
          key.columns.includes(column.name),
        );
        const type = column.type.replace(/^timestamp \((\d)\)/, "timestamp($1)");
        return `${table.name}.${column.name} ${type} ${column.notNull || column.primaryKey || keyed ? "not null" : "null"}`;
      }),
    );
    expect(built.toSorted()).toEqual(said.toSorted());
  });

  it("has the same indexes and constraints by name", async () => {
    const found = await rows(sql`
      select indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
      where c.relnamespace = 'public'::regnamespace and not i.indisprimary
        and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype = 'u')
      union all
      select conname from pg_constraint
      where connamespace = 'public'::regnamespace and contype in ('f', 'c', 'u')`);
    const said = tables().flatMap((table) => [
      ...Object.keys(table.indexes),
      ...Object.keys(table.foreignKeys),
      ...Object.keys(table.checkConstraints),
      ...Object.keys(table.uniqueConstraints),
    ]);
    // PostgreSQL cuts names at 63 bytes.
    const cut = new Set(said.map((name) => name.slice(0, 63)));
    const built = new Set(found.map((one) => one["name"]?.replaceAll('"', "") ?? ""));
    expect([...built].toSorted()).toEqual([...cut].toSorted());
  });

  it("has the same enums with the same words in the same order", async () => {
    const found = await rows(sql`
      select t.typname as name, string_agg(e.enumlabel, ' ' order by e.enumsortorder) as words
      from pg_enum e join pg_type t on t.oid = e.enumtypid
      where t.typnamespace = 'public'::regnamespace group by 1`);
    const said = Object.values(snapshot.enums).map((one) => `${one.name}: ${one.values.join(" ")}`);
    expect(found.map((one) => `${one["name"]}: ${one["words"]}`).toSorted()).toEqual(said.toSorted());
  });
});
