import { z } from "zod";
import { readBlob } from "../../../../git/blobs.ts";
import { countCommits, latestCommit } from "../../../../git/commits.ts";
import { lastCommits } from "../../../../git/last-commits.ts";
import { resolveRevision } from "../../../../git/revisions.ts";
import { readSizedTree } from "../../../../git/trees.ts";
import type { Context } from "../../../../kernel/context.ts";
import { notFound } from "../../../../kernel/errors.ts";
import { route, type RouteRequest } from "../../../../kernel/http/route.ts";
import { withRepository, type RepoWith, type Repository } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { peopleOf } from "../people.ts";
import { findReadme } from "../readme.ts";
import { renderFile } from "./markdown.ts";
import { requirePlace, type Place } from "./places.ts";
import { commitLine, commitLineShape, revisionShape, revisionView } from "./shapes.ts";

const answer = z.object({
  revision: revisionShape,
  path: z.string(),
  last: commitLineShape.nullable().describe("What changed anything below this folder last"),
  commits: z.int().nullable().describe("Commits up to here; only for the root"),
  entries: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      kind: z.enum(["file", "executable", "symlink", "directory", "submodule"]),
      oid: z.string(),
      size: z.int().nullable(),
      last: commitLineShape.nullable(),
    }),
  ),
  complete: z.boolean().describe("False when there was no time to find the last commit of every entry"),
  readme: z.object({ path: z.string(), html: z.string() }).nullable(),
});

const folders = ["directory", "submodule"];

async function tree(ctx: Context, repo: Repository, rest: string): Promise<z.input<typeof answer>> {
  const place = await requirePlace(ctx, repo, rest);
  const { git, revision, path, entry } = place;
  if (entry.kind !== "directory") throw notFound("This is a file, not a folder");
  const { commit } = revision;
  const [entries, last, top, commits, readme] = await Promise.all([
    readSizedTree(git, entry.oid),
    lastCommits(git, commit, path),
    latestCommit(git, commit, path),
    path === "" ? countCommits(git, { from: commit }) : null,
    readmeOf(ctx, repo, place),
  ]);
  const people = await peopleOf(ctx, [...last.commits.values(), ...(top ? [top] : [])]);
  const shown = entries.map((one) => {
    const changed = last.commits.get(one.name);
    return {
      name: one.name,
      path: path === "" ? one.name : `${path}/${one.name}`,
      kind: one.kind,
      oid: one.oid,
      size: one.size,
      last: changed ? commitLine(ctx, people, changed) : null,
    };
  });
  return {
    revision: revisionView(revision),
    path,
    last: top ? commitLine(ctx, people, top) : null,
    commits,
    // Folders first, as people look for them; each group stays in git's order.
    entries: [
      ...shown.filter(({ kind }) => folders.includes(kind)),
      ...shown.filter(({ kind }) => !folders.includes(kind)),
    ],
    complete: last.complete,
    readme,
  };
}

async function readmeOf(ctx: Context, repo: Repository, { git, revision, path }: Place) {
  const found = await findReadme(git, revision.commit, path);
  if (!found) return null;
  const blob = await readBlob(git, found.oid);
  if (blob.text === null) return null;
  return { path: found.path, html: await renderFile(ctx, repo, revision, found.path, blob.text) };
}

type Asked = RouteRequest & { readonly repo: RepoWith<"read"> };

const described = {
  method: "GET",
  summary: "A folder with the last commit of every entry and its README",
  access: withRepository("read"),
  internal: true,
  answer,
} as const;

export const treeRoutes = [
  route({
    ...described,
    path: "/_web/repos/{owner}/{repo}/tree",
    operation: "web/root",
    answer: answer.nullable().describe("Null while the default branch has no commit"),
    handle: async ({ ctx, repo }: Asked) => {
      const home = await resolveRevision(gitOf(ctx, repo), `refs/heads/${repo.defaultBranch}`);
      return home && tree(ctx, repo, "");
    },
  }),
  route({
    ...described,
    path: "/_web/repos/{owner}/{repo}/tree/{rest*}",
    operation: "web/tree",
    handle: ({ ctx, repo, params }) => tree(ctx, repo, params.rest),
  }),
];
