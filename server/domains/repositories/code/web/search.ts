import { z } from "zod";
import { grep, InvalidPattern, type GrepFile } from "../../../../git/grep.ts";
import { patternProblem } from "../../../../git/grep-pattern.ts";
import { displayPath } from "../../../../git/paths.ts";
import { resolveRevision, type Revision } from "../../../../git/revisions.ts";
import type { GitRepository } from "../../../../git/store.ts";
import { pathEntry, type PathEntry } from "../../../../git/trees.ts";
import type { Context } from "../../../../kernel/context.ts";
import { Refusal } from "../../../../kernel/errors.ts";
import { route } from "../../../../kernel/http/route.ts";
import { withRepository, type Repository } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { isEmpty } from "../revisions.ts";
import { foundLineShape, foundLines } from "./found-lines.ts";
import { revisionShape, revisionView } from "./shapes.ts";

const filesAtOnce = 20;
const linesOfMany = 5;
const linesOfOne = 200;

const flag = z.enum(["0", "1"]).default("0");

const query = z.object({
  q: z.string().describe("The text or the expression to look for"),
  ref: z.string().max(1024).default("").describe("A branch, tag or commit; the default branch unless told"),
  path: z.string().max(4096).default("").describe("Only below this folder, or in this file"),
  regex: flag.describe("1: a POSIX extended regular expression"),
  case: flag.describe("1: capital and small letters differ"),
  word: flag.describe("1: whole words only"),
  page: z.coerce.number().int().min(1).max(50).default(1),
});

interface Place {
  readonly git: GitRepository;
  readonly revision: Revision;
  readonly entry: PathEntry;
}

const refused = (message: string) => new Refusal("validation_failed", message);

/** Null in a repository without commits. @throws Refusal 422 that says what is not there */
async function placeOf(
  ctx: Context,
  repo: Repository,
  { ref, path }: { readonly ref: string; readonly path: string },
): Promise<Place | null> {
  const git = gitOf(ctx, repo);
  const revision = await resolveRevision(git, ref || `refs/heads/${repo.defaultBranch}`);
  if (!revision && ref === "" && (await isEmpty(ctx, repo))) return null;
  if (!revision) throw refused(`There is no branch, tag or commit ${ref || repo.defaultBranch}`);
  const entry = await pathEntry(git, revision.commit, path);
  if (!entry || entry.kind === "submodule")
    throw refused(`There is no ${displayPath(path)} at ${revision.name}`);
  return { git, revision, entry };
}

const search = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/search",
  operation: "web/search-code",
  summary: "Lines of a repository's files that hold a text or match an expression",
  access: withRepository("read"),
  internal: true,
  query,
  answer: z.object({
    revision: revisionShape.nullable().describe("Null while nothing was pushed"),
    path: z.string(),
    files: z.array(
      z.object({
        path: z.string(),
        lines: z.array(foundLineShape),
        more: z.boolean().describe("More lines of this file match"),
      }),
    ),
    more: z.boolean().describe("More files match: they are on the next page"),
    timed_out: z.boolean().describe("The time was over before all files were looked at"),
  }),
  handle: async ({ ctx, repo, query: asked, raw }) => {
    const regex = asked.regex === "1";
    const problem = patternProblem(asked.q, regex);
    if (problem !== null) throw refused(problem);
    const path = asked.path.replaceAll(/^\/+|\/+$/g, "");
    const place = await placeOf(ctx, repo, { ref: asked.ref, path });
    if (!place) return { revision: null, path, files: [], more: false, timed_out: false };
    const { git, revision, entry } = place;
    const folder = entry.kind === "directory";
    const found = await grep(git, {
      object: entry.oid,
      pattern: asked.q,
      regex,
      matchCase: asked.case === "1",
      wholeWord: asked.word === "1",
      skip: (asked.page - 1) * filesAtOnce,
      files: filesAtOnce,
      lines: folder ? linesOfMany : linesOfOne,
      signal: raw.signal,
    }).catch((error: unknown) => {
      throw error instanceof InvalidPattern
        ? new Refusal("validation_failed", error.message, { cause: error })
        : error;
    });
    return {
      revision: revisionView(revision),
      path,
      files: await Promise.all(found.files.map((file) => shown(ctx, place, path, file, asked.word === "1"))),
      more: found.more,
      timed_out: found.timedOut,
    };
  },
});

async function shown(
  ctx: Context,
  { git, revision }: Place,
  folder: string,
  file: GrepFile,
  wholeWord: boolean,
) {
  const path = [folder, file.path].filter((part) => part !== "").join("/");
  const entry = await pathEntry(git, revision.commit, path);
  const lines = entry ? await foundLines(ctx, git, file, { oid: entry.oid, path, wholeWord }) : [];
  return { path, lines, more: file.more };
}

export const codeSearchRoutes = [search];
