/** The first weeks: a number, a word for it, a command. */
import { append, by, edit, program, put } from "./step.ts";

export const begin = [
  by("alice", "Begin with a promise", [
    put("README.md", "# lunar\n\nWhat phase is the moon in? This program will know.\n"),
  ]),
  by("alice", "Add a licence", [
    put(
      "LICENSE",
      'MIT License\n\nCopyright (c) Alice Archer and others\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software\nto use, copy, modify and distribute it. The software is provided "as is", without warranty of any kind.\n',
    ),
  ]),
  by("alice", "Describe the package", [
    put(
      "package.json",
      `{
  "name": "lunar",
  "version": "0.1.0",
  "description": "Phases of the moon",
  "type": "module",
  "license": "MIT",
  "scripts": {
    "test": "node --test"
  }
}
`,
    ),
    put(".gitignore", "node_modules/\n*.log\n"),
  ]),
  by(
    "alice",
    "Compute the age of the moon\n\nCounted from the new moon of 6 January 2000, 18:14 UT, in mean synodic months. Good to about\nhalf a day, which is enough to choose a night for looking at stars.",
    [
      put(
        "src/phase.ts",
        `/** Days from one new moon to the next, on average. */
export const synodicMonth = 29.530588853;

/** A new moon to count from. */
const epoch = Date.UTC(2000, 0, 6, 18, 14);

/** Days since the last new moon. */
export function age(date: Date): number {
  const days = (date.getTime() - epoch) / 86400000;
  return days % synodicMonth;
}
`,
      ),
    ],
  ),
  by("bob", "Test the age on nights that are in the almanac", [
    put(
      "test/phase.test.ts",
      `import assert from "node:assert/strict";
import { test } from "node:test";
import { age } from "../src/phase.ts";

test("the moon was new on 8 April 2024, and the sun dark", () => {
  const old = age(new Date("2024-04-08T18:21:00Z"));
  assert.ok(old < 1 || old > 28.5);
});
`,
    ),
  ]),
  by(
    "bob",
    "Count backwards too\n\nThe remainder of a negative number is negative, so every moon before 2000 was minus some days old.",
    [
      edit(
        "src/phase.ts",
        "  return days % synodicMonth;",
        "  return ((days % synodicMonth) + synodicMonth) % synodicMonth;",
      ),
      append(
        "test/phase.test.ts",
        `
test("the moon was full when people first walked past it", () => {
  const old = age(new Date("1968-12-24T16:00:00Z"));
  assert.ok(old > 0 && old < 29.6);
});
`,
      ),
    ],
  ),
  by("alice", "Name the eight phases", [
    append(
      "src/phase.ts",
      `
export const names = [
  "new moon",
  "waxing crescent",
  "first quarter",
  "waxing gibbous",
  "full moon",
  "waning gibbous",
  "last quarter",
  "waning crescent",
] as const;

export type Phase = (typeof names)[number];

/** The phase by name: each takes an eighth of the month, with its exact moment in the middle. */
export function phase(date: Date): Phase {
  const eighth = Math.round((age(date) / synodicMonth) * 8) % 8;
  return names[eighth] ?? "new moon";
}
`,
    ),
  ]),
  by("alice", "Answer on the command line", [
    program(
      "src/cli.ts",
      `#!/usr/bin/env node
import { phase } from "./phase.ts";

const date = process.argv[2] ? new Date(process.argv[2]) : new Date();
console.log(phase(date));
`,
    ),
    edit(
      "package.json",
      '  "license": "MIT",',
      '  "license": "MIT",\n  "bin": {\n    "lunar": "src/cli.ts"\n  },',
    ),
  ]),
  by("bob", "Refuse dates that are none", [
    edit(
      "src/cli.ts",
      "console.log(phase(date));",
      `if (Number.isNaN(date.getTime())) {
  console.error(\`"\${process.argv[2]}" is no date; try 2026-08-12\`);
  process.exit(2);
}
console.log(phase(date));`,
    ),
  ]),
  by("carol", "Draw it", [
    put(
      "src/draw.ts",
      `import { names, type Phase } from "./phase.ts";

const faces = ["🌑", "🌒", "🌓", "🌔", "🌕", "🌖", "🌗", "🌘"];

/** The moon as it is seen from the northern half of the earth. */
export function face(phase: Phase): string {
  return faces[names.indexOf(phase)] ?? "🌑";
}
`,
    ),
    edit("src/cli.ts", "console.log(phase(date));", "console.log(face(phase(date)), phase(date));"),
    edit("src/cli.ts", "import { phase }", 'import { face } from "./draw.ts";\nimport { phase }'),
  ]),
  by("alice", "Say how much of it is lit", [
    append(
      "src/phase.ts",
      `
/** The lit part of the disc, from 0 to 1. */
export function illumination(date: Date): number {
  return (1 - Math.cos((2 * Math.PI * age(date)) / synodicMonth)) / 2;
}
`,
    ),
    edit(
      "src/cli.ts",
      "console.log(face(phase(date)), phase(date));",
      "const lit = Math.round(illumination(date) * 100);\nconsole.log(face(phase(date)), phase(date), `${lit} %`);",
    ),
    edit("src/cli.ts", "import { phase }", "import { illumination, phase }"),
  ]),
  by(
    "alice",
    "Release 0.1",
    [
      put(
        "CHANGELOG.md",
        "# Changes\n\n## 0.1.0\n\n- Age, phase and lit part of the moon for any date\n- `lunar [date]`\n",
      ),
    ],
    { tag: "v0.1.0" },
  ),
];
