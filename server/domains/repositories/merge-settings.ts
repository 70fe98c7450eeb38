/** How pull requests may come in, and what their commits say: the settings under GitHub's names. */
import { z } from "zod";
import type { RepositoryRow } from "./schema.ts";

/** The settings, by their column. */
export type MergeSettings = Pick<
  RepositoryRow,
  | "allowMergeCommit"
  | "allowSquashMerge"
  | "allowRebaseMerge"
  | "allowFastForwardMerge"
  | "allowAutoMerge"
  | "deleteBranchOnMerge"
  | "squashMergeCommitTitle"
  | "squashMergeCommitMessage"
  | "mergeCommitTitle"
  | "mergeCommitMessage"
>;

/** What people may send of them. */
export const mergeSettingFields = {
  allow_merge_commit: z.boolean(),
  allow_squash_merge: z.boolean(),
  allow_rebase_merge: z.boolean(),
  allow_fast_forward_merge: z
    .boolean()
    .describe("The branch moves to the head as it is, without a new commit"),
  allow_auto_merge: z.boolean().describe("Pull requests may be set to merge once nothing stands in the way"),
  delete_branch_on_merge: z.boolean(),
  squash_merge_commit_title: z.enum(["PR_TITLE", "COMMIT_OR_PR_TITLE"]),
  squash_merge_commit_message: z.enum(["PR_BODY", "COMMIT_MESSAGES", "BLANK"]),
  merge_commit_title: z.enum(["PR_TITLE", "MERGE_MESSAGE"]),
  merge_commit_message: z.enum(["PR_BODY", "PR_TITLE", "BLANK"]),
};

/** The same, each of which may be left out. */
export const someMergeSettings = z.object(mergeSettingFields).partial();

/** Sent settings as columns; what was not sent is undefined. */
export const mergeSettingsOf = (body: z.output<typeof someMergeSettings>) => ({
  allowMergeCommit: body.allow_merge_commit,
  allowSquashMerge: body.allow_squash_merge,
  allowRebaseMerge: body.allow_rebase_merge,
  allowFastForwardMerge: body.allow_fast_forward_merge,
  allowAutoMerge: body.allow_auto_merge,
  deleteBranchOnMerge: body.delete_branch_on_merge,
  squashMergeCommitTitle: body.squash_merge_commit_title,
  squashMergeCommitMessage: body.squash_merge_commit_message,
  mergeCommitTitle: body.merge_commit_title,
  mergeCommitMessage: body.merge_commit_message,
});

/** The settings as the API shows them. */
export const mergeSettingsView = (repo: MergeSettings) => ({
  allow_merge_commit: repo.allowMergeCommit,
  allow_squash_merge: repo.allowSquashMerge,
  allow_rebase_merge: repo.allowRebaseMerge,
  allow_fast_forward_merge: repo.allowFastForwardMerge,
  allow_auto_merge: repo.allowAutoMerge,
  delete_branch_on_merge: repo.deleteBranchOnMerge,
  squash_merge_commit_title: repo.squashMergeCommitTitle,
  squash_merge_commit_message: repo.squashMergeCommitMessage,
  merge_commit_title: repo.mergeCommitTitle,
  merge_commit_message: repo.mergeCommitMessage,
});

/** Their columns, for what goes over every one of them. */
export const mergeSettingColumns = [
  "allowMergeCommit",
  "allowSquashMerge",
  "allowRebaseMerge",
  "allowFastForwardMerge",
  "allowAutoMerge",
  "deleteBranchOnMerge",
  "squashMergeCommitTitle",
  "squashMergeCommitMessage",
  "mergeCommitTitle",
  "mergeCommitMessage",
] as const satisfies readonly (keyof MergeSettings)[];

/** The settings of a repository alone. */
export const mergeSettingsIn = (repo: MergeSettings): MergeSettings => ({
  allowMergeCommit: repo.allowMergeCommit,
  allowSquashMerge: repo.allowSquashMerge,
  allowRebaseMerge: repo.allowRebaseMerge,
  allowFastForwardMerge: repo.allowFastForwardMerge,
  allowAutoMerge: repo.allowAutoMerge,
  deleteBranchOnMerge: repo.deleteBranchOnMerge,
  squashMergeCommitTitle: repo.squashMergeCommitTitle,
  squashMergeCommitMessage: repo.squashMergeCommitMessage,
  mergeCommitTitle: repo.mergeCommitTitle,
  mergeCommitMessage: repo.mergeCommitMessage,
});

/** Whether anything can come in at all. */
export const allowsMerging = (repo: MergeSettings): boolean =>
  repo.allowMergeCommit || repo.allowSquashMerge || repo.allowRebaseMerge || repo.allowFastForwardMerge;
