import { z } from "zod";
import { scopes } from "../../../kernel/actor.ts";
import { anyone, created, nothing, route, signedIn } from "../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import { addKey, createToken, deleteKey, revokeToken } from "../commands/credentials.ts";
import { keyShape, keyView, publicKeyView, tokenShape, tokenView } from "../credential-views.ts";
import { singleLine } from "../input.ts";
import { getKey, getUser, listKeys, listTokens, numericId } from "../queries.ts";
import { titleOf } from "../ssh-keys.ts";

const day = 86_400_000;

const listMyKeys = route({
  method: "GET",
  path: "/user/keys",
  operation: "users/list-public-ssh-keys-for-authenticated-user",
  summary: "Your SSH keys",
  access: signedIn("user:read"),
  query: z.object(pagingQuery),
  answer: z.array(keyShape),
  handle: async ({ ctx, me, query }) =>
    mapPage(await listKeys(ctx, me.user.id, query), (key) => keyView(ctx, key)),
});

const addMyKey = route({
  method: "POST",
  path: "/user/keys",
  operation: "users/create-public-ssh-key-for-authenticated-user",
  summary: "Add an SSH key",
  access: signedIn("user:write"),
  body: z.object({
    title: singleLine(100).optional().describe("By default the key's comment"),
    key: z
      .string()
      .max(20_000)
      .describe("ssh-ed25519, ecdsa-sha2-nistp256/384/521, or ssh-rsa from 3072 bits"),
  }),
  answer: keyShape,
  status: 201,
  handle: async ({ ctx, me, body }) => {
    const key = keyView(ctx, await addKey(ctx, me, { key: body.key, title: titleOf(body) }));
    return created(key, key.url);
  },
});

const getMyKey = route({
  method: "GET",
  path: "/user/keys/{key_id}",
  operation: "users/get-public-ssh-key-for-authenticated-user",
  summary: "One of your SSH keys",
  access: signedIn("user:read"),
  answer: keyShape,
  handle: async ({ ctx, me, params }) =>
    keyView(ctx, await getKey(ctx, me.user.id, numericId(params.key_id))),
});

const deleteMyKey = route({
  method: "DELETE",
  path: "/user/keys/{key_id}",
  operation: "users/delete-public-ssh-key-for-authenticated-user",
  summary: "Delete one of your SSH keys",
  access: signedIn("user:write"),
  answer: nothing,
  status: 204,
  handle: ({ ctx, me, params }) => deleteKey(ctx, me, numericId(params.key_id)),
});

const listKeysOf = route({
  method: "GET",
  path: "/users/{username}/keys",
  operation: "users/list-public-keys-for-user",
  summary: "A user's SSH keys, as anyone may check signatures with them",
  access: anyone,
  query: z.object(pagingQuery),
  answer: z.array(z.object({ id: z.number(), key: z.string(), created_at: z.string() })),
  handle: async ({ ctx, params, query }) =>
    mapPage(await listKeys(ctx, (await getUser(ctx, params.username)).id, query), publicKeyView),
});

const listMyTokens = route({
  method: "GET",
  path: "/user/tokens",
  operation: "tokens/list",
  summary: "Your personal access tokens, without their text",
  access: signedIn("user:read"),
  query: z.object(pagingQuery),
  answer: z.array(tokenShape),
  handle: async ({ ctx, me, query }) => mapPage(await listTokens(ctx, me.user.id, query), tokenView),
});

const createMyToken = route({
  method: "POST",
  path: "/user/tokens",
  operation: "tokens/create",
  summary: "Create a personal access token; its text is shown this once",
  access: signedIn("user:write"),
  guarded: true,
  body: z.object({
    name: singleLine(100).pipe(z.string().min(1)),
    scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
    expires_at: z.iso
      .datetime({ offset: true })
      .nullable()
      .optional()
      .describe("By default in 90 days; null never"),
  }),
  answer: tokenShape.extend({ token: z.string() }),
  status: 201,
  handle: async ({ ctx, me, body }) => {
    const expiresAt =
      body.expires_at === undefined
        ? new Date(ctx.clock.now().getTime() + 90 * day)
        : body.expires_at && new Date(body.expires_at);
    const made = await createToken(ctx, me.user, {
      name: body.name,
      scopes: body.scopes,
      expiresAt: expiresAt || null,
    });
    return { ...tokenView(made.row), token: made.token };
  },
});

const revokeMyToken = route({
  method: "DELETE",
  path: "/user/tokens/{token_id}",
  operation: "tokens/revoke",
  summary: "Revoke a personal access token",
  access: signedIn("user:write"),
  answer: nothing,
  status: 204,
  handle: ({ ctx, me, params }) => revokeToken(ctx, me, numericId(params.token_id)),
});

export const credentialRoutes = [
  listMyKeys,
  addMyKey,
  getMyKey,
  deleteMyKey,
  listKeysOf,
  listMyTokens,
  createMyToken,
  revokeMyToken,
];
