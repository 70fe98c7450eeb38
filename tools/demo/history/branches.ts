/** What stands beside `main`: the branches of the pull requests. */
import { append, by, edit, put, type Step } from "./step.ts";

export const branches: Readonly<Record<string, { readonly back: number; readonly steps: readonly Step[] }>> =
  {
    "month-argument": {
      back: 4,
      steps: [
        by("bob", "Take the month from any place on the command line", [
          edit(
            "src/cli.ts",
            "const date = process.argv[2] ? new Date(process.argv[2]) : new Date();",
            'const given = process.argv.slice(2).find((word) => !word.startsWith("--"));\nconst date = given ? new Date(given) : new Date();',
          ),
          edit("src/cli.ts", 'console.error(`"${process.argv[2]}" is', 'console.error(`"${given}" is'),
        ]),
      ],
    },
    "rise-times": {
      back: 2,
      steps: [
        by("bob", "Estimate when the moon rises", [
          put(
            "src/rise.ts",
            `import { age, synodicMonth } from "./phase.ts";

/**
 * The hour at which the moon rises, by local solar time: with the sun when it is new, and 24 hours later
 * over a month.
 */
export function rise(date: Date): number {
  return (6 + (24 * age(date)) / synodicMonth) % 24;
}
`,
          ),
        ]),
        by("bob", "Prove that a full moon rises in the evening", [
          put(
            "test/rise.test.ts",
            `import assert from "node:assert/strict";
import { test } from "node:test";
import { rise } from "../src/rise.ts";

test("a full moon rises when the sun sets", () => {
  assert.ok(Math.abs(rise(new Date("2026-03-03T12:00:00Z")) - 18) < 1);
});
`,
          ),
        ]),
        by("bob", "Offer the hour of rising", [
          edit("src/index.ts", "export { calendar", 'export { rise } from "./rise.ts";\nexport { calendar'),
        ]),
      ],
    },
    "csv-reader": {
      back: 5,
      steps: [
        by("bob", "Read the eclipses", [
          put(
            "src/eclipses.ts",
            `import { readFileSync } from "node:fs";

export interface Eclipse {
  readonly date: string;
  readonly kind: "total" | "annular" | "partial" | "penumbral";
  readonly of: "sun" | "moon";
}

/** The eclipses that we know of, by date. */
export function eclipses(): Eclipse[] {
  const text = readFileSync(new URL("../data/eclipses.csv", import.meta.url), "utf8");
  return text.trim().split("\\n").slice(1).map((line) => {
    const [date, kind, of] = line.split(",");
    return { date, kind, of } as Eclipse;
  });
}
`,
          ),
        ]),
        by("bob", "Offer them", [
          edit(
            "src/index.ts",
            "export { next",
            'export { eclipses, type Eclipse } from "./eclipses.ts";\nexport { next',
          ),
        ]),
      ],
    },
    "far-side": {
      back: 3,
      steps: [
        by("carol", "Show the far side", [append("web/moon.js", "\n// Nobody has seen it from here.\n")]),
      ],
    },
    "louder-page": {
      back: 6,
      steps: [
        by("carol", "Make the page brighter", [
          edit(
            "web/style.css",
            "background: #0b1020;\n  color: #e8e6df;",
            "background: #fff;\n  color: #111;",
          ),
        ]),
      ],
    },
    "warmer-page": {
      back: 6,
      steps: [
        by("bob", "Warm the night sky", [
          edit("web/style.css", "background: #0b1020;", "background: #1a1020;"),
        ]),
      ],
    },
    "tidal-forces": {
      back: 1,
      steps: [
        by("alice", "Sketch the tides", [
          put(
            "src/tides.ts",
            "/** How strongly sun and moon pull together, from 0 (neap) to 1 (spring). */\nexport const pull = (age: number): number => Math.abs(Math.cos((2 * Math.PI * age) / 29.53));\n",
          ),
        ]),
      ],
    },
  };
