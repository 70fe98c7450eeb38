import { z } from "zod";
import { compare } from "../../../../git/compare.ts";
import { route, settledUnless } from "../../../../kernel/http/route.ts";
import { withRepository, type Repository } from "../../access.ts";
import { fullName } from "../../addresses.ts";
import { commitVerdicts, commitVerdictShape } from "../commit-notes.ts";
import { requireSides, type Side } from "../compare.ts";
import { diffShape } from "../diff-shapes.ts";
import { diffView } from "../diff-views.ts";
import { peopleOf } from "../people.ts";
import { diffOptions, diffQuery } from "./changes.ts";
import { commitCard, commitCardShape } from "./shapes.ts";

const sideShape = z.object({
  repository: z.string().describe("Its full name"),
  name: z.string(),
  label: z.string().describe("As it stands in an address: with the owner where it is another repository"),
  commit: z.string(),
});

const sideView = (repo: Repository, side: Side): z.input<typeof sideShape> => ({
  repository: fullName(side.repository),
  name: side.name,
  label: side.repository.id === repo.id ? side.name : `${side.repository.owner.login}:${side.name}`,
  commit: side.commit,
});

const mostCommits = 250;

const comparePage = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/compare/{basehead*}",
  operation: "web/compare",
  summary: "What one branch, tag or commit has and another lacks",
  access: withRepository("read"),
  internal: true,
  query: z.object(diffQuery),
  answer: z.object({
    base: sideShape,
    head: sideShape,
    status: z.enum(["identical", "ahead", "behind", "diverged", "unrelated"]),
    ahead: z.int(),
    behind: z.int(),
    commits: z
      .array(commitCardShape.extend({ checks: commitVerdictShape }))
      .describe(
        "Oldest first; the newest when there are more. Their checks are those of this repository, also of what a fork has",
      ),
    total_commits: z.int(),
    diff: diffShape.nullable().describe("Null when the histories have nothing in common"),
  }),
  handle: async ({ ctx, repo, params, query }) => {
    const { git, base, head } = await requireSides(ctx, repo, params.basehead);
    const options = { ...diffOptions(query), maxCommits: mostCommits };
    const found = await compare(git, base.commit, head.commit, options);
    const [people, verdicts] = await Promise.all([
      peopleOf(ctx, [...found.commits]),
      commitVerdicts(
        ctx,
        repo,
        found.commits.map(({ oid }) => oid),
      ),
    ]);
    const at = { repo: head.repository, commit: head.commit };
    const diff = found.diff && (await diffView(ctx, git, found.diff, { at, skipped: query.skip }));
    return settledUnless(diff?.colours_later ?? false, {
      base: sideView(repo, base),
      head: sideView(repo, head),
      status: found.status,
      ahead: found.ahead,
      behind: found.behind,
      commits: found.commits.map((commit) => ({
        ...commitCard(ctx, people, commit),
        checks: verdicts.get(commit.oid) ?? null,
      })),
      total_commits: found.totalCommits,
      diff,
    });
  },
});

export const comparePageRoutes = [comparePage];
