/** What is wrong with the CODEOWNERS file of a branch: lines that are left out, and names that stand for nobody who can write. */
import { z } from "zod";
import { resolveCommit } from "../../../git/revisions.ts";
import { notFound } from "../../../kernel/errors.ts";
import { route } from "../../../kernel/http/route.ts";
import { gitOf, withRepository } from "../../repositories/index.ts";
import { errorsAt } from "./errors.ts";

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
    const commit = await resolveCommit(gitOf(ctx, repo), query.ref ?? repo.defaultBranch);
    const found = commit === null ? null : await errorsAt(ctx, repo, commit);
    if (!found) throw notFound();
    return { errors: found.errors.map((error) => ({ ...error, path: found.path })) };
  },
});

export const ownersRoutes = [errors];
