import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { complete } from "./complete.ts";
import { filters } from "./filters.ts";
import {
  asksSame,
  orderOf,
  queryState,
  readQuery,
  valuesOf,
  withNone,
  withState,
  withValues,
} from "./query.ts";
import { numbersIn, timesIn } from "./spans.ts";

const now = new Date("2026-03-15T12:00:00Z");
const problems = (line: string) =>
  readQuery(line).problems.map(({ start, end, kept }) => [line.slice(start, end), kept]);

describe("what a query cannot mean", () => {
  it("is told with its place, and the rest holds", () => {
    const { terms, problems: found } = readQuery("is:open is:purple label:bug comments:many crash");
    expect(terms).toHaveLength(3);
    expect(
      found.map((one) => ["is:open is:purple label:bug comments:many".slice(one.start, one.end), one.kept]),
    ).toEqual([
      ["is:purple", false],
      ["comments:many", false],
    ]);
    expect(found[0]?.message).toMatch(/^“is:” does not know “purple”; it is one of open, closed/);
  });

  it("is a word when only its name is unknown, and the person is told so", () => {
    expect(problems('colour:red http://x.test 12:30 "a:b" TypeError: x')).toEqual([["colour:red", true]]);
    expect(readQuery("colour:red").terms).toMatchObject([{ kind: "word", text: "colour:red" }]);
  });

  it("keeps the good values of a filter that has bad ones", () => {
    const { terms } = readQuery("is:open,purple");
    expect(terms).toMatchObject([{ values: ["open"] }]);
  });

  it("is an order that is asked for twice, and a filter without a value", () => {
    expect(problems("sort:created-asc sort:updated-asc")).toEqual([["sort:updated-asc", false]]);
    expect(problems("label: -author: -sort:created-asc")).toEqual([
      ["label:", false],
      ["-author:", false],
      ["-sort:created-asc", false],
    ]);
  });
});

describe("numbers and times", () => {
  it("are bounds", () => {
    expect(["3", ">3", ">=3", "<3", "<=3", "1..5", "*..5", "1..*", "x", "1..x", "-1"].map(numbersIn)).toEqual(
      [
        { from: 3, to: 3 },
        { from: 4 },
        { from: 3 },
        { to: 2 },
        { to: 3 },
        { from: 1, to: 5 },
        { to: 5 },
        { from: 1 },
        null,
        null,
        null,
      ],
    );
  });

  it("count ages from now and days whole", () => {
    const day = (text: string) => new Date(`${text}T00:00:00Z`);
    const two = new Date("2026-03-01T12:00:00Z");
    expect(timesIn("<2w", now)).toEqual({ from: two });
    expect(timesIn("2w", now)).toEqual({ from: two });
    expect(timesIn(">2w", now)).toEqual({ before: two });
    expect(timesIn("2026-03-01", now)).toEqual({ from: day("2026-03-01"), before: day("2026-03-02") });
    expect(timesIn(">2026-03-01", now)).toEqual({ from: day("2026-03-02") });
    expect(timesIn("2026-03-01..*", now)).toEqual({ from: day("2026-03-01") });
    expect(timesIn(">=@today-1w", now)).toEqual({ from: day("2026-03-08") });
    for (const bad of ["yesterday", "2026-02-30T", "<2q", "@todayx", "@today-", "", "..", ">"])
      expect({ bad, is: timesIn(bad, now) }).toEqual({ bad, is: null });
  });

  it("never fail, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        timesIn(text, now);
        numbersIn(text);
        readQuery(`created:${text} comments:${text}`);
      }),
      { numRuns: 300 },
    );
  });
});

describe("changing a query", () => {
  it("writes what people type, and leaves the rest where it is", () => {
    const line = 'is:open label:bug -label:"wont fix" crash sort:updated-desc';
    expect(withState(line, "closed")).toBe('is:closed label:bug -label:"wont fix" crash sort:updated-desc');
    expect(withState("label:bug", "open")).toBe("is:open label:bug");
    expect(withState(line, undefined)).not.toContain("is:open");
    expect(withValues(line, "label", ["bug", "good first issue"])).toBe(
      'is:open label:bug label:"good first issue" -label:"wont fix" crash sort:updated-desc',
    );
    expect(withValues(line, "author", ["@me"])).toBe(
      'is:open label:bug -label:"wont fix" author:@me crash sort:updated-desc',
    );
    expect(withNone("is:open assignee:bob crash", "assignee")).toBe("is:open no:assignee crash");
    expect(withValues("is:open no:assignee crash", "assignee", ["bob"])).toBe("is:open assignee:bob crash");
    expect(withValues(line, "sort", [])).toBe('is:open label:bug -label:"wont fix" crash');
  });

  it("reads its state, order and values", () => {
    const { terms } = readQuery("-is:closed state:open label:a,b label:c -label:d sort:comments-asc");
    expect(queryState(terms)).toBe("open");
    expect(orderOf(terms)).toEqual({ sort: "comments", direction: "asc" });
    expect(valuesOf(terms, "label")).toEqual(["a", "b", "c"]);
    expect(queryState(readQuery("is:open,closed").terms)).toBeUndefined();
    expect(orderOf([])).toEqual({ sort: "created", direction: "desc" });
  });

  it("knows the same question in other words", () => {
    expect(asksSame("is:open label:bug", 'label:"bug"  Is:open')).toBe(true);
    expect(asksSame("is:open label:bug", "is:open -label:bug")).toBe(false);
  });
});

describe("completion", () => {
  const known = {
    people: ["alice", "bob"],
    labels: ["bug", "good first issue"],
    milestones: ["v1"],
    branches: ["main"],
  };
  const at = (text: string, kind: "issue" | "pr" | null = "pr") => {
    const caret = text.indexOf("|");
    return complete(text.replace("|", ""), caret, known, { kind });
  };
  it("offers filters, then their values, and puts them where the caret stands", () => {
    expect(at("is:open la|").map((one) => one.label)).toEqual(["label:"]);
    expect(at("is:open la|")[0]).toMatchObject({ line: "is:open label:", caret: 14 });
    expect(at("label:go| crash")[0]).toMatchObject({
      line: 'label:"good first issue" crash',
      caret: 25,
    });
    expect(at("-label:bug,g|")[0]).toMatchObject({ line: '-label:bug,"good first issue" ' });
    expect(at("author:|").map((one) => one.label)).toEqual(["@me", "alice", "bob"]);
    expect(at("base:|")[0]?.label).toBe("main");
    expect(at("|", "issue").map((one) => one.label)).not.toContain("checks:");
    expect(at("is:|", "issue").map((one) => one.label)).not.toContain("merged");
    expect(at('"two wor|')).toEqual([]);
    expect(at("crash|")).toEqual([]);
  });

  it("only offers what can be meant", () => {
    for (const { name } of filters)
      for (const { line } of complete(`${name}:`, name.length + 1, known, { kind: null, across: true }))
        expect({ line, problems: readQuery(line).problems }).toEqual({ line, problems: [] });
  });

  it("never fails, wherever the caret stands", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.nat(40), (line, place) => {
        complete(line, Math.min(place, line.length), known, { kind: null });
      }),
      { numRuns: 300 },
    );
  });
});
