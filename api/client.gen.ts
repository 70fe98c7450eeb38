// Written by `npm run generate` from the routes. Change those.

import { type ApiAnswer, type Call, segment, segments } from "./call.ts";

type Reply<T> = Promise<ApiAnswer<T>>;

export interface Branch {
  name: string;
  commit: Commit;
  protected: boolean;
  protection: { enabled: boolean };
  protection_url: string;
  _links: { html: string; self: string };
}

export interface BranchProtection {
  url: string;
  required_status_checks?: { url: string; strict: boolean; contexts: string[]; contexts_url: string; checks: { context: string; app_id: null }[] } | undefined;
  required_pull_request_reviews?: { url: string; dismiss_stale_reviews: boolean; require_code_owner_reviews: boolean; required_approving_review_count: number; require_last_push_approval: boolean } | undefined;
  enforce_admins: { enabled: boolean; url: string };
  required_linear_history: { enabled: boolean };
  allow_force_pushes: { enabled: boolean };
  allow_deletions: { enabled: boolean };
  block_creations: { enabled: boolean };
  required_conversation_resolution: { enabled: boolean };
  lock_branch: { enabled: boolean };
  allow_fork_syncing: { enabled: boolean };
}

export interface ChangeOfMany {
  numbers: number[];
  state?: "open" | "closed" | undefined;
  add_labels?: (string | { name: string })[] | undefined;
  remove_labels?: (string | { name: string })[] | undefined;
  assignee?: string | null | undefined;
  milestone?: number | string | null | undefined;
}

export interface CheckAnnotation {
  path: string;
  blob_href: string;
  start_line: number;
  end_line: number;
  start_column: number | null;
  end_column: number | null;
  annotation_level: "notice" | "warning" | "failure";
  title: string | null;
  message: string;
  raw_details: string | null;
}

export interface CheckRun {
  id: number;
  node_id: string;
  head_sha: string;
  name: string;
  external_id: string | null;
  url: string;
  html_url: string;
  details_url: string | null;
  status: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
  conclusion: "success" | "failure" | "neutral" | "cancelled" | "skipped" | "timed_out" | "action_required" | null;
  started_at: string | null;
  completed_at: string | null;
  output: { title: string | null; summary: string | null; text: string | null; annotations_count: number; annotations_url: string };
  check_suite: { id: number };
  app: null;
  creator: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  pull_requests: { id: number; number: number; url: string; head: { ref: string; sha: string; repo: { id: number; url: string; name: string } }; base: { ref: string; sha: string; repo: { id: number; url: string; name: string } } }[];
}

export interface CheckSuite {
  id: number;
  node_id: string;
  head_branch: null;
  head_sha: string;
  status: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
  conclusion: "success" | "failure" | "neutral" | "cancelled" | "skipped" | "timed_out" | "action_required" | null;
  url: string;
  before: null;
  after: string;
  app: null;
  creator: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  pull_requests: { id: number; number: number; url: string; head: { ref: string; sha: string; repo: { id: number; url: string; name: string } }; base: { ref: string; sha: string; repo: { id: number; url: string; name: string } } }[];
  repository: Repository;
  head_commit: { id: string; tree_id: string; message: string; timestamp: string; author: { name: string; email: string }; committer: { name: string; email: string } };
  latest_check_runs_count: number;
  check_runs_url: string;
  rerequestable: false;
  runs_rerequestable: false;
  created_at: string;
  updated_at: string;
}

export interface CombinedStatus {
  state: "failure" | "pending" | "success";
  statuses: ({ url: string; avatar_url: string | null; id: number; node_id: string; state: "error" | "failure" | "pending" | "success"; description: string | null; target_url: string | null; context: string; created_at: string; updated_at: string })[];
  sha: string;
  total_count: number;
  repository: Repository;
  commit_url: string;
  url: string;
}

export interface Commit {
  sha: string;
  node_id: string;
  url: string;
  html_url: string;
  comments_url: string;
  commit: { url: string; author: { name: string; email: string; date: string }; committer: { name: string; email: string; date: string }; message: string; comment_count: number; tree: { sha: string; url: string }; verification: { verified: boolean; reason: string; signature: string | null; payload: string | null; verified_at: string | null } };
  author: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  committer: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  parents: { sha: string; url: string; html_url: string }[];
  stats?: { total: number; additions: number; deletions: number } | undefined;
  files?: DiffEntry[] | undefined;
}

export interface CommitComment {
  id: number;
  node_id: string;
  url: string;
  html_url: string;
  user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  body: string;
  body_html?: string | undefined;
  path: string | null;
  line: number | null;
  position: number | null;
  commit_id: string;
  author_association: "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE";
  reactions: Reactions;
  edits: TextEdits;
  created_at: string;
  updated_at: string;
}

export interface Content {
  type: "file" | "dir" | "symlink" | "submodule";
  name: string;
  path: string;
  sha: string;
  size: number;
  url: string;
  html_url: string | null;
  git_url: string | null;
  download_url: string | null;
  _links: { self: string; git: string | null; html: string | null };
  content?: string | undefined;
  encoding?: "base64" | "none" | undefined;
  target?: string | undefined;
  submodule_git_url?: string | undefined;
}

export interface CrossReference {
  event: "cross-referenced";
  actor: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean };
  created_at: string;
  updated_at: string;
  source: { type: "issue"; issue: Issue };
}

export interface DiffEntry {
  sha: string | null;
  filename: string;
  status: "added" | "removed" | "modified" | "renamed" | "copied" | "changed" | "unchanged";
  additions: number;
  deletions: number;
  changes: number;
  blob_url: string;
  raw_url: string;
  contents_url: string;
  patch?: string | undefined;
  previous_filename?: string | undefined;
}

export interface Event {
  id: string;
  type: "CreateEvent" | "DeleteEvent" | "ForkEvent" | "IssueCommentEvent" | "IssuesEvent" | "PublicEvent" | "PullRequestEvent" | "PullRequestReviewCommentEvent" | "PullRequestReviewEvent" | "PushEvent" | "WatchEvent";
  actor: { id: number; login: string; display_login: string; gravatar_id: string; url: string; avatar_url: string };
  repo: { id: number; name: string; url: string };
  org?: { id: number; login: string; display_login: string; gravatar_id: string; url: string; avatar_url: string } | undefined;
  payload: { action?: string | undefined; number?: number | undefined; ref?: string | null | undefined; ref_type?: "repository" | "branch" | "tag" | undefined; full_ref?: string | undefined; master_branch?: string | undefined; description?: string | null | undefined; pusher_type?: "user" | undefined; repository_id?: number | undefined; push_id?: number | undefined; head?: string | undefined; before?: string | undefined; size?: number | undefined; commits?: { sha: string; message: string; author: { name: string; email: string }; url: string }[] | undefined; issue?: { id: number; node_id: string; number: number; title: string; state: "open" | "closed"; url: string; html_url: string; pull_request?: { url: string } | undefined } | undefined; pull_request?: { id: number; node_id: string; number: number; title: string; state: "open" | "closed"; url: string; html_url: string; merged: boolean; draft: boolean; head: { ref: string; sha: string; repo: { id: number; url: string; name: string } | null }; base: { ref: string; sha: string; repo: { id: number; url: string; name: string } | null } } | undefined; comment?: { id: number; node_id: string; html_url: string; body: string; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null; path?: string | undefined; created_at: string } | undefined; review?: { id: number; node_id: string; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null; body: string; state: string; commit_id: string; submitted_at: string | null; html_url: string; pull_request_url: string } | undefined; forkee?: { id: number; node_id: string; name: string; full_name: string; private: boolean; owner: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean }; fork: boolean; description: string | null; url: string; html_url: string } | undefined };
  public: boolean;
  created_at: string;
}

export interface FullRepository {
  id: number;
  node_id: string;
  name: string;
  full_name: string;
  owner: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean };
  private: boolean;
  visibility: "public" | "private";
  html_url: string;
  description: string | null;
  fork: boolean;
  url: string;
  archive_url: string;
  assignees_url: string;
  blobs_url: string;
  branches_url: string;
  collaborators_url: string;
  comments_url: string;
  commits_url: string;
  compare_url: string;
  contents_url: string;
  contributors_url: string;
  deployments_url: string;
  downloads_url: string;
  events_url: string;
  forks_url: string;
  git_commits_url: string;
  git_refs_url: string;
  git_tags_url: string;
  hooks_url: string;
  issue_comment_url: string;
  issue_events_url: string;
  issues_url: string;
  keys_url: string;
  labels_url: string;
  languages_url: string;
  merges_url: string;
  milestones_url: string;
  notifications_url: string;
  pulls_url: string;
  releases_url: string;
  stargazers_url: string;
  statuses_url: string;
  subscribers_url: string;
  subscription_url: string;
  tags_url: string;
  teams_url: string;
  trees_url: string;
  git_url: string;
  ssh_url: string;
  clone_url: string;
  svn_url: string;
  mirror_url: string | null;
  homepage: string | null;
  language: string | null;
  forks_count: number;
  stargazers_count: number;
  watchers_count: number;
  subscribers_count: number;
  size: number;
  default_branch: string;
  open_issues_count: number;
  is_template: boolean;
  topics: string[];
  has_issues: boolean;
  has_projects: boolean;
  has_wiki: boolean;
  has_pages: boolean;
  has_downloads: boolean;
  has_discussions: boolean;
  archived: boolean;
  disabled: boolean;
  license: null;
  allow_forking: boolean;
  allow_merge_commit: boolean;
  allow_squash_merge: boolean;
  allow_rebase_merge: boolean;
  allow_fast_forward_merge: boolean;
  allow_auto_merge: boolean;
  delete_branch_on_merge: boolean;
  squash_merge_commit_title: "PR_TITLE" | "COMMIT_OR_PR_TITLE";
  squash_merge_commit_message: "PR_BODY" | "COMMIT_MESSAGES" | "BLANK";
  merge_commit_title: "PR_TITLE" | "MERGE_MESSAGE";
  merge_commit_message: "PR_BODY" | "PR_TITLE" | "BLANK";
  web_commit_signoff_required: boolean;
  forks: number;
  open_issues: number;
  watchers: number;
  permissions?: { admin: boolean; maintain: boolean; push: boolean; triage: boolean; pull: boolean } | undefined;
  pushed_at: string;
  created_at: string;
  updated_at: string;
  network_count: number;
  content_source: "import" | "mirror" | null;
  organization?: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null | undefined;
  parent?: Repository | undefined;
  source?: Repository | undefined;
  template_repository?: Repository | null | undefined;
}

export interface GitCommit {
  sha: string;
  node_id: string;
  url: string;
  html_url: string;
  author: { name: string; email: string; date: string };
  committer: { name: string; email: string; date: string };
  message: string;
  tree: { sha: string; url: string };
  parents: { sha: string; url: string; html_url: string }[];
  verification: { verified: boolean; reason: string; signature: string | null; payload: string | null; verified_at: string | null };
}

export interface GitRef {
  ref: string;
  node_id: string;
  url: string;
  object: { type: string; sha: string; url: string };
}

export interface GitTree {
  sha: string;
  url: string;
  truncated: boolean;
  tree: ({ path: string; mode: string; type: "blob" | "tree" | "commit"; sha: string; size?: number | undefined; url?: string | undefined })[];
}

export interface Import {
  vcs: string;
  use_lfs: boolean;
  vcs_url: string;
  status: "setup" | "detecting" | "importing" | "pushing" | "complete" | "auth_failed" | "error" | "none";
  status_text: string | null;
  failed_step: string | null;
  error_message: string | null;
  import_percent: number;
  has_large_files: boolean;
  large_files_count: number;
  large_files_size: number;
  large_files_missing: number;
  large_files_note: string | null;
  url: string;
  html_url: string;
  authors_url: string;
  repository_url: string;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  phase: "connecting" | "fetching" | "contents" | "publishing" | null;
  received_objects: number;
  received_bytes: number;
  branches: number | null;
  tags: number | null;
  skipped: number;
  becomes_mirror: boolean;
  started_at: string | null;
  finished_at: string | null;
  created_at: string;
}

export interface Issue {
  id: number;
  node_id: string;
  url: string;
  repository_url: string;
  labels_url: string;
  comments_url: string;
  events_url: string;
  timeline_url: string;
  html_url: string;
  number: number;
  state: "open" | "closed";
  state_reason: "completed" | "not_planned" | "reopened" | null;
  title: string;
  body: string | null;
  body_html?: string | undefined;
  user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  labels: Label[];
  assignee: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  assignees: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[];
  milestone: Milestone | null;
  locked: boolean;
  active_lock_reason: string | null;
  comments: number;
  reactions: Reactions;
  author_association: "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE";
  closed_at: string | null;
  closed_by: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  created_at: string;
  updated_at: string;
  performed_via_github_app: null;
  repository?: Repository | undefined;
  draft?: boolean | undefined;
  pull_request?: { url: string; html_url: string; diff_url: string; patch_url: string; merged_at: string | null } | undefined;
}

export interface IssueComment {
  id: number;
  node_id: string;
  url: string;
  html_url: string;
  issue_url: string;
  body: string;
  body_html?: string | undefined;
  user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  created_at: string;
  updated_at: string;
  reactions: Reactions;
  edits: TextEdits;
  author_association: "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE";
  performed_via_github_app: null;
}

export interface IssueEvent {
  id: number;
  node_id: string;
  url: string;
  actor: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean };
  event: string;
  commit_id: string | null;
  commit_url: string | null;
  created_at: string;
  performed_via_github_app: null;
  label?: { name: string; color: string } | undefined;
  assignee?: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | undefined;
  assigner?: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | undefined;
  milestone?: { title: string } | undefined;
  rename?: { from: string; to: string } | undefined;
  state_reason?: string | null | undefined;
  lock_reason?: string | null | undefined;
}

export interface KeptRepository {
  state: "unchecked" | "ok" | "damaged" | "failed";
  problems: string[];
  damaged_since: string | null;
  checked_at: string | null;
  fully_checked_at: string | null;
  maintained_at: string | null;
  git_bytes: number;
  lfs_bytes: number;
  disk_bytes: number;
  id: number;
  owner: string;
  name: string;
  full_name: string;
  private: boolean;
  html_url: string;
}

export interface Label {
  id: number;
  node_id: string;
  url: string;
  name: string;
  description: string | null;
  color: string;
  default: boolean;
}

export interface Milestone {
  url: string;
  html_url: string;
  labels_url: string;
  id: number;
  node_id: string;
  number: number;
  state: "open" | "closed";
  title: string;
  description: string | null;
  creator: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  open_issues: number;
  closed_issues: number;
  created_at: string;
  updated_at: string;
  closed_at: string | null;
  due_on: string | null;
}

export interface Mirror {
  id: string;
  api_url: string;
  direction: "pull" | "push";
  url: string;
  has_credentials: boolean;
  interval_minutes: number;
  enabled: boolean;
  state: "off" | "running" | "waiting" | "failing" | "ok";
  last_success_at: string | null;
  last_attempt_at: string | null;
  next_run_at: string | null;
  failures: number;
  error: string | null;
  large_files_missing: number;
  large_files_note: string | null;
  set_by: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  created_at: string;
}

export interface ProtectionRule {
  id: string;
  url: string;
  pattern: string;
  require_pull_request: boolean;
  required_reviewers: number;
  dismiss_stale_reviews: boolean;
  require_status_checks: boolean;
  required_status_checks: string[];
  require_code_owner_reviews: boolean;
  require_last_push_approval: boolean;
  require_conversation_resolution: boolean;
  require_up_to_date: boolean;
  allow_force_push: boolean;
  allow_deletion: boolean;
  created_at: string;
  updated_at: string;
}

export interface PullRequest {
  url: string;
  id: number;
  node_id: string;
  html_url: string;
  diff_url: string;
  patch_url: string;
  issue_url: string;
  commits_url: string;
  review_comments_url: string;
  review_comment_url: string;
  comments_url: string;
  statuses_url: string;
  number: number;
  state: "open" | "closed";
  locked: boolean;
  active_lock_reason: string | null;
  title: string;
  user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  body: string | null;
  labels: Label[];
  milestone: Milestone | null;
  created_at: string;
  updated_at: string;
  closed_at: string | null;
  merged_at: string | null;
  merge_commit_sha: string | null;
  assignee: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  assignees: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[];
  requested_reviewers: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[];
  requested_teams: Team[];
  head: { label: string; ref: string; sha: string; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean }; repo: Repository | null };
  base: { label: string; ref: string; sha: string; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean }; repo: Repository | null };
  _links: { self: { href: string }; html: { href: string }; issue: { href: string }; comments: { href: string }; review_comments: { href: string }; review_comment: { href: string }; commits: { href: string }; statuses: { href: string } };
  author_association: "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE";
  auto_merge: { enabled_by: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean }; merge_method: "merge" | "squash" | "rebase" | "fast-forward"; commit_title: string; commit_message: string } | null;
  draft: boolean;
  merged: boolean;
  mergeable: boolean | null;
  rebaseable: boolean | null;
  mergeable_state: "clean" | "dirty" | "draft" | "blocked" | "behind" | "unstable" | "unknown";
  merged_by: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  comments: number;
  review_comments: number;
  maintainer_can_modify: boolean;
  commits: number;
  additions: number;
  deletions: number;
  changed_files: number;
}

export interface PullRequestCommitPair {
  before: { sha: string; subject: string } | null;
  after: { sha: string; subject: string } | null;
  same: boolean;
  difference: string[];
  truncated: boolean;
}

export interface PullRequestEvent {
  id: number;
  node_id: string;
  url: string;
  actor: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean };
  event: string;
  commit_id: string | null;
  commit_url: string | null;
  created_at: string;
  performed_via_github_app: null;
  label?: { name: string; color: string } | undefined;
  assignee?: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | undefined;
  assigner?: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | undefined;
  milestone?: { title: string } | undefined;
  rename?: { from: string; to: string } | undefined;
  state_reason?: string | null | undefined;
  lock_reason?: string | null | undefined;
  requested_reviewer?: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | undefined;
  requested_team?: Team | undefined;
  team_seen?: boolean | undefined;
  review_requester?: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | undefined;
  as_owner?: boolean | undefined;
  dismissed_review?: { dismissal_message: string | null; state: string; review_id: number } | undefined;
  base?: { from: string; to: string } | undefined;
  auto_merge?: { merge_method: string | null; reason: string | null } | undefined;
  problem?: string | undefined;
  push?: { before: string; after: string; forced: boolean; revision?: number | undefined; kind?: "added" | "rebased" | "rewritten" | undefined; same_change?: boolean | null | undefined; commits?: number | undefined; base?: string | undefined } | undefined;
}

export interface PullRequestRevision {
  number: number;
  kind: "opened" | "added" | "rebased" | "rewritten";
  head: string;
  base: string;
  merge_base: string | null;
  same_change: boolean | null;
  commits: number;
  pushed_by: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  created_at: string;
  html_url: string;
}

export interface PullRequestSimple {
  url: string;
  id: number;
  node_id: string;
  html_url: string;
  diff_url: string;
  patch_url: string;
  issue_url: string;
  commits_url: string;
  review_comments_url: string;
  review_comment_url: string;
  comments_url: string;
  statuses_url: string;
  number: number;
  state: "open" | "closed";
  locked: boolean;
  active_lock_reason: string | null;
  title: string;
  user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  body: string | null;
  labels: Label[];
  milestone: Milestone | null;
  created_at: string;
  updated_at: string;
  closed_at: string | null;
  merged_at: string | null;
  merge_commit_sha: string | null;
  assignee: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  assignees: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[];
  requested_reviewers: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[];
  requested_teams: Team[];
  head: { label: string; ref: string; sha: string; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean }; repo: Repository | null };
  base: { label: string; ref: string; sha: string; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean }; repo: Repository | null };
  _links: { self: { href: string }; html: { href: string }; issue: { href: string }; comments: { href: string }; review_comments: { href: string }; review_comment: { href: string }; commits: { href: string }; statuses: { href: string } };
  author_association: "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE";
  auto_merge: { enabled_by: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean }; merge_method: "merge" | "squash" | "rebase" | "fast-forward"; commit_title: string; commit_message: string } | null;
  draft: boolean;
}

export interface PullTemplate {
  name: string;
  path: string;
  default: boolean;
  body: string;
}

export interface QueryProblem {
  text: string;
  start: number;
  end: number;
  message: string;
  kept: boolean;
}

export interface Reaction {
  id: number;
  node_id: string;
  user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  content: "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes";
  created_at: string;
}

export interface Reactions {
  url: string;
  total_count: number;
  "+1": number;
  "-1": number;
  laugh: number;
  confused: number;
  heart: number;
  hooray: number;
  eyes: number;
  rocket: number;
  mine: Record<string, number>;
}

export interface Refusal {
  message: string;
  documentation_url: string;
  status: string;
  errors?: ({ resource: string; field: string; code: string; message?: string | undefined })[] | undefined;
  code: string;
  request_id: string;
}

