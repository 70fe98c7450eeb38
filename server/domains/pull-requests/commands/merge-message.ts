import { commitsBetween } from "../../../git/commits.ts";
import type { Context } from "../../../kernel/context.ts";
import { findRepositoryById, gitOf, type RepoWith, type Repository } from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";

export interface MergeText {
  readonly title: string;
  readonly body: string;
}

/** Squashed messages quote at most so many commits. */
const quotedCommits = 50;

/** What a merge says when the person says nothing: GitHub's own wording, so that tools which read it keep working. */
export async function mergeMessage(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  method: "merge" | "squash",
): Promise<MergeText> {
  if (method === "merge")
    return {
      title: `Merge pull request #${pull.number} from ${await sourceName(ctx, repo, pull)}`,
      body: pull.title,
    };
  const { commits } = await commitsBetween(gitOf(ctx, repo), pull.baseSha, pull.headSha, {
    limit: quotedCommits,
  });
  const title = `${pull.title} (#${pull.number})`;
  const [only] = commits;
  if (commits.length === 1 && only) return { title, body: withoutTitle(only.message) };
  const list = commits.map((commit) => `* ${commit.message.trim()}`).join("\n\n");
  return { title, body: [list, ...coAuthors(commits)].filter((part) => part !== "").join("\n\n") };
}

const withoutTitle = (message: string): string => message.split("\n").slice(1).join("\n").trim();

/** Everyone whose commits are squashed keeps the credit. */
function coAuthors(
  commits: readonly { readonly author: { readonly name: string; readonly email: string } }[],
): string[] {
  const trailers = new Set(commits.map(({ author }) => `Co-authored-by: ${author.name} <${author.email}>`));
  return trailers.size > 1 ? [[...trailers].join("\n")] : [];
}

/** The sentence is shown to all readers and a merge writes it into the history: another private repository stays unnamed. */
async function sourceName(ctx: Context, repo: Repository, pull: PullRequest): Promise<string> {
  const source = pull.sourceRepoId === null ? null : await findRepositoryById(ctx, pull.sourceRepoId);
  const isKnown = source !== null && (source.id === repo.id || !source.isPrivate);
  return isKnown ? `${source.owner.login}/${pull.sourceBranch}` : pull.sourceBranch;
}
