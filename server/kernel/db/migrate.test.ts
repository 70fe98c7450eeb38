import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { connect } from "./client.ts";
import { migrate } from "./migrate.ts";
import { emptyDatabase } from "./testing.ts";

const folders: string[] = [];
const cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of cleanUp.splice(0).toReversed()) await close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A migrations folder as drizzle-kit writes it, one migration for each text. */
function migrations(...texts: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "wit-migrations-"));
  folders.push(folder);
  mkdirSync(join(folder, "meta"));
  const entries = texts.map((_, idx) => ({
    idx,
    version: "7",
    when: 1_700_000_000_000 + idx,
    tag: `${String(idx).padStart(4, "0")}_step`,
    breakpoints: true,
  }));
  writeFileSync(
    join(folder, "meta", "_journal.json"),
    JSON.stringify({ version: "7", dialect: "postgresql", entries }),
  );
  entries.forEach((entry, index) => writeFileSync(join(folder, `${entry.tag}.sql`), texts[index] ?? ""));
  return folder;
}

async function database() {
  const made = await emptyDatabase();
  const client = connect({ url: made.url, poolSize: 2 });
  cleanUp.push(made.drop, client.close);
  return { url: made.url, sql: client.sql };
}

const first = "create table one (id int);\n--> statement-breakpoint\ninsert into one values (1);";
const second = "alter table one add column name text;";

test("migrations are applied in order, and a second run finds nothing to do", async () => {
  const { url, sql } = await database();
  expect(await migrate(url, { folder: migrations(first, second) })).toBe(2);
  expect(await sql`select * from one`).toEqual([{ id: 1, name: null }]);
  expect(await migrate(url, { folder: migrations(first, second) })).toBe(0);
});

test("a migration that came in by a merge is applied, though a later one was applied before it", async () => {
  const { url, sql } = await database();
  const all = migrations(first, "create table two (id int);", second);
  const without = mkdtempSync(join(tmpdir(), "wit-migrations-"));
  folders.push(without);
  cpSync(all, without, { recursive: true });
  const journal = {
    version: "7",
    dialect: "postgresql",
    entries: [0, 2].map((idx) => ({
      idx,
      version: "7",
      when: 1_700_000_000_000 + idx,
      tag: `000${idx}_step`,
      breakpoints: true,
    })),
  };
  writeFileSync(join(without, "meta", "_journal.json"), JSON.stringify(journal));
  expect(await migrate(url, { folder: without })).toBe(2);
  expect(await migrate(url, { folder: all })).toBe(1);
  expect(await sql`select * from two`).toEqual([]);
});

test("a migration that fails leaves nothing of itself, and what came before it stays", async () => {
  const { url, sql } = await database();
  const folder = migrations(first, "create table half (id int);\n--> statement-breakpoint\nselect 1 / 0;");
  await expect(migrate(url, { folder: folder })).rejects.toThrow("division by zero");
  expect(await sql`select to_regclass('half') as half, to_regclass('one')::text as one`).toEqual([
    { half: null, one: "one" },
  ]);
});

test("a database of a newer version is refused", async () => {
  const { url } = await database();
  await migrate(url, { folder: migrations(first, second) });
  await expect(migrate(url, { folder: migrations(first) })).rejects.toThrow("newer version");
});

test("a migration that was changed after it was applied is refused", async () => {
  const { url } = await database();
  await migrate(url, { folder: migrations(first) });
  await expect(migrate(url, { folder: migrations(second) })).rejects.toThrow(
    "was changed after this database applied it",
  );
});

test("two processes that migrate at once apply everything exactly once", async () => {
  const { url, sql } = await database();
  const folder = migrations(
    "create table one (id int); select pg_sleep(0.3);",
    "insert into one values (1);",
  );
  const script = `
    import { migrate } from ${JSON.stringify(new URL("./migrate.ts", import.meta.url).href)};
    console.log(await migrate(process.argv[1], { folder: process.argv[2] }));`;
  const runs = await Promise.all(
    [1, 2].map(
      () =>
        new Promise<string>((resolve, reject) => {
          const child = spawn(process.execPath, ["--input-type=module", "-e", script, url, folder]);
          let output = "";
          for (const stream of [child.stdout, child.stderr])
            stream.on("data", (text) => (output += String(text)));
          child.once("error", reject).once("close", () => resolve(output.trim()));
        }),
    ),
  );
  expect(runs.toSorted()).toEqual(["0", "2"]);
  expect(await sql`select * from one`).toEqual([{ id: 1 }]);
});

test("readers get through while a migration waits for a long transaction", async () => {
  const { url, sql } = await database();
  await migrate(url, { folder: migrations(first) });
  const holder = await sql.reserve();
  await holder`begin`;
  await holder`select * from one`;
  const migrated = migrate(url, { folder: migrations(first, second), lockWaitMs: 100 });
  await expect
    .poll(
      () =>
        sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    )
    .toHaveLength(1);
  expect(await sql`select id from one`).toEqual([{ id: 1 }]);
  await holder`commit`;
  holder.release();
  expect(await migrated).toBe(1);
});

test("a folder without migrations is an error and not an empty database", async () => {
  const { url } = await database();
  await expect(migrate(url, { folder: join(tmpdir(), "nowhere") })).rejects.toThrow("no migrations");
});