export interface Repository {
  id: number;
  node_id: string;
  name: string;
  full_name: string;
  owner: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean };
  private: boolean;
  visibility: "public" | "private";
  html_url: string;
  description: string | null;
  fork: boolean;
  url: string;
  archive_url: string;
  assignees_url: string;
  blobs_url: string;
  branches_url: string;
  collaborators_url: string;
  comments_url: string;
  commits_url: string;
  compare_url: string;
  contents_url: string;
  contributors_url: string;
  deployments_url: string;
  downloads_url: string;
  events_url: string;
  forks_url: string;
  git_commits_url: string;
  git_refs_url: string;
  git_tags_url: string;
  hooks_url: string;
  issue_comment_url: string;
  issue_events_url: string;
  issues_url: string;
  keys_url: string;
  labels_url: string;
  languages_url: string;
  merges_url: string;
  milestones_url: string;
  notifications_url: string;
  pulls_url: string;
  releases_url: string;
  stargazers_url: string;
  statuses_url: string;
  subscribers_url: string;
  subscription_url: string;
  tags_url: string;
  teams_url: string;
  trees_url: string;
  git_url: string;
  ssh_url: string;
  clone_url: string;
  svn_url: string;
  mirror_url: string | null;
  homepage: string | null;
  language: string | null;
  forks_count: number;
  stargazers_count: number;
  watchers_count: number;
  subscribers_count: number;
  size: number;
  default_branch: string;
  open_issues_count: number;
  is_template: boolean;
  topics: string[];
  has_issues: boolean;
  has_projects: boolean;
  has_wiki: boolean;
  has_pages: boolean;
  has_downloads: boolean;
  has_discussions: boolean;
  archived: boolean;
  disabled: boolean;
  license: null;
  allow_forking: boolean;
  allow_merge_commit: boolean;
  allow_squash_merge: boolean;
  allow_rebase_merge: boolean;
  allow_fast_forward_merge: boolean;
  allow_auto_merge: boolean;
  delete_branch_on_merge: boolean;
  squash_merge_commit_title: "PR_TITLE" | "COMMIT_OR_PR_TITLE";
  squash_merge_commit_message: "PR_BODY" | "COMMIT_MESSAGES" | "BLANK";
  merge_commit_title: "PR_TITLE" | "MERGE_MESSAGE";
  merge_commit_message: "PR_BODY" | "PR_TITLE" | "BLANK";
  web_commit_signoff_required: boolean;
  forks: number;
  open_issues: number;
  watchers: number;
  permissions?: { admin: boolean; maintain: boolean; push: boolean; triage: boolean; pull: boolean } | undefined;
  pushed_at: string;
  created_at: string;
  updated_at: string;
}

export interface RepositoryIssueEvent {
  id: number;
  node_id: string;
  url: string;
  actor: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean };
  event: string;
  commit_id: string | null;
  commit_url: string | null;
  created_at: string;
  performed_via_github_app: null;
  label?: { name: string; color: string } | undefined;
  assignee?: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | undefined;
  assigner?: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | undefined;
  milestone?: { title: string } | undefined;
  rename?: { from: string; to: string } | undefined;
  state_reason?: string | null | undefined;
  lock_reason?: string | null | undefined;
  issue: Issue;
}

export interface RepositoryUpkeep {
  state: "unchecked" | "ok" | "damaged" | "failed";
  problems: string[];
  damaged_since: string | null;
  checked_at: string | null;
  fully_checked_at: string | null;
  maintained_at: string | null;
  git_bytes: number;
  lfs_bytes: number;
  disk_bytes: number;
}

export interface Review {
  id: number;
  node_id: string;
  user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  body: string;
  body_html?: string | undefined;
  state: "PENDING" | "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";
  html_url: string;
  pull_request_url: string;
  reactions: Reactions;
  edits: TextEdits;
  author_association: "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE";
  commit_id: string;
  submitted_at?: string | undefined;
  _links: { html: { href: string }; pull_request: { href: string } };
}

export interface ReviewComment {
  id: number;
  node_id: string;
  url: string;
  html_url: string;
  pull_request_url: string;
  pull_request_review_id: number | null;
  in_reply_to_id?: number | undefined;
  user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  body: string;
  body_html?: string | undefined;
  path: string;
  diff_hunk: string;
  commit_id: string;
  original_commit_id: string;
  subject_type: "line" | "file";
  side: "LEFT" | "RIGHT";
  start_side: "LEFT" | "RIGHT" | null;
  line?: number | undefined;
  start_line: number | null;
  position?: number | null | undefined;
  original_line?: number | undefined;
  original_start_line: number | null;
  original_position: number;
  suggestion: { text: string; applied: boolean; commit_id: string | null } | null;
  is_resolved: boolean;
  resolved_by: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  reactions: Reactions;
  edits: TextEdits;
  author_association: "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE";
  created_at: string;
  updated_at: string;
  _links: { self: { href: string }; html: { href: string }; pull_request: { href: string } };
}

export interface ReviewInboxEntry {
  repository: string;
  number: number;
  title: string;
  draft: boolean;
  url: string;
  html_url: string;
  author: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  labels: Label[];
  section: "your_turn" | "ready" | "waiting_on_reviewers" | "waiting_on_author";
  reason: string;
  sentence: string;
  checks: "failure" | "pending" | "success" | null;
  decision: "approved" | "changes_requested" | null;
  comments: number;
  since: string;
  updated_at: string;
}

export interface SavedQuery {
  id: string;
  url: string;
  html_url: string;
  kind: "issue" | "pr";
  name: string;
  description: string | null;
  query: string;
  shared: boolean;
  creator: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  can: { change: true | string };
  created_at: string;
  updated_at: string;
}

export interface SavedReply {
  id: number;
  title: string;
  body: string;
  created_at: string;
  updated_at: string;
}

export interface ShortBranch {
  name: string;
  commit: { sha: string; url: string };
  protected: boolean;
  protection: { enabled: boolean };
  protection_url: string;
}

export interface Status {
  url: string;
  avatar_url: string | null;
  id: number;
  node_id: string;
  state: "error" | "failure" | "pending" | "success";
  description: string | null;
  target_url: string | null;
  context: string;
  created_at: string;
  updated_at: string;
  creator: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
}

export interface SuggestedReviewer {
  user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean };
  reason: string;
  share: number;
  reviewed: number;
  open_reviews: number;
}

export interface Tag {
  name: string;
  node_id: string;
  commit: { sha: string; url: string };
  zipball_url: string;
  tarball_url: string;
}

export interface Team {
  id: number;
  node_id: string;
  url: string;
  html_url: string;
  members_url: string;
  repositories_url: string;
  name: string;
  slug: string;
  description: string | null;
  privacy: "closed";
  permission: "pull" | "push" | "admin";
  type: "organization";
  parent: null;
}

export interface TeamFull {
  id: number;
  node_id: string;
  url: string;
  html_url: string;
  members_url: string;
  repositories_url: string;
  name: string;
  slug: string;
  description: string | null;
  privacy: "closed";
  permission: "pull" | "push" | "admin";
  type: "organization";
  parent: null;
  members_count: number;
  repos_count: number;
  created_at: string;
  updated_at: string;
  organization: { login: string; id: number; node_id: string; url: string; repos_url: string; events_url: string; hooks_url: string; issues_url: string; members_url: string; public_members_url: string; avatar_url: string; description: string | null; name: string; blog?: string | undefined; location?: string | undefined; html_url: string; type: "Organization"; has_organization_projects: boolean; has_repository_projects: boolean; public_repos: number; public_gists: number; followers: number; following: number; created_at: string; updated_at: string; archived_at: string | null; default_repository_permission?: "none" | "read" | "write" | "admin" | undefined };
}

export interface TextEdit {
  id: number;
  editor: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  edited_at: string;
  before: string | null;
  can_erase: boolean;
  erased_by: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  erased_at: string | null;
}

export interface TextEdits {
  count: number;
  last_at: string | null;
}

export interface WebAnnotation {
  id: string;
  run: number;
  name: string;
  level: "failure" | "warning" | "notice";
  path: string;
  start_line: number;
  end_line: number;
  start_column: number | null;
  end_column: number | null;
  title: string | null;
  message: string;
  details: string | null;
  cut: boolean;
}

export interface WebCheckLine {
  kind: "status" | "run" | "expected";
  id: number | null;
  name: string;
  verdict: "failure" | "pending" | "success";
  word: string;
  said: string | null;
  link: string | null;
  required: boolean;
  started_at: string | null;
  completed_at: string | null;
  annotations: number;
}

export interface WebCheckList {
  sha: string;
  verdict: "failure" | "pending" | "success" | null;
  checks: WebCheckLine[];
  total: number;
  skipped: number;
  next: string | null;
  counts: { failure: number; pending: number; success: number };
}

export interface WebCheckRun {
  id: number;
  name: string;
  word: string;
  title: string | null;
  summary_html: string;
  text_html: string;
  link: string | null;
  external_id: string | null;
  started_at: string | null;
  completed_at: string | null;
  reporter: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  annotations: WebAnnotation[];
  annotations_count: number;
  others: { id: number; word: string; at: string }[];
}

export interface WebCommit {
  sha: string;
  subject: string;
  date: string;
  author: { name: string; login: string | null; avatar_url: string | null };
  body: string;
  authored: string;
  committer: { name: string; login: string | null; avatar_url: string | null };
  parents: string[];
  signed: boolean;
}

export interface WebCommitLine {
  sha: string;
  subject: string;
  date: string;
  author: { name: string; login: string | null; avatar_url: string | null };
}

export interface WebDiff {
  files: WebDiffFile[];
  list: WebListedFile[] | null;
  skipped: number;
  total_files: number;
  additions: number;
  deletions: number;
  truncated: boolean;
  colours_later: boolean;
}

export interface WebDiffAnnotations {
  items: WebAnnotation[];
  more: number;
  elsewhere: number;
}

export interface WebDiffFile {
  path: string;
  old_path: string | null;
  status: "added" | "deleted" | "modified" | "renamed" | "copied" | "type-changed";
  new_oid: string | null;
  additions: number;
  deletions: number;
  group: "docs" | "interfaces" | "code" | "tests" | "settings" | "generated";
  similarity: number | null;
  old_mode: string | null;
  new_mode: string | null;
  old_oid: string | null;
  binary: boolean;
  undiffed: boolean;
  submodule: boolean;
  submodule_page: string | null;
  image: boolean;
  sizes: { old: number | null; new: number | null } | null;
  lfs: { old: { oid: string; size: number } | null; new: { oid: string; size: number } | null } | null;
  truncated: boolean;
  folded: string | null;
  hunks: ({ old_start: number; old_lines: number; new_start: number; new_lines: number; heading: string; lines: string[]; no_newline?: number[] | undefined })[];
}

export interface WebListedFile {
  path: string;
  old_path: string | null;
  status: "added" | "deleted" | "modified" | "renamed" | "copied" | "type-changed";
  new_oid: string | null;
  additions: number;
  deletions: number;
  group: "docs" | "interfaces" | "code" | "tests" | "settings" | "generated";
}

export interface WebRelative {
  full_name: string;
  default_branch: string;
  prefix: string;
  source: boolean;
}

export interface WebThread {
  id: number;
  path: string;
  side: "LEFT" | "RIGHT";
  subject: "line" | "file";
  line: number | null;
  start_line: number | null;
  shown: boolean;
  outdated: boolean;
  resolved: boolean;
  resolved_by: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null;
  pending: boolean;
  about: string[];
  comments: ({ id: number; pull_request_review_id: number | null; body: string; body_html?: string | undefined; line?: number | undefined; original_line?: number | undefined; suggestion: { text: string; applied: boolean; commit_id: string | null } | null; reactions: Reactions; edits: TextEdits; created_at: string; user: { login: string; avatar_url: string } | null; lines: string[] | null; can: { edit: true | string; delete: true | string; apply: true | string } })[];
  can: { resolve: true | string };
}

/** Where everything begins; asked by clients that want to know whether there is an API: `GET /` */
export const metaRoot = (call: Call): Reply<Record<string, string>> =>
  call({ method: "GET", path: "/" });

/** Public repositories, searched by name and description: `GET /_web/explore` */
export const webExplore = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; q?: string | undefined; sort?: "pushed" | "stars" | "created" | "full_name" | undefined; kind?: "all" | "sources" | "forks" | "templates" | undefined } = {}): Reply<Repository[]> =>
  call({ method: "GET", path: "/_web/explore", query: { per_page: at.per_page, page: at.page, cursor: at.cursor, q: at.q, sort: at.sort, kind: at.kind } });

/** What happens in the repositories that you watch: `GET /_web/feed` */
export const webGetFeed = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined } = {}): Reply<{ events: Event[]; next: string | null }> =>
  call({ method: "GET", path: "/_web/feed", query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** What stands around every page: `GET /_web/frame` */
export const webGetFrame = (call: Call): Reply<{ viewer: { login: string; name: string | null; avatar_url: string; site_admin: boolean; mailbox: boolean } | null; organizations: ({ login: string; name: string | null; avatar_url: string })[]; favourites: { full_name: string }[]; counts: Record<string, number>; setup_needed: boolean; sign_up: "open" | "invite" | "closed" }> =>
  call({ method: "GET", path: "/_web/frame" });

/** The repositories one works on, searched; none for who is not signed in: `GET /_web/mine` */
export const webMine = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; q?: string | undefined; sort?: "pushed" | "stars" | "created" | "full_name" | undefined; kind?: "all" | "sources" | "forks" | "templates" | undefined } = {}): Reply<Repository[]> =>
  call({ method: "GET", path: "/_web/mine", query: { per_page: at.per_page, page: at.page, cursor: at.cursor, q: at.q, sort: at.sort, kind: at.kind } });

/** The repositories of a user or an organization, searched by name and description: `GET /_web/owners/{owner}/repos` */
export const webOwnerRepositories = (call: Call, at: { owner: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; q?: string | undefined; sort?: "pushed" | "stars" | "created" | "full_name" | undefined; kind?: "all" | "sources" | "forks" | "templates" | undefined }): Reply<Repository[]> =>
  call({ method: "GET", path: `/_web/owners/${segment(at.owner)}/repos`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, q: at.q, sort: at.sort, kind: at.kind } });

/** The frame of a repository's pages: `GET /_web/repos/{owner}/{repo}` */
export const webRepository = (call: Call, at: { owner: string | number; repo: string | number }): Reply<{ repository: FullRepository; starred: boolean; watching: boolean; empty: boolean; import: Import | null; troubles: string[]; open: { issues: number; pull_requests: number }; branches: number; tags: number; languages: ({ name: string; color: string | null; bytes: number })[]; clone: { http: string; ssh: string }; can: { write: true | string; administer: true | string; fork: true | string } }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}` });

/** What the checks of a commit, or of the head of a comparison, say about lines: `GET /_web/repos/{owner}/{repo}/annotations/{basehead}` */
export const webGetAnnotations = (call: Call, at: { owner: string | number; repo: string | number; basehead: string | number }): Reply<{ sha: string; items: WebAnnotation[]; more: number }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/annotations/${segments(at.basehead)}` });

/** A file with the commit that each line comes from: `GET /_web/repos/{owner}/{repo}/blame/{rest}` */
export const webBlame = (call: Call, at: { owner: string | number; repo: string | number; rest: string | number; ignore?: "0" | "1" | undefined }): Reply<{ revision: { kind: "branch" | "tag" | "commit" | "other"; name: string; commit: string }; path: string; kind: "file" | "executable" | "symlink"; oid: string; size: number; raw_url: string; language: { name: string; color: string | null } | null; lines: string[]; line_count: number; outline: ({ kind: "function" | "type" | "heading"; name: string; depth: number; anchor: string })[]; coloured: "all" | "part" | "none" | "later"; truncated: boolean; binary: boolean; encoding: string | null; ranges: ({ start: number; count: number; commit: number; previous: { commit: string; path: string } | null; passed_over: boolean })[]; commits: WebCommitLine[]; passing_over: { path: string; commits: number } | null }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/blame/${segments(at.rest)}`, query: { ignore: at.ignore } });

/** A file, highlighted line by line, or as what it is: a document, a table, a notebook: `GET /_web/repos/{owner}/{repo}/blob/{rest}` */
export const webBlob = (call: Call, at: { owner: string | number; repo: string | number; rest: string | number; plain?: "0" | "1" | undefined }): Reply<{ revision: { kind: "branch" | "tag" | "commit" | "other"; name: string; commit: string }; path: string; kind: "file" | "executable" | "symlink"; oid: string; size: number; raw_url: string; language: { name: string; color: string | null } | null; lines: string[]; line_count: number; outline: ({ kind: "function" | "type" | "heading"; name: string; depth: number; anchor: string })[]; coloured: "all" | "part" | "none" | "later"; truncated: boolean; binary: boolean; encoding: string | null; last: { sha: string; subject: string; date: string; author: { name: string; login: string | null; avatar_url: string | null }; checks: "failure" | "pending" | "success" | null } | null; view: "document" | "table" | "notebook" | null; html: string | null; table: { head: string[]; rows: { line: number; cells: string[] }[]; more: boolean; problems: { line: number; message: string }[] } | null; notebook: { language: string | null; cells: ({ kind: "markdown" | "code" | "raw"; html: string; lines: string[]; count: number | null; outputs: ({ kind: "text" | "error" | "html" | "image" | "nothing"; content: string })[] })[]; left_out: number } | null; image: boolean; played: "audio" | "video" | null; lfs: { oid: string; size: number; held: boolean } | null; target: string | null; write: true | string; edit: true | string }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/blob/${segments(at.rest)}`, query: { plain: at.plain } });

/** Branches with their last commit and how far they are from the default one: `GET /_web/repos/{owner}/{repo}/branches` */
export const webBranches = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; q?: string | undefined; view?: "all" | "active" | "stale" | "yours" | undefined }): Reply<{ default_branch: string; total: number; branches: ({ name: string; last: WebCommitLine; checks: "failure" | "pending" | "success" | null; ahead: number | null; behind: number | null; protected: boolean; pull: { number: number; title: string; draft: boolean } | null; delete: true | string })[]; next: string | null }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/branches`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, q: at.q, view: at.view } });

/** How the checks of a commit stand: `GET /_web/repos/{owner}/{repo}/check-lists/{sha}` */
export const webGetCheckList = (call: Call, at: { owner: string | number; repo: string | number; sha: string | number }): Reply<WebCheckList> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/check-lists/${segment(at.sha)}` });

/** The checks of a commit, and one of its runs: `GET /_web/repos/{owner}/{repo}/checks/{sha}` */
export const webGetChecksPage = (call: Call, at: { owner: string | number; repo: string | number; sha: string | number; checks?: number | undefined; after?: string | undefined; run?: number | undefined; all?: string | undefined }): Reply<{ commit: WebCommit; list: WebCheckList; run: WebCheckRun | null }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/checks/${segment(at.sha)}`, query: { checks: at.checks, after: at.after, run: at.run, all: at.all } });

/** The comments on a commit as its page shows them: `GET /_web/repos/{owner}/{repo}/commit-comments/{commit_sha}` */
export const webGetCommitComments = (call: Call, at: { owner: string | number; repo: string | number; commit_sha: string | number }): Reply<{ comments: ({ id: number; node_id: string; url: string; html_url: string; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null; body: string; body_html?: string | undefined; path: string | null; line: number | null; position: number | null; commit_id: string; author_association: "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE"; reactions: Reactions; edits: TextEdits; created_at: string; updated_at: string; can: { edit: true | string; delete: true | string } })[]; can: { comment: true | string } }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/commit-comments/${segment(at.commit_sha)}` });

/** A commit and what it changed against its first parent: `GET /_web/repos/{owner}/{repo}/commit/{sha}` */
export const webCommit = (call: Call, at: { owner: string | number; repo: string | number; sha: string | number; whitespace?: "show" | "ignore" | undefined; file?: string | undefined; order?: "tree" | "reading" | undefined; skip?: number | undefined }): Reply<{ commit: WebCommit; diff: WebDiff }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/commit/${segment(at.sha)}`, query: { whitespace: at.whitespace, file: at.file, order: at.order, skip: at.skip } });

/** The branches and tags that a commit is part of: `GET /_web/repos/{owner}/{repo}/commit/{sha}/contained` */
export const webCommitContained = (call: Call, at: { owner: string | number; repo: string | number; sha: string | number }): Reply<{ branches: { names: string[]; total: number }; tags: { names: string[]; total: number }; timed_out: boolean }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/commit/${segment(at.sha)}/contained` });

/** The history of a branch, a folder or a file, which goes on under its earlier names: `GET /_web/repos/{owner}/{repo}/commits` */
export const webDefaultHistory = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; author?: string | undefined; since?: string | undefined; until?: string | undefined }): Reply<{ revision: { kind: "branch" | "tag" | "commit" | "other"; name: string; commit: string }; path: string; file: boolean; commits: ({ sha: string; subject: string; date: string; author: { name: string; login: string | null; avatar_url: string | null }; body: string; authored: string; committer: { name: string; login: string | null; avatar_url: string | null }; parents: string[]; signed: boolean; checks: "failure" | "pending" | "success" | null; path: string; renamed_from: string | null })[]; next: string | null }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/commits`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, author: at.author, since: at.since, until: at.until } });

/** Commit changes of several files, to a branch or to a new one: `POST /_web/repos/{owner}/{repo}/commits` */
export const webCommitChanges = (call: Call, at: { owner: string | number; repo: string | number }, body: { branch: string; expected_head: string | null; target?: "branch" | "new_branch" | undefined; new_branch?: string | undefined; message?: string | undefined; description?: string | undefined; change?: { path: string; previous_path?: string | undefined; text?: string | undefined; content?: string | undefined; delete?: boolean | undefined; create?: boolean | undefined; executable?: boolean | undefined } | undefined; changes?: ({ path: string; previous_path?: string | undefined; text?: string | undefined; content?: string | undefined; delete?: boolean | undefined; create?: boolean | undefined; executable?: boolean | undefined })[] | undefined }): Reply<{ commit: string; branch: string; to: string }> =>
  call({ method: "POST", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/commits`, body });

