import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askedBy, orders, parseFilter, writeFilter } from "./filter.ts";

describe("the filter of pull requests", () => {
  it("understands names, quoted values and free words", () => {
    expect(
      parseFilter('is:closed author:bob label:"good first issue" label:bug sort:updated fix "two words"'),
    ).toEqual({
      state: "closed",
      author: "bob",
      labels: ["good first issue", "bug"],
      sort: "updated-desc",
      text: 'fix "two words"',
    });
  });

  it("leaves what it does not know to the search of words", () => {
    expect(parseFilter("is:strange colour:red").text).toBe("is:strange colour:red");
  });

  it("reads again what it has written", () => {
    const value = fc.stringMatching(/^[a-z0-9][a-z0-9 -]{0,8}$/).map((text) => text.trim());
    const optional = fc.option(value, { nil: undefined });
    fc.assert(
      fc.property(
        fc.constantFrom("open", "closed", "all"),
        optional,
        optional,
        fc.array(value, { maxLength: 3 }),
        fc.constantFrom(...orders.slice(1).map((order) => order.value)),
        (state, author, base, labels, sort) => {
          const filter = {
            state,
            ...(author === undefined ? {} : { author }),
            ...(base === undefined ? {} : { base }),
            labels,
            sort,
            text: "",
          } as const;
          expect(parseFilter(writeFilter(filter))).toEqual(filter);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("asks the API for the newest open ones when nothing is said", () => {
    expect(askedBy(new URLSearchParams())).toMatchObject({
      state: "open",
      sort: "created",
      direction: "desc",
    });
  });
});
