import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { lookScript, readLook } from "./look.ts";

const cookies = [
  "wit_theme=dark",
  "a=b; wit_theme=light; wit_contrast=more; wit_rail=narrow",
  "xwit_theme=dark",
  "wit_theme=",
  "",
];

/** What the inline script leaves on the root element. */
function runScript(cookie: string, before: Record<string, string>): Record<string, string> {
  const dataset = { ...before };
  runInNewContext(lookScript, { document: { documentElement: { dataset }, cookie } });
  return dataset;
}

test.each(cookies)("the server and the script before the first paint read %j alike", (cookie) => {
  const { js, ...set } = runScript(cookie, {});
  expect(js).toBe("");
  expect(set).toEqual(JSON.parse(JSON.stringify(readLook(cookie))));
});

test("a page from a cache takes on the look of now", () => {
  expect(runScript("wit_theme=light", { theme: "dark", rail: "narrow" })).toEqual({ js: "", theme: "light" });
});

test("a look that is none of ours is the system's choice", () => {
  expect(readLook(`wit_theme="><script>; wit_contrast=less`)).toEqual({
    theme: undefined,
    contrast: undefined,
    rail: undefined,
  });
});