/** What a commit of these changes would change: `POST /_web/repos/{owner}/{repo}/commits/preview` */
export const webPreviewChanges = (call: Call, at: { owner: string | number; repo: string | number }, body: { branch: string; expected_head: string | null; target?: "branch" | "new_branch" | undefined; new_branch?: string | undefined; message?: string | undefined; description?: string | undefined; change?: { path: string; previous_path?: string | undefined; text?: string | undefined; content?: string | undefined; delete?: boolean | undefined; create?: boolean | undefined; executable?: boolean | undefined } | undefined; changes?: ({ path: string; previous_path?: string | undefined; text?: string | undefined; content?: string | undefined; delete?: boolean | undefined; create?: boolean | undefined; executable?: boolean | undefined })[] | undefined }): Reply<{ diff: WebDiff; html: string | null }> =>
  call({ method: "POST", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/commits/preview`, body });

/** The history of a branch, a folder or a file, which goes on under its earlier names: `GET /_web/repos/{owner}/{repo}/commits/{rest}` */
export const webHistory = (call: Call, at: { owner: string | number; repo: string | number; rest: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; author?: string | undefined; since?: string | undefined; until?: string | undefined }): Reply<{ revision: { kind: "branch" | "tag" | "commit" | "other"; name: string; commit: string }; path: string; file: boolean; commits: ({ sha: string; subject: string; date: string; author: { name: string; login: string | null; avatar_url: string | null }; body: string; authored: string; committer: { name: string; login: string | null; avatar_url: string | null }; parents: string[]; signed: boolean; checks: "failure" | "pending" | "success" | null; path: string; renamed_from: string | null })[]; next: string | null }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/commits/${segments(at.rest)}`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, author: at.author, since: at.since, until: at.until } });

/** What one branch, tag or commit has and another lacks: `GET /_web/repos/{owner}/{repo}/compare/{basehead}` */
export const webCompare = (call: Call, at: { owner: string | number; repo: string | number; basehead: string | number; whitespace?: "show" | "ignore" | undefined; file?: string | undefined; order?: "tree" | "reading" | undefined; skip?: number | undefined }): Reply<{ base: { repository: string; name: string; label: string; commit: string }; head: { repository: string; name: string; label: string; commit: string }; status: "identical" | "ahead" | "behind" | "diverged" | "unrelated"; ahead: number; behind: number; commits: ({ sha: string; subject: string; date: string; author: { name: string; login: string | null; avatar_url: string | null }; body: string; authored: string; committer: { name: string; login: string | null; avatar_url: string | null }; parents: string[]; signed: boolean; checks: "failure" | "pending" | "success" | null })[]; total_commits: number; diff: WebDiff | null }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/compare/${segments(at.basehead)}`, query: { whitespace: at.whitespace, file: at.file, order: at.order, skip: at.skip } });

/** Who wrote the commits of the default branch: `GET /_web/repos/{owner}/{repo}/contributors` */
export const webContributors = (call: Call, at: { owner: string | number; repo: string | number }): Reply<{ branch: string; contributors: ({ person: { name: string; login: string | null; avatar_url: string | null }; commits: number })[]; total: number; commits: number }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/contributors` });

/** A place on a branch where something is to be written, and whether it may be: `GET /_web/repos/{owner}/{repo}/edit/{rest}` */
export const webEdit = (call: Call, at: { owner: string | number; repo: string | number; rest: string | number }): Reply<{ branch: string; head: string | null; path: string; kind: "file" | "executable" | "symlink" | "directory" | "submodule" | null; oid: string | null; text: string | null; line_ends: "lf" | "crlf" | "mixed"; markdown: boolean; new_branch: string; can: { write: true | string; edit: true | string; direct: true | string; branch: true | string; fork: true | string } }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/edit/${segments(at.rest)}` });

/** The repositories that one compares a repository with: those that share its history: `GET /_web/repos/{owner}/{repo}/family` */
export const webFamily = (call: Call, at: { owner: string | number; repo: string | number; q?: string | undefined }): Reply<{ repositories: WebRelative[] }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/family`, query: { q: at.q } });

/** Of a file: the open pull request of its branch, its owners, and what is wrong with it as CODEOWNERS: `GET /_web/repos/{owner}/{repo}/file-notes/{rest}` */
export const webGetFileNotes = (call: Call, at: { owner: string | number; repo: string | number; rest: string | number }): Reply<{ pull: { repository: string; number: number; title: string } | null; owned: { path: string; line: number; owners: ({ name: string; login: string | null })[] } | null; codeowners: { counts: boolean; path: string; errors: { line: number; column: number; message: string }[]; total: number } | null }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/file-notes/${segments(at.rest)}` });

/** The list of a repository's issues with its counts and what it can be narrowed by: `GET /_web/repos/{owner}/{repo}/issues` */
export const webGetIssuesPage = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; q?: string | undefined }): Reply<{ repository: Repository; issues: Issue[]; next: string | null; counts: { open: number; closed: number; more: ("open" | "closed")[] }; problems: QueryProblem[]; facets: { labels: Label[]; milestones: Milestone[]; assignees: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[] }; views: SavedQuery[]; can: { open: true | string; triage: true | string; save: true | string; share: true | string } }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/issues`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, q: at.q } });

/** What a new issue can be given, and whether the reader may open one: `GET /_web/repos/{owner}/{repo}/issues/new` */
export const webGetNewIssuePage = (call: Call, at: { owner: string | number; repo: string | number }): Reply<{ repository: Repository; choices: { labels: Label[]; milestones: Milestone[]; assignees: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[] }; can: { open: true | string; triage: true | string } }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/issues/new` });

/** The page of an issue; `cursor` continues its timeline: `GET /_web/repos/{owner}/{repo}/issues/{issue_number}` */
export const webGetIssuePage = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<{ repository: Repository; issue: Issue; edits: TextEdits; status: string; timeline: { items: ({ id: number; node_id: string; url: string; html_url: string; issue_url: string; body: string; body_html?: string | undefined; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null; created_at: string; updated_at: string; reactions: Reactions; edits: TextEdits; author_association: "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE"; performed_via_github_app: null; event: "commented"; actor: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean }; can: { edit: true | string; delete: true | string } } | CrossReference | IssueEvent)[]; next: string | null }; participants: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[]; choices: { labels: Label[]; milestones: Milestone[]; assignees: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[] }; can: { edit: true | string; close: true | string; comment: true | string; triage: true | string } }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** The last commit of every entry that a folder's page shows: `GET /_web/repos/{owner}/{repo}/last-commits/{rest}` */
export const webLastCommits = (call: Call, at: { owner: string | number; repo: string | number; rest: string | number }): Reply<{ entries: Record<string, { sha: string; subject: string; date: string }>; complete: boolean }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/last-commits/${segments(at.rest)}` });

/** Lines of a file by its id, highlighted: what a diff leaves out around its changes: `GET /_web/repos/{owner}/{repo}/lines/{oid}` */
export const webLines = (call: Call, at: { owner: string | number; repo: string | number; oid: string | number; path: string; from: number; to: number }): Reply<{ lines: string[]; total: number }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/lines/${segment(at.oid)}`, query: { path: at.path, from: at.from, to: at.to } });

/** Every file at a branch, tag or commit, for the file finder: `GET /_web/repos/{owner}/{repo}/paths/{ref}` */
export const webPaths = (call: Call, at: { owner: string | number; repo: string | number; ref: string | number }): Reply<{ commit: string; paths: string[]; truncated: boolean }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/paths/${segments(at.ref)}` });

/** The list of a repository's pull requests with its counts and what it can be narrowed by: `GET /_web/repos/{owner}/{repo}/pulls` */
export const webGetPullsPage = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; q?: string | undefined }): Reply<{ repository: Repository; pulls: ({ id: number; number: number; title: string; state: "open" | "closed"; merged: boolean; draft: boolean; base: string | null; created_at: string; user: { login: string; avatar_url: string } | null; assignee: { login: string; avatar_url: string } | null; labels: Label[]; comments: number; checks: "failure" | "pending" | "success" | null; decision: "approved" | "changes_requested" | null })[]; next: string | null; counts: { open: number; closed: number; more: ("open" | "closed")[] }; problems: QueryProblem[]; facets: { labels: Label[]; milestones: Milestone[]; assignees: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[] }; branches: string[]; views: SavedQuery[]; can: { open: true | string; triage: true | string; save: true | string; share: true | string } }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/pulls`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, q: at.q } });

/** Whether `base...head` can become a pull request, what it would be called, and what it can be given: `GET /_web/repos/{owner}/{repo}/pulls/new/{basehead}` */
export const webGetNewPullPage = (call: Call, at: { owner: string | number; repo: string | number; basehead: string | number; template?: string | undefined }): Reply<{ repository: Repository; head: { repository: Repository; branch: string }; base: string; existing: PullRequestSimple | null; suggestion: { title: string; body: string }; templates: { name: string; isDefault: boolean; chosen: boolean }[]; choices: { labels: Label[]; milestones: Milestone[]; assignees: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[] }; can: { open: true | string; triage: true | string } }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/new/${segments(at.basehead)}`, query: { template: at.template } });

/** The page of a pull request; `cursor` continues its timeline: `GET /_web/repos/{owner}/{repo}/pulls/{pull_number}` */
export const webGetPullPage = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; suggest?: string | undefined }): Reply<{ repository: Repository; pull: PullRequest; body_html: string; reactions: Reactions; edits: TextEdits; source: { repository: string | null; branch: string; pushed: boolean; exists: boolean; behind: number; can: { update: true | string; delete: true | string; restore: true | string; allow: true | string } }; commits: ({ sha: string; subject: string; date: string; author: { name: string; login: string | null; avatar_url: string | null }; body: string; authored: string; committer: { name: string; login: string | null; avatar_url: string | null }; parents: string[]; signed: boolean; checks: "failure" | "pending" | "success" | null })[]; timeline: { items: ({ id: number; node_id: string; url: string; html_url: string; issue_url: string; body: string; body_html?: string | undefined; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null; created_at: string; updated_at: string; reactions: Reactions; edits: TextEdits; author_association: "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE"; performed_via_github_app: null; event: "commented"; can: { edit: true | string; delete: true | string } } | { id: number; node_id: string; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null; body: string; body_html?: string | undefined; state: "PENDING" | "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED"; html_url: string; pull_request_url: string; reactions: Reactions; edits: TextEdits; author_association: "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE"; commit_id: string; submitted_at?: string | undefined; _links: { html: { href: string }; pull_request: { href: string } }; event: "reviewed"; created_at: string; threads: WebThread[]; can: { edit: true | string; dismiss: true | string } } | { event: "line-commented"; created_at: string; thread: WebThread } | { event: "committed"; id: string; created_at: string; commits: string[] } | CrossReference | PullRequestEvent)[]; next: string | null }; merge: { mergeable: boolean | null; state: string; status: string; requirements: ({ name: string; met: boolean; sentence: string; missing?: { owners: string[]; paths: string[]; count: number }[] | undefined })[]; conflicts: string[]; methods: ({ name: "merge" | "squash" | "rebase" | "fast-forward"; refused: string | null })[]; auto: true | string; cancel: true | string; messages: { merge: { title: string; body: string }; squash: { title: string; body: string } } | null }; checks: WebCheckList; reviews: { decision: "approved" | "changes_requested" | null; latest: ({ id: number; node_id: string; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null; body: string; body_html?: string | undefined; state: "PENDING" | "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED"; html_url: string; pull_request_url: string; reactions: Reactions; edits: TextEdits; author_association: "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE"; commit_id: string; submitted_at?: string | undefined; _links: { html: { href: string }; pull_request: { href: string } }; counts: boolean; of_change: boolean; owns: number })[]; asked: ({ user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null; team: Team | null; team_seen: boolean; as_owner: boolean; owns: number })[]; teams: Team[]; pending: { review: Review; comments: number } | null }; suggested: SuggestedReviewer[] | null; participants: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[]; choices: { labels: Label[]; milestones: Milestone[]; assignees: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[] }; can: { edit: true | string; close: true | string; comment: true | string; judge: true | string; triage: true | string } }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, suggest: at.suggest } });

/** The checks of a pull request's head, and one of its runs: `GET /_web/repos/{owner}/{repo}/pulls/{pull_number}/checks` */
export const webGetPullChecksPage = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; checks?: number | undefined; after?: string | undefined; run?: number | undefined; all?: string | undefined }): Reply<{ repository: Repository; pull: PullRequest; list: WebCheckList; run: WebCheckRun | null; can: { edit: true | string } }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/checks`, query: { checks: at.checks, after: at.after, run: at.run, all: at.all } });

/** The conflicts of a pull request with its base: `GET /_web/repos/{owner}/{repo}/pulls/{pull_number}/conflicts` */
export const webGetPullConflictsPage = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }): Reply<{ repository: Repository; pull: PullRequest; files: ({ path: string; shown: string; why: string | null; places: { name: string; line: number; before: string; after: string; ours: string; base: string; theirs: string }[]; marked: string | null })[]; more: number; commands: { begin: string[]; end: string[] }; can: { edit: true | string; resolve: true | string } }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/conflicts` });

/** Keep a comment for your review, which begins with it unless you have begun one: `POST /_web/repos/{owner}/{repo}/pulls/{pull_number}/drafts` */
export const webDraftReviewComment = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { path: string; line?: number | undefined; side?: "LEFT" | "RIGHT" | undefined; start_line?: number | null | undefined; start_side?: "LEFT" | "RIGHT" | null | undefined; position?: number | undefined; subject_type?: "line" | "file" | undefined; commit_id?: string | undefined; body: string }): Reply<Review> =>
  call({ method: "POST", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/drafts`, body });

/** What a pull request changes, highlighted, with the threads on its lines: `GET /_web/repos/{owner}/{repo}/pulls/{pull_number}/files` */
export const webGetPullFilesPage = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; whitespace?: "show" | "ignore" | undefined; file?: string | undefined; order?: "tree" | "reading" | undefined; skip?: number | undefined; from?: string | undefined; to?: string | undefined; since?: string | undefined }): Reply<{ repository: Repository; pull: PullRequest; base: string; head: string; range: { from: number | null; to: number; last: number; reviewed: number | null; by_default: boolean; same: boolean | null; unable: string | null }; revisions: PullRequestRevision[]; diff: WebDiff; threads: WebThread[]; annotations: WebDiffAnnotations; viewed: { files: string[]; changed: string[] } | null; pending: { review: Review; comments: number } | null; can: { comment: true | string; judge: true | string; edit: true | string } }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/files`, query: { whitespace: at.whitespace, file: at.file, order: at.order, skip: at.skip, from: at.from, to: at.to, since: at.since } });

/** Every head that a pull request had, and what changed between two of them: `GET /_web/repos/{owner}/{repo}/pulls/{pull_number}/revisions` */
export const webGetPullRevisionsPage = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; whitespace?: "show" | "ignore" | undefined; file?: string | undefined; order?: "tree" | "reading" | undefined; skip?: number | undefined; from?: string | undefined; to?: string | undefined }): Reply<{ repository: Repository; pull: PullRequest; revisions: PullRequestRevision[]; comparison: { from: number; to: number; same: boolean; unable: string | null; base: string | null; head: string; diff: WebDiff | null; annotations: WebDiffAnnotations; commits: PullRequestCommitPair[] | null; unpaired: string | null } | null; can: { edit: true | string } }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/revisions`, query: { whitespace: at.whitespace, file: at.file, order: at.order, skip: at.skip, from: at.from, to: at.to } });

/** The names of branches and tags, for the switcher: `GET /_web/repos/{owner}/{repo}/refs` */
export const webRefs = (call: Call, at: { owner: string | number; repo: string | number; q?: string | undefined }): Reply<{ default_branch: string; branches: string[]; tags: string[]; hidden_tags: string[]; more: boolean }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/refs`, query: { q: at.q } });

/** Lines of a repository's files that hold a text or match an expression: `GET /_web/repos/{owner}/{repo}/search` */
export const webSearchCode = (call: Call, at: { owner: string | number; repo: string | number; q: string; ref?: string | undefined; path?: string | undefined; regex?: "0" | "1" | undefined; case?: "0" | "1" | undefined; word?: "0" | "1" | undefined; page?: number | undefined }): Reply<{ revision: { kind: "branch" | "tag" | "commit" | "other"; name: string; commit: string } | null; path: string; files: { path: string; lines: { line: number; html: string; ranges: [number, number][]; cut: boolean }[]; more: boolean }[]; more: boolean; timed_out: boolean }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/search`, query: { q: at.q, ref: at.ref, path: at.path, regex: at.regex, case: at.case, word: at.word, page: at.page } });

/** Tags with their commit, the last first as people count: v10 before v9: `GET /_web/repos/{owner}/{repo}/tags` */
export const webTags = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; q?: string | undefined }): Reply<{ total: number; tags: ({ name: string; ref: string; annotated: boolean; last: WebCommitLine | null })[]; next: string | null }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/tags`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, q: at.q } });

/** What the settings of a repository show of teams: `GET /_web/repos/{owner}/{repo}/teams` */
export const webRepositoryTeams = (call: Call, at: { owner: string | number; repo: string | number }): Reply<{ organization: string; at_work: ({ id: number; node_id: string; url: string; html_url: string; members_url: string; repositories_url: string; name: string; slug: string; description: string | null; privacy: "closed"; permission: "pull" | "push" | "admin"; type: "organization"; parent: null; permissions: { admin: boolean; maintain: boolean; push: boolean; triage: boolean; pull: boolean } })[]; others: Team[] } | null> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/teams` });

/** A folder with the last commit of every entry and its README: `GET /_web/repos/{owner}/{repo}/tree` */
export const webRoot = (call: Call, at: { owner: string | number; repo: string | number; all?: "0" | "1" | undefined }): Reply<{ revision: { kind: "branch" | "tag" | "commit" | "other"; name: string; commit: string }; path: string; write: true | string; last: { sha: string; subject: string; date: string; author: { name: string; login: string | null; avatar_url: string | null }; checks: "failure" | "pending" | "success" | null } | null; commits: number | null; entries: ({ name: string; path: string; kind: "file" | "executable" | "symlink" | "directory" | "submodule"; oid: string; last: { sha: string; subject: string; date: string } | null })[]; total: number; names_only: boolean; complete: boolean; readme: { path: string; html: string } | null } | null> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/tree`, query: { all: at.all } });

/** A folder with the last commit of every entry and its README: `GET /_web/repos/{owner}/{repo}/tree/{rest}` */
export const webTree = (call: Call, at: { owner: string | number; repo: string | number; rest: string | number; all?: "0" | "1" | undefined }): Reply<{ revision: { kind: "branch" | "tag" | "commit" | "other"; name: string; commit: string }; path: string; write: true | string; last: { sha: string; subject: string; date: string; author: { name: string; login: string | null; avatar_url: string | null }; checks: "failure" | "pending" | "success" | null } | null; commits: number | null; entries: ({ name: string; path: string; kind: "file" | "executable" | "symlink" | "directory" | "submodule"; oid: string; last: { sha: string; subject: string; date: string } | null })[]; total: number; names_only: boolean; complete: boolean; readme: { path: string; html: string } | null }> =>
  call({ method: "GET", path: `/_web/repos/${segment(at.owner)}/${segment(at.repo)}/tree/${segments(at.rest)}`, query: { all: at.all } });

/** A few teams of the reader's organizations, to complete a mention with: `GET /_web/teams` */
export const webOfferTeams = (call: Call, at: { begun: string; first?: string | undefined }): Reply<({ mention: string; description: string | null })[]> =>
  call({ method: "GET", path: "/_web/teams", query: { begun: at.begun, first: at.first } });

