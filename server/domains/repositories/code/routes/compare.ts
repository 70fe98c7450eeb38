import { z } from "zod";
import { readCommits } from "../../../../git/commits.ts";
import { diffText, patchSeries } from "../../../../git/diffs.ts";
import { notFound } from "../../../../kernel/errors.ts";
import { route } from "../../../../kernel/http/route.ts";
import { withRepository } from "../../access.ts";
import { encodePath, htmlUrl, repositoryUrl } from "../../addresses.ts";
import { commitShape, commitView, diffEntryShape, diffEntryView } from "../commit-views.ts";
import { compareSides, requireSides } from "../compare.ts";
import { mediaOf, textAnswer } from "../media.ts";
import { peopleOf } from "../people.ts";

const get = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/compare/{basehead*}",
  operation: "repos/compare-commits-with-basehead",
  summary: "What `head` of `base...head` has and `base` lacks; as text with the media types diff and patch",
  access: withRepository("read"),
  answer: z.object({
    url: z.url(),
    html_url: z.url(),
    permalink_url: z.url(),
    diff_url: z.url(),
    patch_url: z.url(),
    base_commit: commitShape,
    merge_base_commit: commitShape,
    status: z.enum(["diverged", "ahead", "behind", "identical"]),
    ahead_by: z.int(),
    behind_by: z.int(),
    total_commits: z.int(),
    commits: z.array(commitShape).describe("At most 250, the newest"),
    files: z.array(diffEntryShape).describe("At most 300"),
  }),
  handle: async ({ ctx, repo, params, headers }) => {
    const sides = await requireSides(ctx, repo, params.basehead);
    const { git, base, head } = sides;
    const media = mediaOf(headers);
    if (media === "diff" || media === "patch") {
      const found = await compareSides(sides, 1);
      const text =
        media === "diff"
          ? await diffText(git, found.mergeBase, head.commit)
          : await patchSeries(git, base.commit, head.commit);
      return textAnswer(new Uint8Array(text), media);
    }
    const found = await compareSides(sides, 250);
    if (found.status === "unrelated") throw notFound();
    const [baseCommit, common] = await readCommits(git, [base.commit, found.mergeBase]);
    if (!baseCommit || !common) throw notFound();
    const people = await peopleOf(ctx, [baseCommit, common, ...found.commits]);
    const view = (commit: typeof common) => commitView(ctx, head.repository, commit, people);
    const html = `${htmlUrl(ctx, repo)}/compare`;
    const asked = encodePath(params.basehead);
    return {
      url: `${repositoryUrl(ctx, repo)}/compare/${asked}`,
      html_url: `${html}/${asked}`,
      permalink_url: `${html}/${base.commit}...${head.repository.owner.login}:${head.commit}`,
      diff_url: `${html}/${asked}.diff`,
      patch_url: `${html}/${asked}.patch`,
      base_commit: commitView(ctx, base.repository, baseCommit, people),
      merge_base_commit: view(common),
      status: found.status,
      ahead_by: found.ahead,
      behind_by: found.behind,
      total_commits: found.totalCommits,
      commits: found.commits.map(view),
      files: (found.diff?.files ?? []).map((file) => diffEntryView(ctx, head.repository, file, head.commit)),
    };
  },
});

export const compareRoutes = [get];
