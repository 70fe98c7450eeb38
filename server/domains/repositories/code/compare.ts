/** `base...head`, where either side may be `owner:branch` of another repository of the family. */
import { mergeBase } from "../../../git/ancestry.ts";
import { compare, type Comparison } from "../../../git/compare.ts";
import type { GitRepository } from "../../../git/store.ts";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import type { RepoWith, Repository } from "../access.ts";
import { joinedGit } from "../git/joined.ts";
import { findFork } from "../family.ts";
import { requireRevision } from "./revisions.ts";

export interface Side {
  readonly repository: Repository;
  /** As the client wrote it, without the owner. */
  readonly name: string;
  readonly commit: string;
}

export interface Sides {
  readonly base: Side;
  readonly head: Side;
  /** Reads both sides by id. */
  readonly git: GitRepository;
}

/**
 * Reads `base...head`; `base..head` means the same, and `head` alone is compared with the default branch.
 *
 * @throws Refusal 404 for a repository, branch or commit that is not there or may not be seen
 */
export async function requireSides(ctx: Context, repo: RepoWith<"read">, basehead: string): Promise<Sides> {
  const [, left, right] = /^(.+?)\.{2,3}(.+)$/.exec(basehead) ?? [];
  const base = await requireSide(ctx, repo, left ?? repo.defaultBranch);
  const head = await requireSide(ctx, repo, right ?? basehead);
  return { base, head, git: await joinedGit(ctx, base.repository, head.repository) };
}

async function requireSide(ctx: Context, repo: RepoWith<"read">, text: string): Promise<Side> {
  const colon = text.indexOf(":");
  if (colon < 0) return sideOf(ctx, repo, text);
  const repository = await findFork(ctx, repo, text.slice(0, colon));
  if (!repository) throw notFound();
  return sideOf(ctx, repository, text.slice(colon + 1));
}

async function sideOf(ctx: Context, repository: Repository, name: string): Promise<Side> {
  const { commit } = await requireRevision(ctx, repository, name);
  return { repository, name, commit };
}

/** A comparison with the commit that both sides come from. @throws Refusal 404 when they have nothing in common */
export async function compareSides(
  sides: Sides,
  maxCommits: number,
): Promise<Comparison & { readonly mergeBase: string }> {
  const { git, base, head } = sides;
  const common = await mergeBase(git, base.commit, head.commit);
  if (common === null) throw notFound("These histories have nothing in common");
  return { ...(await compare(git, base.commit, head.commit, { maxCommits })), mergeBase: common };
}
