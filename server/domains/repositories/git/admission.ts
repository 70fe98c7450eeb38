/** Who may begin a push, and which of its references: decided by names, before anything is sent. */
import { isProposalRef } from "../../../git/names.ts";
import type { Admission } from "../../../git/receive/push.ts";
import type { RequestedChange } from "../../../git/receive/request.ts";
import type { Context } from "../../../kernel/context.ts";
import { forbidden } from "../../../kernel/errors.ts";
import { reaches } from "../../../kernel/grants.ts";
import { requireAccess, type RepoWith, type Repository } from "../access.ts";
import { requireOwnContent } from "../remotes/source.ts";
import { proposalTaker, type Proposal } from "./proposals.ts";

/** Bytes of what somebody may bring who may not write here. */
export const proposalBytes = 256 * 1024 ** 2;

const branches = "refs/heads/";
const noWriter = "Must have write access to the repository";

/**
 * Lets a push in. Whoever reads may begin one: what they may move is asked for each reference.
 *
 * @throws Refusal 404, 401, or 403 where nobody could push anything
 */
export function requirePusher(ctx: Context, repo: Repository): RepoWith<"read"> {
  const granted = reaches(repo.access, "write")
    ? requireAccess(ctx, repo, "write")
    : requireAccess(ctx, repo, "read");
  if (granted.archivedAt) throw forbidden("Repository was archived so is read-only");
  if (!proposalTaker()) requireAccess(ctx, repo, "write");
  requireOwnContent(granted);
  return granted;
}

/**
 * Lets somebody bring what belongs to a proposal and is no object of git.
 *
 * @throws Refusal as `requirePusher`, and 403 for who may propose nothing here
 */
export function requireProposer(ctx: Context, repo: Repository): RepoWith<"read"> {
  const granted = requirePusher(ctx, repo);
  const able = proposalTaker()?.may(ctx, granted) ?? noWriter;
  if (able !== true) throw forbidden(able);
  return granted;
}

/**
 * Lets somebody bring what belongs to a branch that they help with and is no object of git.
 *
 * @param ref the branch by its full name; null asks for any
 * @throws Refusal as `requirePusher`, and 403 for who may not push that branch
 */
export async function requireHelper(
  ctx: Context,
  repo: Repository,
  ref: string | null,
): Promise<RepoWith<"read">> {
  const granted = requirePusher(ctx, repo);
  const branch = ref?.startsWith(branches) ? ref.slice(branches.length) : null;
  const able = (ref === null || branch !== null) && (await proposalTaker()?.mayHelp(ctx, granted, branch));
  if (able !== true) throw forbidden(noWriter);
  return granted;
}

export interface Admitted {
  readonly admissions: ReadonlyMap<string, Admission>;
  /** The one proposal of the push; it comes alone. */
  readonly proposal: Proposal | null;
}

/** What each reference of a push is told before its objects are taken. */
export async function admit(
  ctx: Context,
  repo: RepoWith<"read">,
  changes: readonly RequestedChange[],
  options: readonly string[],
): Promise<Admitted> {
  const admissions = new Map<string, Admission>();
  const [only] = changes;
  if (changes.length === 1 && only && only.new !== null && isProposalRef(only.ref)) {
    const proposal = (await proposalTaker()?.open(ctx, repo, only, options)) ?? noWriter;
    if (typeof proposal === "string")
      return { admissions: new Map([[only.ref, { refused: proposal }]]), proposal: null };
    const admission = { standsFor: { old: proposal.old } };
    return { admissions: new Map([[only.ref, admission]]), proposal };
  }
  for (const change of changes) {
    // Where such a name exists, from before it had a meaning, it can still be deleted.
    if (isProposalRef(change.ref) && change.new !== null) {
      admissions.set(change.ref, { refused: "push a proposal by itself, one at a time" });
      continue;
    }
    const problem = await helpProblem(ctx, repo, change);
    if (problem !== null) admissions.set(change.ref, { refused: problem });
  }
  return { admissions, proposal: null };
}

/** Why somebody who may not write here may not move a reference; null for who may. */
export async function helpProblem(
  ctx: Context,
  repo: Repository,
  change: Pick<RequestedChange, "ref" | "old" | "new">,
): Promise<string | null> {
  if (reaches(repo.access, "write")) return null;
  const taker = proposalTaker();
  // Helping goes on with a branch: it makes none and takes none away.
  if (!taker || !change.ref.startsWith(branches) || change.old === null || change.new === null)
    return noWriter;
  return (await taker.mayHelp(ctx, repo, change.ref.slice(branches.length))) === true ? null : noWriter;
}
