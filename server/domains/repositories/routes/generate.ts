import { z } from "zod";
import { created, route } from "../../../kernel/http/route.ts";
import { singleLine } from "../../accounts/index.ts";
import { asPerson } from "../access.ts";
import { repositoryUrl } from "../addresses.ts";
import { generateRepository } from "../commands/generate.ts";
import { ownHome, requireHome } from "../homes.ts";
import { fullRepositoryShape } from "../views.ts";
import { fullView } from "./settings.ts";

const generate = route({
  method: "POST",
  path: "/repos/{template_owner}/{template_repo}/generate",
  operation: "repos/create-using-template",
  summary: "Create a repository that begins with the files of a template",
  access: asPerson("read", "repo:write", { owner: "template_owner", repo: "template_repo" }),
  body: z.object({
    owner: z.string().min(1).max(100).optional().describe("Oneself, or an organization one administers"),
    name: z.string().trim().min(1).max(100),
    description: singleLine(350)
      .nullable()
      .transform((text) => text || null)
      .default(null),
    include_all_branches: z.boolean().default(false).describe("Every branch, not only the default one"),
    private: z.boolean().optional().describe("Public unless told"),
    visibility: z.enum(["public", "private"]).optional(),
  }),
  answer: fullRepositoryShape,
  status: 201,
  handle: async ({ ctx, repo, me, body }) => {
    const home =
      body.owner === undefined ? await ownHome(ctx, me) : await requireHome(ctx, me, body.owner, "owner");
    const made = await generateRepository(ctx, repo, home, {
      name: body.name,
      description: body.description,
      isPrivate: body.visibility ? body.visibility === "private" : (body.private ?? false),
      allBranches: body.include_all_branches,
    });
    return created(await fullView(ctx, made), repositoryUrl(ctx, made));
  },
});

export const generateRoutes = [generate];
