import { z } from "zod";
import { defined } from "../../../kernel/defined.ts";
import { created, Reply, route, signedIn } from "../../../kernel/http/route.ts";
import { notFound } from "../../../kernel/errors.ts";
import type { Context } from "../../../kernel/context.ts";
import { findOwner, singleLine } from "../../accounts/index.ts";
import { withRepository, type Repository } from "../access.ts";
import { repositoryUrl } from "../addresses.ts";
import { createRepository, type NewRepository } from "../commands/create.ts";
import { deleteRepository } from "../commands/deletion.ts";
import { updateRepository } from "../commands/settings.ts";
import { transferRepository } from "../commands/transfer.ts";
import { ownHome, requireHome, requireNewHome } from "../homes.ts";
import { mergeSettingsOf, someMergeSettings } from "../merge-settings.ts";
import { originOf } from "../queries.ts";
import { fullRepositoryShape, fullRepositoryView, repositoryShape, repositoryView } from "../views.ts";

const name = z.string().trim().min(1).max(100).describe("Letters, digits, dots, hyphens and underscores");
const description = singleLine(350)
  .nullable()
  .transform((text) => text || null)
  .describe("At most 350 characters");
const homepage = z
  .union([z.literal(""), z.url({ protocol: /^https?$/ }).max(500)])
  .nullable()
  .transform((url) => url || null)
  .describe("An http or https address");
const visibility = z.enum(["public", "private"]);
const branch = z.string().min(1).max(250).describe("A branch, without refs/heads/");
const isTemplate = z.boolean().describe("Others may begin with its files");

const newRepository = z.object({
  name,
  description: description.default(null),
  homepage: homepage.default(null),
  private: z.boolean().optional().describe("Public unless told"),
  visibility: visibility.optional(),
  default_branch: branch.default("main"),
  object_format: z
    .enum(["sha1", "sha256"])
    .default("sha1")
    .describe("How git names objects here, for ever; few other places take sha256 yet"),
  auto_init: z.boolean().default(false).describe("Begin with a commit that holds a README"),
  ...someMergeSettings.shape,
  is_template: isTemplate.default(false),
});

const inputOf = (body: z.output<typeof newRepository>): NewRepository => ({
  name: body.name,
  description: body.description,
  homepage: body.homepage,
  isPrivate: body.visibility ? body.visibility === "private" : (body.private ?? false),
  defaultBranch: body.default_branch,
  objectFormat: body.object_format,
  autoInit: body.auto_init,
  ...defined(mergeSettingsOf(body)),
  isTemplate: body.is_template,
});

/** The answer of every route that is about one repository. */
export const fullView = async (ctx: Context, repo: Repository) =>
  fullRepositoryView(ctx, repo, await originOf(ctx, repo));

const createOwn = route({
  method: "POST",
  path: "/user/repos",
  operation: "repos/create-for-authenticated-user",
  summary: "Create a repository of one's own",
  access: signedIn("repo:write"),
  body: newRepository,
  answer: fullRepositoryShape,
  status: 201,
  handle: async ({ ctx, me, body }) => {
    const repo = await createRepository(ctx, await ownHome(ctx, me), inputOf(body));
    return created(await fullView(ctx, repo), repositoryUrl(ctx, repo));
  },
});

const createInOrganization = route({
  method: "POST",
  path: "/orgs/{org}/repos",
  operation: "repos/create-in-org",
  summary: "Create a repository in an organization",
  access: signedIn("repo:write"),
  body: newRepository,
  answer: fullRepositoryShape,
  status: 201,
  handle: async ({ ctx, me, params, body }) => {
    if ((await findOwner(ctx, params.org))?.type !== "organization") throw notFound();
    const repo = await createRepository(ctx, await requireHome(ctx, me, params.org, "org"), inputOf(body));
    return created(await fullView(ctx, repo), repositoryUrl(ctx, repo));
  },
});

const getOne = route({
  method: "GET",
  path: "/repos/{owner}/{repo}",
  operation: "repos/get",
  summary: "Get a repository",
  access: withRepository("read"),
  answer: fullRepositoryShape,
  handle: ({ ctx, repo }) => fullView(ctx, repo),
});

const update = route({
  method: "PATCH",
  path: "/repos/{owner}/{repo}",
  operation: "repos/update",
  summary: "Change a repository's name, visibility and other settings",
  access: withRepository("admin"),
  body: z.object({
    name: name.optional(),
    description: description.optional(),
    homepage: homepage.optional(),
    private: z.boolean().optional(),
    visibility: visibility.optional(),
    default_branch: branch.optional(),
    archived: z.boolean().optional().describe("Read-only for all"),
    ...someMergeSettings.shape,
    is_template: isTemplate.optional(),
  }),
  answer: fullRepositoryShape,
  handle: async ({ ctx, repo, body }) => {
    const changes = defined({
      name: body.name,
      description: body.description,
      homepage: body.homepage,
      isPrivate: body.visibility ? body.visibility === "private" : body.private,
      defaultBranch: body.default_branch,
      archived: body.archived,
      ...mergeSettingsOf(body),
      isTemplate: body.is_template,
    });
    return fullView(ctx, await updateRepository(ctx, repo, changes));
  },
});

const transfer = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/transfer",
  operation: "repos/transfer",
  summary: "Give a repository to an organization one administers, or back to oneself",
  access: withRepository("admin"),
  body: z.object({ new_owner: z.string().min(1).max(100), new_name: name.optional() }),
  answer: repositoryShape,
  status: 202,
  handle: async ({ ctx, repo, body }) => {
    if (ctx.actor.kind !== "user") throw notFound();
    const home = await requireNewHome(ctx, ctx.actor, body.new_owner, "new_owner");
    const moved = repositoryView(ctx, await transferRepository(ctx, repo, home, body.new_name));
    return new Reply(moved, { headers: { location: moved.url } });
  },
});

const remove = route({
  method: "DELETE",
  path: "/repos/{owner}/{repo}",
  operation: "repos/delete",
  summary: "Delete a repository; it can be restored for 30 days",
  access: withRepository("admin"),
  answer: z.undefined(),
  status: 204,
  handle: async ({ ctx, repo }) => deleteRepository(ctx, repo),
});

export const settingsRoutes = [createOwn, createInOrganization, getOne, update, transfer, remove];
