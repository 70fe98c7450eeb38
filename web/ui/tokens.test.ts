import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contrast, fromHex, type Oklch } from "./oklch.ts";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const root = css.slice(css.indexOf(":root {"), css.indexOf("\n}\n"));
const things = readFileSync(new URL("./things.css", import.meta.url), "utf8");

const parse = (text: string): Oklch => {
  const [l = 0, c = 0, h = 0] = (/oklch\(([^)/]+)/.exec(text)?.[1] ?? "").trim().split(/\s+/).map(Number);
  return { l, c, h };
};

/** The value of a token in a theme, as tokens.css says it. */
function token(name: string, theme: "light" | "dark"): Oklch {
  const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(root)?.[1] ?? "";
  const other = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
  if (other) return token(other, theme);
  const colours = value.match(/oklch\([^)]*\)/g) ?? [];
  expect(colours.length, `--${name} is a colour`).toBeGreaterThan(0);
  return parse((theme === "dark" ? colours[1] : undefined) ?? colours[0] ?? "");
}

const grounds = ["surface", "sunken", "raised", "n3", "n4"];
const words = [
  ...["ink", "ink-2", "ink-3", "accent-ink", "open", "merged", "closed", "warning"].flatMap((word) =>
    grounds.map((ground) => [word, ground] as const),
  ),
  ...["open", "merged", "closed", "warning", "draft"].map((state) => [state, `${state}-soft`] as const),
  ["accent-ink", "accent-soft"],
  ["ink", "accent-soft"],
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-accent", "danger"],
  ["on-accent", "danger-hover"],
  ...["added", "added-word", "removed", "removed-word", "selected-line"].map(
    (ground) => ["ink", ground] as const,
  ),
] as const;

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  test.each(words)("words in %s on %s have a contrast of 4.5", (word, ground) => {
    expect(contrast(token(word, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    ["control", "surface"],
    ["control", "raised"],
    ["focus", "surface"],
    ["focus", "sunken"],
    ["focus", "raised"],
    ["accent", "surface"],
  ])("the line of a control in %s on %s has a contrast of 3", (line, ground) => {
    expect(contrast(token(line, theme), token(ground, theme))).toBeGreaterThanOrEqual(3);
  });

  test("a label of any colour is readable", () => {
    const rule = things.slice(things.indexOf(".label {"), things.indexOf("}", things.indexOf(".label {")));
    const formula = (property: string) => {
      const pairs = [
        ...(new RegExp(`\\b${property}:([^;]+);`).exec(rule)?.[1] ?? "").matchAll(
          /([\d.]+) min\(c, ([\d.]+)\)/g,
        ),
      ];
      const [, l, c] = pairs[theme === "light" ? 0 : 1] ?? [];
      return { l: Number(l), c: Number(c) };
    };
    const drawn = (property: string, { c, h }: Oklch) => {
      const { l, c: most } = formula(property);
      expect(l).toBeGreaterThan(0);
      return { l, c: Math.min(c, most), h };
    };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const label = fromHex(`#${number.toString(16).padStart(6, "0")}`);
        return contrast(drawn("color", label), drawn("background", label)) >= 4.5;
      }),
      { numRuns: 3000 },
    );
  });
});
