import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { commitsBetween } from "../../../git/commits.ts";
import type { Context } from "../../../kernel/context.ts";
import { route } from "../../../kernel/http/route.ts";
import { choicesOf, choicesShape, mayTriage, verdictShape } from "../../issues/index.ts";
import {
  repositoryShape,
  repositoryView,
  requireSides,
  withRepository,
  type RepoWith,
  type Sides,
} from "../../repositories/index.ts";
import { branchTip } from "../heads.ts";
import { mayOpenFrom } from "../policy.ts";
import { pullRequests } from "../schema.ts";
import { simplePullShape } from "../shapes.ts";
import { suggestedText } from "../suggested-text.ts";
import { chosenTemplate, templatesOf, type Template } from "../templates.ts";
import { simplePullViews } from "../views.ts";

const opening = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/pulls/new/{basehead*}",
  operation: "web/get-new-pull-page",
  summary:
    "Whether `base...head` can become a pull request, what it would be called, and what it can be given",
  access: withRepository("read"),
  internal: true,
  query: z.object({
    template: z.string().max(255).optional().describe("Its name; the default one unless told"),
  }),
  answer: z.object({
    repository: repositoryShape,
    head: z.object({ repository: repositoryShape, branch: z.string() }),
    base: z.string(),
    existing: simplePullShape.nullable().describe("The open pull request of the two branches"),
    suggestion: z.object({ title: z.string(), body: z.string() }),
    templates: z.array(z.object({ name: z.string(), isDefault: z.boolean(), chosen: z.boolean() })),
    choices: choicesShape,
    can: z.object({ open: verdictShape, triage: verdictShape }),
  }),
  handle: async ({ ctx, repo, params, query }) => {
    const sides = await requireSides(ctx, repo, params.basehead);
    const { base, head } = sides;
    const [row] = await ctx.db
      .select()
      .from(pullRequests)
      .where(
        and(
          eq(pullRequests.repoId, repo.id),
          eq(pullRequests.sourceRepoId, head.repository.id),
          eq(pullRequests.sourceBranch, head.name),
          eq(pullRequests.targetBranch, base.name),
          eq(pullRequests.state, "open"),
        ),
      );
    const templates = await templatesOf(ctx, repo);
    const template = chosenTemplate(templates, query.template);
    const [existing] = row ? await simplePullViews(ctx, repo, [row]) : [];
    return {
      repository: repositoryView(ctx, repo),
      head: { repository: repositoryView(ctx, head.repository), branch: head.name },
      base: base.name,
      existing: existing ?? null,
      suggestion: await suggestionFor(sides, template),
      templates: templates.map((one) => ({
        name: one.name,
        isDefault: one.isDefault,
        chosen: one === template,
      })),
      choices: await choicesOf(ctx, repo),
      can: { open: await openVerdict(ctx, repo, sides), triage: mayTriage(ctx.actor, repo) },
    };
  },
});

async function openVerdict(ctx: Context, repo: RepoWith<"read">, { base, head, git }: Sides) {
  const allowed = mayOpenFrom(ctx.actor, repo, head.repository);
  if (allowed !== true) return allowed;
  if (base.repository.id !== repo.id) return "A pull request goes to a branch of this repository";
  const ends = [
    [base, await branchTip(ctx.git.directory(base.repository.diskPath), base.name)],
    [head, await branchTip(ctx.git.directory(head.repository.diskPath), head.name)],
  ] as const;
  const missing = ends.find(([, found]) => found === null);
  if (missing) return `${missing[0].name} is not a branch`;
  const { total } = await commitsBetween(git, base.commit, head.commit, { limit: 1 });
  return total > 0 || `${base.name} has everything that ${head.name} has`;
}

/** What the commit says comes first, what the repository asks for below it. */
async function suggestionFor({ base, head, git }: Sides, template: Template | null) {
  const { commits } = await commitsBetween(git, base.commit, head.commit, { limit: 2 });
  const { title, body } = suggestedText(commits, head.name);
  return { title, body: [body, template?.body ?? ""].filter((part) => part !== "").join("\n\n") };
}

export const newPageRoutes = [opening];
