import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson } from "./body.ts";

const read = (text: string) =>
  readJson(new Request("http://wit.test/", { method: "POST", body: text }), 1_000_000).then(
    (value) => ({ value }),
    (error: { code?: string }) => ({ code: error.code }),
  );

describe("a body of JSON", () => {
  test("is read exactly when every text in it can be stored: no NUL, and no half of a surrogate pair", async () => {
    const unit = fc.constantFrom(
      "\0",
      "\ud83d",
      "\ude00",
      "\\",
      "u",
      "0000",
      "d83d",
      '"',
      "é",
      "😀",
      "\n",
      "a",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { maxLength: 8 }), fc.boolean(), async (units, asKey) => {
        const text = units.join("");
        const value = asKey ? { [text]: 1 } : { title: text };
        const heard = await read(JSON.stringify(value));
        const storable = text.isWellFormed() && !text.includes("\0");
        expect(heard).toEqual(storable ? { value } : { code: "validation_failed" });
      }),
      { numRuns: 500 },
    );
  });

  test("may speak of NUL and of surrogates: a backslash before the escape makes it words", async () => {
    for (const text of ["\\u0000", "C ends strings with \\u0000", "\\\\ud800", "\\\\u0000"])
      expect(await read(JSON.stringify({ text }))).toEqual({ value: { text } });
    for (const text of [
      '{"a":"\\u0000"}',
      '{"a":"\\\\\\u0000"}',
      '{"a":"\\uD800\\n\\uDC00"}',
      '{"a":"\\uDC00"}',
    ])
      expect(await read(text), text).toEqual({ code: "validation_failed" });
  });
});