/** Invitations, newest first: `GET /admin/invitations` */
export const adminListInvitations = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined } = {}): Reply<({ id: string; email: string; state: "pending" | "accepted" | "expired"; expires_at: string; accepted_at: string | null; created_at: string })[]> =>
  call({ method: "GET", path: "/admin/invitations", query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Invite an address; the link goes there by mail, works once and for seven days: `POST /admin/invitations` */
export const adminCreateInvitation = (call: Call, body: { email: string }): Reply<{ id: string; email: string; state: "pending" | "accepted" | "expired"; expires_at: string; accepted_at: string | null; created_at: string }> =>
  call({ method: "POST", path: "/admin/invitations", body });

/** Withdraw an invitation that was not accepted yet: `DELETE /admin/invitations/{invitation_id}` */
export const adminDeleteInvitation = (call: Call, at: { invitation_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/admin/invitations/${segment(at.invitation_id)}` });

/** Letters that were kept because there is no mail server, newest first: `GET /admin/mailbox` */
export const adminListMailbox = (call: Call): Reply<{ id: string; to: string; subject: string; sent_at: string }[]> =>
  call({ method: "GET", path: "/admin/mailbox" });

/** One letter that was kept: `GET /admin/mailbox/{message_id}` */
export const adminGetMailboxMessage = (call: Call, at: { message_id: string | number }): Reply<{ id: string; to: string; subject: string; sent_at: string; from: string; text: string; html: string }> =>
  call({ method: "GET", path: `/admin/mailbox/${segment(at.message_id)}` });

/** All repositories with their disk use and their last check, the largest first: `GET /admin/repositories` */
export const adminListRepositories = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; q?: string | undefined; state?: "unchecked" | "ok" | "damaged" | "failed" | undefined } = {}): Reply<KeptRepository[]> =>
  call({ method: "GET", path: "/admin/repositories", query: { per_page: at.per_page, page: at.page, cursor: at.cursor, q: at.q, state: at.state } });

/** Maintain and check a repository soon; what is found stands in the list: `POST /admin/repositories/{owner}/{repo}/checks` */
export const adminCheckRepository = (call: Call, at: { owner: string | number; repo: string | number }, body: { full?: boolean | undefined } = {}): Reply<undefined> =>
  call({ method: "POST", path: `/admin/repositories/${segment(at.owner)}/${segment(at.repo)}/checks`, body });

/** The settings of the instance: `GET /admin/settings` */
export const adminGetSettings = (call: Call): Reply<{ sign_up: "open" | "invite" | "closed"; outbound_allow: string[] }> =>
  call({ method: "GET", path: "/admin/settings" });

/** Change the settings of the instance: `PATCH /admin/settings` */
export const adminUpdateSettings = (call: Call, body: { sign_up?: "open" | "invite" | "closed" | undefined; outbound_allow?: string[] | undefined } = {}): Reply<{ sign_up: "open" | "invite" | "closed"; outbound_allow: string[] }> =>
  call({ method: "PATCH", path: "/admin/settings", body });

/** All accounts, newest first: `GET /admin/users` */
export const adminListUsers = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; q?: string | undefined; role?: "user" | "admin" | "superadmin" | undefined; suspended?: "true" | "false" | undefined } = {}): Reply<({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean; name: string; email: string; role: "user" | "admin" | "superadmin"; suspended: boolean; suspended_at: string | null; suspended_reason: string | null; created_at: string })[]> =>
  call({ method: "GET", path: "/admin/users", query: { per_page: at.per_page, page: at.page, cursor: at.cursor, q: at.q, role: at.role, suspended: at.suspended } });

/** Suspend or restore an account, or change its role; suspending ends its sessions: `PATCH /admin/users/{username}` */
export const adminUpdateUser = (call: Call, at: { username: string | number }, body: { role?: "user" | "admin" | "superadmin" | undefined; suspended?: boolean | undefined; reason?: string | null | undefined } = {}): Reply<{ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean; name: string; email: string; role: "user" | "admin" | "superadmin"; suspended: boolean; suspended_at: string | null; suspended_reason: string | null; created_at: string }> =>
  call({ method: "PATCH", path: `/admin/users/${segment(at.username)}`, body });

/** What happens in public repositories: `GET /events` */
export const activityListPublicEvents = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined } = {}): Reply<Event[]> =>
  call({ method: "GET", path: "/events", query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** List your issues and pull requests in all repositories that you can see: `GET /issues` */
export const issuesList = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; q?: string | undefined; state?: "open" | "closed" | "all" | undefined; labels?: string | undefined; since?: string | undefined; sort?: "created" | "updated" | "comments" | undefined; direction?: "asc" | "desc" | undefined; filter?: "assigned" | "created" | "mentioned" | "all" | undefined } = {}): Reply<Issue[]> =>
  call({ method: "GET", path: "/issues", query: { per_page: at.per_page, page: at.page, cursor: at.cursor, q: at.q, state: at.state, labels: at.labels, since: at.since, sort: at.sort, direction: at.direction, filter: at.filter } });

/** Render Markdown; with `context` (owner/name) as a discussion in that repository reads it: `POST /markdown` */
export const markdownRender = (call: Call, body: { text: string; mode?: "markdown" | "gfm" | undefined; context?: string | undefined }): Reply<string> =>
  call({ method: "POST", path: "/markdown", body });

/** Render Markdown sent as the whole body (text/plain or text/x-markdown): `POST /markdown/raw` */
export const markdownRenderRaw = (call: Call): Reply<string> =>
  call({ method: "POST", path: "/markdown/raw" });

/** What this server is: `GET /meta` */
export const metaGet = (call: Call): Reply<{ verifiable_password_authentication: boolean; installed_version: string }> =>
  call({ method: "GET", path: "/meta" });

/** All organizations in the order they were created: `GET /organizations` */
export const orgsList = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; since?: number | undefined } = {}): Reply<({ login: string; id: number; node_id: string; url: string; repos_url: string; events_url: string; hooks_url: string; issues_url: string; members_url: string; public_members_url: string; avatar_url: string; description: string | null })[]> =>
  call({ method: "GET", path: "/organizations", query: { per_page: at.per_page, page: at.page, cursor: at.cursor, since: at.since } });

/** An organization's public profile: `GET /orgs/{org}` */
export const orgsGet = (call: Call, at: { org: string | number }): Reply<{ login: string; id: number; node_id: string; url: string; repos_url: string; events_url: string; hooks_url: string; issues_url: string; members_url: string; public_members_url: string; avatar_url: string; description: string | null; name: string; blog?: string | undefined; location?: string | undefined; html_url: string; type: "Organization"; has_organization_projects: boolean; has_repository_projects: boolean; public_repos: number; public_gists: number; followers: number; following: number; created_at: string; updated_at: string; archived_at: string | null; default_repository_permission?: "none" | "read" | "write" | "admin" | undefined }> =>
  call({ method: "GET", path: `/orgs/${segment(at.org)}` });

/** Change an organization's profile; a new login, for owners, leaves a redirect behind: `PATCH /orgs/{org}` */
export const orgsUpdate = (call: Call, at: { org: string | number }, body: { login?: string | undefined; name?: string | null | undefined; description?: string | null | undefined; blog?: string | null | undefined; location?: string | null | undefined; default_repository_permission?: "none" | "read" | "write" | "admin" | undefined } = {}): Reply<{ login: string; id: number; node_id: string; url: string; repos_url: string; events_url: string; hooks_url: string; issues_url: string; members_url: string; public_members_url: string; avatar_url: string; description: string | null; name: string; blog?: string | undefined; location?: string | undefined; html_url: string; type: "Organization"; has_organization_projects: boolean; has_repository_projects: boolean; public_repos: number; public_gists: number; followers: number; following: number; created_at: string; updated_at: string; archived_at: string | null; default_repository_permission?: "none" | "read" | "write" | "admin" | undefined }> =>
  call({ method: "PATCH", path: `/orgs/${segment(at.org)}`, body });

/** Delete an organization that owns no repository: `DELETE /orgs/{org}` */
export const orgsDelete = (call: Call, at: { org: string | number }): Reply<Record<string, never>> =>
  call({ method: "DELETE", path: `/orgs/${segment(at.org)}` });

/** The members of an organization, for its members: `GET /orgs/{org}/members` */
export const orgsListMembers = (call: Call, at: { org: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; role?: "all" | "admin" | "member" | undefined }): Reply<({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean; org_role: "member" | "admin" | "owner" })[]> =>
  call({ method: "GET", path: `/orgs/${segment(at.org)}/members`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, role: at.role } });

/** 204 for a member, 404 for anyone else: `GET /orgs/{org}/members/{username}` */
export const orgsCheckMembershipForUser = (call: Call, at: { org: string | number; username: string | number }): Reply<undefined> =>
  call({ method: "GET", path: `/orgs/${segment(at.org)}/members/${segment(at.username)}` });

/** Take somebody out of an organization, or leave it: `DELETE /orgs/{org}/members/{username}` */
export const orgsRemoveMember = (call: Call, at: { org: string | number; username: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/orgs/${segment(at.org)}/members/${segment(at.username)}` });

/** Somebody's role in an organization, for its members: `GET /orgs/{org}/memberships/{username}` */
export const orgsGetMembershipForUser = (call: Call, at: { org: string | number; username: string | number }): Reply<{ url: string; state: "active"; role: "admin" | "member"; org_role: "member" | "admin" | "owner"; organization_url: string; organization: { login: string; id: number; node_id: string; url: string; repos_url: string; events_url: string; hooks_url: string; issues_url: string; members_url: string; public_members_url: string; avatar_url: string; description: string | null }; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } }> =>
  call({ method: "GET", path: `/orgs/${segment(at.org)}/memberships/${segment(at.username)}` });

/** Add somebody, or change their role; only owners make and unmake owners: `PUT /orgs/{org}/memberships/{username}` */
export const orgsSetMembershipForUser = (call: Call, at: { org: string | number; username: string | number }, body: { role?: "admin" | "member" | undefined; org_role?: "member" | "admin" | "owner" | undefined } = {}): Reply<{ url: string; state: "active"; role: "admin" | "member"; org_role: "member" | "admin" | "owner"; organization_url: string; organization: { login: string; id: number; node_id: string; url: string; repos_url: string; events_url: string; hooks_url: string; issues_url: string; members_url: string; public_members_url: string; avatar_url: string; description: string | null }; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } }> =>
  call({ method: "PUT", path: `/orgs/${segment(at.org)}/memberships/${segment(at.username)}`, body });

/** Take somebody out of an organization, or leave it: `DELETE /orgs/{org}/memberships/{username}` */
export const orgsRemoveMembershipForUser = (call: Call, at: { org: string | number; username: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/orgs/${segment(at.org)}/memberships/${segment(at.username)}` });

/** Create a repository in an organization: `POST /orgs/{org}/repos` */
export const reposCreateInOrg = (call: Call, at: { org: string | number }, body: { name: string; description?: string | null | undefined; homepage?: "" | string | null | undefined; private?: boolean | undefined; visibility?: "public" | "private" | undefined; default_branch?: string | undefined; object_format?: "sha1" | "sha256" | undefined; auto_init?: boolean | undefined; allow_merge_commit?: boolean | undefined; allow_squash_merge?: boolean | undefined; allow_rebase_merge?: boolean | undefined; allow_fast_forward_merge?: boolean | undefined; allow_auto_merge?: boolean | undefined; delete_branch_on_merge?: boolean | undefined; squash_merge_commit_title?: "PR_TITLE" | "COMMIT_OR_PR_TITLE" | undefined; squash_merge_commit_message?: "PR_BODY" | "COMMIT_MESSAGES" | "BLANK" | undefined; merge_commit_title?: "PR_TITLE" | "MERGE_MESSAGE" | undefined; merge_commit_message?: "PR_BODY" | "PR_TITLE" | "BLANK" | undefined; is_template?: boolean | undefined }): Reply<FullRepository> =>
  call({ method: "POST", path: `/orgs/${segment(at.org)}/repos`, body });

/** List the repositories of an organization: `GET /orgs/{org}/repos` */
export const reposListForOrg = (call: Call, at: { org: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; sort?: "created" | "updated" | "pushed" | "full_name" | undefined; direction?: "asc" | "desc" | undefined; type?: "all" | "public" | "private" | "forks" | "sources" | "member" | undefined }): Reply<Repository[]> =>
  call({ method: "GET", path: `/orgs/${segment(at.org)}/repos`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, sort: at.sort, direction: at.direction, type: at.type } });

/** The teams of an organization, for its members: `GET /orgs/{org}/teams` */
export const teamsList = (call: Call, at: { org: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<({ id: number; node_id: string; url: string; html_url: string; members_url: string; repositories_url: string; name: string; slug: string; description: string | null; privacy: "closed"; permission: "pull" | "push" | "admin"; type: "organization"; parent: null; members_count: number; repos_count: number })[]> =>
  call({ method: "GET", path: `/orgs/${segment(at.org)}/teams`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Make a team; members are added one by one: `POST /orgs/{org}/teams` */
export const teamsCreate = (call: Call, at: { org: string | number }, body: { name: string; description?: string | null | undefined }): Reply<TeamFull> =>
  call({ method: "POST", path: `/orgs/${segment(at.org)}/teams`, body });

/** Get a team, for members of its organization: `GET /orgs/{org}/teams/{team_slug}` */
export const teamsGetByName = (call: Call, at: { org: string | number; team_slug: string | number }): Reply<TeamFull> =>
  call({ method: "GET", path: `/orgs/${segment(at.org)}/teams/${segment(at.team_slug)}` });

/** Give a team another name or description: `PATCH /orgs/{org}/teams/{team_slug}` */
export const teamsUpdateInOrg = (call: Call, at: { org: string | number; team_slug: string | number }, body: { name?: string | undefined; description?: string | null | undefined } = {}): Reply<TeamFull> =>
  call({ method: "PATCH", path: `/orgs/${segment(at.org)}/teams/${segment(at.team_slug)}`, body });

/** Delete a team; it is asked for nothing any more, and its members lose what it gave them: `DELETE /orgs/{org}/teams/{team_slug}` */
export const teamsDeleteInOrg = (call: Call, at: { org: string | number; team_slug: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/orgs/${segment(at.org)}/teams/${segment(at.team_slug)}` });

/** Who is in a team, for members of its organization: `GET /orgs/{org}/teams/{team_slug}/members` */
export const teamsListMembersInOrg = (call: Call, at: { org: string | number; team_slug: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean; org_role: "member" | "admin" | "owner" })[]> =>
  call({ method: "GET", path: `/orgs/${segment(at.org)}/teams/${segment(at.team_slug)}/members`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Whether somebody is in a team, for members of its organization: `GET /orgs/{org}/teams/{team_slug}/memberships/{username}` */
export const teamsGetMembershipForUserInOrg = (call: Call, at: { org: string | number; team_slug: string | number; username: string | number }): Reply<{ url: string; role: "member"; state: "active" }> =>
  call({ method: "GET", path: `/orgs/${segment(at.org)}/teams/${segment(at.team_slug)}/memberships/${segment(at.username)}` });

/** Put a member of the organization into a team: `PUT /orgs/{org}/teams/{team_slug}/memberships/{username}` */
export const teamsAddOrUpdateMembershipForUserInOrg = (call: Call, at: { org: string | number; team_slug: string | number; username: string | number }): Reply<{ url: string; role: "member"; state: "active" }> =>
  call({ method: "PUT", path: `/orgs/${segment(at.org)}/teams/${segment(at.team_slug)}/memberships/${segment(at.username)}` });

/** Take somebody out of a team: `DELETE /orgs/{org}/teams/{team_slug}/memberships/{username}` */
export const teamsRemoveMembershipForUserInOrg = (call: Call, at: { org: string | number; team_slug: string | number; username: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/orgs/${segment(at.org)}/teams/${segment(at.team_slug)}/memberships/${segment(at.username)}` });

/** The repositories in which a team has rights, with the team's permissions: `GET /orgs/{org}/teams/{team_slug}/repos` */
export const teamsListReposInOrg = (call: Call, at: { org: string | number; team_slug: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<({ id: number; node_id: string; name: string; full_name: string; owner: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean }; private: boolean; visibility: "public" | "private"; html_url: string; description: string | null; fork: boolean; url: string; archive_url: string; assignees_url: string; blobs_url: string; branches_url: string; collaborators_url: string; comments_url: string; commits_url: string; compare_url: string; contents_url: string; contributors_url: string; deployments_url: string; downloads_url: string; events_url: string; forks_url: string; git_commits_url: string; git_refs_url: string; git_tags_url: string; hooks_url: string; issue_comment_url: string; issue_events_url: string; issues_url: string; keys_url: string; labels_url: string; languages_url: string; merges_url: string; milestones_url: string; notifications_url: string; pulls_url: string; releases_url: string; stargazers_url: string; statuses_url: string; subscribers_url: string; subscription_url: string; tags_url: string; teams_url: string; trees_url: string; git_url: string; ssh_url: string; clone_url: string; svn_url: string; mirror_url: string | null; homepage: string | null; language: string | null; forks_count: number; stargazers_count: number; watchers_count: number; subscribers_count: number; size: number; default_branch: string; open_issues_count: number; is_template: boolean; topics: string[]; has_issues: boolean; has_projects: boolean; has_wiki: boolean; has_pages: boolean; has_downloads: boolean; has_discussions: boolean; archived: boolean; disabled: boolean; license: null; allow_forking: boolean; allow_merge_commit: boolean; allow_squash_merge: boolean; allow_rebase_merge: boolean; allow_fast_forward_merge: boolean; allow_auto_merge: boolean; delete_branch_on_merge: boolean; squash_merge_commit_title: "PR_TITLE" | "COMMIT_OR_PR_TITLE"; squash_merge_commit_message: "PR_BODY" | "COMMIT_MESSAGES" | "BLANK"; merge_commit_title: "PR_TITLE" | "MERGE_MESSAGE"; merge_commit_message: "PR_BODY" | "PR_TITLE" | "BLANK"; web_commit_signoff_required: boolean; forks: number; open_issues: number; watchers: number; permissions: { admin: boolean; maintain: boolean; push: boolean; triage: boolean; pull: boolean }; pushed_at: string; created_at: string; updated_at: string; role_name: "read" | "write" | "admin" })[]> =>
  call({ method: "GET", path: `/orgs/${segment(at.org)}/teams/${segment(at.team_slug)}/repos`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** 204 when a team has rights of its own in a repository, else 404: `GET /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}` */
export const teamsCheckPermissionsForRepoInOrg = (call: Call, at: { org: string | number; team_slug: string | number; owner: string | number; repo: string | number }): Reply<undefined> =>
  call({ method: "GET", path: `/orgs/${segment(at.org)}/teams/${segment(at.team_slug)}/repos/${segment(at.owner)}/${segment(at.repo)}` });

/** Let a team work on a repository of its organization, or change what it may do: `PUT /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}` */
export const teamsAddOrUpdateRepoPermissionsInOrg = (call: Call, at: { org: string | number; team_slug: string | number; owner: string | number; repo: string | number }, body: { permission?: string | undefined } = {}): Reply<undefined> =>
  call({ method: "PUT", path: `/orgs/${segment(at.org)}/teams/${segment(at.team_slug)}/repos/${segment(at.owner)}/${segment(at.repo)}`, body });

/** End what a team may do in a repository: `DELETE /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}` */
export const teamsRemoveRepoInOrg = (call: Call, at: { org: string | number; team_slug: string | number; owner: string | number; repo: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/orgs/${segment(at.org)}/teams/${segment(at.team_slug)}/repos/${segment(at.owner)}/${segment(at.repo)}` });

/** Get a repository: `GET /repos/{owner}/{repo}` */
export const reposGet = (call: Call, at: { owner: string | number; repo: string | number }): Reply<FullRepository> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}` });

/** Change a repository's name, visibility and other settings: `PATCH /repos/{owner}/{repo}` */
export const reposUpdate = (call: Call, at: { owner: string | number; repo: string | number }, body: { name?: string | undefined; description?: string | null | undefined; homepage?: "" | string | null | undefined; private?: boolean | undefined; visibility?: "public" | "private" | undefined; default_branch?: string | undefined; archived?: boolean | undefined; allow_merge_commit?: boolean | undefined; allow_squash_merge?: boolean | undefined; allow_rebase_merge?: boolean | undefined; allow_fast_forward_merge?: boolean | undefined; allow_auto_merge?: boolean | undefined; delete_branch_on_merge?: boolean | undefined; squash_merge_commit_title?: "PR_TITLE" | "COMMIT_OR_PR_TITLE" | undefined; squash_merge_commit_message?: "PR_BODY" | "COMMIT_MESSAGES" | "BLANK" | undefined; merge_commit_title?: "PR_TITLE" | "MERGE_MESSAGE" | undefined; merge_commit_message?: "PR_BODY" | "PR_TITLE" | "BLANK" | undefined; is_template?: boolean | undefined } = {}): Reply<FullRepository> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}`, body });

/** Delete a repository; it can be restored for 30 days: `DELETE /repos/{owner}/{repo}` */
export const reposDelete = (call: Call, at: { owner: string | number; repo: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}` });

/** List the people who can be assigned in a repository: `GET /repos/{owner}/{repo}/assignees` */
export const issuesListAssignees = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/assignees`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Whether somebody can be assigned in a repository: 204, or 404: `GET /repos/{owner}/{repo}/assignees/{assignee}` */
export const issuesCheckUserCanBeAssigned = (call: Call, at: { owner: string | number; repo: string | number; assignee: string | number }): Reply<undefined> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/assignees/${segment(at.assignee)}` });

/** List the branches of a repository by name: `GET /repos/{owner}/{repo}/branches` */
export const reposListBranches = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; protected?: string | undefined }): Reply<ShortBranch[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/branches`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, protected: at.protected } });

/** Get a branch with its last commit: `GET /repos/{owner}/{repo}/branches/{branch}` */
export const reposGetBranch = (call: Call, at: { owner: string | number; repo: string | number; branch: string | number }): Reply<Branch> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/branches/${segments(at.branch)}` });

/** Get the protection that holds for a branch: `GET /repos/{owner}/{repo}/branches/{branch}/protection` */
export const reposGetBranchProtection = (call: Call, at: { owner: string | number; repo: string | number; branch: string | number }): Reply<BranchProtection> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/branches/${segments(at.branch)}/protection` });

/** Protect a branch by a rule of its own name: `PUT /repos/{owner}/{repo}/branches/{branch}/protection` */
export const reposUpdateBranchProtection = (call: Call, at: { owner: string | number; repo: string | number; branch: string | number }, body: { required_status_checks: { strict: boolean; contexts?: string[] | undefined; checks?: { context: string }[] | undefined } | null; enforce_admins: boolean | null; required_pull_request_reviews: { dismiss_stale_reviews?: boolean | undefined; require_code_owner_reviews?: boolean | undefined; required_approving_review_count?: number | undefined; require_last_push_approval?: boolean | undefined } | null; restrictions: unknown; required_linear_history?: boolean | null | undefined; allow_force_pushes?: boolean | null | undefined; allow_deletions?: boolean | null | undefined; block_creations?: boolean | null | undefined; required_conversation_resolution?: boolean | null | undefined; lock_branch?: boolean | null | undefined }): Reply<BranchProtection> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/branches/${segments(at.branch)}/protection`, body });

/** Delete the rule of a branch's own name: `DELETE /repos/{owner}/{repo}/branches/{branch}/protection` */
export const reposDeleteBranchProtection = (call: Call, at: { owner: string | number; repo: string | number; branch: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/branches/${segments(at.branch)}/protection` });

