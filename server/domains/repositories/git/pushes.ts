/** A push from outside: who may, what the rules say, and what the person is told. */
import {
  PushRefused,
  type PushCommand,
  type PushHandlers,
  type ReceiveLimits,
} from "../../../git/receive/push.ts";
import type { Context } from "../../../kernel/context.ts";
import { Refusal, notFound } from "../../../kernel/errors.ts";
import { isStillGood } from "../../accounts/index.ts";
import { findRepositoryById, type RepoWith, type Repository } from "../access.ts";
import { reaches } from "../../../kernel/grants.ts";
import { encodePath, htmlUrl } from "../addresses.ts";
import { admit, helpProblem, proposalBytes, requirePusher } from "./admission.ts";
import { noteOwnIntent } from "./intents.ts";
import { moveProblems, settleIntent, type Move } from "./move-refs.ts";
import type { Proposal } from "./proposals.ts";

/**
 * Lines for the person who pushed a branch, or null to leave it to the next one. Domains above add theirs: a branch that has
 * a pull request leads there.
 */
export type PushHint = (ctx: Context, repo: Repository, move: Move) => Promise<readonly string[] | null>;

const hints: PushHint[] = [];

/** To be called once, when a domain is loaded. The first answer counts. */
export function addPushHint(hint: PushHint): void {
  hints.push(hint);
}

/** Of a push of many branches, only the first few are worth a line. */
const hintedBranches = 3;

/** How a push of the actor is decided and recorded. One push, one use. */
export function pushHandlers(ctx: Context, repo: RepoWith<"read">): PushHandlers {
  let intent: string | undefined;
  let current: RepoWith<"read"> = repo;
  let proposal: Proposal | null = null;
  let looked:
    | { readonly count: number | null; readonly grant: Promise<RepoWith<"read"> | string> }
    | undefined;
  return {
    async admit(changes, options) {
      const admitted = await admit(ctx, repo, changes, options);
      ({ proposal } = admitted);
      return admitted.admissions;
    },
    anticipate() {
      looked = { count: ctx.freshness.count, grant: currentGrant(ctx, repo) };
      looked.grant.catch(() => undefined);
    },
    async authorize(push) {
      const { commands } = push;
      // A large push takes minutes, in which a right or a token may be withdrawn, or the repository archived.
      const isCurrent = looked !== undefined && looked.count !== null && looked.count === ctx.freshness.count;
      const now = await (isCurrent && looked ? looked.grant : currentGrant(ctx, repo));
      if (typeof now === "string") return { refused: now };
      // Meanwhile it may have begun to follow another one, and its default branch may be another one.
      current = now;
      const [only] = commands;
      if (proposal && only) {
        const problem = await proposal.judge(current, only, push);
        return problem === null ? "ok" : { refused: problem };
      }
      const problems = await moveProblems(ctx, current, commands, { merged: false });
      const refusedRefs = new Map<string, string>();
      for (const [index, command] of commands.entries()) {
        const problem = (await helpProblem(ctx, current, command)) ?? problems[index];
        if (problem) refusedRefs.set(command.ref, problem);
      }
      return refusedRefs.size === 0 ? "ok" : { refusedRefs };
    },
    async beforeRefs(commands) {
      const [only] = commands;
      if (proposal && only) return new Map([[only.ref, await proposal.begin(only)]]);
      intent = await noteOwnIntent(ctx, current, commands.map(moveOf), { reason: "push" }).catch(
        (error: unknown) => {
          throw error instanceof Refusal ? new PushRefused(error.message) : error;
        },
      );
    },
    async onUpdated(outcomes) {
      if (proposal) return proposal.settle(outcomes.every(({ failure }) => failure === null));
      if (intent === undefined) return [];
      const moved = outcomes.filter(({ failure }) => failure === null).map(moveOf);
      // Asked meanwhile: once the push is recorded, all that follows it asks the database too.
      const lines = linesFor(ctx, current, moved);
      lines.catch(() => undefined);
      await settleIntent(ctx, current, intent, moved, { reason: "push" });
      return lines;
    },
  };
}

/** What the operator allows a push to bring; those who may not write here bring less. */
export const pushLimits = (
  { config }: Pick<Context, "config">,
  repo?: Pick<Repository, "access">,
): Partial<ReceiveLimits> => ({
  maxPackBytes:
    repo && !reaches(repo.access, "write")
      ? Math.min(proposalBytes, config.limits.packBytes)
      : config.limits.packBytes,
  maxFileBytes: config.limits.fileBytes,
});

export const moveOf = ({ ref, old, new: end, brought }: PushCommand): Move => ({
  ref,
  old,
  new: end,
  brought,
});

async function currentGrant(ctx: Context, repo: Repository): Promise<RepoWith<"read"> | string> {
  const [isGood, found] = await Promise.all([
    ctx.actor.kind !== "user" || isStillGood(ctx, ctx.actor),
    findRepositoryById(ctx, repo.id),
  ]);
  if (!isGood) return "What you signed in with was withdrawn while you pushed";
  try {
    if (!found) throw notFound();
    return requirePusher(ctx, found);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

async function linesFor(ctx: Context, repo: Repository, moved: readonly Move[]): Promise<string[]> {
  const home = `refs/heads/${repo.defaultBranch}`;
  const branches = moved.filter(
    ({ ref, new: end }) => ref.startsWith("refs/heads/") && ref !== home && end !== null,
  );
  const lines: string[] = [];
  for (const move of branches.slice(0, hintedBranches)) lines.push(...(await hintFor(ctx, repo, move)));
  return lines;
}

async function hintFor(ctx: Context, repo: Repository, move: Move): Promise<readonly string[]> {
  for (const hint of hints) {
    const lines = await hint(ctx, repo, move);
    if (lines) return lines;
  }
  if (move.old !== null) return [];
  const branch = move.ref.slice("refs/heads/".length);
  return [
    "",
    `Open a pull request for '${branch}':`,
    `  ${htmlUrl(ctx, repo)}/compare/${encodePath(repo.defaultBranch)}...${encodePath(branch)}?expand=1`,
    "",
  ];
}
