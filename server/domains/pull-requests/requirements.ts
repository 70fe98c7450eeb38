/**
 * What stands between a pull request and its merge. The merge box, `mergeable_state` and the refusal of a merge all read this
 * one list, so they cannot disagree: `requirements/facts.ts` gathers, `requirements/decide.ts` decides.
 */
import type { Context } from "../../kernel/context.ts";
import type { RepoWith } from "../repositories/index.ts";
import type { PullRequest } from "./queries.ts";
import { decide, decideEnded } from "./requirements/decide.ts";
import type { Decision, Requirement } from "./requirements/shapes.ts";
import { gather } from "./requirements/facts.ts";

export { mergeStateStatus } from "./requirements/decide.ts";
export type { Requirement } from "./requirements/shapes.ts";

export type MergeMethod = "merge" | "squash" | "rebase" | "fast-forward";

export interface Mergeability extends Decision {
  readonly requirements: readonly Requirement[];
  /** Null for what is not open. */
  readonly mergeable: boolean | null;
  /** Files that both sides changed in ways that cannot both hold. */
  readonly conflicts: readonly string[];
  readonly methods: readonly MergeMethod[];
}

/** The methods that the repository's settings allow, the preferred one first. */
export const allowedMethods = (
  repo: Pick<
    RepoWith<"read">,
    "allowMergeCommit" | "allowSquashMerge" | "allowRebaseMerge" | "allowFastForwardMerge"
  >,
): MergeMethod[] => [
  ...(repo.allowMergeCommit ? (["merge"] as const) : []),
  ...(repo.allowSquashMerge ? (["squash"] as const) : []),
  ...(repo.allowRebaseMerge ? (["rebase"] as const) : []),
  ...(repo.allowFastForwardMerge ? (["fast-forward"] as const) : []),
];

/**
 * Judges a pull request that has caught up with its branches. Within a transaction it reads what that transaction sees: a merge
 * asks once more while the target and the rules cannot change.
 */
export async function judge(ctx: Context, repo: RepoWith<"read">, pull: PullRequest): Promise<Mergeability> {
  const methods = allowedMethods(repo);
  if (pull.state !== "open") return { ...decideEnded(pull.state), mergeable: null, conflicts: [], methods };
  const { facts, check } = await gather(ctx, repo, pull, methods.length > 0);
  return { ...decide(facts), mergeable: check?.clean ?? false, conflicts: check?.conflicts ?? [], methods };
}
