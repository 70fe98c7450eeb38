/**
 * What people push who may not write to a repository: a proposal (`refs/for/<branch>`), or a branch that its owner lets them
 * help with. Pull requests, a domain above, answer both.
 */
import type { PushCommand, Push } from "../../../git/receive/push.ts";
import type { RequestedChange } from "../../../git/receive/request.ts";
import type { Context, TransactionContext } from "../../../kernel/context.ts";
import type { Verdict } from "../../../kernel/grants.ts";
import type { Repository, RepoWith } from "../access.ts";
import type { Move } from "./moves.ts";

/** A proposal under way. */
export interface Proposal {
  /** Where the reference that it moves is now; null when it is a new one. */
  readonly old: string | null;
  /** Why it may not be made, or null. Asked when its objects are there, with the repository as it is by then. */
  judge(repo: RepoWith<"read">, command: PushCommand, push: Push): Promise<string | null>;
  /**
   * Notes the intent and answers the reference that will move.
   *
   * @throws PushRefused when another push was quicker
   */
  begin(command: PushCommand): Promise<string>;
  /** Records what became of it. Answers lines for the person. @throws PushUndone when it had to be taken back */
  settle(moved: boolean): Promise<readonly string[]>;
}

export interface ProposalTaker {
  /** Whether somebody may propose anything here, asked before there is something to look at. */
  may(ctx: Context, repo: RepoWith<"read">): Verdict;
  /** Begins one, or says why not. Asked before any object is sent. */
  open(
    ctx: Context,
    repo: RepoWith<"read">,
    change: RequestedChange,
    options: readonly string[],
  ): Promise<Proposal | string>;
  /** Writes the rows of one whose process died after its reference had moved. */
  finish(
    tx: TransactionContext,
    repo: Repository,
    detail: Readonly<Record<string, unknown>>,
    moved: readonly Move[],
  ): Promise<void>;
  /** Whether somebody without write access may push this branch, or any where it is null. */
  mayHelp(ctx: Context, repo: Repository, branch: string | null): Promise<Verdict>;
}

/** The kind of act by which a proposal moves its reference: stands in the intent and in the reflog. */
export const proposalReason = "proposal";

let taker: ProposalTaker | null = null;

/** To be called once, when the domain of pull requests is loaded. */
export function takeProposals(answer: ProposalTaker): void {
  taker = answer;
}

export const proposalTaker = (): ProposalTaker | null => taker;
