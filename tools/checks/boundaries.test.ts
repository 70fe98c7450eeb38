import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { examine } from "./boundaries.ts";
import type { Problem } from "./check.ts";
import { Sources } from "./sources.ts";
import { rawWrites } from "./tables.ts";

const checkout = join(import.meta.dirname, "..", "..");

/** What is done, the file that does it, its text, and what the check says of it. */
const cases: [sentence: string, file: string, text: string, said: RegExp][] = [
  [
    "git imports the kernel",
    "server/git/wrong.ts",
    `import { uuidv7 } from "../kernel/ids.ts"; uuidv7();`,
    /git imports server\/kernel\/ids\.ts/,
  ],
  [
    "the kernel imports a domain",
    "server/kernel/wrong.ts",
    `export { labelView } from "../domains/labels/index.ts";`,
    /kernel imports server\/domains\/labels/,
  ],
  [
    "a domain imports one that stands above it",
    "server/domains/labels/wrong.ts",
    `import { issues } from "../issues/schema.ts"; void issues;`,
    /labels imports .*issues\/schema\.ts, which stands above it/,
  ],
  [
    "a type is imported from above",
    "server/domains/labels/wrong.ts",
    `import type { issues } from "../issues/schema.ts"; export type A = typeof issues;`,
    /which stands above it/,
  ],
  [
    "a domain imports one that it does not name in uses",
    "server/domains/checks/wrong.ts",
    `import { organizations } from "../organizations/schema.ts"; void organizations;`,
    /without saying so/,
  ],
  [
    "a domain looks inside another",
    "server/domains/issues/wrong.ts",
    `const { createLabel } = await import("../labels/commands.ts"); void createLabel;`,
    /inside another domain/,
  ],
  [
    "a domain imports a page",
    "server/domains/labels/wrong.ts",
    `import { mountSystem } from "../../pages/system.ts"; void mountSystem;`,
    /labels imports server\/pages/,
  ],
  [
    "a page looks inside a domain",
    "server/pages/wrong.ts",
    `import { createLabel } from "../domains/labels/commands.ts"; void createLabel;`,
    /inside another domain/,
  ],
  [
    "the web imports the server, even for a type",
    "web/app/wrong.ts",
    `import type { Label } from "../../server/domains/labels/index.ts"; export type A = Label;`,
    /web imports server/,
  ],
  [
    "the design system imports a page",
    "web/ui/wrong.tsx",
    `import { Page } from "../app/page.tsx"; export const A = () => <Page />;`,
    /web-ui imports web\/app\/page\.tsx/,
  ],
  [
    "the command line imports the server",
    "cli/commands/wrong.ts",
    `import { createApp } from "../../server/app.ts"; void createApp;`,
    /cli imports server\/app\.ts/,
  ],
  ["the server imports pg", "server/kernel/wrong.ts", `import pg from "pg"; void pg;`, /the package pg/],
  [
    "the server imports test code",
    "server/domains/labels/wrong.ts",
    `import { people } from "../../../tools/testing/people.ts"; void people;`,
    /which is for tests/,
  ],
  [
    "a domain inserts into another's table",
    "server/domains/issues/wrong.ts",
    `import { labels } from "../labels/schema.ts"; export const f = (tx: any) => tx.db.insert(labels).values({});`,
    /^insert on labels, which belongs to labels/,
  ],
  [
    "a domain updates another's table under another name",
    "server/domains/issues/wrong.ts",
    `import { labels as words } from "../labels/schema.ts"; export const f = (db: any) => db.update(words).set({});`,
    /^update on labels/,
  ],
  [
    "a domain deletes from another's table through a namespace",
    "server/domains/issues/wrong.ts",
    `import * as other from "../labels/schema.ts"; export const f = (db: any) => db.delete(other.labels);`,
    /^delete on labels/,
  ],
  [
    "a domain writes another's table in plain SQL",
    "server/domains/issues/wrong.ts",
    'import { sql } from "drizzle-orm"; import { labels } from "../labels/schema.ts";\nexport const f = sql`update ${labels} set color = \'ffffff\'`;',
    /^update on labels/,
  ],
  [
    "a domain writes another's table by its name in plain SQL",
    "server/domains/issues/wrong.ts",
    'import { sql } from "drizzle-orm";\nexport const f = sql`with gone as (delete from "labels" returning 1) select * from gone`;',
    /^delete from on labels/,
  ],
  [
    "a domain writes an event without emit",
    "server/domains/labels/wrong.ts",
    `import { events } from "../../kernel/schema.ts"; export const f = (db: any) => db.insert(events).values({});`,
    /^insert on events, which belongs to kernel/,
  ],
  [
    "a route mints its own grant",
    "server/domains/labels/wrong.ts",
    `import { grant } from "../../kernel/grants.ts"; export const f = (row: object) => grant(row, "admin");`,
    /mints a grant/,
  ],
  [
    "a row is cast to a grant",
    "server/domains/labels/wrong.ts",
    `import type { RepoWith } from "../repositories/index.ts"; export const f = (row: unknown) => row as RepoWith<"admin">;`,
    /casts to a grant/,
  ],
  [
    "a domain reads the environment",
    "server/domains/labels/wrong.ts",
    `export const secret = process.env["SECRET"];`,
    /reads the environment/,
  ],
];

const right = `
import { labels, getLabel } from "../labels/index.ts";
import { labels as joined } from "../labels/schema.ts";
import { issues } from "./schema.ts";
const cache = new Map();
export const f = (db: any) => [
  db.select().from(issues).innerJoin(joined), db.insert(issues).values({}), cache.delete("labels"), getLabel, labels,
];
`;

/** The copy holds all violations at once, each in its own file. */
const place = (file: string, index: number) => file.replace(/wrong(?=\.tsx?$)/, `wrong-${index}`);

let problems: readonly Problem[];

beforeAll(async () => {
  const copy = await mkdtemp(join(tmpdir(), "wit-boundaries-"));
  try {
    await cp(join(checkout, "server"), join(copy, "server"), { recursive: true });
    const add = async (file: string, text: string) => {
      await mkdir(dirname(join(copy, file)), { recursive: true });
      await writeFile(join(copy, file), text);
    };
    for (const [index, [, file, text]] of cases.entries()) await add(place(file, index), text);
    await add("server/domains/orphans/index.ts", "export const orphan = 1;");
    await add("server/domains/issues/right.ts", right);
    problems = examine(new Sources(copy)).problems;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});

const about = (file: string) =>
  problems.filter((one) => one.where === file || one.where.startsWith(`${file}:`)).map((one) => one.what);

describe("a violation is reported", () => {
  it.each(cases.map(([sentence, file, , said], index) => [sentence, place(file, index), said] as const))(
    "when %s",
    (_sentence, file, said) => {
      expect(about(file)).toEqual([expect.stringMatching(said)]);
    },
  );

  it("when a domain is missing in the list", () => {
    expect(about("server/domains/orphans")).toEqual(["the domain is missing"]);
  });
});

describe("what is allowed is not reported", () => {
  it("a join with a lower domain's table, a read of its door, and a write of one's own table", () => {
    expect(about("server/domains/issues/right.ts")).toEqual([]);
  });

  it("locking rows, and updating on conflict", () => {
    const tables = (text: string) => rawWrites([text]).map((one) => one.name);
    expect(tables("select 1 from labels for update of labels")).not.toContain("labels");
    expect(tables("insert into issues values (1) on conflict do update set a = 1")).not.toContain("a");
  });
});
