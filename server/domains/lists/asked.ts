/** What clients send as a query, and what they are told of it. */
import { z } from "zod";
import { readQuery } from "../../../language/query.ts";
import type { Term } from "../../../language/read.ts";
import { Refusal } from "../../kernel/errors.ts";

/** A line of the language, as a parameter. */
export const queryLine = z
  .string()
  .max(1000)
  .regex(/^[^\0]*$/, "This holds a character that cannot be searched")
  .describe("Words and filters: `is:open label:bug author:@me updated:<2w crash`");

export const problemShape = z
  .object({
    text: z.string().describe("The piece of the query"),
    start: z.int().describe("Where it begins, in UTF-16 units"),
    end: z.int(),
    message: z.string(),
    kept: z.boolean().describe("Looked for as a word; else it was left out"),
  })
  .meta({ id: "QueryProblem" });

/** The good terms of a line. @throws Refusal 422 that names each piece that means nothing, with its place */
export function termsOf(line: string): readonly Term[] {
  const { terms, problems } = readQuery(line);
  const bad = problems.filter((one) => !one.kept);
  if (bad.length === 0) return terms;
  throw new Refusal("validation_failed", bad.map((one) => one.message).join(" "), {
    fields: bad.map((one) => ({ resource: "Search", field: "q", code: "invalid", message: one.message })),
    details: bad,
  });
}