/** Report a check run of a commit: `POST /repos/{owner}/{repo}/check-runs` */
export const checksCreate = (call: Call, at: { owner: string | number; repo: string | number }, body: { name: string; head_sha: string; details_url?: string | null | undefined; external_id?: string | null | undefined; started_at?: string | undefined; status?: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending" | undefined; conclusion?: "success" | "failure" | "neutral" | "cancelled" | "skipped" | "timed_out" | "action_required" | null | undefined; completed_at?: string | undefined; output?: { title?: string | null | undefined; summary: string | null; text?: string | null | undefined; annotations?: ({ path: string; start_line: number; end_line: number; start_column?: number | null | undefined; end_column?: number | null | undefined; annotation_level: "failure" | "warning" | "notice"; message: string; title?: string | null | undefined; raw_details?: string | null | undefined })[] | undefined } | null | undefined }): Reply<CheckRun> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/check-runs`, body });

/** Get a check run: `GET /repos/{owner}/{repo}/check-runs/{check_run_id}` */
export const checksGet = (call: Call, at: { owner: string | number; repo: string | number; check_run_id: string | number }): Reply<CheckRun> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/check-runs/${segment(at.check_run_id)}` });

/** Say how a check run goes on; annotations are added to those it has: `PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}` */
export const checksUpdate = (call: Call, at: { owner: string | number; repo: string | number; check_run_id: string | number }, body: { name?: string | undefined; details_url?: string | null | undefined; external_id?: string | null | undefined; started_at?: string | undefined; status?: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending" | undefined; conclusion?: "success" | "failure" | "neutral" | "cancelled" | "skipped" | "timed_out" | "action_required" | null | undefined; completed_at?: string | undefined; output?: { title?: string | null | undefined; summary: string | null; text?: string | null | undefined; annotations?: ({ path: string; start_line: number; end_line: number; start_column?: number | null | undefined; end_column?: number | null | undefined; annotation_level: "failure" | "warning" | "notice"; message: string; title?: string | null | undefined; raw_details?: string | null | undefined })[] | undefined } | null | undefined } = {}): Reply<CheckRun> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/check-runs/${segment(at.check_run_id)}`, body });

/** List what a check run says about lines, in its order: `GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations` */
export const checksListAnnotations = (call: Call, at: { owner: string | number; repo: string | number; check_run_id: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<CheckAnnotation[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/check-runs/${segment(at.check_run_id)}/annotations`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Make your check suite of a commit; 200 when it is there already: `POST /repos/{owner}/{repo}/check-suites` */
export const checksCreateSuite = (call: Call, at: { owner: string | number; repo: string | number }, body: { head_sha: string }): Reply<CheckSuite> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/check-suites`, body });

/** Get a check suite: the runs of one reporter on a commit: `GET /repos/{owner}/{repo}/check-suites/{check_suite_id}` */
export const checksGetSuite = (call: Call, at: { owner: string | number; repo: string | number; check_suite_id: string | number }): Reply<CheckSuite> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/check-suites/${segment(at.check_suite_id)}` });

/** List the check runs of a suite, newest first: `GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs` */
export const checksListForSuite = (call: Call, at: { owner: string | number; repo: string | number; check_suite_id: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; check_name?: string | undefined; status?: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending" | undefined; filter?: "latest" | "all" | undefined }): Reply<{ total_count: number; check_runs: CheckRun[] }> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/check-suites/${segment(at.check_suite_id)}/check-runs`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, check_name: at.check_name, status: at.status, filter: at.filter } });

/** What is wrong with the CODEOWNERS file: `GET /repos/{owner}/{repo}/codeowners/errors` */
export const reposCodeownersErrors = (call: Call, at: { owner: string | number; repo: string | number; ref?: string | undefined }): Reply<{ errors: ({ line: number; column: number; kind: string; source: string; suggestion: string | null; message: string; path: string })[] }> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/codeowners/errors`, query: { ref: at.ref } });

/** List those who have rights of their own in a repository: `GET /repos/{owner}/{repo}/collaborators` */
export const reposListCollaborators = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; affiliation?: "all" | "direct" | "outside" | undefined }): Reply<({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean; permissions: { admin: boolean; maintain: boolean; push: boolean; triage: boolean; pull: boolean }; role_name: string })[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/collaborators`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, affiliation: at.affiliation } });

/** Whether a person has rights of their own in a repository: `GET /repos/{owner}/{repo}/collaborators/{username}` */
export const reposCheckCollaborator = (call: Call, at: { owner: string | number; repo: string | number; username: string | number }): Reply<undefined> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/collaborators/${segment(at.username)}` });

/** Let a person work on a repository, or change what they may do: `PUT /repos/{owner}/{repo}/collaborators/{username}` */
export const reposAddCollaborator = (call: Call, at: { owner: string | number; repo: string | number; username: string | number }, body: { permission?: string | undefined } = {}): Reply<undefined> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/collaborators/${segment(at.username)}`, body });

/** End a person's collaboration, or one's own: `DELETE /repos/{owner}/{repo}/collaborators/{username}` */
export const reposRemoveCollaborator = (call: Call, at: { owner: string | number; repo: string | number; username: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/collaborators/${segment(at.username)}` });

/** What a person may do with a repository: `GET /repos/{owner}/{repo}/collaborators/{username}/permission` */
export const reposGetCollaboratorPermissionLevel = (call: Call, at: { owner: string | number; repo: string | number; username: string | number }): Reply<{ permission: "admin" | "write" | "read" | "none"; role_name: string; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean; permissions: { admin?: boolean | undefined; maintain?: boolean | undefined; push?: boolean | undefined; triage?: boolean | undefined; pull?: boolean | undefined }; role_name: string } }> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/collaborators/${segment(at.username)}/permission` });

/** List the comments on the commits of a repository, oldest first: `GET /repos/{owner}/{repo}/comments` */
export const reposListCommitCommentsForRepo = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<CommitComment[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/comments`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Get a comment on a commit: `GET /repos/{owner}/{repo}/comments/{comment_id}` */
export const reposGetCommitComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }): Reply<CommitComment> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/comments/${segment(at.comment_id)}` });

/** Change your comment on a commit: `PATCH /repos/{owner}/{repo}/comments/{comment_id}` */
export const reposUpdateCommitComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }, body: { body: string }): Reply<CommitComment> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/comments/${segment(at.comment_id)}`, body });

/** Delete a comment on a commit: your own, or any as a writer: `DELETE /repos/{owner}/{repo}/comments/{comment_id}` */
export const reposDeleteCommitComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/comments/${segment(at.comment_id)}` });

/** List the changes of a text, newest first: commit comment: `GET /repos/{owner}/{repo}/comments/{comment_id}/edits` */
export const editsListForCommitComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<TextEdit[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/comments/${segment(at.comment_id)}/edits`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Forget what a text said before a change: commit comment: `DELETE /repos/{owner}/{repo}/comments/{comment_id}/edits/{edit_id}` */
export const editsEraseForCommitComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number; edit_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/comments/${segment(at.comment_id)}/edits/${segment(at.edit_id)}` });

/** List the reactions to a text: commit comment: `GET /repos/{owner}/{repo}/comments/{comment_id}/reactions` */
export const reactionsListForCommitComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; content?: "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes" | undefined }): Reply<Reaction[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/comments/${segment(at.comment_id)}/reactions`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, content: at.content } });

/** React to a text: commit comment; 200 when it was done before: `POST /repos/{owner}/{repo}/comments/{comment_id}/reactions` */
export const reactionsCreateForCommitComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }, body: { content: "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes" }): Reply<Reaction> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/comments/${segment(at.comment_id)}/reactions`, body });

/** Take your reaction to a text back: commit comment: `DELETE /repos/{owner}/{repo}/comments/{comment_id}/reactions/{reaction_id}` */
export const reactionsDeleteForCommitComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number; reaction_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/comments/${segment(at.comment_id)}/reactions/${segment(at.reaction_id)}` });

/** Take back that you deleted a comment on a commit, within ten minutes: `PUT /repos/{owner}/{repo}/comments/{comment_id}/restoration` */
export const reposRestoreCommitComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }): Reply<CommitComment> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/comments/${segment(at.comment_id)}/restoration` });

/** List the history of a branch, a tag or a commit, newest first: `GET /repos/{owner}/{repo}/commits` */
export const reposListCommits = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; sha?: string | undefined; path?: string | undefined; author?: string | undefined; since?: string | undefined; until?: string | undefined }): Reply<Commit[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/commits`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, sha: at.sha, path: at.path, author: at.author, since: at.since, until: at.until } });

/** Open a pull request that brings what a commit changed to another branch; not at GitHub: `POST /repos/{owner}/{repo}/commits/{commit_sha}/cherry-pick` */
export const reposCherryPickCommit = (call: Call, at: { owner: string | number; repo: string | number; commit_sha: string | number }, body: { title?: string | undefined; body?: string | null | undefined; draft?: boolean | undefined; base: string }): Reply<PullRequest> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/commits/${segment(at.commit_sha)}/cherry-pick`, body });

/** List the comments on a commit, oldest first: `GET /repos/{owner}/{repo}/commits/{commit_sha}/comments` */
export const reposListCommentsForCommit = (call: Call, at: { owner: string | number; repo: string | number; commit_sha: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<CommitComment[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/commits/${segment(at.commit_sha)}/comments`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Comment on a commit, or on a line of what it changed: `POST /repos/{owner}/{repo}/commits/{commit_sha}/comments` */
export const reposCreateCommitComment = (call: Call, at: { owner: string | number; repo: string | number; commit_sha: string | number }, body: { body: string; path?: string | null | undefined; line?: number | null | undefined; position?: number | null | undefined }): Reply<CommitComment> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/commits/${segment(at.commit_sha)}/comments`, body });

/** The pull request that brought a commit to the default branch; of another commit those, open or merged, that hold it: `GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls` */
export const reposListPullRequestsAssociatedWithCommit = (call: Call, at: { owner: string | number; repo: string | number; commit_sha: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<PullRequestSimple[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/commits/${segment(at.commit_sha)}/pulls`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Open a pull request that takes back what a commit changed; not at GitHub: `POST /repos/{owner}/{repo}/commits/{commit_sha}/revert` */
export const reposRevertCommit = (call: Call, at: { owner: string | number; repo: string | number; commit_sha: string | number }, body: { title?: string | undefined; body?: string | null | undefined; draft?: boolean | undefined; base?: string | undefined } = {}): Reply<PullRequest> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/commits/${segment(at.commit_sha)}/revert`, body });

/** Get a commit with what it changed; as text with the media types diff, patch and sha: `GET /repos/{owner}/{repo}/commits/{ref}` */
export const reposGetCommit = (call: Call, at: { owner: string | number; repo: string | number; ref: string | number }): Reply<Commit> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/commits/${segments(at.ref)}` });

/** List the check runs of a commit, newest first: `GET /repos/{owner}/{repo}/commits/{ref}/check-runs` */
export const checksListForRef = (call: Call, at: { owner: string | number; repo: string | number; ref: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; check_name?: string | undefined; status?: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending" | undefined; filter?: "latest" | "all" | undefined }): Reply<{ total_count: number; check_runs: CheckRun[] }> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/commits/${segments(at.ref)}/check-runs`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, check_name: at.check_name, status: at.status, filter: at.filter } });

/** List the check suites of a commit, newest first: `GET /repos/{owner}/{repo}/commits/{ref}/check-suites` */
export const checksListSuitesForRef = (call: Call, at: { owner: string | number; repo: string | number; ref: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; check_name?: string | undefined }): Reply<{ total_count: number; check_suites: CheckSuite[] }> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/commits/${segments(at.ref)}/check-suites`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, check_name: at.check_name } });

/** The one verdict on a commit, and the newest status of each context: `GET /repos/{owner}/{repo}/commits/{ref}/status` */
export const reposGetCombinedStatusForRef = (call: Call, at: { owner: string | number; repo: string | number; ref: string | number }): Reply<CombinedStatus> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/commits/${segments(at.ref)}/status` });

/** List all statuses reported on a commit, newest first: `GET /repos/{owner}/{repo}/commits/{ref}/statuses` */
export const reposListCommitStatusesForRef = (call: Call, at: { owner: string | number; repo: string | number; ref: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<Status[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/commits/${segments(at.ref)}/statuses`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** What `head` of `base...head` has and `base` lacks; as text with the media types diff and patch: `GET /repos/{owner}/{repo}/compare/{basehead}` */
export const reposCompareCommitsWithBasehead = (call: Call, at: { owner: string | number; repo: string | number; basehead: string | number }): Reply<{ url: string; html_url: string; permalink_url: string; diff_url: string; patch_url: string; base_commit: Commit; merge_base_commit: Commit; status: "diverged" | "ahead" | "behind" | "identical"; ahead_by: number; behind_by: number; total_commits: number; commits: Commit[]; files: DiffEntry[] }> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/compare/${segments(at.basehead)}` });

/** Get a file, a folder, a link or a submodule: `GET /repos/{owner}/{repo}/contents` */
export const reposGetRootContent = (call: Call, at: { owner: string | number; repo: string | number; ref?: string | undefined }): Reply<Content[] | Content> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/contents`, query: { ref: at.ref } });

/** Get a file, a folder, a link or a submodule: `GET /repos/{owner}/{repo}/contents/` */
export const reposGetRootContentWithSlash = (call: Call, at: { owner: string | number; repo: string | number; ref?: string | undefined }): Reply<Content[] | Content> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/contents/`, query: { ref: at.ref } });

/** Get a file, a folder, a link or a submodule: `GET /repos/{owner}/{repo}/contents/{path}` */
export const reposGetContent = (call: Call, at: { owner: string | number; repo: string | number; path: string | number; ref?: string | undefined }): Reply<Content[] | Content> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/contents/${segments(at.path)}`, query: { ref: at.ref } });

/** Write a file: a commit on a branch: `PUT /repos/{owner}/{repo}/contents/{path}` */
export const reposCreateOrUpdateFileContents = (call: Call, at: { owner: string | number; repo: string | number; path: string | number }, body: { message: string; branch?: string | undefined; author?: { name: string; email: string; date?: string | undefined } | undefined; committer?: { name: string; email: string; date?: string | undefined } | undefined; content: string; sha?: string | undefined }): Reply<{ content: Content | null; commit: GitCommit }> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/contents/${segments(at.path)}`, body });

/** Delete a file: a commit on a branch: `DELETE /repos/{owner}/{repo}/contents/{path}` */
export const reposDeleteFile = (call: Call, at: { owner: string | number; repo: string | number; path: string | number }, body: { message: string; branch?: string | undefined; author?: { name: string; email: string; date?: string | undefined } | undefined; committer?: { name: string; email: string; date?: string | undefined } | undefined; sha: string }): Reply<{ content: Content | null; commit: GitCommit }> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/contents/${segments(at.path)}`, body });

/** What happens in a repository: `GET /repos/{owner}/{repo}/events` */
export const activityListRepoEvents = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<Event[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/events`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Fork a repository: `POST /repos/{owner}/{repo}/forks` */
export const reposCreateFork = (call: Call, at: { owner: string | number; repo: string | number }, body: { organization?: string | undefined; name?: string | undefined } = {}): Reply<FullRepository> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/forks`, body });

/** List the forks of a repository that one may see: `GET /repos/{owner}/{repo}/forks` */
export const reposListForks = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; sort?: "newest" | "oldest" | undefined }): Reply<Repository[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/forks`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, sort: at.sort } });

/** Get a file by its id, as base64, or its bytes with the media type raw: `GET /repos/{owner}/{repo}/git/blobs/{file_sha}` */
export const gitGetBlob = (call: Call, at: { owner: string | number; repo: string | number; file_sha: string | number }): Reply<{ sha: string; node_id: string; size: number; url: string; content: string; encoding: "base64" }> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/git/blobs/${segment(at.file_sha)}` });

/** Get a commit object: `GET /repos/{owner}/{repo}/git/commits/{commit_sha}` */
export const gitGetCommit = (call: Call, at: { owner: string | number; repo: string | number; commit_sha: string | number }): Reply<GitCommit> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/git/commits/${segment(at.commit_sha)}` });

/** List the references whose name begins so, at most 1000: `GET /repos/{owner}/{repo}/git/matching-refs/{ref}` */
export const gitListMatchingRefs = (call: Call, at: { owner: string | number; repo: string | number; ref: string | number }): Reply<GitRef[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/git/matching-refs/${segments(at.ref)}` });

/** Get a reference, `heads/main` or `tags/v1`: `GET /repos/{owner}/{repo}/git/ref/{ref}` */
export const gitGetRef = (call: Call, at: { owner: string | number; repo: string | number; ref: string | number }): Reply<GitRef> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/git/ref/${segments(at.ref)}` });

/** Create a branch or a tag: `POST /repos/{owner}/{repo}/git/refs` */
export const gitCreateRef = (call: Call, at: { owner: string | number; repo: string | number }, body: { ref: string; sha: string }): Reply<GitRef> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/git/refs`, body });

/** Move a branch or a tag; backwards or sideways only with force: `PATCH /repos/{owner}/{repo}/git/refs/{ref}` */
export const gitUpdateRef = (call: Call, at: { owner: string | number; repo: string | number; ref: string | number }, body: { sha: string; force?: boolean | undefined }): Reply<GitRef> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/git/refs/${segments(at.ref)}`, body });

/** Delete a branch or a tag: `DELETE /repos/{owner}/{repo}/git/refs/{ref}` */
export const gitDeleteRef = (call: Call, at: { owner: string | number; repo: string | number; ref: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/git/refs/${segments(at.ref)}` });

/** Get an annotated tag by its id: `GET /repos/{owner}/{repo}/git/tags/{tag_sha}` */
export const gitGetTag = (call: Call, at: { owner: string | number; repo: string | number; tag_sha: string | number }): Reply<{ sha: string; node_id: string; url: string; tag: string; message: string; tagger: { name: string; email: string; date: string }; object: { sha: string; type: string; url: string } }> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/git/tags/${segment(at.tag_sha)}` });

/** Get a folder, of a commit or by its own id; with everything below it when `recursive` is given: `GET /repos/{owner}/{repo}/git/trees/{tree_sha}` */
export const gitGetTree = (call: Call, at: { owner: string | number; repo: string | number; tree_sha: string | number; recursive?: string | undefined }): Reply<GitTree> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/git/trees/${segments(at.tree_sha)}`, query: { recursive: at.recursive } });

/** Import into a repository without branches and tags: `PUT /repos/{owner}/{repo}/import` */
export const migrationsStartImport = (call: Call, at: { owner: string | number; repo: string | number }, body: { vcs_url: string; vcs?: "git" | undefined; vcs_username?: string | null | undefined; vcs_password?: string | null | undefined }): Reply<Import> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/import`, body });

/** How far the import of a repository is, and how it ended: `GET /repos/{owner}/{repo}/import` */
export const migrationsGetImportStatus = (call: Call, at: { owner: string | number; repo: string | number }): Reply<Import> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/import` });

/** Try a failed or cancelled import again, also with another name and password: `PATCH /repos/{owner}/{repo}/import` */
export const migrationsUpdateImport = (call: Call, at: { owner: string | number; repo: string | number }, body: { vcs_username?: string | null | undefined; vcs_password?: string | null | undefined } = {}): Reply<Import> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/import`, body });

/** End an import; what arrived stays, and it can be tried again: `DELETE /repos/{owner}/{repo}/import` */
export const migrationsCancelImport = (call: Call, at: { owner: string | number; repo: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/import` });

/** Open an issue; labels, assignee and milestone are taken from writers only: `POST /repos/{owner}/{repo}/issues` */
export const issuesCreate = (call: Call, at: { owner: string | number; repo: string | number }, body: { title: string; body?: string | null | undefined; labels?: (string | { name: string })[] | undefined; assignee?: string | null | undefined; assignees?: string[] | undefined; milestone?: number | string | null | undefined }): Reply<Issue> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues`, body });

/** Change many issues at once, all or none: `PATCH /repos/{owner}/{repo}/issues` */
export const issuesUpdateMany = (call: Call, at: { owner: string | number; repo: string | number }, body: { changes: ChangeOfMany[] }): Reply<{ changed: number[]; undo: ChangeOfMany[] }> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues`, body });

/** List the issues of a repository, without its pull requests: `GET /repos/{owner}/{repo}/issues` */
export const issuesListForRepo = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; q?: string | undefined; state?: "open" | "closed" | "all" | undefined; labels?: string | undefined; since?: string | undefined; sort?: "created" | "updated" | "comments" | undefined; direction?: "asc" | "desc" | undefined; assignee?: string | undefined; creator?: string | undefined; mentioned?: string | undefined; milestone?: string | undefined }): Reply<Issue[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, q: at.q, state: at.state, labels: at.labels, since: at.since, sort: at.sort, direction: at.direction, assignee: at.assignee, creator: at.creator, mentioned: at.mentioned, milestone: at.milestone } });

/** List the comments on all issues of a repository: `GET /repos/{owner}/{repo}/issues/comments` */
export const issuesListCommentsForRepo = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; since?: string | undefined; sort?: "created" | "updated" | undefined; direction?: "asc" | "desc" | undefined }): Reply<IssueComment[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/comments`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, since: at.since, sort: at.sort, direction: at.direction } });

/** Get a comment: `GET /repos/{owner}/{repo}/issues/comments/{comment_id}` */
export const issuesGetComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }): Reply<IssueComment> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/comments/${segment(at.comment_id)}` });

/** Change your comment: `PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}` */
export const issuesUpdateComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }, body: { body: string }): Reply<IssueComment> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/comments/${segment(at.comment_id)}`, body });

/** Delete a comment: your own, or any as a writer: `DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}` */
export const issuesDeleteComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/comments/${segment(at.comment_id)}` });

/** List the changes of a text, newest first: issue comment: `GET /repos/{owner}/{repo}/issues/comments/{comment_id}/edits` */
export const editsListForIssueComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<TextEdit[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/comments/${segment(at.comment_id)}/edits`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Forget what a text said before a change: issue comment: `DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}/edits/{edit_id}` */
export const editsEraseForIssueComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number; edit_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/comments/${segment(at.comment_id)}/edits/${segment(at.edit_id)}` });

/** List the reactions to a text: issue comment: `GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions` */
export const reactionsListForIssueComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; content?: "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes" | undefined }): Reply<Reaction[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/comments/${segment(at.comment_id)}/reactions`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, content: at.content } });

