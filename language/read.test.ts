import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { read, type Term } from "./read.ts";
import { wordsOf, write } from "./write.ts";

const names = new Set(["is", "label", "author"]);

/** What was read, without its places. */
const bare = (line: string, known: ReadonlySet<string> = names): Term[] =>
  read(line, known).map(({ start: _start, end: _end, ...term }) => term as Term);

describe("the language of a search line", () => {
  it("reads words, phrases, qualifiers, lists and their opposites", () => {
    expect(bare('crash "out of memory" -windows is:open -label:"good first issue",bug')).toEqual([
      { kind: "word", text: "crash", quoted: false, not: false },
      { kind: "word", text: "out of memory", quoted: true, not: false },
      { kind: "word", text: "windows", quoted: false, not: true },
      { kind: "qualifier", name: "is", values: ["open"], not: false },
      { kind: "qualifier", name: "label", values: ["good first issue", "bug"], not: true },
    ]);
  });

  it("takes a word with a colon that is no qualifier for a word", () => {
    expect(bare("TypeError: http://x.test").map((term) => term.kind)).toEqual(["word", "word"]);
    expect(bare("is:")).toEqual([{ kind: "qualifier", name: "is", values: [], not: false }]);
  });

  it("closes what was left open, and drops what says nothing", () => {
    expect(bare('  - "" label:"never closed')).toEqual([
      { kind: "word", text: "-", quoted: false, not: false },
      { kind: "qualifier", name: "label", values: ["never closed"], not: false },
    ]);
  });

  const plain = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => /^[^\s":,-][^\s":,]*$/.test(text));
  const phrase = fc
    .string({ minLength: 1, maxLength: 12 })
    .map((text) => text.replaceAll('"', "").trim())
    .filter((text) => text !== "");
  const term = fc.oneof(
    fc.record({
      kind: fc.constant("word" as const),
      text: plain,
      quoted: fc.constant(false),
      not: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant("word" as const),
      text: phrase,
      quoted: fc.constant(true),
      not: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant("qualifier" as const),
      name: fc.constantFrom(...names),
      values: fc.array(phrase, { maxLength: 3 }),
      not: fc.boolean(),
    }),
  );

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 6 }), (terms: Term[]) => {
        expect(bare(write(terms))).toEqual(terms);
      }),
      { numRuns: 200 },
    );
  });

  it("reads any line at all, and every word of it comes from the line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (line) => {
        const terms = read(line, names);
        let last = 0;
        for (const one of terms) {
          if (one.kind === "word") expect(line.replaceAll('"', "")).toContain(one.text);
          expect(one.start).toBeGreaterThanOrEqual(last);
          last = one.end ?? 0;
          expect(last).toBeGreaterThan(one.start ?? 0);
        }
        expect(last).toBeLessThanOrEqual(line.length);
        expect(bare(write(terms))).toEqual(bare(line));
        wordsOf(terms);
      }),
      { numRuns: 200 },
    );
  });

  it("takes no longer than its length, whatever stands in it", () => {
    for (const piece of ['"', "-", "label:", 'a"b', ",", "label:,", " -", '-"']) {
      const before = process.cpuUsage();
      read(piece.repeat(50_000), names);
      const { user, system } = process.cpuUsage(before);
      expect(user + system).toBeLessThan(1_500_000);
    }
  });
});
