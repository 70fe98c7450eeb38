/** The last weeks before today. */
import { readme } from "./readme.ts";
import { append, by, edit, program, put } from "./step.ts";

export const polish = [
  by("alice", "Tell the whole story in the README", [put("README.md", readme)]),
  by("alice", "List the eclipses of 2027", [
    append(
      "data/eclipses.csv",
      "2027-02-06,annular,sun\n2027-02-20,penumbral,moon\n2027-08-02,total,sun\n2027-08-17,penumbral,moon\n",
    ),
  ]),
  by("carol", "Tell screen readers what the face means", [
    edit("web/index.html", '<p id="face">', '<p id="face" aria-hidden="true">'),
    edit("web/index.html", '<p id="name">', '<p id="name" role="status">'),
  ]),
  by("bob", "Find the next of a phase", [
    put(
      "src/next.ts",
      `import { age, names, synodicMonth, type Phase } from "./phase.ts";

/** When the middle of a phase comes next. */
export function next(phase: Phase, from: Date): Date {
  const wanted = (names.indexOf(phase) / 8) * synodicMonth;
  const wait = (wanted - age(from) + synodicMonth) % synodicMonth;
  return new Date(from.getTime() + wait * 86_400_000);
}
`,
    ),
  ]),
  by("bob", "Prove that the next full moon is full", [
    put(
      "test/next.test.ts",
      `import assert from "node:assert/strict";
import { test } from "node:test";
import { next } from "../src/next.ts";
import { phase } from "../src/phase.ts";

test("the next full moon is one, and lies ahead", () => {
  const now = new Date("2026-03-10T00:00:00Z");
  const then = next("full moon", now);
  assert.equal(phase(then), "full moon");
  assert.ok(then > now);
});
`,
    ),
  ]),
  by("bob", "Ask for the next phase on the command line", [
    edit(
      "src/cli.ts",
      "const lit =",
      `const wanted = names.find((name) => process.argv.includes(\`--next=\${name}\`));
if (wanted) {
  console.log(next(wanted, date).toISOString().slice(0, 10));
  process.exit(0);
}
const lit =`,
    ),
    edit("src/cli.ts", "import { illumination, phase }", "import { illumination, names, phase }"),
    edit("src/cli.ts", "import { calendar,", 'import { next } from "./next.ts";\nimport { calendar,'),
  ]),
  by("alice", "Write numbers with separators", [edit("src/phase.ts", "86400000", "86_400_000")]),
  by("carol", "Dim the page for those who look at the sky", [
    append(
      "web/style.css",
      "\n@media (prefers-contrast: no-preference) {\n  #name {\n    opacity: 0.7;\n  }\n}\n",
    ),
  ]),
  by("alice", "Export what others may use", [
    put(
      "src/index.ts",
      'export { next } from "./next.ts";\nexport { age, illumination, names, phase, synodicMonth, type Phase } from "./phase.ts";\nexport { calendar, face } from "./text/index.ts";\n',
    ),
    edit("package.json", '  "bin": {', '  "exports": "./src/index.ts",\n  "bin": {'),
  ]),
  by("bob", "Release with one command", [
    program(
      "scripts/release.sh",
      `#!/bin/sh
# Tags what package.json says and pushes it.
set -eu
version=$(node -p 'require("./package.json").version')
git diff --quiet || { echo "commit first" >&2; exit 1; }
npm test
git tag -a "v$version" -m "Release $version"
git push origin "v$version"
`,
    ),
  ]),
  by("alice", "List the eclipses of 2028", [
    append(
      "data/eclipses.csv",
      "2028-01-12,partial,moon\n2028-01-26,annular,sun\n2028-07-06,partial,moon\n2028-07-22,total,sun\n2028-12-31,total,moon\n",
    ),
  ]),
  by("carol", "Say in the method how far off it can be", [
    append(
      "docs/method.md",
      `
| Error       | How often        |
| ----------- | ---------------- |
| under 3 h   | a third of time  |
| under 9 h   | most of the time |
| at most 15 h | always          |
`,
    ),
  ]),
  by("bob", "Begin weeks where people begin them", [
    edit(
      "src/text/calendar.ts",
      "export function calendar(year: number, month: number)",
      "export function calendar(year: number, month: number, firstDay: 0 | 1 = 1)",
    ),
    edit("src/text/calendar.ts", "(first.getUTCDay() + 6) % 7", "(first.getUTCDay() - firstDay + 7) % 7"),
    edit(
      "src/text/calendar.ts",
      "that begins its weeks on Monday",
      "whose weeks begin on Sunday (0) or Monday (1)",
    ),
  ]),
  by(
    "alice",
    "Release 0.3",
    [
      edit("package.json", '"version": "0.2.0"', '"version": "0.3.0"'),
      edit(
        "CHANGELOG.md",
        "# Changes\n",
        '# Changes\n\n## 0.3.0\n\n- `lunar --next="full moon"`\n- Eclipses until 2028\n- A package that others can import\n',
      ),
    ],
    { tag: "v0.3.0" },
  ),
  by("alice", "Darken the night", [edit("web/style.css", "background: #0b1020;", "background: #05070f;")]),
  by("bob", "Indent as everybody does", [
    put(
      ".editorconfig",
      "root = true\n\n[*]\nindent_style = space\nindent_size = 2\ninsert_final_newline = true\n\n[*.py]\nindent_size = 4\n",
    ),
  ]),
  by("carol", "Greet in the language of the browser", [
    append(
      "web/moon.js",
      `
const today = new Intl.DateTimeFormat(navigator.language, { dateStyle: "full" }).format();
document.title = \`The moon on \${today}\`;
`,
    ),
  ]),
];
