import { z } from "zod";
import { readCommits } from "../../../../git/commits.ts";
import { readRefs } from "../../../../git/ref-cache.ts";
import { resolveRevision } from "../../../../git/revisions.ts";
import { listTree } from "../../../../git/trees.ts";
import { notFound } from "../../../../kernel/errors.ts";
import { route } from "../../../../kernel/http/route.ts";
import { pagingQuery } from "../../../../kernel/paging.ts";
import { withRepository } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { pageByName } from "../paging.ts";
import { peopleOf } from "../people.ts";
import { branchesRoute } from "./branches.ts";
import { contains, heads, named, tags } from "./ref-names.ts";
import { commitLine, commitLineShape } from "./shapes.ts";

const { compare } = new Intl.Collator("en", { numeric: true });

/** The last first, as people count: v10 stands above v9. */
const lastFirst = (a: string, b: string): number => compare(b, a) || (a < b ? 1 : -1);

const shown = 200;

const switcher = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/refs",
  operation: "web/refs",
  summary: "The names of branches and tags, for the switcher",
  access: withRepository("read"),
  internal: true,
  query: z.object({ q: z.string().max(250).default("").describe("Only names that contain this") }),
  answer: z.object({
    default_branch: z.string(),
    branches: z.array(z.string()),
    tags: z.array(z.string()),
    hidden_tags: z
      .array(z.string())
      .describe("Those of the tags that a branch of their name hides: their whole name leads to them"),
    more: z.boolean().describe("There are names that are not shown"),
  }),
  handle: async ({ ctx, repo, query }) => {
    const found = await Promise.all([named(ctx, repo, heads), named(ctx, repo, tags)]);
    const [branchNames = [], tagNames = []] = found.map((refs) =>
      refs.filter(contains(query.q)).map(({ name }) => name),
    );
    const shownTags = tagNames.toSorted(lastFirst).slice(0, shown);
    const hidden = new Set(branchNames);
    return {
      default_branch: repo.defaultBranch,
      branches: branchNames
        .toSorted((a, b) => Number(b === repo.defaultBranch) - Number(a === repo.defaultBranch))
        .slice(0, shown),
      tags: shownTags,
      hidden_tags: shownTags.filter((name) => hidden.has(name)),
      more: branchNames.length > shown || tagNames.length > shown,
    };
  },
});

const tagList = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/tags",
  operation: "web/tags",
  summary: "Tags with their commit, the last first as people count: v10 before v9",
  access: withRepository("read"),
  internal: true,
  query: z.object({ ...pagingQuery, q: z.string().max(250).default("") }),
  answer: z.object({
    total: z.int(),
    tags: z.array(
      z.object({
        name: z.string(),
        ref: z.string().describe("What leads to it: its name, or the whole one where a branch has the same"),
        annotated: z.boolean(),
        last: commitLineShape.nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
  handle: async ({ ctx, repo, query }) => {
    const git = gitOf(ctx, repo);
    const all = (await named(ctx, repo, tags)).filter(contains(query.q));
    const page = pageByName(
      all.toSorted((a, b) => lastFirst(a.name, b.name)),
      query,
      (name, after) => lastFirst(name, after) < 0,
    );
    const targets = await Promise.all(page.items.map(({ name }) => resolveRevision(git, `${tags}${name}`)));
    const oids = targets.flatMap((target) => (target ? [target.commit] : []));
    const commits = new Map((await readCommits(git, [...new Set(oids)])).map((one) => [one.oid, one]));
    const people = await peopleOf(ctx, [...commits.values()]);
    const { refs } = await readRefs(git);
    return {
      total: all.length,
      next: page.next,
      tags: page.items.map(({ name, peeled }, index) => {
        const commit = commits.get(targets[index]?.commit ?? "");
        return {
          name,
          ref: refs.has(`${heads}${name}`) ? `${tags}${name}` : name,
          annotated: peeled !== null,
          last: commit ? commitLine(ctx, people, commit) : null,
        };
      }),
    };
  },
});

const mostPaths = 50_000;

const paths = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/paths/{ref*}",
  operation: "web/paths",
  summary: "Every file at a branch, tag or commit, for the file finder",
  access: withRepository("read"),
  internal: true,
  answer: z.object({ commit: z.string(), paths: z.array(z.string()), truncated: z.boolean() }),
  handle: async ({ ctx, repo, params }) => {
    const git = gitOf(ctx, repo);
    const revision = await resolveRevision(git, params.ref);
    if (!revision) throw notFound();
    const { entries, truncated } = await listTree(git, revision.commit, { limit: mostPaths });
    return { commit: revision.commit, paths: entries.map(({ path }) => path), truncated };
  },
});

export const refPageRoutes = [switcher, branchesRoute, tagList, paths];
