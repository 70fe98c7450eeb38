import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import type { Level } from "../../kernel/grants.ts";
import { nodeId } from "../../kernel/ids.ts";
import { simpleUser, simpleUserShape } from "../accounts/index.ts";
import type { Repository } from "./access.ts";
import { cloneUrl, fullName, htmlUrl, repositoryUrl, sshUrl } from "./addresses.ts";
import { mergeSettingFields, mergeSettingsView } from "./merge-settings.ts";

export const permissionsShape = z.object({
  admin: z.boolean(),
  maintain: z.boolean(),
  push: z.boolean(),
  triage: z.boolean(),
  pull: z.boolean(),
});

/** GitHub's five words for our three levels. */
export const permissionsOf = (level: Level): z.infer<typeof permissionsShape> => ({
  admin: level === "admin",
  maintain: level === "admin",
  push: level !== "read",
  triage: level !== "read",
  pull: true,
});

const links = {
  archive_url: "{archive_format}{/ref}",
  assignees_url: "assignees{/user}",
  blobs_url: "git/blobs{/sha}",
  branches_url: "branches{/branch}",
  collaborators_url: "collaborators{/collaborator}",
  comments_url: "comments{/number}",
  commits_url: "commits{/sha}",
  compare_url: "compare/{base}...{head}",
  contents_url: "contents/{+path}",
  contributors_url: "contributors",
  deployments_url: "deployments",
  downloads_url: "downloads",
  events_url: "events",
  forks_url: "forks",
  git_commits_url: "git/commits{/sha}",
  git_refs_url: "git/refs{/sha}",
  git_tags_url: "git/tags{/sha}",
  hooks_url: "hooks",
  issue_comment_url: "issues/comments{/number}",
  issue_events_url: "issues/events{/number}",
  issues_url: "issues{/number}",
  keys_url: "keys{/key_id}",
  labels_url: "labels{/name}",
  languages_url: "languages",
  merges_url: "merges",
  milestones_url: "milestones{/number}",
  notifications_url: "notifications{?since,all,participating}",
  pulls_url: "pulls{/number}",
  releases_url: "releases{/id}",
  stargazers_url: "stargazers",
  statuses_url: "statuses/{sha}",
  subscribers_url: "subscribers",
  subscription_url: "subscription",
  tags_url: "tags",
  teams_url: "teams",
  trees_url: "git/trees{/sha}",
} as const;

const linkShapes = Object.fromEntries(Object.keys(links).map((name) => [name, z.string()])) as {
  [K in keyof typeof links]: z.ZodString;
};

