/** Whether the migrations bring a database to exactly the schema of the code. */
import type { Snapshot } from "../generate/snapshot.ts";
import type { Problem } from "./check.ts";
import type { Sources } from "./sources.ts";

interface Journal {
  readonly entries: readonly { readonly idx: number; readonly tag: string }[];
}

const journalFile = "migrations/meta/_journal.json";
const mend = "npm run db:generate";

const snapshotFile = (index: number) => `migrations/meta/${String(index).padStart(4, "0")}_snapshot.json`;

/** What differs between the schema and the last migration's snapshot, and what is wrong with the chain of migrations. */
export function migrationProblems(sources: Sources, schema: Snapshot): Problem[] {
  const { entries } = sources.readJson(journalFile) as Journal;
  const problems: Problem[] = [];
  let previous: Snapshot | undefined;
  for (const { idx, tag } of entries) {
    const sql = `migrations/${tag}.sql`;
    if (!sources.has(sql)) problems.push({ where: journalFile, what: `${sql} is missing` });
    const file = snapshotFile(idx);
    if (!sources.has(file)) {
      problems.push({ where: journalFile, what: `${file} is missing`, mend });
      continue;
    }
    const snapshot = sources.readJson(file) as Snapshot;
    if (previous && snapshot.prevId !== previous.id)
      problems.push({
        where: file,
        what: "does not follow the migration before it",
        mend: "generate it anew",
      });
    previous = snapshot;
  }
  const known = new Set(entries.map((entry) => `migrations/${entry.tag}.sql`));
  for (const file of sources.files) {
    if (/^migrations\/[^/]+\.sql$/.test(file) && !known.has(file))
      problems.push({
        where: file,
        what: "is not in the journal and is never applied",
        mend: `delete it, or ${mend}`,
      });
  }
  const last = entries.at(-1);
  if (!previous || !last) return [...problems, { where: journalFile, what: "there are no migrations", mend }];
  const differences = [
    ...compare("", previous.tables, schema.tables),
    ...compare("enum ", previous.enums, schema.enums),
  ];
  return [
    ...problems,
    ...differences.map((what) => ({
      where: snapshotFile(last.idx),
      what: `${what}: not in a migration yet`,
      mend,
    })),
  ];
}

/** One sentence for each place where two snapshots differ. */
function compare(place: string, before: unknown, now: unknown): string[] {
  const here = place.replace(/^public\.|\.public\./, "").replace(/ public\./, " ");
  if (JSON.stringify(before) === JSON.stringify(now)) return [];
  if (before === undefined || isEmpty(before)) return isEmpty(now) ? [] : [`${here} is new`];
  if (now === undefined || isEmpty(now)) return [`${here} is gone`];
  if (typeof before !== "object" || typeof now !== "object" || before === null || now === null)
    return [`${here} was ${JSON.stringify(before)} and is ${JSON.stringify(now)}`];
  const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...keys].flatMap((key) =>
    compare(
      place === "" || place.endsWith(" ") ? `${place}${key}` : `${place}.${key}`,
      (before as Record<string, unknown>)[key],
      (now as Record<string, unknown>)[key],
    ),
  );
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
