/** What clients send about issues, in every spelling that GitHub takes. */
import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import { invalid } from "../../kernel/errors.ts";
import { singleLine } from "../accounts/index.ts";
import { labelsByName, type Label } from "../labels/index.ts";
import { milestoneByNumber } from "../planning/index.ts";
import type { RepoWith } from "../repositories/index.ts";
import type { Target } from "./stages.ts";

export const title = singleLine(256).refine((text) => text.length > 0, "A title has 1 to 256 characters");
/** GitHub's limit, in UTF-16 units as JavaScript counts. */
export const longestText = 65_536;
export const body = z.string().max(longestText).nullable().describe("Markdown, at most 65,536 characters");
export const commentBody = z
  .string()
  .max(longestText)
  .refine((text) => text.trim() !== "", "A comment says something")
  .describe("Markdown, at most 65,536 characters");

const name = z.string().max(100);
export const labelNames = z
  .array(z.union([name, z.object({ name }).transform((label) => label.name)]))
  .max(100)
  .transform((names) => [...new Set(names)]);
/** GitHub has taken the bare list and the object for years; both are in use. */
export const labelsBody = z.union([
  z.object({ labels: labelNames }),
  labelNames.transform((names) => ({ labels: names })),
]);
export const assigneeNames = z.array(name).max(100).describe("The first who can be assigned is");
export const milestone = z
  .union([z.int().min(1), z.string().regex(/^[1-9]\d{0,8}$/)])
  .nullable()
  .describe("Its number, or null for none");

/** The label rows, or undefined when labels were not mentioned. @throws Refusal 422 that names unknown ones */
export async function labelsFor(
  ctx: Context,
  repo: RepoWith<"read">,
  names: readonly string[] | undefined,
): Promise<Label[] | undefined> {
  return names && labelsByName(ctx, repo, names);
}

/** The milestone's id, null for none, undefined when it was not mentioned. @throws Refusal 422 */
export async function milestoneIdFor(
  ctx: Context,
  repo: RepoWith<"read">,
  number: number | string | null | undefined,
): Promise<string | null | undefined> {
  if (number === undefined || number === null) return number;
  const found = await milestoneByNumber(ctx, repo, String(number)).catch(() => null);
  if (!found) throw invalid("Issue", "milestone", `There is no milestone ${number}`);
  return found.id;
}

/** The names meant by GitHub's two spellings: the list, or the one name (null and "" mean nobody). */
export function wantedAssignees(input: {
  readonly assignee?: string | null | undefined;
  readonly assignees?: readonly string[] | undefined;
}): readonly string[] | undefined {
  if (input.assignees !== undefined) return input.assignees;
  return input.assignee === undefined ? undefined : input.assignee ? [input.assignee] : [];
}

export const stateReason = z.enum(["completed", "not_planned", "duplicate", "reopened"]).nullable();

/** Where `state` and `state_reason` lead; a reason without a state says why what is closed was. */
export function targetOf(input: {
  readonly state?: "open" | "closed" | undefined;
  readonly state_reason?: z.output<typeof stateReason> | undefined;
}): Target | undefined {
  if (input.state === undefined) return undefined;
  if (input.state === "open") return "open";
  return input.state_reason === "not_planned" || input.state_reason === "duplicate"
    ? "not_planned"
    : "completed";
}
