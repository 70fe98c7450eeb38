/** The checks of a commit as our pages list them. */
import { z } from "zod";
import { Refusal } from "../../kernel/errors.ts";
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
    skipped: z.int().describe("How many stand before the first that is listed"),
    next: z.string().nullable().describe("Where the list goes on behind these; null when it does not"),
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
/** Listed in one page: so many rows it can still draw. The rest is on the pages that `next` leads to. */
export const mostLines = 10_000;
const order = ["failure", "pending", "success"];
const byName = new Intl.Collator("en", { numeric: true });

type Place = Pick<CheckLine, "verdict" | "required" | "name" | "kind">;

/** What needs somebody first, then by name. No two lines of a commit have one place. */
const inOrder = (a: Place, b: Place): number =>
  order.indexOf(a.verdict) - order.indexOf(b.verdict) ||
  Number(b.required) - Number(a.required) ||
  byName.compare(a.name, b.name) ||
  Number(a.name > b.name) - Number(a.name < b.name) ||
  Number(a.kind > b.kind) - Number(a.kind < b.kind);

const placeShape = z.tuple([verdict, z.boolean(), z.string(), checkLineShape.shape.kind]);

const cursorOf = ({ verdict: at, required, name, kind }: Place): string =>
  Buffer.from(JSON.stringify([at, required, name, kind])).toString("base64url");

function placeIn(cursor: string): Place {
  try {
    const told: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const [at, required, name, kind] = placeShape.parse(told);
    return { verdict: at, required, name, kind };
  } catch (cause) {
    throw new Refusal("validation_failed", "This cursor is not valid here", { cause });
  }
}

/** Which part of a long list. */
export interface ListPart {
  /** Lines at most. */
  readonly most?: number | undefined;
  /** `next` of the part before. */
  readonly after?: string | undefined;
}

/**
 * What needs somebody first, then by name; a required check that nobody has reported is waited for.
 *
 * @param part which lines; the counts are of all
 * @throws Refusal 422 on a cursor that is not one of ours
 */
export function checkList(
  { sha, checks }: CombinedChecks,
  required: Required,
  { most = fewestLines, after }: ListPart = {},
): CheckList {
  const isRequired = (name: string) =>
    required !== null && (required.length === 0 || required.includes(name));
  const known = new Set(checks.map(({ name }) => name));
  const lines = [
    ...checks.map((check) => lineOf(check, isRequired(check.name))),
    ...(required ?? []).filter((name) => !known.has(name)).map(expected),
  ];
  const count = (word: CheckLine["verdict"]) => lines.filter((line) => line.verdict === word).length;
  const sorted = lines.toSorted(inOrder);
  const begun = after === undefined ? null : placeIn(after);
  const first = begun === null ? -1 : sorted.findIndex((line) => inOrder(line, begun) > 0);
  const skipped = begun === null ? 0 : first < 0 ? sorted.length : first;
  const shown = sorted.slice(skipped, skipped + most);
  const last = shown.at(-1);
  return {
    sha,
    verdict: lines.length === 0 ? null : verdictOfAll(lines.map((line) => line.verdict)),
    checks: shown,
    total: lines.length,
    skipped,
    next: last && skipped + shown.length < sorted.length ? cursorOf(last) : null,
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
