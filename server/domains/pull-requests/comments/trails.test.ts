/** The way of lines over revisions, against a replay that carries each line by its identity. */
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { TestRepository } from "../../../git/test-repository.ts";
import { Trails } from "./trails.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

interface Line {
  readonly id: number;
  readonly text: string;
}

type Files = ReadonlyMap<string, readonly Line[]>;

/** What an edit means is decided by the state it meets: numbers choose among what is there. */
type Edit =
  | {
      readonly kind: "insert" | "delete" | "change";
      readonly file: number;
      readonly at: number;
      readonly count: number;
    }
  | { readonly kind: "restore"; readonly file: number; readonly at: number }
  | { readonly kind: "rename"; readonly file: number }
  | { readonly kind: "remove"; readonly file: number }
  | { readonly kind: "create" };

const at = fc.nat(200);
const file = fc.nat(5);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom("insert", "delete", "change"),
      file,
      at,
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("restore" as const), file, at }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("rename" as const), file }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove" as const), file }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("create" as const) }) },
);
/** A rebase is several edits in places of the base and of the branch at once, as far as trees tell. */
const revisions = fc.array(fc.array(edit, { minLength: 0, maxLength: 4 }), { minLength: 1, maxLength: 7 });

/** Makes histories in which every text is told apart from all others, and remembers which line is which. */
class Replay {
  #ids = 0;
  #names = 0;
  readonly #gone = new Map<string, string[]>();

  begin(): Files {
    return new Map([this.#file(), this.#file()]);
  }

  step(files: Files, edits: readonly Edit[]): Files {
    const next = new Map(files);
    // What left a file in this very step cannot come back in it, since nobody could tell that it had left.
    const left: [string, string][] = [];
    const renamed = new Set<string>();
    for (const one of edits) {
      if (one.kind === "create") {
        next.set(...this.#file());
        continue;
      }
      const names = [...next.keys()].filter((name) => files.has(name) && !renamed.has(name));
      const name = names[one.file % Math.max(1, names.length)];
      const lines = name === undefined ? undefined : next.get(name);
      if (name === undefined || !lines) continue;
      if (one.kind === "remove") {
        next.delete(name);
        this.#gone.delete(name);
      } else if (one.kind === "rename") {
        const to = `renamed-${(this.#names += 1)}.txt`;
        next.delete(name);
        next.set(to, lines);
        this.#gone.set(to, this.#gone.get(name) ?? []);
        this.#gone.delete(name);
        renamed.add(to);
      } else next.set(name, this.#edited(name, lines, one, left));
    }
    for (const [name, text] of left)
      if (next.has(name)) this.#gone.set(name, [...(this.#gone.get(name) ?? []), text]);
    return next;
  }

  #edited(
    name: string,
    lines: readonly Line[],
    one: Extract<Edit, { at: number }>,
    left: [string, string][],
  ): Line[] {
    const place = one.at % (lines.length + 1);
    if (one.kind === "restore") {
      const texts = this.#gone.get(name) ?? [];
      const text = texts[one.at % Math.max(1, texts.length)];
      if (text === undefined) return [...lines];
      this.#gone.set(
        name,
        texts.filter((other) => other !== text),
      );
      return lines.toSpliced(place, 0, { id: (this.#ids += 1), text });
    }
    // So much of a file stays that git knows it again under another name.
    const out = one.kind === "insert" || lines.length < 20 ? 0 : one.count;
    for (const line of lines.slice(place, place + out)) left.push([name, line.text]);
    const fresh = Array.from({ length: one.kind === "delete" ? 0 : one.count }, () => this.#line());
    return lines.toSpliced(place, out, ...fresh);
  }

  #file(): [string, Line[]] {
    const name = `file-${(this.#names += 1)}.txt`;
    return [name, Array.from({ length: 24 }, () => this.#line())];
  }

  #line(): Line {
    const id = (this.#ids += 1);
    return {
      id,
      text: `line number ${id} of all that was ever written, ${(id * 2_654_435_761) % 4_294_967_296}`,
    };
  }
}

const repo = new TestRepository();
afterAll(() => repo.remove());

const snapshot = (files: Files) =>
  Object.fromEntries(
    [...files].map(([name, lines]) => [name, lines.map(({ text }) => `${text}\n`).join("")]),
  );

const placesIn = (files: Files): Map<number, Place> =>
  new Map(
    [...files].flatMap(([path, lines]) =>
      lines.map(({ id }, index): [number, Place] => [id, { path, line: index + 1 }]),
    ),
  );

describe("trails", () => {
  test("lead every line to where a replay of all edits has it, or nowhere when it is gone", async () => {
    await fc.assert(
      fc.asyncProperty(revisions, async (steps) => {
        const replay = new Replay();
        const states = [replay.begin()];
        for (const edits of steps) states.push(replay.step(states.at(-1)!, edits));
        // Parents do not matter: after a rebase there is no common one.
        const commits = repo.commits(states.map((files) => ({ files: snapshot(files) })));
        for (const [index, files] of states.entries()) {
          const trails = new Trails(repo, files.keys());
          const last = placesIn(states.at(-1)!);
          for (const [id, { path, line }] of placesIn(files)) {
            const found = await trails.follow(commits.slice(index), { path, from: line, to: line });
            const place = last.get(id);
            expect(found, `line ${id} from ${path}:${line} of revision ${index}`).toEqual(
              place ? { path: place.path, spans: [{ from: place.line, to: place.line }] } : null,
            );
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test("lead a range to exactly those of its lines that a replay of all edits still has", async () => {
    let [shrunk, ended] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        revisions,
        fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 6 })), { minLength: 1, maxLength: 5 }),
        async (steps, ranges) => {
          const replay = new Replay();
          const states = [replay.begin()];
          for (const edits of steps) states.push(replay.step(states.at(-1)!, edits));
          const commits = repo.commits(states.map((files) => ({ files: snapshot(files) })));
          const last = placesIn(states.at(-1)!);
          const trails = new Trails(repo, states[0]!.keys());
          for (const [path, lines] of states[0]!)
            for (const [start, length] of ranges) {
              const from = (start % lines.length) + 1;
              const to = Math.min(lines.length, from + length);
              const left = lines.slice(from - 1, to).flatMap(({ id }) => last.get(id) ?? []);
              const found = await trails.follow(commits, { path, from, to });
              const numbers = (found?.spans ?? []).flatMap((span) =>
                Array.from({ length: span.to - span.from + 1 }, (_, index) => span.from + index),
              );
              const where = `${path}:${from}-${to}`;
              expect(numbers, where).toEqual(left.map((place) => place.line));
              expect(found?.path, where).toBe(left[0]?.path);
              if (left.length === 0) ended += 1;
              else if (left.length < to - from + 1) shrunk += 1;
            }
        },
      ),
      { numRuns: 40 },
    );
    expect([shrunk > 0, ended > 0]).toEqual([true, true]);
  });
});
