import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { forbidden, invalid, notFound, unauthorized } from "../../../kernel/errors.ts";
import { reaches } from "../../../kernel/grants.ts";
import { route } from "../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import { getUser, simpleUser, simpleUserShape } from "../../accounts/index.ts";
import { asPerson, withRepository, type RepoWith } from "../access.ts";
import { permissionOf } from "../queries.ts";
import { permissionsOf, permissionsShape } from "../views.ts";
import { addCollaborator, removeCollaborator } from "./commands.ts";
import { permissionNamed } from "./permission-names.ts";
import { isCollaborator, listCollaborators } from "./queries.ts";

const path = "/repos/{owner}/{repo}/collaborators/{username}";

/** Who works on a repository is the business of those who do. */
function requireWriter(ctx: Context, repo: RepoWith<"read">): void {
  if (reaches(repo.access, "write")) return;
  if (ctx.actor.kind === "anonymous") throw unauthorized();
  throw forbidden("Must have push access to view repository collaborators.");
}

const list = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/collaborators",
  operation: "repos/list-collaborators",
  summary: "List those who have rights of their own in a repository",
  access: withRepository("read"),
  query: z.object({ ...pagingQuery, affiliation: z.enum(["all", "direct", "outside"]).default("all") }),
  answer: z.array(simpleUserShape.extend({ permissions: permissionsShape, role_name: z.string() })),
  handle: async ({ ctx, repo, query }) => {
    requireWriter(ctx, repo);
    return mapPage(await listCollaborators(ctx, repo, query.affiliation, query), (person) => ({
      ...simpleUser(ctx, person),
      permissions: permissionsOf(person.permission),
      role_name: person.permission,
    }));
  },
});

const check = route({
  method: "GET",
  path,
  operation: "repos/check-collaborator",
  summary: "Whether a person has rights of their own in a repository",
  access: withRepository("read"),
  answer: z.undefined(),
  status: 204,
  handle: async ({ ctx, repo, params }) => {
    requireWriter(ctx, repo);
    const person = await getUser(ctx, params.username);
    if (!(await isCollaborator(ctx, repo, person.id))) throw notFound();
  },
});

const permission = route({
  method: "GET",
  path: `${path}/permission`,
  operation: "repos/get-collaborator-permission-level",
  summary: "What a person may do with a repository",
  access: withRepository("read"),
  answer: z.object({
    permission: z.enum(["admin", "write", "read", "none"]),
    role_name: z.string(),
    user: simpleUserShape.extend({ permissions: permissionsShape.partial(), role_name: z.string() }),
  }),
  handle: async ({ ctx, repo, params }) => {
    requireWriter(ctx, repo);
    const person = await getUser(ctx, params.username);
    const held = await permissionOf(ctx, repo, person.id);
    const permissions =
      held === "none"
        ? { admin: false, maintain: false, push: false, triage: false, pull: false }
        : permissionsOf(held);
    return {
      permission: held,
      role_name: held,
      user: { ...simpleUser(ctx, person), permissions, role_name: held },
    };
  },
});

const add = route({
  method: "PUT",
  path,
  operation: "repos/add-collaborator",
  summary: "Let a person work on a repository, or change what they may do",
  access: withRepository("admin"),
  body: z.object({ permission: z.string().default("push").describe("pull, push or admin") }),
  answer: z.undefined(),
  status: 204,
  handle: async ({ ctx, repo, params, body }) => {
    const level = permissionNamed(body.permission);
    if (!level) throw invalid("Collaborator", "permission", "One of pull, push and admin");
    await addCollaborator(ctx, repo, await getUser(ctx, params.username), level);
  },
});

const remove = route({
  method: "DELETE",
  path,
  operation: "repos/remove-collaborator",
  summary: "End a person's collaboration, or one's own",
  access: asPerson("read", "repo:write"),
  answer: z.undefined(),
  status: 204,
  handle: async ({ ctx, repo, params }) => removeCollaborator(ctx, repo, await getUser(ctx, params.username)),
});

export const collaboratorRoutes = [list, check, permission, add, remove];
