/** What the pages that show code are made of. Not GitHub's shapes: these hold what one screen needs, in one answer. */
import { z } from "zod";
import type { Commit } from "../../../../git/commits.ts";
import type { Revision } from "../../../../git/revisions.ts";
import type { Context } from "../../../../kernel/context.ts";
import { avatarUrl } from "../../../accounts/index.ts";
import { momentOf } from "../commit-views.ts";
import { personOf, type People } from "../people.ts";

export const revisionShape = z.object({
  kind: z.enum(["branch", "tag", "commit", "other"]),
  name: z.string().describe("The branch or tag, or the commit's id"),
  commit: z.string(),
});

export const revisionView = ({ kind, name, commit }: Revision) => ({ kind, name, commit });

export const personShape = z.object({
  name: z.string(),
  login: z.string().nullable().describe("Null for somebody unknown to this forge"),
  avatar_url: z.string().nullable(),
});

export const commitLineShape = z
  .object({
    sha: z.string(),
    subject: z.string(),
    date: z.iso.datetime(),
    author: personShape,
  })
  .meta({ id: "WebCommitLine" });

export type CommitLine = z.input<typeof commitLineShape>;

/** Who an address stands for. */
export const personView = (ctx: Context, people: People, name: string, email: string) => {
  const person = personOf(people, email);
  return { name, login: person?.login ?? null, avatar_url: person ? avatarUrl(ctx, person) : null };
};

/** A commit as one line of a list. */
export const commitLine = (ctx: Context, people: People, commit: Commit): CommitLine => ({
  sha: commit.oid,
  subject: commit.subject,
  date: momentOf(commit.committer),
  author: personView(ctx, people, commit.author.name, commit.author.email),
});

export const commitCardShape = commitLineShape
  .extend({
    body: z.string().describe("The message without its first paragraph"),
    authored: z.iso.datetime(),
    committer: personShape,
    parents: z.array(z.string()),
    signed: z.boolean(),
  })
  .meta({ id: "WebCommit" });

/** A commit with its whole message. */
export const commitCard = (
  ctx: Context,
  people: People,
  commit: Commit,
): z.input<typeof commitCardShape> => ({
  ...commitLine(ctx, people, commit),
  body: commit.message.replace(/^\s*[^\n]*(?:\n[^\n]+)*\n*/, "").trimEnd(),
  authored: momentOf(commit.author),
  committer: personView(ctx, people, commit.committer.name, commit.committer.email),
  parents: [...commit.parents],
  signed: commit.signature !== null,
});