/** React to a text: issue comment; 200 when it was done before: `POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions` */
export const reactionsCreateForIssueComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }, body: { content: "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes" }): Reply<Reaction> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/comments/${segment(at.comment_id)}/reactions`, body });

/** Take your reaction to a text back: issue comment: `DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions/{reaction_id}` */
export const reactionsDeleteForIssueComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number; reaction_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/comments/${segment(at.comment_id)}/reactions/${segment(at.reaction_id)}` });

/** Take back that you deleted a comment, within ten minutes: `PUT /repos/{owner}/{repo}/issues/comments/{comment_id}/restoration` */
export const issuesRestoreComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }): Reply<IssueComment> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/comments/${segment(at.comment_id)}/restoration` });

/** What happened to the issues of a repository, newest first: `GET /repos/{owner}/{repo}/issues/events` */
export const issuesListEventsForRepo = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<RepositoryIssueEvent[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/events`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Get one event of an issue: `GET /repos/{owner}/{repo}/issues/events/{event_id}` */
export const issuesGetEvent = (call: Call, at: { owner: string | number; repo: string | number; event_id: string | number }): Reply<RepositoryIssueEvent> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/events/${segment(at.event_id)}` });

/** Get an issue: `GET /repos/{owner}/{repo}/issues/{issue_number}` */
export const issuesGet = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number }): Reply<Issue> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}` });

/** Change an issue: its text, state, labels, assignee or milestone: `PATCH /repos/{owner}/{repo}/issues/{issue_number}` */
export const issuesUpdate = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number }, body: { title?: string | undefined; body?: string | null | undefined; state?: "open" | "closed" | undefined; state_reason?: "completed" | "not_planned" | "duplicate" | "reopened" | null | undefined; labels?: (string | { name: string })[] | undefined; assignee?: string | null | undefined; assignees?: string[] | undefined; milestone?: number | string | null | undefined } = {}): Reply<Issue> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}`, body });

/** Assign the first of the named who can be; an issue has one assignee: `POST /repos/{owner}/{repo}/issues/{issue_number}/assignees` */
export const issuesAddAssignees = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number }, body: { assignees?: string[] | undefined } = {}): Reply<Issue> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/assignees`, body });

/** Take an issue off the named who have it: `DELETE /repos/{owner}/{repo}/issues/{issue_number}/assignees` */
export const issuesRemoveAssignees = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number }, body: { assignees?: string[] | undefined } = {}): Reply<Issue> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/assignees`, body });

/** Whether somebody can be assigned to an issue: 204, or 404: `GET /repos/{owner}/{repo}/issues/{issue_number}/assignees/{assignee}` */
export const issuesCheckUserCanBeAssignedToIssue = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number; assignee: string | number }): Reply<undefined> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/assignees/${segment(at.assignee)}` });

/** List the comments of an issue, oldest first: `GET /repos/{owner}/{repo}/issues/{issue_number}/comments` */
export const issuesListComments = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; since?: string | undefined }): Reply<IssueComment[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/comments`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, since: at.since } });

/** Comment on an issue: `POST /repos/{owner}/{repo}/issues/{issue_number}/comments` */
export const issuesCreateComment = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number }, body: { body: string }): Reply<IssueComment> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/comments`, body });

/** List the changes of a text, newest first: issue: `GET /repos/{owner}/{repo}/issues/{issue_number}/edits` */
export const editsListForIssue = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<TextEdit[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/edits`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Forget what a text said before a change: issue: `DELETE /repos/{owner}/{repo}/issues/{issue_number}/edits/{edit_id}` */
export const editsEraseForIssue = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number; edit_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/edits/${segment(at.edit_id)}` });

/** What happened to an issue, oldest first: `GET /repos/{owner}/{repo}/issues/{issue_number}/events` */
export const issuesListEvents = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<IssueEvent[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/events`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** List the labels of an issue: `GET /repos/{owner}/{repo}/issues/{issue_number}/labels` */
export const issuesListLabelsOnIssue = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<Label[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/labels`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Add labels to an issue: `POST /repos/{owner}/{repo}/issues/{issue_number}/labels` */
export const issuesAddLabels = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number }, body: { labels: (string | { name: string })[] } | (string | { name: string })[]): Reply<Label[]> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/labels`, body });

/** Replace the labels of an issue: `PUT /repos/{owner}/{repo}/issues/{issue_number}/labels` */
export const issuesSetLabels = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number }, body: { labels: (string | { name: string })[] } | (string | { name: string })[]): Reply<Label[]> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/labels`, body });

/** Take all labels off an issue: `DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels` */
export const issuesRemoveAllLabels = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/labels` });

/** Take a label off an issue: `DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}` */
export const issuesRemoveLabel = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number; name: string | number }): Reply<Label[]> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/labels/${segment(at.name)}` });

/** Lock a conversation: only writers can comment: `PUT /repos/{owner}/{repo}/issues/{issue_number}/lock` */
export const issuesLock = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number }, body: { lock_reason?: "off-topic" | "too heated" | "resolved" | "spam" | null | undefined } = {}): Reply<undefined> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/lock`, body });

/** Unlock a conversation: `DELETE /repos/{owner}/{repo}/issues/{issue_number}/lock` */
export const issuesUnlock = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/lock` });

/** List the reactions to a text: issue: `GET /repos/{owner}/{repo}/issues/{issue_number}/reactions` */
export const reactionsListForIssue = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; content?: "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes" | undefined }): Reply<Reaction[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/reactions`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, content: at.content } });

/** React to a text: issue; 200 when it was done before: `POST /repos/{owner}/{repo}/issues/{issue_number}/reactions` */
export const reactionsCreateForIssue = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number }, body: { content: "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes" }): Reply<Reaction> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/reactions`, body });

/** Take your reaction to a text back: issue: `DELETE /repos/{owner}/{repo}/issues/{issue_number}/reactions/{reaction_id}` */
export const reactionsDeleteForIssue = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number; reaction_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/reactions/${segment(at.reaction_id)}` });

/** What happened to an issue and what was said, oldest first: `GET /repos/{owner}/{repo}/issues/{issue_number}/timeline` */
export const issuesListEventsForTimeline = (call: Call, at: { owner: string | number; repo: string | number; issue_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<({ id: number; node_id: string; url: string; html_url: string; issue_url: string; body: string; body_html?: string | undefined; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null; created_at: string; updated_at: string; reactions: Reactions; edits: TextEdits; author_association: "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE"; performed_via_github_app: null; event: "commented"; actor: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } } | CrossReference | IssueEvent)[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/issues/${segment(at.issue_number)}/timeline`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** List the labels of a repository: `GET /repos/{owner}/{repo}/labels` */
export const issuesListLabelsForRepo = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<Label[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/labels`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Create a label: `POST /repos/{owner}/{repo}/labels` */
export const issuesCreateLabel = (call: Call, at: { owner: string | number; repo: string | number }, body: { name: string; color?: string | undefined; description?: string | null | undefined }): Reply<Label> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/labels`, body });

/** Get a label: `GET /repos/{owner}/{repo}/labels/{name}` */
export const issuesGetLabel = (call: Call, at: { owner: string | number; repo: string | number; name: string | number }): Reply<Label> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/labels/${segment(at.name)}` });

/** Rename a label, or change its colour or description: `PATCH /repos/{owner}/{repo}/labels/{name}` */
export const issuesUpdateLabel = (call: Call, at: { owner: string | number; repo: string | number; name: string | number }, body: { new_name?: string | undefined; color?: string | undefined; description?: string | null | undefined } = {}): Reply<Label> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/labels/${segment(at.name)}`, body });

/** Delete a label, also from everything that carries it: `DELETE /repos/{owner}/{repo}/labels/{name}` */
export const issuesDeleteLabel = (call: Call, at: { owner: string | number; repo: string | number; name: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/labels/${segment(at.name)}` });

/** Bytes of code in each language on the default branch: `GET /repos/{owner}/{repo}/languages` */
export const reposListLanguages = (call: Call, at: { owner: string | number; repo: string | number }): Reply<Record<string, number>> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/languages` });

/** Bring a branch of a fork up to date with where it was forked from: `POST /repos/{owner}/{repo}/merge-upstream` */
export const reposMergeUpstream = (call: Call, at: { owner: string | number; repo: string | number }, body: { branch: string }): Reply<{ message: string; merge_type: "merge" | "fast-forward" | "none"; base_branch: string }> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/merge-upstream`, body });

/** Merge a branch, tag or commit into a branch; 204 when there is nothing to merge: `POST /repos/{owner}/{repo}/merges` */
export const reposMerge = (call: Call, at: { owner: string | number; repo: string | number }, body: { base: string; head: string; commit_message?: string | undefined }): Reply<Commit> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/merges`, body });

/** List the milestones of a repository: `GET /repos/{owner}/{repo}/milestones` */
export const issuesListMilestones = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; state?: "open" | "closed" | "all" | undefined; sort?: "due_on" | "completeness" | undefined; direction?: "asc" | "desc" | undefined }): Reply<Milestone[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/milestones`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, state: at.state, sort: at.sort, direction: at.direction } });

/** Create a milestone: `POST /repos/{owner}/{repo}/milestones` */
export const issuesCreateMilestone = (call: Call, at: { owner: string | number; repo: string | number }, body: { title: string; state?: "open" | "closed" | undefined; description?: string | null | undefined; due_on?: string | null | undefined }): Reply<Milestone> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/milestones`, body });

/** Get a milestone: `GET /repos/{owner}/{repo}/milestones/{milestone_number}` */
export const issuesGetMilestone = (call: Call, at: { owner: string | number; repo: string | number; milestone_number: string | number }): Reply<Milestone> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/milestones/${segment(at.milestone_number)}` });

/** Change, close or reopen a milestone: `PATCH /repos/{owner}/{repo}/milestones/{milestone_number}` */
export const issuesUpdateMilestone = (call: Call, at: { owner: string | number; repo: string | number; milestone_number: string | number }, body: { title?: string | undefined; state?: "open" | "closed" | undefined; description?: string | null | undefined; due_on?: string | null | undefined } = {}): Reply<Milestone> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/milestones/${segment(at.milestone_number)}`, body });

/** Delete a milestone; what belonged to it stays: `DELETE /repos/{owner}/{repo}/milestones/{milestone_number}` */
export const issuesDeleteMilestone = (call: Call, at: { owner: string | number; repo: string | number; milestone_number: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/milestones/${segment(at.milestone_number)}` });

/** List the labels that issues of a milestone carry: `GET /repos/{owner}/{repo}/milestones/{milestone_number}/labels` */
export const issuesListLabelsForMilestone = (call: Call, at: { owner: string | number; repo: string | number; milestone_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<Label[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/milestones/${segment(at.milestone_number)}/labels`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** List what a repository follows and what follows it: `GET /repos/{owner}/{repo}/mirrors` */
export const mirrorsList = (call: Call, at: { owner: string | number; repo: string | number }): Reply<Mirror[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/mirrors` });

/** Follow a repository elsewhere, or have one elsewhere follow this one; the first run begins at once: `POST /repos/{owner}/{repo}/mirrors` */
export const mirrorsCreate = (call: Call, at: { owner: string | number; repo: string | number }, body: { direction: "pull" | "push"; url: string; username?: string | null | undefined; password?: string | null | undefined; interval_minutes?: number | undefined; overwrite?: boolean | undefined }): Reply<Mirror> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/mirrors`, body });

/** Get a mirror: `GET /repos/{owner}/{repo}/mirrors/{mirror_id}` */
export const mirrorsGet = (call: Call, at: { owner: string | number; repo: string | number; mirror_id: string | number }): Reply<Mirror> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/mirrors/${segment(at.mirror_id)}` });

/** Change a mirror; who switches it on or gives it a password answers for it from then on: `PATCH /repos/{owner}/{repo}/mirrors/{mirror_id}` */
export const mirrorsUpdate = (call: Call, at: { owner: string | number; repo: string | number; mirror_id: string | number }, body: { username?: string | null | undefined; password?: string | null | undefined; remove_credentials?: boolean | undefined; interval_minutes?: number | undefined; enabled?: boolean | undefined } = {}): Reply<Mirror> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/mirrors/${segment(at.mirror_id)}`, body });

/** End a mirror; a repository that followed another one is an ordinary one from then on: `DELETE /repos/{owner}/{repo}/mirrors/{mirror_id}` */
export const mirrorsDelete = (call: Call, at: { owner: string | number; repo: string | number; mirror_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/mirrors/${segment(at.mirror_id)}` });

/** Run a mirror now: `POST /repos/{owner}/{repo}/mirrors/{mirror_id}/sync` */
export const mirrorsSync = (call: Call, at: { owner: string | number; repo: string | number; mirror_id: string | number }): Reply<Mirror> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/mirrors/${segment(at.mirror_id)}/sync` });

/** List the rules that protect branches and tags: `GET /repos/{owner}/{repo}/protection-rules` */
export const protectionListRules = (call: Call, at: { owner: string | number; repo: string | number }): Reply<ProtectionRule[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/protection-rules` });

/** Protect the branches or tags that match a pattern: `POST /repos/{owner}/{repo}/protection-rules` */
export const protectionCreateRule = (call: Call, at: { owner: string | number; repo: string | number }, body: { pattern: string; require_pull_request?: boolean | undefined; required_reviewers?: number | undefined; dismiss_stale_reviews?: boolean | undefined; require_status_checks?: boolean | undefined; required_status_checks?: string[] | undefined; require_code_owner_reviews?: boolean | undefined; require_last_push_approval?: boolean | undefined; require_conversation_resolution?: boolean | undefined; require_up_to_date?: boolean | undefined; allow_force_push?: boolean | undefined; allow_deletion?: boolean | undefined }): Reply<ProtectionRule> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/protection-rules`, body });

/** Change a protection rule: `PATCH /repos/{owner}/{repo}/protection-rules/{rule_id}` */
export const protectionUpdateRule = (call: Call, at: { owner: string | number; repo: string | number; rule_id: string | number }, body: { pattern?: string | undefined; require_pull_request?: boolean | undefined; required_reviewers?: number | undefined; dismiss_stale_reviews?: boolean | undefined; require_status_checks?: boolean | undefined; required_status_checks?: string[] | undefined; require_code_owner_reviews?: boolean | undefined; require_last_push_approval?: boolean | undefined; require_conversation_resolution?: boolean | undefined; require_up_to_date?: boolean | undefined; allow_force_push?: boolean | undefined; allow_deletion?: boolean | undefined } = {}): Reply<ProtectionRule> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/protection-rules/${segment(at.rule_id)}`, body });

/** Delete a protection rule: `DELETE /repos/{owner}/{repo}/protection-rules/{rule_id}` */
export const protectionDeleteRule = (call: Call, at: { owner: string | number; repo: string | number; rule_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/protection-rules/${segment(at.rule_id)}` });

/** What texts of pull requests begin with here, the default one first; not at GitHub: `GET /repos/{owner}/{repo}/pull-templates` */
export const pullsListTemplates = (call: Call, at: { owner: string | number; repo: string | number }): Reply<PullTemplate[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pull-templates` });

/** Change many pull requests at once, all or none: `PATCH /repos/{owner}/{repo}/pulls` */
export const pullsUpdateMany = (call: Call, at: { owner: string | number; repo: string | number }, body: { changes: ChangeOfMany[] }): Reply<{ changed: number[]; undo: ChangeOfMany[] }> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls`, body });

/** List the pull requests of a repository: `GET /repos/{owner}/{repo}/pulls` */
export const pullsList = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; q?: string | undefined; state?: "open" | "closed" | "all" | undefined; head?: string | undefined; base?: string | undefined; sort?: "created" | "updated" | "popularity" | "long-running" | undefined; direction?: "asc" | "desc" | undefined }): Reply<PullRequestSimple[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, q: at.q, state: at.state, head: at.head, base: at.base, sort: at.sort, direction: at.direction } });

/** Open a pull request: `POST /repos/{owner}/{repo}/pulls` */
export const pullsCreate = (call: Call, at: { owner: string | number; repo: string | number }, body: { title: string; body?: string | null | undefined; head: string; head_repo?: string | undefined; base: string; draft?: boolean | undefined; maintainer_can_modify?: boolean | undefined; labels?: (string | { name: string })[] | undefined; assignees?: string[] | undefined; milestone?: number | string | null | undefined }): Reply<PullRequest> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls`, body });

/** List the comments on lines of all pull requests of a repository: `GET /repos/{owner}/{repo}/pulls/comments` */
export const pullsListReviewCommentsForRepo = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; sort?: "created" | "updated" | undefined; direction?: "asc" | "desc" | undefined; since?: string | undefined }): Reply<ReviewComment[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/comments`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, sort: at.sort, direction: at.direction, since: at.since } });

/** Get a comment on a line: `GET /repos/{owner}/{repo}/pulls/comments/{comment_id}` */
export const pullsGetReviewComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }): Reply<ReviewComment> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/comments/${segment(at.comment_id)}` });

/** Change your comment on a line: `PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}` */
export const pullsUpdateReviewComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }, body: { body: string }): Reply<ReviewComment> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/comments/${segment(at.comment_id)}`, body });

/** Delete a comment on a line: your own, or any as a writer: `DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}` */
export const pullsDeleteReviewComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/comments/${segment(at.comment_id)}` });

/** List the changes of a text, newest first: pull request review comment: `GET /repos/{owner}/{repo}/pulls/comments/{comment_id}/edits` */
export const editsListForPullRequestReviewComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<TextEdit[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/comments/${segment(at.comment_id)}/edits`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Forget what a text said before a change: pull request review comment: `DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}/edits/{edit_id}` */
export const editsEraseForPullRequestReviewComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number; edit_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/comments/${segment(at.comment_id)}/edits/${segment(at.edit_id)}` });

/** List the reactions to a text: pull request review comment: `GET /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions` */
export const reactionsListForPullRequestReviewComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; content?: "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes" | undefined }): Reply<Reaction[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/comments/${segment(at.comment_id)}/reactions`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, content: at.content } });

/** React to a text: pull request review comment; 200 when it was done before: `POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions` */
export const reactionsCreateForPullRequestReviewComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }, body: { content: "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes" }): Reply<Reaction> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/comments/${segment(at.comment_id)}/reactions`, body });

/** Take your reaction to a text back: pull request review comment: `DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions/{reaction_id}` */
export const reactionsDeleteForPullRequestComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number; reaction_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/comments/${segment(at.comment_id)}/reactions/${segment(at.reaction_id)}` });

/** Settle the thread of a comment: `PUT /repos/{owner}/{repo}/pulls/comments/{comment_id}/resolution` */
export const pullsResolveThread = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }): Reply<ReviewComment> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/comments/${segment(at.comment_id)}/resolution` });

/** Open the thread of a comment again: `DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}/resolution` */
export const pullsUnresolveThread = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }): Reply<ReviewComment> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/comments/${segment(at.comment_id)}/resolution` });

/** Take back that you deleted a comment on a line, within ten minutes: `PUT /repos/{owner}/{repo}/pulls/comments/{comment_id}/restoration` */
export const pullsRestoreReviewComment = (call: Call, at: { owner: string | number; repo: string | number; comment_id: string | number }): Reply<ReviewComment> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/comments/${segment(at.comment_id)}/restoration` });

/** Get a pull request; its change as text with the media types diff and patch: `GET /repos/{owner}/{repo}/pulls/{pull_number}` */
export const pullsGet = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }): Reply<PullRequest> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}` });

/** Change a pull request, close it or reopen it: `PATCH /repos/{owner}/{repo}/pulls/{pull_number}` */
export const pullsUpdate = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { title?: string | undefined; body?: string | null | undefined; state?: "open" | "closed" | undefined; base?: string | undefined; draft?: boolean | undefined; maintainer_can_modify?: boolean | undefined } = {}): Reply<PullRequest> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}`, body });

/** Merge a pull request by itself once nothing stands in the way: `PUT /repos/{owner}/{repo}/pulls/{pull_number}/auto-merge` */
export const pullsEnableAutoMerge = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { commit_title?: string | undefined; commit_message?: string | undefined; sha?: string | undefined; merge_method?: "merge" | "squash" | "rebase" | "fast-forward" | undefined } = {}): Reply<PullRequest> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/auto-merge`, body });

/** No longer merge a pull request by itself: `DELETE /repos/{owner}/{repo}/pulls/{pull_number}/auto-merge` */
export const pullsDisableAutoMerge = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/auto-merge` });

/** Open a pull request that brings a merged one to another branch: `POST /repos/{owner}/{repo}/pulls/{pull_number}/cherry-pick` */
export const pullsCherryPick = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { title?: string | undefined; body?: string | null | undefined; draft?: boolean | undefined; base: string }): Reply<PullRequest> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/cherry-pick`, body });

/** List the comments on lines of a pull request: `GET /repos/{owner}/{repo}/pulls/{pull_number}/comments` */
export const pullsListReviewComments = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; sort?: "created" | "updated" | undefined; direction?: "asc" | "desc" | undefined; since?: string | undefined }): Reply<ReviewComment[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/comments`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, sort: at.sort, direction: at.direction, since: at.since } });

/** Comment on a line of a pull request, or answer in a thread: `POST /repos/{owner}/{repo}/pulls/{pull_number}/comments` */
export const pullsCreateReviewComment = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { body: string; commit_id?: string | undefined; path?: string | undefined; line?: number | undefined; side?: "LEFT" | "RIGHT" | undefined; start_line?: number | null | undefined; start_side?: "LEFT" | "RIGHT" | null | undefined; position?: number | undefined; subject_type?: "line" | "file" | undefined; in_reply_to?: number | undefined }): Reply<ReviewComment> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/comments`, body });

