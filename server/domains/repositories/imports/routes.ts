import { z } from "zod";
import { created, nothing, route, signedIn } from "../../../kernel/http/route.ts";
import { singleLine } from "../../accounts/index.ts";
import { asPerson, withRepository } from "../access.ts";
import { ownHome, requireHome } from "../homes.ts";
import { requireCredentials, requireRemote } from "../remotes/address.ts";
import { remoteFields } from "../remotes/input.ts";
import { repositoryShape, repositoryView } from "../views.ts";
import { cancelImport, importRepository, retryImport, startImport } from "./commands.ts";
import { nameFor } from "./name-for.ts";
import { getImport } from "./queries.ts";
import { importShape, importView } from "./views.ts";

const ofRepository = "/repos/{owner}/{repo}/import" as const;

const create = route({
  method: "POST",
  path: "/user/imports",
  operation: "imports/create",
  summary: "Create a repository and import it from an address",
  access: signedIn("repo:write"),
  body: z.object({
    url: remoteFields.url,
    username: remoteFields.username,
    password: remoteFields.password,
    owner: z.string().min(1).max(100).optional().describe("One's own account unless told"),
    name: z.string().trim().max(100).optional().describe("As in the address unless told"),
    description: singleLine(350)
      .nullable()
      .default(null)
      .transform((text) => text || null),
    private: z.boolean().default(false),
    mirror: z.boolean().default(false).describe("Follow the address from then on"),
    interval_minutes: remoteFields.interval.default(60),
  }),
  answer: importShape.extend({ repository: repositoryShape }),
  status: 201,
  handle: async ({ ctx, me, body }) => {
    const remote = requireRemote(body, "Import", "url");
    const home =
      body.owner === undefined ? await ownHome(ctx, me) : await requireHome(ctx, me, body.owner, "owner");
    const { repo, row } = await importRepository(ctx, me, home, {
      name: body.name || nameFor(remote.url),
      description: body.description,
      isPrivate: body.private,
      remote,
      followMinutes: body.mirror ? body.interval_minutes : null,
    });
    const view = { ...importView(ctx, repo, row), repository: repositoryView(ctx, repo) };
    return created(view, view.url);
  },
});

const start = route({
  method: "PUT",
  path: ofRepository,
  operation: "migrations/start-import",
  summary: "Import into a repository without branches and tags",
  access: asPerson("admin", "repo:write"),
  body: z.object({
    vcs_url: remoteFields.url,
    vcs: z.literal("git").optional(),
    vcs_username: remoteFields.username,
    vcs_password: remoteFields.password,
  }),
  answer: importShape,
  status: 201,
  handle: async ({ ctx, repo, me, body }) => {
    const input = { url: body.vcs_url, username: body.vcs_username, password: body.vcs_password };
    const row = await startImport(ctx, repo, me, requireRemote(input, "Import", "vcs_url"));
    const view = importView(ctx, repo, row);
    return created(view, view.url);
  },
});

const status = route({
  method: "GET",
  path: ofRepository,
  operation: "migrations/get-import-status",
  summary: "How far the import of a repository is, and how it ended",
  access: withRepository("read"),
  answer: importShape,
  handle: async ({ ctx, repo }) => importView(ctx, repo, await getImport(ctx, repo)),
});

const retry = route({
  method: "PATCH",
  path: ofRepository,
  operation: "migrations/update-import",
  summary: "Try a failed or cancelled import again, also with another name and password",
  access: asPerson("admin", "repo:write"),
  body: z.object({
    vcs_username: remoteFields.username,
    vcs_password: remoteFields.password,
  }),
  answer: importShape,
  handle: async ({ ctx, repo, me, body }) => {
    const given = requireCredentials({ username: body.vcs_username, password: body.vcs_password }, "Import");
    return importView(ctx, repo, await retryImport(ctx, repo, me, given ?? undefined));
  },
});

const cancel = route({
  method: "DELETE",
  path: ofRepository,
  operation: "migrations/cancel-import",
  summary: "End an import; what arrived stays, and it can be tried again",
  access: withRepository("admin"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo }) => {
    await getImport(ctx, repo);
    await cancelImport(ctx, repo);
  },
});

export const importRoutes = [create, start, status, retry, cancel];
