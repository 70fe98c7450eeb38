import { z } from "zod";
import { readRefs } from "../../../../git/ref-cache.ts";
import type { Revision } from "../../../../git/revisions.ts";
import type { Context } from "../../../../kernel/context.ts";
import { languageNamed } from "../../../../kernel/highlight/index.ts";
import { reaches } from "../../../../kernel/grants.ts";
import { route } from "../../../../kernel/http/route.ts";
import { withRepository, type Repository } from "../../access.ts";
import { helps } from "../branch-writer.ts";
import { cloneUrl, gitOf, sshUrl } from "../../addresses.ts";
import { findImport } from "../../imports/queries.ts";
import { importShape, importView } from "../../imports/views.ts";
import { interestOf, originOf } from "../../queries.ts";
import { remoteTroubles } from "../../remotes/troubles.ts";
import { sourceRefusal } from "../../remotes/source.ts";
import { fullRepositoryShape, fullRepositoryView } from "../../views.ts";

export const can = z.union([z.literal(true), z.string()]).describe("True, or the reason why not");

/** What every page of a repository shows around its content. */
const home = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}",
  operation: "web/repository",
  summary: "The frame of a repository's pages",
  access: withRepository("read"),
  internal: true,
  answer: z.object({
    repository: fullRepositoryShape,
    starred: z.boolean(),
    watching: z.boolean(),
    empty: z.boolean().describe("Nothing was ever pushed"),
    import: importShape.nullable().describe("While it runs, and as long as nothing came of it"),
    troubles: z
      .array(z.string())
      .describe("For its administrators: what is wrong between it and servers elsewhere"),
    open: z.object({ issues: z.int(), pull_requests: z.int() }),
    branches: z.int(),
    tags: z.int(),
    languages: z.array(z.object({ name: z.string(), color: z.string().nullable(), bytes: z.int() })),
    clone: z.object({ http: z.string(), ssh: z.string() }),
    can: z.object({ write: can, administer: can, fork: can }),
  }),
  handle: async ({ ctx, repo }) => {
    const [origin, interest, { refs }, troubles] = await Promise.all([
      originOf(ctx, repo),
      interestOf(ctx, repo),
      readRefs(gitOf(ctx, repo)),
      repo.access === "admin" ? remoteTroubles(ctx, repo) : [],
    ]);
    const names = [...refs.keys()];
    const branches = names.filter((name) => name.startsWith("refs/heads/")).length;
    const unfinished = branches === 0 || repo.contentSource === "import";
    const row = unfinished ? await findImport(ctx, repo) : null;
    return {
      repository: fullRepositoryView(ctx, repo, origin),
      ...interest,
      open: { issues: repo.openIssuesCount, pull_requests: repo.openPrsCount },
      empty: branches === 0,
      import: row && row.state !== "done" ? importView(ctx, repo, row) : null,
      troubles,
      branches,
      tags: names.filter((name) => name.startsWith("refs/tags/")).length,
      languages: languagesOf(repo),
      clone: { http: cloneUrl(ctx, repo), ssh: sshUrl(ctx, repo) },
      can: abilities(ctx, repo),
    };
  },
});

const languagesOf = (repo: Repository) =>
  Object.entries(repo.languageStats ?? {})
    .map(([name, bytes]) => ({ name, color: languageNamed(name)?.color ?? null, bytes }))
    .toSorted((a, b) => b.bytes - a.bytes);

/** What the visitor may do, or why not. */
function abilities(ctx: Context, repo: Repository) {
  const signedIn = ctx.actor.kind === "user";
  const refused = signedIn ? null : "Sign in first";
  return {
    write: writeProblem(ctx, repo) ?? (true as const),
    administer:
      refused ?? (repo.access === "admin" ? (true as const) : "Only its admins may change its settings"),
    fork: refused ?? (true as const),
  };
}

/** Why the visitor may not write, as a sentence, or null. */
export function writeProblem(ctx: Context, repo: Repository): string | null {
  if (ctx.actor.kind === "anonymous") return "Sign in first";
  if (!reaches(repo.access, "write")) return "You may read this repository, not write to it";
  if (repo.archivedAt) return "This repository is archived, so it is read-only";
  return sourceRefusal(repo);
}

/** Likewise for what a page shows: one branch may be lent to who cannot write to the rest of the repository. */
export async function writeProblemAt(
  ctx: Context,
  repo: Repository,
  { kind, name }: Pick<Revision, "kind" | "name">,
): Promise<string | null> {
  const problem = writeProblem(ctx, repo);
  if (problem === null || kind !== "branch" || repo.archivedAt) return problem;
  return (await helps(ctx, repo, name)) ? null : problem;
}

export const homeRoutes = [home];
