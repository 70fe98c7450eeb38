import { z } from "zod";
import { readBlob } from "../../../../git/blobs.ts";
import { countCommits, latestCommit } from "../../../../git/commits.ts";
import type { Commit } from "../../../../git/commits.ts";
import { lastCommits, type LastCommits } from "../../../../git/last-commits.ts";
import { resolveRevision } from "../../../../git/revisions.ts";
import { readTree } from "../../../../git/trees.ts";
import type { Context } from "../../../../kernel/context.ts";
import { notFound } from "../../../../kernel/errors.ts";
import { route, settledUnless, type RouteRequest } from "../../../../kernel/http/route.ts";
import { withRepository, type RepoWith, type Repository } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { commitVerdicts, commitVerdictShape } from "../commit-notes.ts";
import { momentOf } from "../commit-views.ts";
import { peopleOf } from "../people.ts";
import { findReadme } from "../readme.ts";
import { can, writeProblemAt } from "./home.ts";
import { renderFile } from "./markdown.ts";
import { requirePlace, type Place } from "./places.ts";
import { commitLine, commitLineShape, revisionShape, revisionView } from "./shapes.ts";

/** What a row says of a commit. */
const changeShape = z.object({ sha: z.string(), subject: z.string(), date: z.iso.datetime() });

const changeView = ({ oid, subject, committer }: Commit): z.input<typeof changeShape> => ({
  sha: oid,
  subject,
  date: momentOf(committer),
});

/** Entries that a page shows in full. */
const mostEntries = 500;
/** Entries that a page shows by name alone: a folder may have millions, and a page is drawn in one go. */
const mostNames = 10_000;
/** Milliseconds that a page waits for the last commits; those who look them up afterwards wait longer. */
const patience = { page: 150, afterwards: 15_000 };

const answer = z.object({
  revision: revisionShape,
  path: z.string(),
  write: can.describe("Whether the reader may commit to what is shown"),
  last: commitLineShape
    .extend({ checks: commitVerdictShape })
    .nullable()
    .describe("What changed anything below this folder last"),
  commits: z.int().nullable().describe("Commits up to here; only for the root"),
  entries: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      kind: z.enum(["file", "executable", "symlink", "directory", "submodule"]),
      oid: z.string(),
      last: changeShape.nullable(),
    }),
  ),
  total: z
    .int()
    .describe("Entries of the folder; no more than 500 are shown, 10,000 where all were asked for"),
  names_only: z.boolean().describe("All were asked for: without last commits, and no more than 10,000"),
  complete: z
    .boolean()
    .describe(
      "False when there was no time yet to find the last commit of every entry: `web/last-commits` waits for them",
    ),
  readme: z.object({ path: z.string(), html: z.string() }).nullable(),
});

const folders = ["directory", "submodule"];

async function tree(
  ctx: Context,
  repo: RepoWith<"read">,
  rest: string,
  all: boolean,
): Promise<z.input<typeof answer>> {
  const place = await requirePlace(ctx, repo, rest);
  const { git, revision, path, entry } = place;
  if (entry.kind !== "directory") throw notFound("This is a file, not a folder");
  const { commit } = revision;
  const names = await readTree(git, entry.oid);
  const namesOnly = all && names.length > mostEntries;
  // Folders first, as people look for them; each group stays in git's order.
  const sorted = [
    ...names.filter(({ kind }) => folders.includes(kind)),
    ...names.filter(({ kind }) => !folders.includes(kind)),
  ];
  const shown = sorted.slice(0, namesOnly ? mostNames : mostEntries);
  const [last, top, commits, readme, write] = await Promise.all([
    namesOnly ? null : soon(lastCommits(git, commit, path, { deadline: patience.afterwards })),
    latestCommit(git, commit, path),
    path === "" ? countCommits(git, { from: commit }) : null,
    readmeOf(ctx, repo, place),
    writeProblemAt(ctx, repo, revision),
  ]);
  const [people, verdicts] = await Promise.all([
    peopleOf(ctx, top ? [top] : []),
    commitVerdicts(ctx, repo, top ? [top.oid] : []),
  ]);
  return {
    revision: revisionView(revision),
    path,
    write: write ?? (true as const),
    last: top ? { ...commitLine(ctx, people, top), checks: verdicts.get(top.oid) ?? null } : null,
    commits,
    entries: shown.map((one) => {
      const changed = last?.commits.get(one.name);
      return {
        name: one.name,
        path: path === "" ? one.name : `${path}/${one.name}`,
        kind: one.kind,
        oid: one.oid,
        last: changed ? changeView(changed) : null,
      };
    }),
    total: names.length,
    names_only: namesOnly,
    complete: namesOnly || (last?.complete ?? false),
    readme,
  };
}

