import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Snapshot } from "../generate/snapshot.ts";
import type { Check } from "./check.ts";
import { docReferences } from "./doc-references.ts";
import { lockfile } from "./lockfile.ts";
import { migrationProblems } from "./migrations.ts";
import { seedCoverage, type Seed } from "./seed.ts";
import { fileNames, fileSize, sliceShape } from "./shape.ts";
import { Sources } from "./sources.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "wit-checks-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function sourcesWith(files: Readonly<Record<string, string>>): Promise<Sources> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return new Sources(folder);
}

async function said(check: Check, files: Readonly<Record<string, string>>): Promise<string[]> {
  const { problems } = await check.run(await sourcesWith(files), { fresh: true });
  return problems.map((one) => `${one.where}: ${one.what}`);
}

describe("sizes and names", () => {
  it("a file of more than 250 lines is too long, unless it is a test", async () => {
    const long = "export {};\n".repeat(251);
    expect(
      await said(fileSize, { "server/a.ts": long, "server/a.test.ts": long, "server/b.ts": "" }),
    ).toEqual(["server/a.ts: has 251 lines of at most 250"]);
  });

  it("a name that says nothing is refused, and one in another case than kebab", async () => {
    expect(
      await said(fileNames, {
        "server/kernel/utils.ts": "",
        "web/helpers/dates.ts": "",
        "cli/UserList.ts": "",
        "web/ui/date-field.tsx": "",
      }),
    ).toEqual([
      "cli/UserList.ts: UserList.ts is not in kebab-case",
      "server/kernel/utils.ts: utils says nothing of what is inside",
      "web/helpers/dates.ts: helpers says nothing of what is inside",
    ]);
  });

  it("a slice has its files, and each kind of thing in its own", async () => {
    const slice = "server/domains/things";
    const found = await said(sliceShape, {
      [`${slice}/domain.ts`]: "",
      [`${slice}/queries.ts`]: `import { pgTable } from "drizzle-orm/pg-core"; export const things = pgTable("things", {});`,
      [`${slice}/commands.ts`]: `import { eventType } from "../../kernel/events.ts"; eventType("thing.made");`,
      [`${slice}/endpoints.ts`]: `import { route } from "../../kernel/http/route.ts"; export const a = route({});`,
    });
    expect(found).toEqual([
      expect.stringContaining("commands.ts: declares what does not stand here"),
      expect.stringContaining("endpoints.ts: endpoints.ts is called routes in every slice"),
      expect.stringContaining("endpoints.ts: declares what does not stand here"),
      expect.stringContaining("queries.ts: declares what does not stand here"),
      `${slice}: has no README.md`,
      `${slice}: has no test`,
    ]);
  });
});

describe("documents", () => {
  it("point at files, scripts, variables and tables that exist", async () => {
    const found = await said(docReferences, {
      "package.json": JSON.stringify({ scripts: { start: "node server/main.ts" } }),
      "server/main.ts": "process.env['WIT_DATA'];",
      "server/domains/things/schema.ts": `export const things = pgTable("things", {});`,
      "server/domains/things/README.md": "- **Tables** `things`: good, `lost`\n- **Tables** `things`, `lost`",
      "README.md":
        "[a](docs/a.md) `server/main.ts` `server/gone.ts` `server/*.ts` npm start, `npm run nothing`, `WIT_DATA` `WIT_LOST`",
    });
    expect(found.toSorted()).toEqual([
      "README.md:1: links to docs/a.md, which is not there",
      "README.md:1: names npm run nothing, which package.json does not have",
      "README.md:1: names server/gone.ts, which is not there",
      "README.md:1: names the variable WIT_LOST, which nothing reads",
      "server/domains/things/README.md:2: names the table lost, which no schema has",
    ]);
  });
});

describe("the lock file", () => {
  it("names no host, pins every package and has a hash of each", async () => {
    const found = await said(lockfile, {
      "package.json": JSON.stringify({ dependencies: { a: "1.0.0", b: "^2.0.0" } }),
      "package-lock.json": JSON.stringify({
        packages: {
          "": { dependencies: { a: "1.0.0" } },
          "node_modules/a": { integrity: "x", resolved: "https://registry.example/a.tgz" },
          "node_modules/b": {},
        },
      }),
    });
    expect(found).toEqual([
      "package-lock.json: node_modules/a is fetched from https://registry.example/a.tgz",
      "package-lock.json: node_modules/b has no hash",
      "package.json: b is not pinned: ^2.0.0",
      "package-lock.json: b ^2.0.0 is not locked",
    ]);
  });
});

const column = (name: string, type: string) => ({ name, type, primaryKey: false, notNull: false });

const snapshot = (columns: Readonly<Record<string, ReturnType<typeof column>>>): Snapshot => ({
  id: "1",
  prevId: "0",
  enums: {},
  tables: {
    "public.things": {
      name: "things",
      columns,
      indexes: {},
      foreignKeys: {},
      compositePrimaryKeys: {},
      uniqueConstraints: {},
      checkConstraints: {},
    },
  },
});

describe("the schema", () => {
  const journal = JSON.stringify({ entries: [{ idx: 0, tag: "0000_first" }] });

  it("differs from the migrations by each column that is new, gone or of another type", async () => {
    const sources = await sourcesWith({
      "migrations/meta/_journal.json": journal,
      "migrations/0000_first.sql": "",
      "migrations/stray.sql": "",
      "migrations/meta/0000_snapshot.json": JSON.stringify(
        snapshot({ a: column("a", "text"), b: column("b", "text") }),
      ),
    });
    const now = snapshot({ a: column("a", "jsonb"), c: column("c", "text") });
    expect(migrationProblems(sources, now).map((one) => one.what)).toEqual([
      "is not in the journal and is never applied",
      'things.columns.a.type was "text" and is "jsonb": not in a migration yet',
      "things.columns.b is gone: not in a migration yet",
      "things.columns.c is new: not in a migration yet",
    ]);
  });

  it("covers the asked columns with their types or stronger ones, and their keys", () => {
    const seed: Seed = {
      tables: {
        things: { id: "uuid", at: "timestamp", size: "integer", gone: "text" },
        later: { id: "uuid" },
      },
      keys: [{ table: "things", kind: "unique", columns: ["id", "size"] }],
      enums: { colour: ["red"] },
    };
    const built = snapshot({
      id: column("id", "uuid"),
      at: column("at", "timestamp (3) with time zone"),
      size: column("size", "text"),
    });
    const { summary, problems, missing } = seedCoverage(seed, built);
    expect(summary).toBe("tables 1/2, columns 2/5, enums 0/1");
    expect(missing).toEqual(["later"]);
    expect(problems.map((one) => one.what)).toEqual([
      "things.size is text where integer was asked for",
      "things lacks the column gone (text)",
      "things lacks the unique key (id, size)",
    ]);
  });
});
