import { z } from "zod";
import type { UserActor } from "../../../kernel/actor.ts";
import { hasScope } from "../../../kernel/actor.ts";
import { defined } from "../../../kernel/defined.ts";
import { Moved, OtherKind, notFound } from "../../../kernel/errors.ts";
import { requireUser } from "../../../kernel/grants.ts";
import { anyone, route, signedIn, type Access } from "../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import { updateProfile } from "../commands/profile.ts";
import { findOwner } from "../names.ts";
import { getProfile, listOwners } from "../queries.ts";
import {
  privateUserShape,
  privateUserView,
  publicUserShape,
  simpleUser,
  simpleUserShape,
  userView,
} from "../views.ts";
import { displayName, login, singleLine, website } from "../input.ts";

/** Any signed-in user: who a token belongs to is no secret to its holder. */
const anySignedIn: Access<{ me: UserActor }> = {
  name: "signed-in",
  resolve: (ctx) => ({ me: requireUser(ctx.actor) }),
};

const getMe = route({
  method: "GET",
  path: "/user",
  operation: "users/get-authenticated",
  summary: "The signed-in user; with the scope user:read also what only they see",
  access: anySignedIn,
  answer: privateUserShape,
  handle: async ({ ctx, me }) => {
    const profile = await getProfile(ctx, me.user.id);
    return hasScope(me, "user:read") ? privateUserView(ctx, profile) : userView(ctx, profile);
  },
});

const updateMe = route({
  method: "PATCH",
  path: "/user",
  operation: "users/update-authenticated",
  summary: "Change your profile; a new login leaves a redirect behind",
  access: signedIn("user:write"),
  body: z.object({
    login: login.optional(),
    name: displayName.nullable().optional(),
    bio: z.string().trim().max(500).nullable().optional(),
    location: singleLine(100).nullable().optional(),
    blog: website.nullable().optional(),
  }),
  answer: privateUserShape,
  handle: async ({ ctx, me, body }) => {
    const { blog, ...rest } = body;
    const changes = defined({ ...rest, website: blog === "" ? null : blog });
    return privateUserView(ctx, await updateProfile(ctx, me, changes));
  },
});

const getByName = route({
  method: "GET",
  path: "/users/{username}",
  operation: "users/get-by-username",
  summary: "A user's public profile",
  access: anyone,
  answer: publicUserShape,
  handle: async ({ ctx, params }) => {
    const owner = await findOwner(ctx, params.username);
    if (!owner) throw notFound();
    if (owner.login.toLowerCase() !== params.username.toLowerCase())
      throw new Moved((path) => path.replace(/\/users\/[^/]+/, `/users/${owner.login}`));
    if (owner.type !== "user") throw new OtherKind();
    return userView(ctx, await getProfile(ctx, owner.id));
  },
});

const list = route({
  method: "GET",
  path: "/users",
  operation: "users/list",
  summary: "All users and organizations in the order they signed up",
  access: anyone,
  query: z.object({
    ...pagingQuery,
    since: z.coerce.number().int().min(0).optional().describe("Only those after this id"),
  }),
  answer: z.array(simpleUserShape),
  handle: async ({ ctx, query }) =>
    mapPage(await listOwners(ctx, query, { since: query.since }), (owner) => simpleUser(ctx, owner)),
});

const listEmails = route({
  method: "GET",
  path: "/user/emails",
  operation: "users/list-emails-for-authenticated-user",
  summary: "Your e-mail address",
  access: signedIn("user:read"),
  answer: z.array(
    z.object({
      email: z.string(),
      primary: z.boolean(),
      verified: z.boolean(),
      visibility: z.string().nullable(),
    }),
  ),
  handle: async ({ ctx, me }) => {
    const profile = await getProfile(ctx, me.user.id);
    return [{ email: profile.email, primary: true, verified: profile.emailVerified, visibility: "private" }];
  },
});

export const userRoutes = [getMe, updateMe, getByName, list, listEmails];
