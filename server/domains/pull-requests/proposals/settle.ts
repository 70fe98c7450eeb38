/** What becomes of a proposal once its reference moved, or did not. */
import { PushUndone } from "../../../git/receive/push.ts";
import { eq } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { Refusal } from "../../../kernel/errors.ts";
import {
  moveInternalRefs,
  proposalReason,
  settleIntent,
  type Move,
  type RepoWith,
} from "../../repositories/index.ts";
import { changePullRequest } from "../commands/change.ts";
import { catchUp } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import { pullRequests } from "../schema.ts";
import { placesOf } from "../views.ts";
import { endsOf, recordProposal, type ProposalDetail } from "./record.ts";
import type { ProposalRequest } from "./request.ts";

/** A proposal whose intent is noted. */
export interface Under {
  readonly intent: string;
  readonly move: Move;
  /** The one that it goes on with. */
  readonly existing: PullRequest | null;
  /** Of a new one. */
  readonly detail: ProposalDetail | null;
}

/** Answers the lines that lead the person there. @throws PushUndone when it was closed meanwhile */
export async function settleProposal(
  ctx: Context,
  repo: RepoWith<"read">,
  asked: ProposalRequest,
  { intent, move, existing, detail }: Under,
  moved: boolean,
): Promise<readonly string[]> {
  const head = move.new;
  if (!moved || head === null) {
    await settleIntent(ctx, repo, intent, [], { reason: proposalReason });
    return [];
  }
  if (detail) {
    const ends = await endsOf(ctx, repo, detail, head);
    await settleIntent(ctx, repo, intent, [move], {
      reason: proposalReason,
      record: (tx) => recordProposal(tx, repo, detail, ends),
    });
    return told(ctx, repo, detail.number, "Opened the pull request");
  }
  if (!existing) throw new Error("a proposal is new, or goes on with one");
  await settleIntent(ctx, repo, intent, [move], { reason: proposalReason });
  await requireStillOpen(ctx, repo, existing, move);
  const { title, body, isDraft } = asked;
  const words = move.old === head ? "Nothing is new in the pull request" : "Updated the pull request";
  const lines = told(ctx, repo, existing.number, words);
  if (title === null && body === null && isDraft === null) return lines;
  const changes = {
    ...(title === null ? {} : { title }),
    ...(body === null ? {} : { body }),
    ...(isDraft === null ? {} : { isDraft }),
  };
  try {
    await changePullRequest(ctx, repo, existing, changes);
    return lines;
  } catch (error) {
    // The commits have arrived; only the words about them stay as they were.
    if (!(error instanceof Refusal)) throw error;
    return [...lines, `Its title, text and state stay as they were: ${error.message}`, ""];
  }
}

/** The head of one that was closed or merged meanwhile goes back to what its row says. */
async function requireStillOpen(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  move: Move,
): Promise<void> {
  const [row] = await ctx.db.select().from(pullRequests).where(eq(pullRequests.id, pull.id));
  const current = row && (await catchUp(ctx, repo, row));
  if (current?.state === "open") return;
  await moveInternalRefs(ctx, repo, [{ ref: move.ref, old: move.new, new: move.old }], proposalReason);
  throw new PushUndone(`pull request #${pull.number} was closed meanwhile`);
}

const told = (ctx: Context, repo: RepoWith<"read">, number: number, words: string): string[] => [
  "",
  `${words} #${number}:`,
  `  ${placesOf(ctx, repo, number).html}`,
  "",
];
