import { commitsBetween } from "../../../git/commits.ts";
import type { Context } from "../../../kernel/context.ts";
import { gitOf, type RepoWith } from "../../repositories/index.ts";
import { repositories } from "../../repositories/schema.ts";
import { owners } from "../../accounts/schema.ts";
import { eq } from "drizzle-orm";
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
      title: `Merge pull request #${pull.number} from ${await sourceName(ctx, pull)}`,
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

async function sourceName(ctx: Context, pull: PullRequest): Promise<string> {
  if (pull.sourceRepoId === null) return pull.sourceBranch;
  const [row] = await ctx.db
    .select({ login: owners.login })
    .from(repositories)
    .innerJoin(owners, eq(owners.id, repositories.ownerId))
    .where(eq(repositories.id, pull.sourceRepoId));
  return row ? `${row.login}/${pull.sourceBranch}` : pull.sourceBranch;
}
