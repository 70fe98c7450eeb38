/**
 * Pull requests that are opened by a push (the AGit flow of git-repo): `git push origin HEAD:refs/for/<branch>`. Whoever may
 * open one may do so, without a fork and without write access, because nothing moves but `refs/pull/N/head`.
 */
import { and, count, eq, isNotNull, sql } from "drizzle-orm";
import { readRefs } from "../../../git/ref-cache.ts";
import { PushRefused, type PushCommand } from "../../../git/receive/push.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { reaches, requireUser } from "../../../kernel/grants.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { mayOpen } from "../../issues/index.ts";
import {
  allocateNumber,
  gitOf,
  noteIntent,
  proposalReason,
  type Proposal,
  type ProposalTaker,
  type Repository,
  type RepoWith,
} from "../../repositories/index.ts";
import { refUpdateIntents } from "../../repositories/schema.ts";
import { headRef } from "../heads.ts";
import { mayHelpWith } from "../helping.ts";
import type { PullRequest } from "../queries.ts";
import { pullRequests } from "../schema.ts";
import { placesOf } from "../views.ts";
import { standing } from "./history.ts";
import { detailShape, endsOf, recordProposal, type ProposalDetail } from "./record.ts";
import { readProposal, type ProposalRequest } from "./request.ts";
import { settleProposal, type Under } from "./settle.ts";

/** So many may be open of one person who cannot write to the repository. */
const mostOpen = 20;

export const proposals: ProposalTaker = {
  may: (ctx, repo) => mayOpen(ctx.actor, repo),

  async open(ctx, repo, change, options) {
    const able = mayOpen(ctx.actor, repo);
    if (able !== true) return able;
    const { refs } = await readRefs(gitOf(ctx, repo));
    const asked = readProposal(change.ref, options, (name) => refs.has(`refs/heads/${name}`));
    if (typeof asked === "string") return asked;
    const existing = await openOne(ctx, repo, asked);
    if (!existing && (await hasTooMany(ctx, repo)))
      return `you have ${mostOpen} open pull requests here by push already; close or finish some first`;
    const old = existing ? (refs.get(headRef(existing.number))?.oid ?? null) : null;
    return new ProposalPush(ctx, repo, { asked, existing, old });
  },

  async finish(tx, repo, found, moved) {
    const detail = detailShape.safeParse(found);
    const [move] = moved;
    // Of one that was there before only the head moved, which whoever reads it notices.
    if (!detail.success || !move?.new) return;
    await recordProposal(tx, repo, detail.data, await endsOf(tx, repo, detail.data, move.new));
  },

  mayHelp: mayHelpWith,
};

class ProposalPush implements Proposal {
  readonly old: string | null;
  readonly #ctx: Context;
  readonly #asked: ProposalRequest;
  readonly #existing: PullRequest | null;
  #repo: RepoWith<"read">;
  #under: Under | undefined;

  constructor(
    ctx: Context,
    repo: RepoWith<"read">,
    found: {
      readonly asked: ProposalRequest;
      readonly existing: PullRequest | null;
      readonly old: string | null;
    },
  ) {
    this.#ctx = ctx;
    this.#repo = repo;
    this.#asked = found.asked;
    this.#existing = found.existing;
    this.old = found.old;
  }

  async judge(
    repo: RepoWith<"read">,
    command: PushCommand,
    push: Parameters<Proposal["judge"]>[2],
  ): Promise<string | null> {
    this.#repo = repo;
    const able = mayOpen(this.#ctx.actor, repo);
    if (able !== true) return able;
    if (command.isForce && !this.#asked.force) return this.#otherCommits();
    return standing(gitOf(this.#ctx, repo), push.env, this.#asked.branch, command.new ?? "");
  }

  #otherCommits(): string {
    const at = this.#existing ? placesOf(this.#ctx, this.#repo, this.#existing.number).html : "";
    return `${at} has other commits under the topic ${this.#asked.topic}: name another one (-o topic=NAME), or replace them (-o force-push)`;
  }

  begin(command: PushCommand): Promise<string> {
    return transact(this.#ctx, async (tx) => {
      this.#under = this.#existing
        ? await this.#beginUpdate(tx, command, this.#existing)
        : await this.#beginNew(tx, command);
      return this.#under.move.ref;
    });
  }

  async #beginUpdate(tx: TransactionContext, command: PushCommand, pull: PullRequest): Promise<Under> {
    const move = { ref: headRef(pull.number), old: this.old, new: command.new };
    const detail = { pull_request_id: pull.id };
    const intent = await noteIntent(tx, this.#repo, [move], { reason: proposalReason, detail });
    return { intent, move, existing: pull, detail: null };
  }

  /** The number's row lock makes two first pushes of one topic come one after the other: the second finds the first. */
  async #beginNew(tx: TransactionContext, command: PushCommand): Promise<Under> {
    const { branch, topic, isNamed, title, body, isDraft } = this.#asked;
    const number = await allocateNumber(tx, this.#repo);
    const detail: ProposalDetail = {
      pull_request_id: uuidv7(),
      number,
      author_id: requireUser(tx.actor).user.id,
      branch,
      topic,
      named: isNamed,
      title,
      body,
      draft: isDraft ?? false,
    };
    if ((await isUnderWay(tx, this.#repo, detail)) || (await openOne(tx, this.#repo, this.#asked)))
      throw new PushRefused(`another push of the topic ${topic} was quicker; push again`);
    const move = { ref: headRef(number), old: null, new: command.new };
    const intent = await noteIntent(tx, this.#repo, [move], { reason: proposalReason, detail });
    return { intent, move, existing: null, detail };
  }

  settle(moved: boolean): Promise<readonly string[]> {
    if (!this.#under) throw new Error("a proposal is settled that was never begun");
    return settleProposal(this.#ctx, this.#repo, this.#asked, this.#under, moved);
  }
}

/** The open pull request that a push of the actor goes on with: nobody reaches into the topic of somebody else. */
async function openOne(
  ctx: Context,
  repo: Repository,
  { branch, topic }: Pick<ProposalRequest, "branch" | "topic">,
): Promise<PullRequest | null> {
  const [row] = await ctx.db
    .select()
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.repoId, repo.id),
        eq(pullRequests.authorId, requireUser(ctx.actor).user.id),
        eq(pullRequests.targetBranch, branch),
        eq(pullRequests.topic, topic),
        eq(pullRequests.state, "open"),
      ),
    );
  return row ?? null;
}

async function hasTooMany(ctx: Context, repo: Repository): Promise<boolean> {
  if (reaches(repo.access, "write")) return false;
  const [row] = await ctx.db
    .select({ open: count() })
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.authorId, requireUser(ctx.actor).user.id),
        eq(pullRequests.state, "open"),
        eq(pullRequests.repoId, repo.id),
        isNotNull(pullRequests.topic),
      ),
    );
  return (row?.open ?? 0) >= mostOpen;
}

/** Whether the first push of the same topic has noted its intent and has no row yet. */
async function isUnderWay(
  tx: TransactionContext,
  repo: Repository,
  { author_id, branch, topic }: ProposalDetail,
): Promise<boolean> {
  const same = JSON.stringify({ reason: proposalReason, detail: { author_id, branch, topic } });
  const [row] = await tx.db
    .select({ id: refUpdateIntents.id })
    .from(refUpdateIntents)
    .where(
      and(eq(refUpdateIntents.repoId, repo.id), sql`${refUpdateIntents.context} @> ${same}::text::jsonb`),
    )
    .limit(1);
  return row !== undefined;
}
