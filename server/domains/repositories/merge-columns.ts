/** How pull requests may come in, as columns of a repository. */
import { boolean, pgEnum } from "drizzle-orm/pg-core";

// GitHub's words for what the commits of merges say.
export const squashTitle = pgEnum("squash_merge_commit_title", ["PR_TITLE", "COMMIT_OR_PR_TITLE"]);
export const squashMessage = pgEnum("squash_merge_commit_message", ["PR_BODY", "COMMIT_MESSAGES", "BLANK"]);
export const mergeTitle = pgEnum("merge_commit_title", ["PR_TITLE", "MERGE_MESSAGE"]);
export const mergeMessage = pgEnum("merge_commit_message", ["PR_BODY", "PR_TITLE", "BLANK"]);

export const mergeColumns = {
  allowMergeCommit: boolean("allow_merge_commit").notNull().default(true),
  allowSquashMerge: boolean("allow_squash_merge").notNull().default(true),
  allowRebaseMerge: boolean("allow_rebase_merge").notNull().default(true),
  /** The target moves to the head as it is, where it can. */
  allowFastForwardMerge: boolean("allow_fast_forward_merge").notNull().default(false),
  allowAutoMerge: boolean("allow_auto_merge").notNull().default(true),
  deleteBranchOnMerge: boolean("delete_branch_on_merge").notNull().default(false),
  squashMergeCommitTitle: squashTitle("squash_merge_commit_title").notNull().default("COMMIT_OR_PR_TITLE"),
  squashMergeCommitMessage: squashMessage("squash_merge_commit_message").notNull().default("COMMIT_MESSAGES"),
  mergeCommitTitle: mergeTitle("merge_commit_title").notNull().default("MERGE_MESSAGE"),
  mergeCommitMessage: mergeMessage("merge_commit_message").notNull().default("PR_TITLE"),
};
