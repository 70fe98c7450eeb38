/** Months of growth: a calendar, eclipses, a page. */
import { append, by, edit, put } from "./step.ts";

export const growth = [
  by("bob", "Explain the method", [
    put(
      "docs/method.md",
      `# Method

The age of the moon is the time since the last new moon. Counting mean synodic months of
29.530588853 days from a known new moon gives it to about half a day; the true month is between
29.18 and 29.93 days long, because the orbits are ellipses.
`,
    ),
  ]),
  by("bob", "Print a month", [
    put(
      "src/calendar.ts",
      `import { face } from "./draw.ts";
import { phase } from "./phase.ts";

/** A month as lines of a calendar that begins its weeks on Monday. */
export function calendar(year: number, month: number): string[] {
  const first = new Date(Date.UTC(year, month, 1));
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const cells: string[] = Array.from({ length: (first.getUTCDay() + 6) % 7 }, () => "     ");
  for (let day = 1; day <= days; day += 1) {
    const noon = new Date(Date.UTC(year, month, day, 12));
    cells.push(\`\${String(day).padStart(2)} \${face(phase(noon))}\`);
  }
  const lines: string[] = [];
  for (let at = 0; at < cells.length; at += 7) lines.push(cells.slice(at, at + 7).join("  "));
  return lines;
}
`,
    ),
  ]),
  by("bob", "Offer the calendar as a command", [
    edit(
      "src/cli.ts",
      "const lit =",
      `if (process.argv.includes("--month")) {
  for (const line of calendar(date.getUTCFullYear(), date.getUTCMonth())) console.log(line);
  process.exit(0);
}
const lit =`,
    ),
    edit("src/cli.ts", "import { face }", 'import { calendar } from "./calendar.ts";\nimport { face }'),
  ]),
  by("carol", "Prove that a month has all its days", [
    put(
      "test/calendar.test.ts",
      `import assert from "node:assert/strict";
import { test } from "node:test";
import { calendar } from "../src/calendar.ts";

test("a leap February has 29 days", () => {
  assert.match(calendar(2028, 1).join("\\n"), /29/);
  assert.doesNotMatch(calendar(2026, 1).join("\\n"), /29/);
});
`,
    ),
  ]),
  by("carol", "Turn the moon over for the southern half", [
    edit(
      "src/draw.ts",
      `/** The moon as it is seen from the northern half of the earth. */
export function face(phase: Phase): string {
  return faces[names.indexOf(phase)] ?? "🌑";`,
      `/** The moon as it is seen from the northern or the southern half of the earth. */
export function face(phase: Phase, half: "north" | "south" = "north"): string {
  const index = names.indexOf(phase);
  return faces[half === "north" ? index : (8 - index) % 8] ?? "🌑";`,
    ),
  ]),
  by("alice", "List the eclipses of 2024", [
    put(
      "data/eclipses.csv",
      "date,kind,of\n2024-03-25,penumbral,moon\n2024-04-08,total,sun\n2024-09-18,partial,moon\n2024-10-02,annular,sun\n",
    ),
  ]),
  by("alice", "List the eclipses of 2025", [
    append(
      "data/eclipses.csv",
      "2025-03-14,total,moon\n2025-03-29,partial,sun\n2025-09-07,total,moon\n2025-09-21,partial,sun\n",
    ),
  ]),
  by("alice", "List the eclipses of 2026", [
    append(
      "data/eclipses.csv",
      "2026-02-17,annular,sun\n2026-03-03,total,moon\n2026-08-12,total,sun\n2026-08-28,partial,moon\n",
    ),
  ]),
  by("bob", "Hold the list of eclipses against the phases", [
    put(
      "test/eclipses.test.ts",
      `import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { phase } from "../src/phase.ts";

const rows = readFileSync("data/eclipses.csv", "utf8").trim().split("\\n").slice(1);

for (const row of rows) {
  const [date = "", kind, of] = row.split(",");
  test(\`the \${kind} eclipse of the \${of} on \${date} happens in the right phase\`, () => {
    assert.equal(phase(new Date(\`\${date}T12:00:00Z\`)), of === "sun" ? "new moon" : "full moon");
  });
}
`,
    ),
  ]),
  by("bob", "Begin a page for people without a terminal", [
    put(
      "web/index.html",
      `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>The moon tonight</title>
    <link rel="stylesheet" href="style.css" />
  </head>
  <body>
    <main>
      <p id="face">🌑</p>
      <p id="name">new moon</p>
    </main>
    <script type="module" src="moon.js"></script>
  </body>
</html>
`,
    ),
    put(
      "web/style.css",
      "body {\n  background: #0b1020;\n  color: #e8e6df;\n  font: 18px/1.5 system-ui, sans-serif;\n}\n",
    ),
    put(
      "web/moon.js",
      `const month = 29.530588853;
const age = ((Date.now() - Date.UTC(2000, 0, 6, 18, 14)) / 86_400_000) % month;
const eighth = Math.round((age / month) * 8) % 8;
document.getElementById("face").textContent = [..."🌑🌒🌓🌔🌕🌖🌗🌘"][eighth];
`,
    ),
  ]),
  by("carol", "Put the moon in the middle", [
    append(
      "web/style.css",
      "\nmain {\n  display: grid;\n  min-height: 100vh;\n  place-content: center;\n  text-align: center;\n}\n\n#face {\n  font-size: 40vmin;\n  margin: 0;\n}\n",
    ),
  ]),
  by("carol", "Name the phase on the page", [
    append(
      "web/moon.js",
      `
const names = "new moon,waxing crescent,first quarter,waxing gibbous,full moon,waning gibbous,last quarter,waning crescent";
document.getElementById("name").textContent = names.split(",")[eighth];
`,
    ),
  ]),
];
