import { commitsBetween, type Commit } from "../../../git/commits.ts";
import type { Context } from "../../../kernel/context.ts";
import {
  findRepositoryById,
  gitOf,
  peopleOf,
  type RepoWith,
  type Repository,
} from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";

export interface MergeText {
  readonly title: string;
  readonly body: string;
}

/** Squashed messages quote at most so many commits; all of them are credited up to the next bound. */
const quotedCommits = 50;
const creditedCommits = 1000;

/** What a merge says when the person says nothing: GitHub's own wording and settings, so that tools which read it keep working. */
export async function mergeMessage(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  method: "merge" | "squash",
): Promise<MergeText> {
  if (method === "merge")
    return {
      title:
        repo.mergeCommitTitle === "PR_TITLE"
          ? numbered(pull.title, pull)
          : `Merge pull request #${pull.number} from ${await sourceName(ctx, repo, pull)}`,
      body: { PR_TITLE: pull.title, PR_BODY: pull.body?.trim() ?? "", BLANK: "" }[repo.mergeCommitMessage],
    };
  const { commits, total } = await commitsBetween(gitOf(ctx, repo), pull.baseSha, pull.headSha, {
    limit: creditedCommits,
  });
  const [only] = total === 1 ? commits : [];
  const body = {
    COMMIT_MESSAGES: only ? withoutTitle(plain(only.message)) : quoted(commits, total),
    PR_BODY: pull.body?.trim() ?? "",
    BLANK: "",
  }[repo.squashMergeCommitMessage];
  const credit = await coAuthors(ctx, pull, commits);
  return {
    title: numbered(
      repo.squashMergeCommitTitle === "COMMIT_OR_PR_TITLE" && only ? only.subject : pull.title,
      pull,
    ),
    body: [body, credit].filter((part) => part !== "").join("\n\n"),
  };
}

const numbered = (title: string, pull: PullRequest): string =>
  title.endsWith(`(#${pull.number})`) ? title : `${title} (#${pull.number})`;

const withoutTitle = (message: string): string => message.split("\n").slice(1).join("\n").trim();

function quoted(commits: readonly Commit[], total: number): string {
  const list = commits.slice(0, quotedCommits).map((commit) => `* ${plain(commit.message)}`);
  if (total > quotedCommits) list.push(`…and ${total - quotedCommits} commits more`);
  return list.join("\n\n");
}

const trailer = /^co-authored-by: *([^<>\n]+?) *<([^<>\n]+)> *$/gim;

/** A message without the trailers that are gathered at the end of the whole. */
const plain = (message: string): string => message.replaceAll(trailer, "").trim();

/** Everyone else whose work is squashed keeps the credit: authors of the commits, and whom these name. */
async function coAuthors(ctx: Context, pull: PullRequest, commits: readonly Commit[]): Promise<string> {
  const people = await peopleOf(ctx, commits);
  const found = new Map<string, string>();
  const credit = (name: string, email: string) => {
    const key = email.toLowerCase();
    if (people.get(key)?.id === pull.authorId || found.has(key)) return;
    found.set(key, `Co-authored-by: ${name} <${email}>`);
  };
  for (const { author, message } of commits) {
    credit(author.name, author.email);
    for (const [, name = "", email = ""] of message.matchAll(trailer)) credit(name, email);
  }
  return [...found.values()].join("\n");
}

/** The sentence is shown to all readers and a merge writes it into the history: another private repository stays unnamed. */
async function sourceName(ctx: Context, repo: Repository, pull: PullRequest): Promise<string> {
  const source = pull.sourceRepoId === null ? null : await findRepositoryById(ctx, pull.sourceRepoId);
  const isKnown = source !== null && (source.id === repo.id || !source.isPrivate);
  return isKnown ? `${source.owner.login}/${pull.sourceBranch}` : pull.sourceBranch;
}