/** Answer in a thread: `POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies` */
export const pullsCreateReplyForReviewComment = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; comment_id: string | number }, body: { body: string }): Reply<ReviewComment> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/comments/${segment(at.comment_id)}/replies`, body });

/** List the commits of a pull request, oldest first; at most 250: `GET /repos/{owner}/{repo}/pulls/{pull_number}/commits` */
export const pullsListCommits = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<Commit[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/commits`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** List the files that a pull request changes; at most 3000: `GET /repos/{owner}/{repo}/pulls/{pull_number}/files` */
export const pullsListFiles = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<DiffEntry[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/files`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Whether a pull request is merged: 204, or 404: `GET /repos/{owner}/{repo}/pulls/{pull_number}/merge` */
export const pullsCheckIfMerged = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }): Reply<undefined> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/merge` });

/** Merge a pull request: `PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge` */
export const pullsMerge = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { commit_title?: string | undefined; commit_message?: string | undefined; sha?: string | undefined; merge_method?: "merge" | "squash" | "rebase" | "fast-forward" | undefined } = {}): Reply<{ sha: string; merged: true; message: string }> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/merge`, body });

/** List who is asked for a review and has not given one: `GET /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers` */
export const pullsListRequestedReviewers = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }): Reply<{ users: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[]; teams: Team[] }> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/requested_reviewers` });

/** Ask people and teams for a review: `POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers` */
export const pullsRequestReviewers = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { reviewers?: string[] | undefined; team_reviewers?: string[] | undefined } = {}): Reply<PullRequestSimple> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/requested_reviewers`, body });

/** Ask people and teams no longer: `DELETE /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers` */
export const pullsRemoveRequestedReviewers = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { reviewers?: string[] | undefined; team_reviewers?: string[] | undefined } = {}): Reply<PullRequestSimple> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/requested_reviewers`, body });

/** Merge the base into the branch of a pull request, with its conflicts resolved: `POST /repos/{owner}/{repo}/pulls/{pull_number}/resolve-conflicts` */
export const pullsResolveConflicts = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { expected_head_sha: string; expected_base_sha: string; files: ({ path: string; content?: string | undefined; places?: Record<string, { choice: "ours" | "theirs" | "both" | "text"; text?: string | undefined }> | undefined })[] | Record<string, { path: string; content?: string | undefined; places?: Record<string, { choice: "ours" | "theirs" | "both" | "text"; text?: string | undefined }> | undefined }> }): Reply<PullRequest> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/resolve-conflicts`, body });

/** Make the branch of a pull request again, where its head is kept; not at GitHub: `POST /repos/{owner}/{repo}/pulls/{pull_number}/restore-branch` */
export const pullsRestoreBranch = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }): Reply<PullRequest> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/restore-branch` });

/** Open a pull request that takes back a merged one: `POST /repos/{owner}/{repo}/pulls/{pull_number}/revert` */
export const pullsRevert = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { title?: string | undefined; body?: string | null | undefined; draft?: boolean | undefined } = {}): Reply<PullRequest> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/revert`, body });

/** List the reviews of a pull request, oldest first: `GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews` */
export const pullsListReviews = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<Review[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/reviews`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Review a pull request; without an event the review waits to be submitted: `POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews` */
export const pullsCreateReview = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { commit_id?: string | undefined; body?: string | null | undefined; event?: "APPROVE" | "REQUEST_CHANGES" | "COMMENT" | undefined; comments?: ({ path: string; line?: number | undefined; side?: "LEFT" | "RIGHT" | undefined; start_line?: number | null | undefined; start_side?: "LEFT" | "RIGHT" | null | undefined; position?: number | undefined; subject_type?: "line" | "file" | undefined; body: string })[] | undefined } = {}): Reply<Review> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/reviews`, body });

/** Get a review: `GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}` */
export const pullsGetReview = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; review_id: string | number }): Reply<Review> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/reviews/${segment(at.review_id)}` });

/** Change what your review says as a whole: `PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}` */
export const pullsUpdateReview = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; review_id: string | number }, body: { body: string }): Reply<Review> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/reviews/${segment(at.review_id)}`, body });

/** Throw away your review that is not submitted: `DELETE /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}` */
export const pullsDeletePendingReview = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; review_id: string | number }): Reply<Review> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/reviews/${segment(at.review_id)}` });

/** List the comments on lines that belong to a review: `GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/comments` */
export const pullsListCommentsForReview = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; review_id: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<ReviewComment[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/reviews/${segment(at.review_id)}/comments`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Add a comment on a line to your review that is not submitted: `POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/comments` */
export const pullsAddCommentToReview = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; review_id: string | number }, body: { path: string; line?: number | undefined; side?: "LEFT" | "RIGHT" | undefined; start_line?: number | null | undefined; start_side?: "LEFT" | "RIGHT" | null | undefined; position?: number | undefined; subject_type?: "line" | "file" | undefined; body: string }): Reply<Review> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/reviews/${segment(at.review_id)}/comments`, body });

/** Dismiss an approval or a request for changes: `PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals` */
export const pullsDismissReview = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; review_id: string | number }, body: { message: string; event?: "DISMISS" | undefined }): Reply<Review> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/reviews/${segment(at.review_id)}/dismissals`, body });

/** List the changes of a text, newest first: review: `GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/edits` */
export const editsListForReview = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; review_id: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<TextEdit[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/reviews/${segment(at.review_id)}/edits`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Forget what a text said before a change: review: `DELETE /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/edits/{edit_id}` */
export const editsEraseForReview = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; review_id: string | number; edit_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/reviews/${segment(at.review_id)}/edits/${segment(at.edit_id)}` });

/** Submit your review: `POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/events` */
export const pullsSubmitReview = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; review_id: string | number }, body: { event: "APPROVE" | "REQUEST_CHANGES" | "COMMENT"; body?: string | null | undefined; commit_id?: string | undefined }): Reply<Review> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/reviews/${segment(at.review_id)}/events`, body });

/** List the reactions to a text: review: `GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/reactions` */
export const reactionsListForReview = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; review_id: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; content?: "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes" | undefined }): Reply<Reaction[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/reviews/${segment(at.review_id)}/reactions`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, content: at.content } });

/** React to a text: review; 200 when it was done before: `POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/reactions` */
export const reactionsCreateForReview = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; review_id: string | number }, body: { content: "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes" }): Reply<Reaction> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/reviews/${segment(at.review_id)}/reactions`, body });

/** Take your reaction to a text back: review: `DELETE /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/reactions/{reaction_id}` */
export const reactionsDeleteForReview = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; review_id: string | number; reaction_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/reviews/${segment(at.review_id)}/reactions/${segment(at.reaction_id)}` });

/** List every head that a pull request had, oldest first: `GET /repos/{owner}/{repo}/pulls/{pull_number}/revisions` */
export const pullsListRevisions = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<PullRequestRevision[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/revisions`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** What changed from one revision to another (`1...3`), without what the base brought in between: `GET /repos/{owner}/{repo}/pulls/{pull_number}/revisions/{comparison}` */
export const pullsCompareRevisions = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; comparison: string | number }): Reply<{ before: PullRequestRevision; after: PullRequestRevision; same_change: boolean | null; conflicts: string[]; files: DiffEntry[] | null; commits: PullRequestCommitPair[] | null }> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/revisions/${segment(at.comparison)}` });

/** Who might review a pull request, and why, the best first; not at GitHub: `GET /repos/{owner}/{repo}/pulls/{pull_number}/suggested_reviewers` */
export const pullsSuggestReviewers = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }): Reply<SuggestedReviewer[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/suggested_reviewers` });

/** Apply what comments suggest to the source branch, all in one commit: `POST /repos/{owner}/{repo}/pulls/{pull_number}/suggestions` */
export const pullsApplySuggestions = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { comment_ids: number[]; message?: string | undefined; expected_head_sha?: string | undefined }): Reply<{ sha: string; comment_ids: number[] }> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/suggestions`, body });

/** Bring the branch of a pull request up to date with its base: `PUT /repos/{owner}/{repo}/pulls/{pull_number}/update-branch` */
export const pullsUpdateBranch = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { expected_head_sha?: string | undefined; update_method?: "merge" | "rebase" | undefined } = {}): Reply<{ message: string; url: string }> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/update-branch`, body });

/** List the files of a pull request that you have marked as viewed: `GET /repos/{owner}/{repo}/pulls/{pull_number}/viewed-files` */
export const pullsListViewedFiles = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<{ filename: string; changed: boolean }[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/viewed-files`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Mark a file as viewed, until it changes: `PUT /repos/{owner}/{repo}/pulls/{pull_number}/viewed-files` */
export const pullsMarkFileAsViewed = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { path: string; sha: string | null }): Reply<undefined> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/viewed-files`, body });

/** Take the mark of a file back: `DELETE /repos/{owner}/{repo}/pulls/{pull_number}/viewed-files` */
export const pullsUnmarkFileAsViewed = (call: Call, at: { owner: string | number; repo: string | number; pull_number: string | number }, body: { path: string }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/pulls/${segment(at.pull_number)}/viewed-files`, body });

/** Get the README of the root folder: `GET /repos/{owner}/{repo}/readme` */
export const reposGetReadme = (call: Call, at: { owner: string | number; repo: string | number; ref?: string | undefined }): Reply<Content> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/readme`, query: { ref: at.ref } });

/** List who stars a repository: `GET /repos/{owner}/{repo}/stargazers` */
export const activityListStargazersForRepo = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | { starred_at: string; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } })[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/stargazers`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Report a status of a commit: `POST /repos/{owner}/{repo}/statuses/{sha}` */
export const reposCreateCommitStatus = (call: Call, at: { owner: string | number; repo: string | number; sha: string | number }, body: { state: "error" | "failure" | "pending" | "success"; target_url?: string | null | undefined; description?: string | null | undefined; context?: string | undefined }): Reply<Status> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/statuses/${segment(at.sha)}`, body });

/** List who watches a repository: `GET /repos/{owner}/{repo}/subscribers` */
export const activityListWatchersForRepo = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/subscribers`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Whether one watches a repository: `GET /repos/{owner}/{repo}/subscription` */
export const activityGetRepoSubscription = (call: Call, at: { owner: string | number; repo: string | number }): Reply<{ subscribed: boolean; ignored: boolean; reason: string | null; created_at: string; url: string; repository_url: string }> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/subscription` });

/** Watch a repository, or stop: `PUT /repos/{owner}/{repo}/subscription` */
export const activitySetRepoSubscription = (call: Call, at: { owner: string | number; repo: string | number }, body: { subscribed?: boolean | undefined; ignored?: boolean | undefined } = {}): Reply<{ subscribed: boolean; ignored: boolean; reason: string | null; created_at: string; url: string; repository_url: string }> =>
  call({ method: "PUT", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/subscription`, body });

/** Stop watching a repository: `DELETE /repos/{owner}/{repo}/subscription` */
export const activityDeleteRepoSubscription = (call: Call, at: { owner: string | number; repo: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/subscription` });

/** List the tags of a repository by name, the last first: `GET /repos/{owner}/{repo}/tags` */
export const reposListTags = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<Tag[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/tags`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Download a repository archive (tar): `GET /repos/{owner}/{repo}/tarball` */
export const reposDownloadDefaultTarballArchive = (call: Call, at: { owner: string | number; repo: string | number }): Reply<undefined> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/tarball` });

/** Download a repository archive (tar): `GET /repos/{owner}/{repo}/tarball/{ref}` */
export const reposDownloadTarballArchive = (call: Call, at: { owner: string | number; repo: string | number; ref: string | number }): Reply<undefined> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/tarball/${segments(at.ref)}` });

/** The teams that have rights in a repository, for who administers it: `GET /repos/{owner}/{repo}/teams` */
export const reposListTeams = (call: Call, at: { owner: string | number; repo: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<({ id: number; node_id: string; url: string; html_url: string; members_url: string; repositories_url: string; name: string; slug: string; description: string | null; privacy: "closed"; permission: "pull" | "push" | "admin"; type: "organization"; parent: null; permissions: { admin: boolean; maintain: boolean; push: boolean; triage: boolean; pull: boolean } })[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/teams`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Give a repository to an organization one administers, or back to oneself: `POST /repos/{owner}/{repo}/transfer` */
export const reposTransfer = (call: Call, at: { owner: string | number; repo: string | number }, body: { new_owner: string; new_name?: string | undefined }): Reply<Repository> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/transfer`, body });

/** The disk use of a repository, and what its last check found: `GET /repos/{owner}/{repo}/upkeep` */
export const reposGetUpkeep = (call: Call, at: { owner: string | number; repo: string | number }): Reply<RepositoryUpkeep> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/upkeep` });

/** List the saved queries of a repository: the shared ones, and your own: `GET /repos/{owner}/{repo}/views` */
export const viewsListForRepo = (call: Call, at: { owner: string | number; repo: string | number; kind?: "issue" | "pr" | undefined }): Reply<SavedQuery[]> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/views`, query: { kind: at.kind } });

/** Save a query: `POST /repos/{owner}/{repo}/views` */
export const viewsCreate = (call: Call, at: { owner: string | number; repo: string | number }, body: { kind: "issue" | "pr"; name: string; description?: string | null | undefined; query: string; shared?: boolean | undefined }): Reply<SavedQuery> =>
  call({ method: "POST", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/views`, body });

/** Rename, change or share a saved query: `PATCH /repos/{owner}/{repo}/views/{view_id}` */
export const viewsUpdate = (call: Call, at: { owner: string | number; repo: string | number; view_id: string | number }, body: { name?: string | undefined; description?: string | null | undefined; query?: string | undefined; shared?: boolean | undefined } = {}): Reply<SavedQuery> =>
  call({ method: "PATCH", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/views/${segment(at.view_id)}`, body });

/** Delete a saved query: `DELETE /repos/{owner}/{repo}/views/{view_id}` */
export const viewsDelete = (call: Call, at: { owner: string | number; repo: string | number; view_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/views/${segment(at.view_id)}` });

/** Download a repository archive (zip): `GET /repos/{owner}/{repo}/zipball` */
export const reposDownloadDefaultZipballArchive = (call: Call, at: { owner: string | number; repo: string | number }): Reply<undefined> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/zipball` });

/** Download a repository archive (zip): `GET /repos/{owner}/{repo}/zipball/{ref}` */
export const reposDownloadZipballArchive = (call: Call, at: { owner: string | number; repo: string | number; ref: string | number }): Reply<undefined> =>
  call({ method: "GET", path: `/repos/${segment(at.owner)}/${segment(at.repo)}/zipball/${segments(at.ref)}` });

/** Create a repository that begins with the files of a template: `POST /repos/{template_owner}/{template_repo}/generate` */
export const reposCreateUsingTemplate = (call: Call, at: { template_owner: string | number; template_repo: string | number }, body: { owner?: string | undefined; name: string; description?: string | null | undefined; include_all_branches?: boolean | undefined; private?: boolean | undefined; visibility?: "public" | "private" | undefined }): Reply<FullRepository> =>
  call({ method: "POST", path: `/repos/${segment(at.template_owner)}/${segment(at.template_repo)}/generate`, body });

/** List public repositories in the order of their creation: `GET /repositories` */
export const reposListPublic = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; since?: number | undefined } = {}): Reply<Repository[]> =>
  call({ method: "GET", path: "/repositories", query: { per_page: at.per_page, page: at.page, cursor: at.cursor, since: at.since } });

/** Get a repository by its id, which no rename changes: `GET /repositories/{id}` */
export const reposGetById = (call: Call, at: { id: string | number }): Reply<FullRepository> =>
  call({ method: "GET", path: `/repositories/${segment(at.id)}` });

/** Restore a deleted repository: `POST /repositories/{id}/restore` */
export const reposRestore = (call: Call, at: { id: string | number }, body: { name?: string | undefined } = {}): Reply<FullRepository> =>
  call({ method: "POST", path: `/repositories/${segment(at.id)}/restore`, body });

/** Search issues and pull requests: `GET /search/issues` */
export const searchIssuesAndPullRequests = (call: Call, at: { q: string; order?: "asc" | "desc" | undefined; per_page?: number | undefined; page?: number | undefined; sort?: "created" | "updated" | "comments" | undefined }): Reply<{ total_count: number; incomplete_results: boolean; items: ({ id: number; node_id: string; url: string; repository_url: string; labels_url: string; comments_url: string; events_url: string; timeline_url: string; html_url: string; number: number; state: "open" | "closed"; state_reason: "completed" | "not_planned" | "reopened" | null; title: string; body: string; body_html?: string | undefined; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null; labels: Label[]; assignee: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null; assignees: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[]; milestone: Milestone | null; locked: boolean; active_lock_reason: string | null; comments: number; reactions: Reactions; author_association: "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE"; closed_at: string | null; closed_by: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } | null; created_at: string; updated_at: string; performed_via_github_app: null; repository?: Repository | undefined; draft?: boolean | undefined; pull_request?: { url: string; html_url: string; diff_url: string; patch_url: string; merged_at: string | null } | undefined; score: number })[]; search_type: "lexical" }> =>
  call({ method: "GET", path: "/search/issues", query: { q: at.q, order: at.order, per_page: at.per_page, page: at.page, sort: at.sort } });

/** Search repositories: `GET /search/repositories` */
export const searchRepos = (call: Call, at: { q: string; order?: "asc" | "desc" | undefined; per_page?: number | undefined; page?: number | undefined; sort?: "stars" | "updated" | undefined }): Reply<{ total_count: number; incomplete_results: boolean; items: ({ id: number; node_id: string; name: string; full_name: string; owner: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean }; private: boolean; visibility: "public" | "private"; html_url: string; description: string | null; fork: boolean; url: string; archive_url: string; assignees_url: string; blobs_url: string; branches_url: string; collaborators_url: string; comments_url: string; commits_url: string; compare_url: string; contents_url: string; contributors_url: string; deployments_url: string; downloads_url: string; events_url: string; forks_url: string; git_commits_url: string; git_refs_url: string; git_tags_url: string; hooks_url: string; issue_comment_url: string; issue_events_url: string; issues_url: string; keys_url: string; labels_url: string; languages_url: string; merges_url: string; milestones_url: string; notifications_url: string; pulls_url: string; releases_url: string; stargazers_url: string; statuses_url: string; subscribers_url: string; subscription_url: string; tags_url: string; teams_url: string; trees_url: string; git_url: string; ssh_url: string; clone_url: string; svn_url: string; mirror_url: string | null; homepage: string | null; language: string | null; forks_count: number; stargazers_count: number; watchers_count: number; subscribers_count: number; size: number; default_branch: string; open_issues_count: number; is_template: boolean; topics: string[]; has_issues: boolean; has_projects: boolean; has_wiki: boolean; has_pages: boolean; has_downloads: boolean; has_discussions: boolean; archived: boolean; disabled: boolean; license: null; allow_forking: boolean; allow_merge_commit: boolean; allow_squash_merge: boolean; allow_rebase_merge: boolean; allow_fast_forward_merge: boolean; allow_auto_merge: boolean; delete_branch_on_merge: boolean; squash_merge_commit_title: "PR_TITLE" | "COMMIT_OR_PR_TITLE"; squash_merge_commit_message: "PR_BODY" | "COMMIT_MESSAGES" | "BLANK"; merge_commit_title: "PR_TITLE" | "MERGE_MESSAGE"; merge_commit_message: "PR_BODY" | "PR_TITLE" | "BLANK"; web_commit_signoff_required: boolean; forks: number; open_issues: number; watchers: number; permissions?: { admin: boolean; maintain: boolean; push: boolean; triage: boolean; pull: boolean } | undefined; pushed_at: string; created_at: string; updated_at: string; score: number })[] }> =>
  call({ method: "GET", path: "/search/repositories", query: { q: at.q, order: at.order, per_page: at.per_page, page: at.page, sort: at.sort } });

/** Search users and organizations: `GET /search/users` */
export const searchUsers = (call: Call, at: { q: string; order?: "asc" | "desc" | undefined; per_page?: number | undefined; page?: number | undefined; sort?: "repositories" | "joined" | undefined }): Reply<{ total_count: number; incomplete_results: boolean; items: ({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean; score: number })[] }> =>
  call({ method: "GET", path: "/search/users", query: { q: at.q, order: at.order, per_page: at.per_page, page: at.page, sort: at.sort } });

/** Sign in by user name or e-mail address and password; answers a cookie: `POST /session` */
export const sessionsCreate = (call: Call, body: { login: string; password: string }): Reply<{ user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean; name: string | null; company: string | null; blog: string | null; location: string | null; email: string | null; hireable: boolean | null; bio: string | null; twitter_username: string | null; public_repos: number; public_gists: number; followers: number; following: number; created_at: string; updated_at: string; private_gists?: number | undefined; total_private_repos?: number | undefined; owned_private_repos?: number | undefined; disk_usage?: number | undefined; collaborators?: number | undefined; two_factor_authentication?: boolean | undefined }; session: { id: string; current: boolean; ip_address: string | null; user_agent: string | null; created_at: string; last_active_at: string; expires_at: string } }> =>
  call({ method: "POST", path: "/session", body });

/** Sign out: `DELETE /session` */
export const sessionsDeleteCurrent = (call: Call): Reply<undefined> =>
  call({ method: "DELETE", path: "/session" });

/** Whether the instance waits for its first administrator, and who may sign up: `GET /setup` */
export const instanceGetSetup = (call: Call): Reply<{ needed: boolean; sign_up: "open" | "invite" | "closed" }> =>
  call({ method: "GET", path: "/setup" });

/** Create the first administrator and sign in; only while there is no user: `POST /setup` */
export const instanceSetUp = (call: Call, body: { login: string; email: string; password: string; name?: string | undefined; sign_up?: "open" | "invite" | "closed" | undefined }): Reply<{ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean; name: string | null; company: string | null; blog: string | null; location: string | null; email: string | null; hireable: boolean | null; bio: string | null; twitter_username: string | null; public_repos: number; public_gists: number; followers: number; following: number; created_at: string; updated_at: string; private_gists?: number | undefined; total_private_repos?: number | undefined; owned_private_repos?: number | undefined; disk_usage?: number | undefined; collaborators?: number | undefined; two_factor_authentication?: boolean | undefined }> =>
  call({ method: "POST", path: "/setup", body });

/** The signed-in user; with the scope user:read also what only they see: `GET /user` */
export const usersGetAuthenticated = (call: Call): Reply<{ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean; name: string | null; company: string | null; blog: string | null; location: string | null; email: string | null; hireable: boolean | null; bio: string | null; twitter_username: string | null; public_repos: number; public_gists: number; followers: number; following: number; created_at: string; updated_at: string; private_gists?: number | undefined; total_private_repos?: number | undefined; owned_private_repos?: number | undefined; disk_usage?: number | undefined; collaborators?: number | undefined; two_factor_authentication?: boolean | undefined }> =>
  call({ method: "GET", path: "/user" });

/** Change your profile; a new login leaves a redirect behind: `PATCH /user` */
export const usersUpdateAuthenticated = (call: Call, body: { login?: string | undefined; name?: string | null | undefined; bio?: string | null | undefined; location?: string | null | undefined; blog?: string | null | undefined } = {}): Reply<{ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean; name: string | null; company: string | null; blog: string | null; location: string | null; email: string | null; hireable: boolean | null; bio: string | null; twitter_username: string | null; public_repos: number; public_gists: number; followers: number; following: number; created_at: string; updated_at: string; private_gists?: number | undefined; total_private_repos?: number | undefined; owned_private_repos?: number | undefined; disk_usage?: number | undefined; collaborators?: number | undefined; two_factor_authentication?: boolean | undefined }> =>
  call({ method: "PATCH", path: "/user", body });

/** List the deleted repositories one may restore: `GET /user/deleted-repos` */
export const reposListDeleted = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined } = {}): Reply<({ id: number; node_id: string; name: string; full_name: string; owner: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean }; private: boolean; visibility: "public" | "private"; html_url: string; description: string | null; fork: boolean; url: string; archive_url: string; assignees_url: string; blobs_url: string; branches_url: string; collaborators_url: string; comments_url: string; commits_url: string; compare_url: string; contents_url: string; contributors_url: string; deployments_url: string; downloads_url: string; events_url: string; forks_url: string; git_commits_url: string; git_refs_url: string; git_tags_url: string; hooks_url: string; issue_comment_url: string; issue_events_url: string; issues_url: string; keys_url: string; labels_url: string; languages_url: string; merges_url: string; milestones_url: string; notifications_url: string; pulls_url: string; releases_url: string; stargazers_url: string; statuses_url: string; subscribers_url: string; subscription_url: string; tags_url: string; teams_url: string; trees_url: string; git_url: string; ssh_url: string; clone_url: string; svn_url: string; mirror_url: string | null; homepage: string | null; language: string | null; forks_count: number; stargazers_count: number; watchers_count: number; subscribers_count: number; size: number; default_branch: string; open_issues_count: number; is_template: boolean; topics: string[]; has_issues: boolean; has_projects: boolean; has_wiki: boolean; has_pages: boolean; has_downloads: boolean; has_discussions: boolean; archived: boolean; disabled: boolean; license: null; allow_forking: boolean; allow_merge_commit: boolean; allow_squash_merge: boolean; allow_rebase_merge: boolean; allow_fast_forward_merge: boolean; allow_auto_merge: boolean; delete_branch_on_merge: boolean; squash_merge_commit_title: "PR_TITLE" | "COMMIT_OR_PR_TITLE"; squash_merge_commit_message: "PR_BODY" | "COMMIT_MESSAGES" | "BLANK"; merge_commit_title: "PR_TITLE" | "MERGE_MESSAGE"; merge_commit_message: "PR_BODY" | "PR_TITLE" | "BLANK"; web_commit_signoff_required: boolean; forks: number; open_issues: number; watchers: number; permissions?: { admin: boolean; maintain: boolean; push: boolean; triage: boolean; pull: boolean } | undefined; pushed_at: string; created_at: string; updated_at: string; deleted_at: string; restorable_until: string })[]> =>
  call({ method: "GET", path: "/user/deleted-repos", query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Your e-mail address: `GET /user/emails` */
export const usersListEmailsForAuthenticatedUser = (call: Call): Reply<({ email: string; primary: boolean; verified: boolean; visibility: string | null })[]> =>
  call({ method: "GET", path: "/user/emails" });

/** Create a repository and import it from an address: `POST /user/imports` */
export const importsCreate = (call: Call, body: { url: string; username?: string | null | undefined; password?: string | null | undefined; owner?: string | undefined; name?: string | undefined; description?: string | null | undefined; private?: boolean | undefined; mirror?: boolean | undefined; interval_minutes?: number | undefined }): Reply<{ vcs: string; use_lfs: boolean; vcs_url: string; status: "setup" | "detecting" | "importing" | "pushing" | "complete" | "auth_failed" | "error" | "none"; status_text: string | null; failed_step: string | null; error_message: string | null; import_percent: number; has_large_files: boolean; large_files_count: number; large_files_size: number; large_files_missing: number; large_files_note: string | null; url: string; html_url: string; authors_url: string; repository_url: string; state: "queued" | "running" | "done" | "failed" | "cancelled"; phase: "connecting" | "fetching" | "contents" | "publishing" | null; received_objects: number; received_bytes: number; branches: number | null; tags: number | null; skipped: number; becomes_mirror: boolean; started_at: string | null; finished_at: string | null; created_at: string; repository: Repository }> =>
  call({ method: "POST", path: "/user/imports", body });

/** List your issues and pull requests in all repositories that you can see: `GET /user/issues` */
export const issuesListForAuthenticatedUser = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; q?: string | undefined; state?: "open" | "closed" | "all" | undefined; labels?: string | undefined; since?: string | undefined; sort?: "created" | "updated" | "comments" | undefined; direction?: "asc" | "desc" | undefined; filter?: "assigned" | "created" | "mentioned" | "all" | undefined } = {}): Reply<Issue[]> =>
  call({ method: "GET", path: "/user/issues", query: { per_page: at.per_page, page: at.page, cursor: at.cursor, q: at.q, state: at.state, labels: at.labels, since: at.since, sort: at.sort, direction: at.direction, filter: at.filter } });

/** Your SSH keys: `GET /user/keys` */
export const usersListPublicSshKeysForAuthenticatedUser = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined } = {}): Reply<({ id: number; key: string; url: string; title: string; verified: boolean; created_at: string; read_only: boolean; last_used: string | null; fingerprint: string })[]> =>
  call({ method: "GET", path: "/user/keys", query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Add an SSH key: `POST /user/keys` */
export const usersCreatePublicSshKeyForAuthenticatedUser = (call: Call, body: { title?: string | undefined; key: string }): Reply<{ id: number; key: string; url: string; title: string; verified: boolean; created_at: string; read_only: boolean; last_used: string | null; fingerprint: string }> =>
  call({ method: "POST", path: "/user/keys", body });

/** One of your SSH keys: `GET /user/keys/{key_id}` */
export const usersGetPublicSshKeyForAuthenticatedUser = (call: Call, at: { key_id: string | number }): Reply<{ id: number; key: string; url: string; title: string; verified: boolean; created_at: string; read_only: boolean; last_used: string | null; fingerprint: string }> =>
  call({ method: "GET", path: `/user/keys/${segment(at.key_id)}` });

/** Delete one of your SSH keys: `DELETE /user/keys/{key_id}` */
export const usersDeletePublicSshKeyForAuthenticatedUser = (call: Call, at: { key_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/user/keys/${segment(at.key_id)}` });

