/** How far the data model is from the one that was asked for: `seed.json` names its tables, columns, keys and enums. */
import type { ColumnFacts, Snapshot, TableFacts } from "../generate/snapshot.ts";
import type { Problem } from "./check.ts";
import type { Sources } from "./sources.ts";

export interface Seed {
  readonly tables: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly keys: readonly {
    readonly table: string;
    readonly kind: "primaryKey" | "unique";
    readonly columns: readonly string[];
  }[];
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

export const seedFile = "tools/checks/seed.json";

export const readSeed = (sources: Sources): Seed => sources.readJson(seedFile) as Seed;

/** A type that holds everything the asked one would, and refuses more that is wrong. */
export interface Strengthening {
  readonly from: string;
  readonly to: RegExp;
  readonly reason: string;
}

export const strengthenings: readonly Strengthening[] = [
  {
    from: "timestamp",
    to: /^timestamp(?: \(\d\))? with time zone$/,
    reason:
      "a moment is the same for every reader, wherever the server stands; milliseconds are what a JavaScript date holds",
  },
  { from: "text", to: /^jsonb$/, reason: "the database refuses what is no JSON, and can look inside" },
  { from: "integer", to: /^bigint$/, reason: "a count of bytes outgrows four bytes at 2 GiB" },
  { from: "text", to: /^bytea$/, reason: "sealed bytes are bytes: no encoding in between" },
  { from: "text", to: /^enum /, reason: "a closed set of words: the database refuses others" },
  { from: "text", to: /^text\[\]$/, reason: "a list of words is a list" },
  { from: "text", to: /^uuid$/, reason: "it holds another row's uuid, so it can be a foreign key" },
  { from: "text", to: /^date$/, reason: "a day, not a text that looks like one" },
];

/** A column's type as the documents say it. */
export const typeText = (column: ColumnFacts): string =>
  column.typeSchema === undefined ? column.type : `enum ${column.type}`;

export interface Coverage {
  readonly summary: string;
  readonly problems: readonly Problem[];
  readonly strengthened: readonly {
    readonly column: string;
    readonly from: string;
    readonly to: string;
    readonly reason: string;
  }[];
  /** Tables of the seed that are not built yet. */
  readonly missing: readonly string[];
}

export function seedCoverage(seed: Seed, snapshot: Snapshot): Coverage {
  const problems: Problem[] = [];
  const strengthened: Coverage["strengthened"][number][] = [];
  const missing: string[] = [];
  const wanted = Object.entries(seed.tables);
  let columns = 0;
  for (const [table, types] of wanted) {
    const built = snapshot.tables[`public.${table}`];
    if (!built) missing.push(table);
    for (const [name, from] of built ? Object.entries(types) : []) {
      const column = built?.columns[name];
      if (!column) {
        problems.push({
          where: seedFile,
          what: `${table} lacks the column ${name} (${from})`,
          mend: "add it",
        });
        continue;
      }
      const to = typeText(column);
      const same = to === from || (from === "enum" && to.startsWith("enum "));
      const stronger = strengthenings.find((one) => one.from === from && one.to.test(to));
      if (same || stronger) columns++;
      else
        problems.push({
          where: seedFile,
          what: `${table}.${name} is ${to} where ${from} was asked for`,
          mend: "use the asked type, or say in tools/checks/seed.ts why this one is stronger",
        });
      if (stronger && !same)
        strengthened.push({ column: `${table}.${name}`, from, to, reason: stronger.reason });
    }
  }
  for (const { table, kind, columns: key } of seed.keys) {
    const built = snapshot.tables[`public.${table}`];
    if (built && !holds(built, key))
      problems.push({
        where: seedFile,
        what: `${table} lacks the ${kind === "unique" ? "unique key" : "primary key"} (${key.join(", ")})`,
        mend: "add it",
      });
  }
  const enums = Object.entries(seed.enums);
  const builtEnums = enums.filter(([name]) => snapshot.enums[`public.${name}`]);
  for (const [name, values] of builtEnums) {
    const lacking = values.filter((value) => !snapshot.enums[`public.${name}`]?.values.includes(value));
    if (lacking.length > 0)
      problems.push({
        where: seedFile,
        what: `the enum ${name} lacks ${lacking.join(", ")}`,
        mend: "add them",
      });
  }
  const all = wanted.reduce((sum, [, types]) => sum + Object.keys(types).length, 0);
  const summary =
    `tables ${wanted.length - missing.length}/${wanted.length}, columns ${columns}/${all}, ` +
    `enums ${builtEnums.length}/${enums.length}`;
  return { summary, problems, strengthened, missing };
}

/** Whether no two rows can share the key. A key without regard to case is stricter; a partial one is for the living rows. */
function holds(table: TableFacts, key: readonly string[]): boolean {
  const wanted = key.toSorted().join();
  const bare = (expression: string) =>
    /^\(?(?:lower\()?"?(?:\w+"?\.")?(\w+)"?\)*$/.exec(expression)?.[1] ?? expression;
  const keys = [
    ...Object.values(table.compositePrimaryKeys).map((one) => one.columns),
    ...Object.values(table.uniqueConstraints).map((one) => one.columns),
    ...Object.values(table.indexes)
      .filter((one) => one.isUnique)
      .map((one) => one.columns.map((column) => bare(column.expression))),
    Object.values(table.columns)
      .filter((column) => column.primaryKey)
      .map((column) => column.name),
  ];
  return keys.some((one) => one.toSorted().join() === wanted);
}
