/** Changing many issues or pull requests at once: what is asked, what took place, and what takes it back. */
import { z } from "zod";
import type { Context, TransactionContext } from "../../kernel/context.ts";
import { Refusal, unprocessable } from "../../kernel/errors.ts";
import { labelsByName, type Label } from "../labels/index.ts";
import { milestonesById, moveMilestoneCounts } from "../planning/index.ts";
import type { RepoWith } from "../repositories/index.ts";
import { assigneeFor } from "./assignable.ts";
import { labelNames, milestone, milestoneIdFor } from "./input.ts";

/** One transaction holds the rows of so many. */
export const mostAtOnce = 100;

export const manyShape = z
  .object({
    numbers: z.array(z.int().min(1)).min(1).max(mostAtOnce),
    state: z.enum(["open", "closed"]).optional(),
    add_labels: labelNames.optional(),
    remove_labels: labelNames.optional(),
    assignee: z.string().max(100).nullable().optional().describe("A name, or null for nobody"),
    milestone: milestone.optional(),
  })
  .meta({ id: "ChangeOfMany" });

export const manyBody = z.object({
  changes: z.array(manyShape).min(1).max(mostAtOnce).describe("Done in this order, all or none"),
});

export const manyAnswer = z.object({
  changed: z.array(z.int()).describe("The numbers of those that were not so already"),
  undo: z.array(manyShape).describe("The `changes` that take it back"),
});

export type ManyAnswer = z.input<typeof manyAnswer>;
type Input = z.output<typeof manyShape>;

/** What is wanted of each, with names made ids. */
export interface Wanted {
  readonly numbers: readonly number[];
  readonly state: "open" | "closed" | undefined;
  readonly assigneeId: string | null | undefined;
  readonly milestoneId: string | null | undefined;
  readonly adds: readonly Label[];
  readonly removes: readonly Label[];
}

/** @throws Refusal 422 for labels, people and milestones that are not there, and for too many numbers together */
export async function wantedOf(
  ctx: Context,
  repo: RepoWith<"read">,
  changes: readonly Input[],
): Promise<Wanted[]> {
  if (changes.reduce((sum, { numbers }) => sum + numbers.length, 0) > mostAtOnce)
    throw unprocessable(`At most ${mostAtOnce} can be changed at once`);
  const wanted: Wanted[] = [];
  for (const input of changes)
    wanted.push({
      numbers: input.numbers,
      state: input.state,
      assigneeId:
        typeof input.assignee === "string" ? await assigneeFor(ctx, repo, [input.assignee]) : input.assignee,
      milestoneId: await milestoneIdFor(ctx, repo, input.milestone),
      adds: input.add_labels ? await labelsByName(ctx, repo, input.add_labels) : [],
      removes: input.remove_labels ? await labelsByName(ctx, repo, input.remove_labels) : [],
    });
  return wanted;
}

/** The labels that something carries afterwards. */
export const labelsAfter = (held: readonly Label[], { adds, removes }: Wanted): Label[] => [
  ...held.filter((label) => !removes.some((one) => one.id === label.id)),
  ...adds.filter((label) => !held.some((one) => one.id === label.id)),
];

/** What can be different about one of them. */
export interface State {
  readonly number: number;
  readonly state: string;
  readonly assigneeId: string | null;
  readonly milestoneId: string | null;
  readonly labels: readonly Label[];
}

/** What takes one of them from `after` back to `before`; null when nothing is different. */
export function backTo(
  before: State,
  after: State,
  names: { readonly login: (id: string) => string | null; readonly milestone: (id: string) => number | null },
): z.input<typeof manyShape> | null {
  const lacking = (of: readonly Label[], from: readonly Label[]) =>
    of.filter((label) => !from.some((one) => one.id === label.id)).map((label) => label.name);
  const adds = lacking(before.labels, after.labels);
  const removes = lacking(after.labels, before.labels);
  const back = {
    ...(before.state === after.state
      ? {}
      : { state: before.state === "open" ? ("open" as const) : ("closed" as const) }),
    ...(adds.length === 0 ? {} : { add_labels: adds }),
    ...(removes.length === 0 ? {} : { remove_labels: removes }),
    ...(before.assigneeId === after.assigneeId
      ? {}
      : { assignee: before.assigneeId === null ? null : names.login(before.assigneeId) }),
    ...(before.milestoneId === after.milestoneId
      ? {}
      : { milestone: before.milestoneId === null ? null : names.milestone(before.milestoneId) }),
  };
  return Object.keys(back).length === 0 ? null : { numbers: [before.number], ...back };
}

/**
 * Locks the milestones that changes of many may count in, in one order. Rows first, then the repository, then these: as
 * everywhere, but here all of a kind before the next kind, so that two such changes and any single one cannot wait in a circle.
 */
export async function lockMilestones(
  tx: TransactionContext,
  ids: readonly (string | null | undefined)[],
): Promise<Map<string, number>> {
  const found = await milestonesById(
    tx,
    [...new Set(ids)].filter((id) => typeof id === "string"),
  );
  for (const id of [...found.keys()].toSorted()) {
    await moveMilestoneCounts(tx, id, { open: 1, closed: 0 });
    await moveMilestoneCounts(tx, id, { open: -1, closed: 0 });
  }
  return new Map([...found].map(([id, one]) => [id, one.number]));
}

/** Says of which one a refusal speaks. */
export async function each<T>(number: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, `#${number}: ${error.message}`, { fields: error.fields, cause: error });
  }
}