/** Your roles in organizations: `GET /user/memberships/orgs` */
export const orgsListMembershipsForAuthenticatedUser = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined } = {}): Reply<({ url: string; state: "active"; role: "admin" | "member"; org_role: "member" | "admin" | "owner"; organization_url: string; organization: { login: string; id: number; node_id: string; url: string; repos_url: string; events_url: string; hooks_url: string; issues_url: string; members_url: string; public_members_url: string; avatar_url: string; description: string | null }; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } })[]> =>
  call({ method: "GET", path: "/user/memberships/orgs", query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Your role in an organization: `GET /user/memberships/orgs/{org}` */
export const orgsGetMembershipForAuthenticatedUser = (call: Call, at: { org: string | number }): Reply<{ url: string; state: "active"; role: "admin" | "member"; org_role: "member" | "admin" | "owner"; organization_url: string; organization: { login: string; id: number; node_id: string; url: string; repos_url: string; events_url: string; hooks_url: string; issues_url: string; members_url: string; public_members_url: string; avatar_url: string; description: string | null }; user: { login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean } }> =>
  call({ method: "GET", path: `/user/memberships/orgs/${segment(at.org)}` });

/** Create an organization that you own: `POST /user/orgs` */
export const orgsCreate = (call: Call, body: { login: string; name?: string | null | undefined; description?: string | null | undefined; blog?: string | null | undefined; location?: string | null | undefined }): Reply<{ login: string; id: number; node_id: string; url: string; repos_url: string; events_url: string; hooks_url: string; issues_url: string; members_url: string; public_members_url: string; avatar_url: string; description: string | null; name: string; blog?: string | undefined; location?: string | undefined; html_url: string; type: "Organization"; has_organization_projects: boolean; has_repository_projects: boolean; public_repos: number; public_gists: number; followers: number; following: number; created_at: string; updated_at: string; archived_at: string | null; default_repository_permission?: "none" | "read" | "write" | "admin" | undefined }> =>
  call({ method: "POST", path: "/user/orgs", body });

/** The organizations you belong to: `GET /user/orgs` */
export const orgsListForAuthenticatedUser = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined } = {}): Reply<({ login: string; id: number; node_id: string; url: string; repos_url: string; events_url: string; hooks_url: string; issues_url: string; members_url: string; public_members_url: string; avatar_url: string; description: string | null })[]> =>
  call({ method: "GET", path: "/user/orgs", query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Change your password; you are signed out everywhere else: `POST /user/password` */
export const usersChangePassword = (call: Call, body: { current_password: string; new_password: string }): Reply<undefined> =>
  call({ method: "POST", path: "/user/password", body });

/** Have a link mailed that sets a new password; the answer does not tell whether there is an account: `POST /user/password-reset` */
export const usersRequestPasswordReset = (call: Call, body: { email: string }): Reply<undefined> =>
  call({ method: "POST", path: "/user/password-reset", body });

/** Set a new password with the token of a mailed link; all sessions end: `POST /user/password-reset/confirm` */
export const usersResetPassword = (call: Call, body: { token: string; password: string }): Reply<undefined> =>
  call({ method: "POST", path: "/user/password-reset/confirm", body });

/** Create a repository of one's own: `POST /user/repos` */
export const reposCreateForAuthenticatedUser = (call: Call, body: { name: string; description?: string | null | undefined; homepage?: "" | string | null | undefined; private?: boolean | undefined; visibility?: "public" | "private" | undefined; default_branch?: string | undefined; object_format?: "sha1" | "sha256" | undefined; auto_init?: boolean | undefined; allow_merge_commit?: boolean | undefined; allow_squash_merge?: boolean | undefined; allow_rebase_merge?: boolean | undefined; allow_fast_forward_merge?: boolean | undefined; allow_auto_merge?: boolean | undefined; delete_branch_on_merge?: boolean | undefined; squash_merge_commit_title?: "PR_TITLE" | "COMMIT_OR_PR_TITLE" | undefined; squash_merge_commit_message?: "PR_BODY" | "COMMIT_MESSAGES" | "BLANK" | undefined; merge_commit_title?: "PR_TITLE" | "MERGE_MESSAGE" | undefined; merge_commit_message?: "PR_BODY" | "PR_TITLE" | "BLANK" | undefined; is_template?: boolean | undefined }): Reply<FullRepository> =>
  call({ method: "POST", path: "/user/repos", body });

/** List the repositories one works on: `GET /user/repos` */
export const reposListForAuthenticatedUser = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; sort?: "created" | "updated" | "pushed" | "full_name" | undefined; direction?: "asc" | "desc" | undefined; visibility?: "all" | "public" | "private" | undefined; affiliation?: string | undefined; type?: "all" | "owner" | "public" | "private" | "member" | undefined } = {}): Reply<Repository[]> =>
  call({ method: "GET", path: "/user/repos", query: { per_page: at.per_page, page: at.page, cursor: at.cursor, sort: at.sort, direction: at.direction, visibility: at.visibility, affiliation: at.affiliation, type: at.type } });

/** Pull requests that wait for you or on which you wait, with the reason: `GET /user/reviews` */
export const reviewsInbox = (call: Call): Reply<{ counts: { your_turn: number; ready: number; waiting_on_reviewers: number; waiting_on_author: number }; incomplete: boolean; items: ReviewInboxEntry[] }> =>
  call({ method: "GET", path: "/user/reviews" });

/** List your saved replies by title, at most 100: `GET /user/saved-replies` */
export const savedRepliesList = (call: Call): Reply<SavedReply[]> =>
  call({ method: "GET", path: "/user/saved-replies" });

/** Save a reply: `POST /user/saved-replies` */
export const savedRepliesCreate = (call: Call, body: { title: string; body: string }): Reply<SavedReply> =>
  call({ method: "POST", path: "/user/saved-replies", body });

/** Change a saved reply: `PATCH /user/saved-replies/{reply_id}` */
export const savedRepliesUpdate = (call: Call, at: { reply_id: string | number }, body: { title?: string | undefined; body?: string | undefined } = {}): Reply<SavedReply> =>
  call({ method: "PATCH", path: `/user/saved-replies/${segment(at.reply_id)}`, body });

/** Delete a saved reply: `DELETE /user/saved-replies/{reply_id}` */
export const savedRepliesDelete = (call: Call, at: { reply_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/user/saved-replies/${segment(at.reply_id)}` });

/** Where you are signed in: `GET /user/sessions` */
export const sessionsList = (call: Call): Reply<({ id: string; current: boolean; ip_address: string | null; user_agent: string | null; created_at: string; last_active_at: string; expires_at: string })[]> =>
  call({ method: "GET", path: "/user/sessions" });

/** Sign out everywhere else: `DELETE /user/sessions` */
export const sessionsDeleteOthers = (call: Call): Reply<undefined> =>
  call({ method: "DELETE", path: "/user/sessions" });

/** Sign one device out: `DELETE /user/sessions/{session_id}` */
export const sessionsDelete = (call: Call, at: { session_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/user/sessions/${segment(at.session_id)}` });

/** List the repositories one stars: `GET /user/starred` */
export const activityListReposStarredByAuthenticatedUser = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; direction?: "asc" | "desc" | undefined } = {}): Reply<(Repository | { starred_at: string; repo: Repository })[]> =>
  call({ method: "GET", path: "/user/starred", query: { per_page: at.per_page, page: at.page, cursor: at.cursor, direction: at.direction } });

/** Whether one stars a repository: `GET /user/starred/{owner}/{repo}` */
export const activityCheckRepoIsStarredByAuthenticatedUser = (call: Call, at: { owner: string | number; repo: string | number }): Reply<undefined> =>
  call({ method: "GET", path: `/user/starred/${segment(at.owner)}/${segment(at.repo)}` });

/** Star a repository: `PUT /user/starred/{owner}/{repo}` */
export const activityStarRepoForAuthenticatedUser = (call: Call, at: { owner: string | number; repo: string | number }): Reply<undefined> =>
  call({ method: "PUT", path: `/user/starred/${segment(at.owner)}/${segment(at.repo)}` });

/** Take a star back: `DELETE /user/starred/{owner}/{repo}` */
export const activityUnstarRepoForAuthenticatedUser = (call: Call, at: { owner: string | number; repo: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/user/starred/${segment(at.owner)}/${segment(at.repo)}` });

/** List the repositories one watches: `GET /user/subscriptions` */
export const activityListWatchedReposForAuthenticatedUser = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined } = {}): Reply<Repository[]> =>
  call({ method: "GET", path: "/user/subscriptions", query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Your personal access tokens, without their text: `GET /user/tokens` */
export const tokensList = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined } = {}): Reply<({ id: number; name: string; token_prefix: string; scopes: string[]; last_used_at: string | null; expires_at: string | null; created_at: string })[]> =>
  call({ method: "GET", path: "/user/tokens", query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** Create a personal access token; its text is shown this once: `POST /user/tokens` */
export const tokensCreate = (call: Call, body: { name: string; scopes: ("repo:read" | "repo:write" | "user:read" | "user:write" | "admin")[]; expires_at?: string | null | undefined }): Reply<{ id: number; name: string; token_prefix: string; scopes: string[]; last_used_at: string | null; expires_at: string | null; created_at: string; token: string }> =>
  call({ method: "POST", path: "/user/tokens", body });

/** Revoke a personal access token: `DELETE /user/tokens/{token_id}` */
export const tokensRevoke = (call: Call, at: { token_id: string | number }): Reply<undefined> =>
  call({ method: "DELETE", path: `/user/tokens/${segment(at.token_id)}` });

/** All users and organizations in the order they signed up: `GET /users` */
export const usersList = (call: Call, at: { per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; since?: number | undefined } = {}): Reply<({ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean })[]> =>
  call({ method: "GET", path: "/users", query: { per_page: at.per_page, page: at.page, cursor: at.cursor, since: at.since } });

/** Create your account and sign in: `POST /users` */
export const usersSignUp = (call: Call, body: { login: string; email?: string | undefined; password: string; name?: string | undefined; invitation?: string | undefined }): Reply<{ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean; name: string | null; company: string | null; blog: string | null; location: string | null; email: string | null; hireable: boolean | null; bio: string | null; twitter_username: string | null; public_repos: number; public_gists: number; followers: number; following: number; created_at: string; updated_at: string; private_gists?: number | undefined; total_private_repos?: number | undefined; owned_private_repos?: number | undefined; disk_usage?: number | undefined; collaborators?: number | undefined; two_factor_authentication?: boolean | undefined }> =>
  call({ method: "POST", path: "/users", body });

/** A user's public profile: `GET /users/{username}` */
export const usersGetByUsername = (call: Call, at: { username: string | number }): Reply<{ login: string; id: number; node_id: string; avatar_url: string; gravatar_id: string | null; url: string; html_url: string; followers_url: string; following_url: string; gists_url: string; starred_url: string; subscriptions_url: string; organizations_url: string; repos_url: string; events_url: string; received_events_url: string; type: "User" | "Organization"; user_view_type: string; site_admin: boolean; name: string | null; company: string | null; blog: string | null; location: string | null; email: string | null; hireable: boolean | null; bio: string | null; twitter_username: string | null; public_repos: number; public_gists: number; followers: number; following: number; created_at: string; updated_at: string }> =>
  call({ method: "GET", path: `/users/${segment(at.username)}` });

/** What a user does, where you may see it: `GET /users/{username}/events` */
export const activityListEventsForAuthenticatedUser = (call: Call, at: { username: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<Event[]> =>
  call({ method: "GET", path: `/users/${segment(at.username)}/events`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** What a user does in public: `GET /users/{username}/events/public` */
export const activityListPublicEventsForUser = (call: Call, at: { username: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<Event[]> =>
  call({ method: "GET", path: `/users/${segment(at.username)}/events/public`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** A user's SSH keys, as anyone may check signatures with them: `GET /users/{username}/keys` */
export const usersListPublicKeysForUser = (call: Call, at: { username: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<{ id: number; key: string; created_at: string }[]> =>
  call({ method: "GET", path: `/users/${segment(at.username)}/keys`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** A user's organizations that you belong to as well: `GET /users/{username}/orgs` */
export const orgsListForUser = (call: Call, at: { username: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<({ login: string; id: number; node_id: string; url: string; repos_url: string; events_url: string; hooks_url: string; issues_url: string; members_url: string; public_members_url: string; avatar_url: string; description: string | null })[]> =>
  call({ method: "GET", path: `/users/${segment(at.username)}/orgs`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** What happens in the repositories that a user watches, where you may see it: `GET /users/{username}/received_events` */
export const activityListReceivedEventsForUser = (call: Call, at: { username: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<Event[]> =>
  call({ method: "GET", path: `/users/${segment(at.username)}/received_events`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** What happens in public in the repositories that a user watches: `GET /users/{username}/received_events/public` */
export const activityListReceivedPublicEventsForUser = (call: Call, at: { username: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<Event[]> =>
  call({ method: "GET", path: `/users/${segment(at.username)}/received_events/public`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

/** List the repositories of a user or organization: `GET /users/{username}/repos` */
export const reposListForUser = (call: Call, at: { username: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; sort?: "created" | "updated" | "pushed" | "full_name" | undefined; direction?: "asc" | "desc" | undefined; type?: "all" | "owner" | "member" | undefined }): Reply<Repository[]> =>
  call({ method: "GET", path: `/users/${segment(at.username)}/repos`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, sort: at.sort, direction: at.direction, type: at.type } });

/** List the repositories a person stars: `GET /users/{username}/starred` */
export const activityListReposStarredByUser = (call: Call, at: { username: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined; direction?: "asc" | "desc" | undefined }): Reply<(Repository | { starred_at: string; repo: Repository })[]> =>
  call({ method: "GET", path: `/users/${segment(at.username)}/starred`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor, direction: at.direction } });

/** List the repositories a person watches: `GET /users/{username}/subscriptions` */
export const activityListReposWatchedByUser = (call: Call, at: { username: string | number; per_page?: number | undefined; page?: number | undefined; cursor?: string | undefined }): Reply<Repository[]> =>
  call({ method: "GET", path: `/users/${segment(at.username)}/subscriptions`, query: { per_page: at.per_page, page: at.page, cursor: at.cursor } });

