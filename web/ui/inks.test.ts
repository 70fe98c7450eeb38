import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

test("every ink that the highlighter names has its colour here, and no other", () => {
  const named = [...read("../../server/kernel/highlight/palette.ts").matchAll(/name: "(h\w)"/g)].map(
    ([, ink]) => ink,
  );
  const drawn = [...read("./inks.css").matchAll(/^\.(\w+) \{/gm)].map(([, ink]) => ink);
  expect(named.length).toBeGreaterThan(10);
  expect(new Set(drawn)).toEqual(new Set(named));
});
