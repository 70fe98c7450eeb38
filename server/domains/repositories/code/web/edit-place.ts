/** What the pages on which files are edited, made, deleted and uploaded begin with. */
import { z } from "zod";
import { readBlob, type Blob } from "../../../../git/blobs.ts";
import { zeroId } from "../../../../git/names.ts";
import { readRefs } from "../../../../git/ref-cache.ts";
import { resolveRefAndPath } from "../../../../git/revisions.ts";
import type { GitRepository } from "../../../../git/store.ts";
import { pathEntry, type PathEntry } from "../../../../git/trees.ts";
import type { Context } from "../../../../kernel/context.ts";
import { notFound } from "../../../../kernel/errors.ts";
import { route } from "../../../../kernel/http/route.ts";
import { protectionProblems } from "../../protection/decide.ts";
import { withRepository, type Repository } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { helps } from "../branch-writer.ts";
import { lineEndsOf, plainLines } from "../line-ends.ts";
import { isMarkdown } from "../readme.ts";
import { isEmpty } from "../revisions.ts";
import { writeProblem } from "./home.ts";

const can = z.union([z.literal(true), z.string()]).describe("True, or the reason why not");

const place = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/edit/{rest*}",
  operation: "web/edit",
  summary: "A place on a branch where something is to be written, and whether it may be",
  access: withRepository("read"),
  internal: true,
  answer: z.object({
    branch: z.string(),
    head: z.string().nullable().describe("Null in a repository without commits"),
    path: z.string(),
    kind: z.enum(["file", "executable", "symlink", "directory", "submodule"]).nullable(),
    oid: z.string().nullable(),
    text: z
      .string()
      .nullable()
      .describe("With every line end as `\\n`; null for what cannot be edited as text"),
    line_ends: z.enum(["lf", "crlf", "mixed"]),
    markdown: z.boolean(),
    new_branch: z.string().describe("What a branch for the change could be called"),
    can: z.object({
      write: can,
      edit: can.describe("Whether the file can be edited as text"),
      direct: can.describe("Whether the branch takes a commit as it is"),
      branch: can.describe("Whether a new branch can be made for it"),
      fork: can,
    }),
  }),
  handle: async ({ ctx, repo, params }) => {
    const git = gitOf(ctx, repo);
    const { branch, head, path, problem } = await branchAndPath(ctx, repo, git, params.rest);
    const entry = head === null ? null : await pathEntry(git, head, path);
    const file = entry && (entry.kind === "file" || entry.kind === "executable");
    const blob = file ? await readBlob(git, entry.oid) : null;
    const edit = textProblem(entry, blob);
    const direct = head === null ? null : await directProblem(ctx, repo, branch, head);
    const helping = problem === null && !repo.archivedAt && (await helps(ctx, repo, branch));
    const write = helping ? direct : (writeProblem(ctx, repo) ?? problem);
    return {
      branch,
      head,
      path,
      kind: entry?.kind ?? null,
      oid: entry?.oid ?? null,
      text: edit === null ? plainLines(blob?.text ?? "") : null,
      line_ends: lineEndsOf(blob?.text ?? ""),
      markdown: isMarkdown(path),
      new_branch: await freeName(ctx, git),
      can: {
        write: write ?? (true as const),
        edit: edit ?? (true as const),
        direct: direct ?? (true as const),
        branch: helping ? "Only people of the repository make branches in it" : (true as const),
        fork: ctx.actor.kind === "user" ? (true as const) : "Sign in first",
      },
    };
  },
});

interface Where {
  readonly branch: string;
  readonly head: string | null;
  readonly path: string;
  /** Why nothing can be written there. */
  readonly problem: string | null;
}

async function branchAndPath(
  ctx: Context,
  repo: Repository,
  git: GitRepository,
  rest: string,
): Promise<Where> {
  const found = await resolveRefAndPath(git, rest);
  if (found) {
    const { name, commit, path, kind } = found;
    const problem = kind === "branch" ? null : "Files are changed on a branch; this is none";
    return { branch: name, head: commit, path, problem };
  }
  const branch = repo.defaultBranch;
  if (!(await isEmpty(ctx, repo)) || !`${rest}/`.startsWith(`${branch}/`))
    throw notFound("There is no branch of this name");
  return { branch, head: null, path: rest.slice(branch.length + 1), problem: null };
}

/** Why a file cannot be edited as text, as a sentence, or null. */
export function textProblem(entry: Pick<PathEntry, "kind"> | null, blob: Blob | null): string | null {
  if (!entry) return "There is no file here";
  if (entry.kind === "symlink") return "This is a symbolic link";
  if (entry.kind === "submodule") return "This is a submodule";
  if (!blob) return "This is a folder";
  if (blob.lfs) return "This file lies in large file storage";
  if (blob.binary || blob.encoding !== "utf-8") return "Only text in UTF-8 can be edited here";
  return blob.truncated ? "This file is too large to be edited here" : null;
}

/** Why the branch takes no commit that is made here, or null: what its rule says to one of which no check has reported. */
async function directProblem(
  ctx: Context,
  repo: Repository,
  branch: string,
  head: string,
): Promise<string | null> {
  const unreported = zeroId(head.length === 64 ? "sha256" : "sha1");
  const move = { ref: `refs/heads/${branch}`, old: head, new: unreported, isForce: false };
  const [problem] = await protectionProblems(ctx, repo, [move], { merged: false });
  return problem ?? null;
}

async function freeName(ctx: Context, git: GitRepository): Promise<string> {
  const login = ctx.actor.kind === "user" ? ctx.actor.user.login : "someone";
  const { refs } = await readRefs(git);
  let number = 1;
  while (refs.has(`refs/heads/${login}-patch-${number}`)) number++;
  return `${login}-patch-${number}`;
}

export const editPlaceRoutes = [place];