/** GitHub's `repository`, which is also its `minimal-repository`. */
export const repositoryShape = z
  .object({
    id: z.int(),
    node_id: z.string(),
    name: z.string(),
    full_name: z.string(),
    owner: simpleUserShape,
    private: z.boolean(),
    visibility: z.enum(["public", "private"]),
    html_url: z.url(),
    description: z.string().nullable(),
    fork: z.boolean(),
    url: z.url(),
    ...linkShapes,
    git_url: z.string(),
    ssh_url: z.string(),
    clone_url: z.string(),
    svn_url: z.string(),
    mirror_url: z.string().nullable().describe("What it follows"),
    homepage: z.string().nullable(),
    language: z.string().nullable(),
    forks_count: z.int(),
    stargazers_count: z.int(),
    watchers_count: z.int(),
    subscribers_count: z.int(),
    size: z.int().describe("kB on disk"),
    default_branch: z.string(),
    open_issues_count: z.int().describe("Issues and pull requests, as GitHub counts"),
    is_template: z.boolean(),
    topics: z.array(z.string()),
    has_issues: z.boolean(),
    has_projects: z.boolean(),
    has_wiki: z.boolean(),
    has_pages: z.boolean(),
    has_downloads: z.boolean(),
    has_discussions: z.boolean(),
    archived: z.boolean(),
    disabled: z.boolean(),
    license: z.null(),
    allow_forking: z.boolean(),
    ...mergeSettingFields,
    web_commit_signoff_required: z.boolean(),
    forks: z.int(),
    open_issues: z.int(),
    watchers: z.int(),
    permissions: permissionsShape.optional(),
    pushed_at: z.iso.datetime(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Repository" });

export type RepositoryView = z.input<typeof repositoryShape>;

export function repositoryView(ctx: Context, repo: Repository): RepositoryView {
  const url = repositoryUrl(ctx, repo);
  const open = repo.openIssuesCount + repo.openPrsCount;
  return {
    id: repo.apiId,
    node_id: nodeId("Repository", repo.id),
    name: repo.name,
    full_name: fullName(repo),
    owner: simpleUser(ctx, repo.owner),
    private: repo.isPrivate,
    visibility: repo.isPrivate ? "private" : "public",
    html_url: htmlUrl(ctx, repo),
    description: repo.description,
    fork: repo.isFork,
    url,
    ...linksOf(url),
    git_url: cloneUrl(ctx, repo),
    ssh_url: sshUrl(ctx, repo),
    clone_url: cloneUrl(ctx, repo),
    svn_url: htmlUrl(ctx, repo),
    mirror_url: repo.contentSource === "mirror" ? repo.sourceUrl : null,
    homepage: repo.homepage,
    language: mainLanguage(repo),
    forks_count: repo.forksCount,
    stargazers_count: repo.starsCount,
    watchers_count: repo.starsCount,
    subscribers_count: repo.watchersCount,
    size: Math.ceil(repo.sizeBytes / 1024),
    default_branch: repo.defaultBranch,
    open_issues_count: open,
    is_template: repo.isTemplate,
    topics: [],
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    archived: repo.archivedAt !== null,
    disabled: false,
    license: null,
    allow_forking: true,
    ...mergeSettingsView(repo),
    web_commit_signoff_required: false,
    forks: repo.forksCount,
    open_issues: open,
    watchers: repo.starsCount,
    ...(ctx.actor.kind === "user" ? { permissions: permissionsOf(repo.access) } : {}),
    // GitHub's full-repository has no null here: a repository without a push was last changed when it was made.
    pushed_at: (repo.pushedAt ?? repo.createdAt).toISOString(),
    created_at: repo.createdAt.toISOString(),
    updated_at: repo.updatedAt.toISOString(),
  };
}

function linksOf(url: string): { [K in keyof typeof links]: string } {
  const full = Object.entries(links).map(([name, tail]) => [name, `${url}/${tail}`]);
  return Object.fromEntries(full) as { [K in keyof typeof links]: string };
}

function mainLanguage(repo: Repository): string | null {
  const [most] = Object.entries(repo.languageStats ?? {}).toSorted(([, a], [, b]) => b - a);
  return most?.[0] ?? null;
}

/** GitHub's `full-repository`: a repository asked for by itself. */
export const fullRepositoryShape = repositoryShape
  .extend({
    network_count: z.int(),
    content_source: z
      .enum(["import", "mirror"])
      .nullable()
      .describe("What alone moves branches and tags, if not people"),
    organization: simpleUserShape.nullable().optional(),
    parent: repositoryShape.optional(),
    source: repositoryShape.optional(),
    template_repository: repositoryShape.nullable().optional().describe("Whose files it began with"),
  })
  .meta({ id: "FullRepository" });

export type FullRepositoryView = z.input<typeof fullRepositoryShape>;

/** Where a repository comes from; null where the actor may not see that. */
export interface Origin {
  readonly parent: Repository | null;
  /** The first of its family of forks. */
  readonly source: Repository | null;
  readonly template: Repository | null;
}

export function fullRepositoryView(ctx: Context, repo: Repository, origin: Origin): FullRepositoryView {
  return {
    ...repositoryView(ctx, repo),
    network_count: repo.forksCount,
    content_source: repo.contentSource,
    ...(repo.owner.type === "organization" ? { organization: simpleUser(ctx, repo.owner) } : {}),
    ...(origin.parent ? { parent: repositoryView(ctx, origin.parent) } : {}),
    ...(origin.source ? { source: repositoryView(ctx, origin.source) } : {}),
    ...(origin.template ? { template_repository: repositoryView(ctx, origin.template) } : {}),
  };
}