/** What is there in time for the page; the work goes on for those who ask afterwards. */
async function soon(work: Promise<LastCommits>): Promise<LastCommits | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, patience.page, null);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // Nobody may be left to hear of a failure.
    work.catch(() => undefined);
  }
}

async function readmeOf(ctx: Context, repo: Repository, { git, revision, path }: Place) {
  const found = await findReadme(git, revision.commit, path);
  if (!found) return null;
  const blob = await readBlob(git, found.oid);
  if (blob.text === null) return null;
  return { path: found.path, html: await renderFile(ctx, repo, revision, found.path, blob.text) };
}

/** What is not complete yet is nothing to keep. */
const passing = (folder: z.input<typeof answer>) => settledUnless(!folder.complete, folder);

const query = z.object({
  all: z
    .enum(["0", "1"])
    .default("0")
    .describe("1 asks for all entries of a folder of more than 500, by name only"),
});

type Asked = RouteRequest & { readonly repo: RepoWith<"read">; readonly query: z.output<typeof query> };

const described = {
  method: "GET",
  summary: "A folder with the last commit of every entry and its README",
  access: withRepository("read"),
  internal: true,
  query,
  answer,
} as const;

const lastOnes = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/last-commits/{rest*}",
  operation: "web/last-commits",
  summary: "The last commit of every entry that a folder's page shows",
  access: withRepository("read"),
  internal: true,
  answer: z.object({
    entries: z.record(z.string(), changeShape).describe("By the name of the entry"),
    complete: z.boolean().describe("False when there was no time to find all of them"),
  }),
  handle: async ({ ctx, repo, params }) => {
    const { git, revision, path, entry } = await requirePlace(ctx, repo, params.rest);
    if (entry.kind !== "directory") throw notFound("This is a file, not a folder");
    const { commits, complete } = await lastCommits(git, revision.commit, path, {
      deadline: patience.afterwards,
    });
    const names = (await readTree(git, entry.oid)).toSorted(
      (a, b) => Number(folders.includes(b.kind)) - Number(folders.includes(a.kind)),
    );
    const found = names.slice(0, mostEntries).flatMap(({ name }) => {
      const commit = commits.get(name);
      return commit ? [[name, changeView(commit)] as const] : [];
    });
    return { entries: Object.fromEntries(found), complete };
  },
});

export const treeRoutes = [
  route({
    ...described,
    path: "/_web/repos/{owner}/{repo}/tree",
    operation: "web/root",
    answer: answer.nullable().describe("Null while the default branch has no commit"),
    handle: async ({ ctx, repo, query }: Asked) => {
      const home = await resolveRevision(gitOf(ctx, repo), `refs/heads/${repo.defaultBranch}`);
      return home && passing(await tree(ctx, repo, "", query.all === "1"));
    },
  }),
  route({
    ...described,
    path: "/_web/repos/{owner}/{repo}/tree/{rest*}",
    operation: "web/tree",
    handle: ({ ctx, repo, params, query }) => tree(ctx, repo, params.rest, query.all === "1").then(passing),
  }),
  lastOnes,
];
