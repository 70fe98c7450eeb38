/** The checks of a commit as our pages list them. */
import { z } from "zod";
import { verdictOfAll, type Check, type CombinedChecks } from "./combined.ts";

const verdict = z.enum(["failure", "pending", "success"]);

export const checkLineShape = z
  .object({
    kind: z.enum(["status", "run", "expected"]),
    id: z.int().nullable().describe("Of the status or the run"),
    name: z.string(),
    verdict,
    word: z.string().describe("What it is at; `expected` for a required check that nobody has reported"),
    said: z.string().nullable(),
    link: z.string().nullable(),
    required: z.boolean(),
    started_at: z.string().nullable(),
    completed_at: z.string().nullable(),
    annotations: z.int(),
  })
  .meta({ id: "WebCheckLine" });

export type CheckLine = z.input<typeof checkLineShape>;

export const checkListShape = z
  .object({
    sha: z.string(),
    verdict: verdict.nullable().describe("Null when nothing was reported and nothing is expected"),
    checks: z.array(checkLineShape).describe("As many as were asked for, those first that need somebody"),
    total: z.int(),
    counts: z
      .object({ failure: z.int(), pending: z.int(), success: z.int() })
      .describe("Of all, listed or not"),
  })
  .meta({ id: "WebCheckList" });

export type CheckList = z.input<typeof checkListShape>;

/** The names that a branch requires; without one, all that are reported. Null where it requires none. */
export type Required = readonly string[] | null;

/** Listed at once. */
export const fewestLines = 250;
/** Listed at all: so many rows a page can still draw. */
export const mostLines = 10_000;
const order = ["failure", "pending", "success"];

/**
 * What needs somebody first, then by name; a required check that nobody has reported is waited for.
 *
 * @param most lines of the list; the counts are of all
 */
export function checkList(
  { sha, checks }: CombinedChecks,
  required: Required,
  most: number = fewestLines,
): CheckList {
  const isRequired = (name: string) =>
    required !== null && (required.length === 0 || required.includes(name));
  const known = new Set(checks.map(({ name }) => name));
  const lines = [
    ...checks.map((check) => lineOf(check, isRequired(check.name))),
    ...(required ?? []).filter((name) => !known.has(name)).map(expected),
  ];
  const count = (word: CheckLine["verdict"]) => lines.filter((line) => line.verdict === word).length;
  const byName = new Intl.Collator("en", { numeric: true });
  return {
    sha,
    verdict: lines.length === 0 ? null : verdictOfAll(lines.map((line) => line.verdict)),
    checks: lines
      .toSorted(
        (a, b) =>
          order.indexOf(a.verdict) - order.indexOf(b.verdict) ||
          Number(b.required) - Number(a.required) ||
          byName.compare(a.name, b.name),
      )
      .slice(0, most),
    total: lines.length,
    counts: { failure: count("failure"), pending: count("pending"), success: count("success") },
  };
}

const lineOf = (check: Check, required: boolean): CheckLine => ({
  kind: check.kind,
  id: check.apiId,
  name: check.name,
  verdict: check.verdict,
  word: check.word,
  said: check.said === null ? null : plainly(check.said),
  link: check.link,
  required,
  started_at: check.startedAt?.toISOString() ?? null,
  completed_at: check.completedAt?.toISOString() ?? null,
  annotations: check.annotations,
});

const expected = (name: string): CheckLine => ({
  kind: "expected",
  id: null,
  name,
  verdict: "pending",
  word: "expected",
  said: null,
  link: null,
  required: true,
  started_at: null,
  completed_at: null,
  annotations: 0,
});

/** Text with the marks that turn the direction of writing spelled out: what they hide among lines of code is meant to be seen. */
export const plainly = (text: string): string =>
  text.replaceAll(
    /[\u202a-\u202e\u2066-\u2069]/g,
    (mark) => `<U+${mark.codePointAt(0)?.toString(16).toUpperCase()}>`,
  );
