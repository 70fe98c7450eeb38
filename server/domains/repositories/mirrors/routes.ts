import { z } from "zod";
import { defined } from "../../../kernel/defined.ts";
import { created, nothing, route } from "../../../kernel/http/route.ts";
import { asPerson, withRepository } from "../access.ts";
import { requireCredentials, requireRemote } from "../remotes/address.ts";
import { remoteFields } from "../remotes/input.ts";
import { createMirror, deleteMirror, syncMirror, updateMirror } from "./commands.ts";
import { getMirror, listMirrors } from "./queries.ts";
import { mirrorShape, mirrorView, mirrorViews } from "./views.ts";

const collection = "/repos/{owner}/{repo}/mirrors" as const;
const one = "/repos/{owner}/{repo}/mirrors/{mirror_id}" as const;

const list = route({
  method: "GET",
  path: collection,
  operation: "mirrors/list",
  summary: "List what a repository follows and what follows it",
  access: withRepository("admin"),
  answer: z.array(mirrorShape),
  handle: async ({ ctx, repo }) => mirrorViews(ctx, repo, await listMirrors(ctx, repo)),
});

const create = route({
  method: "POST",
  path: collection,
  operation: "mirrors/create",
  summary:
    "Follow a repository elsewhere, or have one elsewhere follow this one; the first run begins at once",
  access: asPerson("admin", "repo:write"),
  body: z.object({
    direction: z.enum(["pull", "push"]),
    url: remoteFields.url,
    username: remoteFields.username,
    password: remoteFields.password,
    interval_minutes: remoteFields.interval.default(60),
    overwrite: z.boolean().default(false).describe("Branches and tags that are here may be replaced"),
  }),
  answer: mirrorShape,
  status: 201,
  handle: async ({ ctx, repo, me, body }) => {
    const mirror = await createMirror(ctx, repo, me, {
      direction: body.direction,
      remote: requireRemote(body, "Mirror", "url"),
      intervalMinutes: body.interval_minutes,
      overwrite: body.overwrite,
    });
    const view = await mirrorView(ctx, repo, mirror);
    return created(view, view.api_url);
  },
});

const get = route({
  method: "GET",
  path: one,
  operation: "mirrors/get",
  summary: "Get a mirror",
  access: withRepository("admin"),
  answer: mirrorShape,
  handle: async ({ ctx, repo, params }) =>
    mirrorView(ctx, repo, await getMirror(ctx, repo, params.mirror_id)),
});

const update = route({
  method: "PATCH",
  path: one,
  operation: "mirrors/update",
  summary: "Change a mirror; who switches it on or gives it a password answers for it from then on",
  access: asPerson("admin", "repo:write"),
  body: z.object({
    username: remoteFields.username,
    password: remoteFields.password,
    remove_credentials: z.boolean().optional(),
    interval_minutes: remoteFields.interval.optional(),
    enabled: z.boolean().optional(),
  }),
  answer: mirrorShape,
  handle: async ({ ctx, repo, me, params, body }) => {
    const mirror = await getMirror(ctx, repo, params.mirror_id);
    const given = requireCredentials(body, "Mirror");
    const changes = defined({
      intervalMinutes: body.interval_minutes,
      credentials: given ?? (body.remove_credentials === true ? null : undefined),
      enabled: body.enabled,
    });
    return mirrorView(ctx, repo, await updateMirror(ctx, repo, me, mirror, changes));
  },
});

const remove = route({
  method: "DELETE",
  path: one,
  operation: "mirrors/delete",
  summary: "End a mirror; a repository that followed another one is an ordinary one from then on",
  access: withRepository("admin"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo, params }) =>
    deleteMirror(ctx, repo, await getMirror(ctx, repo, params.mirror_id)),
});

const sync = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/mirrors/{mirror_id}/sync",
  operation: "mirrors/sync",
  summary: "Run a mirror now",
  access: withRepository("admin"),
  answer: mirrorShape,
  status: 202,
  handle: async ({ ctx, repo, params }) => {
    await syncMirror(ctx, await getMirror(ctx, repo, params.mirror_id));
    return mirrorView(ctx, repo, await getMirror(ctx, repo, params.mirror_id));
  },
});

export const mirrorRoutes = [list, create, get, update, remove, sync];
