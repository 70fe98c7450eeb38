import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { suggestedLines, suggestionOf } from "./blocks.ts";
import { replaceLines, wholeLines } from "./replace.ts";

describe("suggestion blocks", () => {
  test("what stands between the fences is what is suggested, and nothing takes the lines away", () => {
    expect(suggestedLines("a\n```suggestion\nx\n\ny\n```\nb")).toEqual(["x", "", "y"]);
    expect(suggestedLines("```suggestion\n```")).toEqual([]);
    expect(suggestedLines("```suggestion\r\nx\r\n```")).toEqual(["x"]);
    expect(suggestedLines("~~~ suggestion\nx\n~~~")).toEqual(["x"]);
    expect(suggestedLines("````suggestion\n```js\n```\n````")).toEqual(["```js", "```"]);
    expect(suggestedLines("```suggestion\nnot closed")).toEqual(["not closed"]);
  });

  test("a block inside another block, or of another name, suggests nothing", () => {
    expect(suggestedLines("````md\n```suggestion\nx\n```\n````")).toBeNull();
    expect(suggestedLines("```suggestions\nx\n```")).toBeNull();
    expect(suggestedLines("`suggestion`")).toBeNull();
    expect(suggestionOf("words")).toBeNull();
  });

  test("lines put in the place of others leave every other byte as it was", () => {
    const line = fc.stringMatching(/^[a-c ]{0,3}$/);
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        fc.nat(),
        fc.nat(),
        fc.array(line, { minLength: 1, maxLength: 4 }),
        (old, ends, ended, at, more, wanted) => {
          const end = old.length === 1 && !ended ? "\n" : ends;
          const whole = [...old.slice(0, -1), `${old.at(-1) ?? ""}z`];
          const text = whole.join(end) + (ended ? end : "");
          const first = 1 + (at % whole.length);
          const last = Math.min(whole.length, first + (more % 3));
          const expected = [...whole.slice(0, first - 1), ...wanted, ...whole.slice(last)];
          const got = replaceLines(text, [{ first, last, lines: wanted }]);
          // An empty last line without an end cannot be told from none.
          expect(got).toBe(expected.join(end) + (ended ? end : ""));
          expect(wholeLines(got).join("")).toBe(got);
        },
      ),
    );
  });
});
