/** Protection at work: every move of a reference is held against the rules of its repository, whichever door it comes through. */
import { isAncestor } from "../../../git/ancestry.ts";
import { peelToCommit } from "../../../git/revisions.ts";
import type { Context } from "../../../kernel/context.ts";
import type { Repository } from "../access.ts";
import { gitOf } from "../addresses.ts";
import type { Move } from "../git/moves.ts";
import { checksProblem, refusalOf, ruleFor, type CheckState } from "./policy.ts";
import { listRules, type Rule } from "./queries.ts";

/** What was reported on a commit: the state of every context. Checks are a domain above, which answers here. */
export type CheckReader = (
  ctx: Context,
  repo: Pick<Repository, "id">,
  sha: string,
) => Promise<ReadonlyMap<string, CheckState>>;

let readChecks: CheckReader = async () => new Map();

/** To be called once, when the domain that keeps checks is loaded. */
export function answerChecks(reader: CheckReader): void {
  readChecks = reader;
}

/** Why the checks of a commit do not suffice for a rule; null when they do. */
export async function checksLacking(
  ctx: Context,
  repo: Pick<Repository, "id">,
  rule: Rule,
  sha: string,
): Promise<string | null> {
  return rule.requireStatusChecks ? checksProblem(rule, await readChecks(ctx, repo, sha)) : null;
}

export interface JudgedMove extends Move {
  /** Known of a push, whose objects are not in the repository yet; else worked out. */
  readonly isForce?: boolean;
}

/**
 * Why each move is against a rule, or null. `merged` is said by the merge of a pull request, which has met its requirements.
 */
export async function protectionProblems(
  ctx: Context,
  repo: Repository,
  moves: readonly JudgedMove[],
  { merged }: { readonly merged: boolean },
): Promise<(string | null)[]> {
  const rules = await listRules(ctx, repo);
  if (rules.length === 0) return moves.map(() => null);
  return Promise.all(
    moves.map(async (move) => {
      const rule = ruleFor(rules, move.ref);
      if (!rule || (move.old === null && move.new === null)) return null;
      return refusalOf(rule, {
        ref: move.ref,
        kind: move.old === null ? "create" : move.new === null ? "delete" : "update",
        forced: async () => move.isForce ?? !(await buildsOn(ctx, repo, move)),
        merged,
        checks: async () => (move.new === null ? null : checksLacking(ctx, repo, rule, move.new)),
      });
    }),
  );
}

async function buildsOn(ctx: Context, repo: Repository, move: Move): Promise<boolean> {
  const git = gitOf(ctx, repo);
  const [before, after] = await Promise.all([
    move.old === null ? null : peelToCommit(git, move.old),
    move.new === null ? null : peelToCommit(git, move.new),
  ]);
  return before !== null && after !== null && isAncestor(git, before, after);
}
