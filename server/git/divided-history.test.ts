import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { rangesOf, together } from "./divided-history.ts";
import { folderHistory, type Step } from "./folder-history.ts";
import { runs } from "./test-histories.ts";
import { TestRepository, type TestCommit } from "./test-repository.ts";

const repo = new TestRepository();
afterAll(() => repo.remove());

const walk = (path: string) => ({ repo, path, deadline: 20_000 });

/** The parents and names of each commit, of those passed over too, as far as they are told. */
async function told(all: AsyncIterable<readonly Step[]>): Promise<Map<string, Step>> {
  const steps = new Map<string, Step>();
  for await (const batch of all) for (const step of batch) steps.set(step.commit, step);
  return steps;
}

async function* whole(path: string, head: string) {
  for await (const step of folderHistory(walk(path), head)) yield [step];
}

/** Where a commit that changed nothing leads to; nowhere, where the folder did not exist yet. */
function through(
  steps: ReadonlyMap<string, Step>,
  commit: string,
  known: ReadonlyMap<string, Step>,
): string | undefined {
  if (known.has(commit)) return commit;
  const next = steps.get(commit)?.parents[0];
  return next && through(steps, next, known);
}

/** Divided at every waist there is. */
async function sameAsWhole(path: string, head: string): Promise<number> {
  const ranges = await rangesOf(walk(path), head, 1_000_000);
  const expected = await told(whole(path, head));
  const divided = await told(together(walk(path), ranges));
  for (const [commit, step] of expected) {
    const own = divided.get(commit);
    const parents = own?.parents.map((parent) => through(divided, parent, expected)).filter(Boolean);
    expect([commit, new Set(parents)]).toEqual([commit, new Set(step.parents)]);
    // Nobody reads the names of a merge. One side of it may be where a part ends, and in the whole lead nowhere.
    if (own?.parents.length === 1) expect([commit, own.changed]).toEqual([commit, step.changed]);
  }
  if (expected.size > 0) expect(through(divided, head, expected)).toBeDefined();
  return ranges.length;
}

const change = fc.record({
  path: fc.constantFrom("a", "dir/a", "dir/b", "dir/deep/c", "other"),
  value: fc.nat({ max: 2 }),
  /** Clocks go wrong. */
  time: fc.nat({ max: 40 }),
});
const line = fc.array(change, { minLength: 1, maxLength: 4 });
/** Pieces that follow each other: a line, two lines that part and meet, a line without a past that joins. */
const piece = fc.record({
  kind: fc.constantFrom("line", "two lines", "joined"),
  left: line,
  right: line,
  meet: change,
});

type Change = { readonly path: string; readonly value: number; readonly time: number };

function headOf(pieces: readonly { kind: string; left: Change[]; right: Change[]; meet: Change }[]): string {
  const commits: TestCommit[] = [];
  const add = (parents: readonly number[], before: Record<string, string>, { path, value, time }: Change) => {
    const files = { ...before, [path]: `${value}` };
    commits.push({
      parents: parents.map((mark) => `:${mark}`),
      files,
      committed: 1_600_000_000 + time,
    });
    return { mark: commits.length, files };
  };
  const follow = (tip: { mark: number; files: Record<string, string> } | undefined, changes: Change[]) => {
    let at = tip;
    for (const one of changes) at = add(at ? [at.mark] : [], at?.files ?? { root: "0" }, one);
    return at;
  };
  let tip: { mark: number; files: Record<string, string> } | undefined;
  for (const { kind, left, right, meet } of pieces) {
    const one = follow(tip, left);
    const other = kind === "line" ? undefined : follow(kind === "joined" ? undefined : tip, right);
    tip = one && other ? add([one.mark, other.mark], { ...other.files, ...one.files }, meet) : one;
  }
  return repo.commits(commits)[(tip?.mark ?? 1) - 1] ?? "";
}

test("parts walked at once tell what the whole tells, whatever meets in between", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { minLength: 2, maxLength: 12 }),
      fc.constantFrom("", "dir", "dir/deep", "nothing"),
      async (pieces, path) => void (await sameAsWhole(path, headOf(pieces))),
    ),
    runs(30),
  );
}, 120_000);

test("a history of one line is divided anywhere, also between commits that changed nothing there", async () => {
  const commits: TestCommit[] = Array.from({ length: 60 }, (_, index) => ({
    ...(index ? { parents: [`:${index}`] } : {}),
    files: { other: `${index}`, [`dir/${index % 30}`]: `${index - (index % 3)}` },
  }));
  const head = repo.commits(commits).at(-1) ?? "";
  expect(await sameAsWhole("dir", head)).toBe(commits.length);
  expect(await rangesOf(walk(""), head, 10)).toHaveLength(10);
});
