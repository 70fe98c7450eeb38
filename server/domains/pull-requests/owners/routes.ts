/** What is wrong with the CODEOWNERS file of a branch: lines that are left out, and names that stand for nobody who can write. */
import { z } from "zod";
import { resolveCommit } from "../../../git/revisions.ts";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { route } from "../../../kernel/http/route.ts";
import { gitOf, withRepository, type Repository } from "../../repositories/index.ts";
import { mostNames, ownersFile } from "./find.ts";
import { columnOf, mostBytes, parseOwners, type OwnersError } from "./parse.ts";
import { knownOwners } from "./people.ts";

/** Reported at once; who mends these sees the next. */
const mostErrors = 1000;

/** @throws Refusal 404 without such a branch, and where it has no CODEOWNERS file */
async function errorsOf(
  ctx: Context,
  repo: Repository,
  ref: string,
): Promise<{ readonly path: string; readonly errors: readonly OwnersError[] }> {
  const git = gitOf(ctx, repo);
  const commit = await resolveCommit(git, ref);
  const file = commit === null ? null : await ownersFile(git, commit);
  if (!file) throw notFound();
  if (file.text === null) {
    const message = `The file is larger than ${mostBytes / 1024 / 1024} MB and is not read`;
    const error = { line: 1, column: 1, kind: "Too large" as const, source: "", suggestion: null, message };
    return { path: file.path, errors: [error] };
  }
  const { rules, errors } = parseOwners(file.text);
  const names = [...new Set(rules.flatMap((rule) => rule.owners))].slice(0, mostNames);
  const known = await knownOwners(ctx, repo, names);
  const unknown = rules.flatMap((rule) =>
    rule.owners
      .filter((owner) => known.get(owner) === null)
      .map((owner) => ({
        line: rule.line,
        column: columnOf(rule, owner),
        kind: "Unknown owner" as const,
        source: rule.text,
        suggestion: null,
        message: `Nobody who can write to this repository is behind ${owner}`,
      })),
  );
  const all = [...errors, ...unknown].toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { path: file.path, errors: all.slice(0, mostErrors) };
}

const errors = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/codeowners/errors",
  operation: "repos/codeowners-errors",
  summary: "What is wrong with the CODEOWNERS file",
  access: withRepository("read"),
  query: z.object({ ref: z.string().min(1).max(250).optional().describe("The default branch unless told") }),
  answer: z.object({
    errors: z.array(
      z.object({
        line: z.int(),
        column: z.int(),
        kind: z.string(),
        source: z.string(),
        suggestion: z.string().nullable(),
        message: z.string(),
        path: z.string(),
      }),
    ),
  }),
  handle: async ({ ctx, repo, query }) => {
    const found = await errorsOf(ctx, repo, query.ref ?? repo.defaultBranch);
    return { errors: found.errors.map((error) => ({ ...error, path: found.path })) };
  },
});

export const ownersRoutes = [errors];
