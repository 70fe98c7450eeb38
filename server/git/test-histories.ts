/** For property tests: random histories that fork in two, with edits, renames, modes, links, attributes and merges. */
import fc from "fast-check";
import type { Snapshot, TestCommit, TestFile, TestRepository } from "./test-repository.ts";

type Edit =
  | { readonly op: "line"; readonly file: number; readonly line: number; readonly text: string }
  | { readonly op: "insert" | "cut"; readonly file: number; readonly line: number }
  | { readonly op: "delete" | "mode" | "link" | "binary"; readonly file: number }
  | { readonly op: "move"; readonly file: number; readonly name: number }
  | { readonly op: "add"; readonly name: number; readonly text: string }
  | { readonly op: "attributes"; readonly rule: number; readonly folder: string }
  | { readonly op: "merge" };

export interface History {
  readonly trunk: readonly (readonly Edit[])[];
  readonly topic: readonly (readonly Edit[])[];
}

const names = [
  "a.txt",
  "b.txt",
  "src/c.txt",
  "src/deep/d.txt",
  "plain",
  "plain/below.txt",
  "with space.txt",
  "ümläut.txt",
  "raw\u{10FEFF}.txt",
  "lib/x.txt",
  'quo"te',
];
const rules = [
  "*.txt merge=union",
  "*.txt -merge",
  "*.txt -diff",
  "d.txt merge=union",
  "/src/** merge=binary",
];

const place = fc.nat({ max: 30 });
const word = fc.constantFrom("alpha", "beta", "gamma", "delta");
const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ op: fc.constant("line" as const), file: place, line: place, text: word }),
  },
  { weight: 4, arbitrary: fc.record({ op: fc.constantFrom("insert", "cut"), file: place, line: place }) },
  {
    weight: 3,
    arbitrary: fc.record({ op: fc.constantFrom("delete", "mode", "link", "binary"), file: place }),
  },
  { weight: 3, arbitrary: fc.record({ op: fc.constant("move" as const), file: place, name: place }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("add" as const), name: place, text: word }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant("attributes" as const),
      rule: place,
      folder: fc.constantFrom("", "src/"),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ op: "merge" as const }) },
);
const branch = (least: number) =>
  fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: least, maxLength: 5 });

export const histories: fc.Arbitrary<History> = fc.record({ trunk: branch(0), topic: branch(1) });

interface State {
  readonly mode: NonNullable<TestFile["mode"]>;
  readonly lines: readonly string[];
}
type Files = Map<string, State>;

/** Makes the history; `base` and `head` are the tips of trunk and topic, `all` every commit in the order made. */
export function makeHistory(
  repo: TestRepository,
  history: History,
): { base: string; head: string; all: string[] } {
  const start: Files = new Map();
  for (const name of names.slice(0, 5)) {
    const lines = Array.from({ length: 9 + name.length }, (_, line) => `${name} line ${line}`);
    start.set(name, { mode: "100644", lines });
  }
  const commits: TestCommit[] = [{ files: snapshot(start), message: "root\n" }];
  const trunk = extend(commits, history.trunk, start, "trunk", null);
  const topic = extend(commits, history.topic, start, "topic", trunk);
  const all = repo.commits(commits);
  return { base: all[trunk - 1] ?? "", head: all[topic - 1] ?? "", all };
}

/** Adds commits one after the other to the root; answers the mark of the last. */
function extend(
  commits: TestCommit[],
  steps: readonly (readonly Edit[])[],
  start: Files,
  label: string,
  other: number | null,
): number {
  let tip = 1;
  let files = start;
  steps.forEach((edits, index) => {
    files = new Map(files);
    for (const one of edits) applyEdit(files, one);
    const merges = other !== null && other !== 1 && edits.some(({ op }) => op === "merge");
    commits.push({
      parents: [`:${tip}`, ...(merges ? [`:${other}`] : [])],
      files: snapshot(files),
      message: `${label} ${index}\n\nBody of ${label} ${index}.\n`,
      author: {
        name: `Author ${label}`,
        email: `${label}@example.test`,
        time: 1_650_000_000 + index,
        zone: "+0530",
      },
    });
    tip = commits.length;
  });
  return tip;
}

function applyEdit(files: Files, one: Edit): void {
  if (one.op === "merge") return;
  if (one.op === "attributes") {
    files.set(`${one.folder}.gitattributes`, {
      mode: "100644",
      lines: [rules[one.rule % rules.length] ?? ""],
    });
    return;
  }
  if (one.op === "add")
    return add(files, one.name, { mode: "100644", lines: [one.text, "one", "two", "three"] });
  const name = [...files.keys()][one.file % Math.max(1, files.size)];
  const file = name === undefined ? undefined : files.get(name);
  if (name === undefined || !file || name.endsWith(".gitattributes")) return;
  const lines = [...file.lines];
  if (one.op === "delete") files.delete(name);
  else if (one.op === "mode")
    files.set(name, { ...file, mode: file.mode === "100755" ? "100644" : "100755" });
  else if (one.op === "link") files.set(name, { mode: "120000", lines: [`to-${lines.length}`] });
  else if (one.op === "binary") files.set(name, { mode: "100644", lines: ["\0", ...lines] });
  else if (one.op === "move") {
    files.delete(name);
    add(files, one.name, file);
  } else if ("line" in one && file.mode !== "120000") {
    const at = one.line % Math.max(1, lines.length);
    if (one.op === "line") lines[at] = `${one.text} ${at}`;
    else if (one.op === "insert") lines.splice(at, 0, `new at ${at}`, "é".repeat(at));
    else lines.splice(at, 2);
    files.set(name, { ...file, lines });
  }
}

function add(files: Files, name: number, file: State): void {
  const path = names[name % names.length] ?? "";
  for (const known of files.keys())
    if (known === path || known.startsWith(`${path}/`) || path.startsWith(`${known}/`)) return;
  files.set(path, file);
}

function snapshot(files: Files): Snapshot {
  return Object.fromEntries(
    [...files].map(([name, { mode, lines }]) => [
      name,
      { mode, content: mode === "120000" ? lines.join("") : lines.map((line) => `${line}\n`).join("") },
    ]),
  );
}

/** How many histories a property looks at; `WIT_RUNS` asks for more. */
export function runs(usual: number): { numRuns: number } {
  return { numRuns: Number(process.env["WIT_RUNS"] ?? usual) };
}
