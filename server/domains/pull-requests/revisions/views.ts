import { z } from "zod";
import { readCommit } from "../../../git/commits.ts";
import type { CommitPair } from "../../../git/range-diff.ts";
import type { Context } from "../../../kernel/context.ts";
import { nullableSimpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
import { gitOf, type Repository } from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";
import { placesOf } from "../views.ts";
import type { Revision } from "./queries.ts";

export const revisionShape = z
  .object({
    number: z.int(),
    kind: z
      .enum(["opened", "added", "rebased", "rewritten"])
      .describe(
        "What it is to the one before: commits on top, the same change on another base, or another history",
      ),
    head: z.string(),
    base: z.string().describe("Where the target branch was"),
    merge_base: z.string().nullable().describe("Where the change begins"),
    same_change: z
      .boolean()
      .nullable()
      .describe("Carried onto the new base, the former change is this one; null where that cannot be told"),
    commits: z.int().describe("That came in with it and that the target lacked"),
    pushed_by: simpleUserShape.nullable(),
    created_at: z.iso.datetime(),
    html_url: z.url(),
  })
  .meta({ id: "PullRequestRevision" });

export type RevisionView = z.input<typeof revisionShape>;

/** Revisions of one pull request, in their order. */
export async function revisionViews(
  ctx: Context,
  repo: Repository,
  pull: Pick<PullRequest, "number">,
  list: readonly Revision[],
): Promise<RevisionView[]> {
  const people = await usersById(
    ctx,
    list.map((one) => one.pushedById),
  );
  const { html } = placesOf(ctx, repo, pull.number);
  return list.map((one) => ({
    number: one.number,
    kind: one.kind,
    head: one.headSha,
    base: one.baseSha,
    merge_base: one.mergeBaseSha,
    same_change: one.sameChange,
    commits: one.commits,
    pushed_by: nullableSimpleUser(ctx, people.get(one.pushedById ?? "")),
    created_at: one.createdAt.toISOString(),
    html_url: `${html}/files?from=base&to=${one.number}`,
  }));
}

const ofPair = z.object({ sha: z.string(), subject: z.string() });

export const pairShape = z
  .object({
    before: ofPair.nullable().describe("Null for a commit that is new"),
    after: ofPair.nullable().describe("Null for a commit that is gone"),
    same: z.boolean().describe("Patch and message are the same"),
    difference: z
      .array(z.string())
      .describe("The difference of the two patches, as `git range-diff` writes it"),
    truncated: z.boolean(),
  })
  .meta({ id: "PullRequestCommitPair" });

/** Pairs of commits with their subjects. */
export async function pairViews(
  ctx: Context,
  repo: Repository,
  list: readonly CommitPair[],
): Promise<z.input<typeof pairShape>[]> {
  const git = gitOf(ctx, repo);
  const told = async (sha: string | null) => {
    const commit = sha === null ? null : await readCommit(git, sha);
    return commit && { sha: commit.oid, subject: commit.message.split("\n", 1)[0] ?? "" };
  };
  return Promise.all(
    list.map(async (pair) => ({
      before: await told(pair.before),
      after: await told(pair.after),
      same: pair.same,
      difference: [...pair.difference],
      truncated: pair.truncated,
    })),
  );
}
