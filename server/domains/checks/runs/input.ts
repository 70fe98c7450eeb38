/** What clients say of runs and suites, in GitHub's words. */
import { z } from "zod";
import { singleLine } from "../../accounts/index.ts";
import { annotationLevel, checkRunConclusion, checkRunStatus } from "./schema.ts";

/** In one request, as on GitHub. */
const mostAnnotations = 50;
const longestText = 65_535;

/** Postgres counts from year 1; nobody's check ran before the epoch. */
const time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((at) => at.getUTCFullYear() >= 1970 && at.getUTCFullYear() < 2200, "A time of this age");

const words = z.string().max(longestText);
const line = z.int().min(1).max(100_000_000);

const annotation = z
  .object({
    path: singleLine(4096).refine((text) => text.length > 0, "A path has at least one character"),
    start_line: line,
    end_line: line,
    start_column: line.nullable().optional().describe("Only where both lines are the same"),
    end_column: line.nullable().optional(),
    annotation_level: z.enum(annotationLevel.enumValues),
    message: words,
    title: singleLine(255).nullable().optional(),
    raw_details: words.nullable().optional(),
  })
  .superRefine((one, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (one.end_line < one.start_line) refuse("end_line", "It ends before it starts");
    const columns = [one.start_column ?? null, one.end_column ?? null];
    if (one.start_line !== one.end_line && columns.some((column) => column !== null))
      refuse("start_column", "Columns are of one line");
    if (columns[0] !== null && columns[1] !== null && Number(columns[1]) < Number(columns[0]))
      refuse("end_column", "It ends before it starts");
  });

export type AnnotationInput = z.output<typeof annotation>;

const output = z.object({
  title: z.string().max(255).nullable().optional(),
  summary: words.nullable().describe("Markdown, at most 65535 characters"),
  text: words.nullable().optional().describe("Markdown, at most 65535 characters"),
  annotations: z
    .array(annotation)
    .max(mostAnnotations)
    .default([])
    .describe("At most 50 a request; those of later requests are added"),
});

const name = singleLine(255).refine((text) => text.length > 0, "A name has 1 to 255 characters");

const said = {
  details_url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .optional(),
  external_id: singleLine(255).nullable().optional(),
  started_at: time.optional(),
  status: z.enum(checkRunStatus.enumValues).optional(),
  conclusion: z
    .enum(checkRunConclusion.enumValues)
    .nullable()
    .optional()
    .describe("Completes the run; required with the status `completed`"),
  completed_at: time.optional(),
  output: output.nullable().optional(),
};

export const createRunBody = z.object({ name, head_sha: z.string().max(64), ...said });
export const updateRunBody = z.object({ name: name.optional(), ...said });
export const createSuiteBody = z.object({ head_sha: z.string().max(64) });

export type RunInput = z.output<typeof updateRunBody>;
