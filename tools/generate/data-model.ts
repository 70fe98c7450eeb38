/** Writes docs/data-model.md: every table with its columns and rules, drawn by domain, and what is stronger than was asked. */
import type { DomainFacts } from "../checks/domain-list.ts";
import { typeText, type Coverage, type Seed } from "../checks/seed.ts";
import type { Table } from "../checks/tables.ts";
import type { ColumnFacts, Snapshot, TableFacts } from "./snapshot.ts";

export interface DataModel {
  readonly snapshot: Snapshot;
  readonly tables: readonly Table[];
  readonly domains: ReadonlyMap<string, DomainFacts>;
  readonly seed: Seed;
  readonly coverage: Coverage;
  /** The comment above a table in its schema file. */
  readonly commentOf: (table: Table) => string | undefined;
}

export function dataModelDocument(model: DataModel): string {
  const owners = [
    "kernel",
    ...[...model.domains.values()].toSorted((a, b) => a.place - b.place).map((one) => one.name),
  ];
  const sections = owners.flatMap((owner) => {
    const tables = model.tables.filter((table) => table.owner === owner);
    return tables.length === 0 ? [] : [section(model, owner, tables)];
  });
  return [
    "# Data model",
    "",
    "Written by `npm run generate` from the schema files. Change those.",
    "",
    `Of the model that was asked for (\`tools/checks/seed.json\`): ${model.coverage.summary}.`,
    ...(model.coverage.missing.length > 0
      ? [`Not built yet: ${model.coverage.missing.map(code).join(", ")}.`]
      : []),
    "",
    "Shared habits: primary keys are uuid version 7 made by the application, ids of users are text; `api_id` is the integer",
    "that GitHub's API shows; times are `timestamptz` with milliseconds; a foreign key that points to a higher domain exists",
    "only in a migration. Columns marked + were not asked for.",
    "",
    ...sections,
    "## Stronger than asked",
    "",
    ...strongerThanAsked(model.coverage),
    "",
  ].join("\n");
}

function section(model: DataModel, owner: string, tables: readonly Table[]): string {
  const facts = tables.flatMap((table) => {
    const built = model.snapshot.tables[`public.${table.name}`];
    return built ? [{ table, built }] : [];
  });
  const enums = new Set(
    facts.flatMap(({ built }) =>
      Object.values(built.columns).flatMap((one) => (one.typeSchema === undefined ? [] : [one.type])),
    ),
  );
  const values = [...enums].toSorted().flatMap((name) => {
    const found = model.snapshot.enums[`public.${name}`];
    return found ? [`- ${code(name)}: ${found.values.map(code).join(", ")}`] : [];
  });
  return [
    `## ${owner}`,
    "",
    diagram(facts.map(({ built }) => built)),
    "",
    ...facts.map(({ table, built }) => tableSection(model, table, built)),
    ...(values.length > 0 ? ["Enums used here:", "", ...values, ""] : []),
  ].join("\n");
}

function tableSection(model: DataModel, table: Table, built: TableFacts): string {
  const asked = model.seed.tables[table.name];
  const comment = model.commentOf(table);
  const rows = Object.values(built.columns).map((column) => {
    const extra = asked && !Object.hasOwn(asked, column.name) ? " +" : "";
    return `| ${code(column.name)}${extra} | ${typeText(column)} | ${column.notNull ? "" : "yes"} | ${defaultOf(column)} |`;
  });
  const rules = rulesOf(built);
  return [
    `### ${table.name}`,
    "",
    ...(comment === undefined ? [] : [comment, ""]),
    "| Column | Type | Null | Default |",
    "|---|---|---|---|",
    ...rows,
    "",
    ...(rules.length > 0 ? [...rules, ""] : []),
  ].join("\n");
}

const code = (text: string) => `\`${text}\``;

function defaultOf(column: ColumnFacts): string {
  if (column.identity !== undefined) return "identity";
  if (column.generated) return `generated: ${cell(column.generated.as)}`;
  return column.default === undefined ? "" : cell(String(column.default as string | number | boolean));
}

/** Text in a cell of a table: a bar would end it. */
const cell = (text: string) => code(text.replaceAll("|", "\\|").replaceAll("\n", " "));

function rulesOf(table: TableFacts): string[] {
  const list = (columns: readonly string[]) => columns.map(code).join(", ");
  const tidy = (sql: string) => sql.replaceAll(`"${table.name}".`, "").replaceAll('"', "");
  return [
    ...Object.values(table.compositePrimaryKeys).map((one) => `- primary key ${list(one.columns)}`),
    ...Object.values(table.uniqueConstraints).map((one) => `- unique ${list(one.columns)}`),
    ...Object.values(table.foreignKeys).map(
      (one) =>
        `- ${list(one.columnsFrom)} → ${code(`${one.tableTo}(${one.columnsTo.join(", ")})`)}` +
        (one.onDelete && one.onDelete !== "no action" ? `, on delete ${one.onDelete}` : ""),
    ),
    ...Object.values(table.checkConstraints).map(
      (one) => `- check ${code(one.name)}: ${code(tidy(one.value))}`,
    ),
    ...Object.values(table.indexes).map((one) => {
      const columns = one.columns.map((column) => tidy(column.expression)).join(", ");
      const kind = `${one.isUnique ? "unique index" : "index"}${one.method === "btree" ? "" : ` (${one.method})`}`;
      const where = one.where === undefined ? "" : ` where ${code(tidy(one.where))}`;
      return `- ${kind} ${code(one.name)} on ${code(columns)}${where}`;
    }),
  ];
}

/** An entity-relationship diagram of a domain's tables; tables of others that they point to are boxes without columns. */
function diagram(tables: readonly TableFacts[]): string {
  const lines = tables.flatMap((table) => {
    const foreign = Object.values(table.foreignKeys);
    const primary = new Set(Object.values(table.compositePrimaryKeys).flatMap((one) => one.columns));
    const columns = Object.values(table.columns).map((column) => {
      const marks = [
        ...(column.primaryKey || primary.has(column.name) ? ["PK"] : []),
        ...(foreign.some((one) => one.columnsFrom.includes(column.name)) ? ["FK"] : []),
      ];
      const type = typeText(column)
        .replace(/^timestamp.*with time zone$/, "timestamptz")
        .replace(/^enum /, "")
        .replace("[]", "_list")
        .replaceAll(/\W+/g, "_");
      return `    ${type} ${column.name}${marks.length > 0 ? ` ${marks.join(", ")}` : ""}`;
    });
    const edges = foreign.map((one) => {
      const optional = one.columnsFrom.some((name) => table.columns[name]?.notNull !== true);
      return `  ${one.tableTo} ${optional ? "|o" : "||"}--o{ ${table.name} : ${one.columnsFrom.join("_")}`;
    });
    return [`  ${table.name} {`, ...columns, "  }", ...edges];
  });
  return ["```mermaid", "erDiagram", ...lines, "```"].join("\n");
}

function strongerThanAsked(coverage: Coverage): string[] {
  const groups = new Map<string, { reason: string; columns: string[] }>();
  for (const { column, from, to, reason } of coverage.strengthened) {
    const key = `${from} → ${to.startsWith("enum ") ? "an enum" : to}`;
    const group = groups.get(key) ?? { reason, columns: [] };
    group.columns.push(column);
    groups.set(key, group);
  }
  return [...groups].flatMap(([change, { reason, columns }]) => [
    `- **${change}**: ${reason}.`,
    `  ${columns.map(code).join(", ")}`,
  ]);
}
