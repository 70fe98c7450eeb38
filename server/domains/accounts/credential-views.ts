/** What is shown of keys and tokens: never the hash, the token's text only by the route that creates it. */
import { z } from "zod";
import type { Config } from "../../kernel/config.ts";
import type { Key, Token } from "./queries.ts";

/** GitHub's `key`. */
export const keyShape = z.object({
  id: z.number().int(),
  key: z.string(),
  url: z.string(),
  title: z.string(),
  verified: z.boolean(),
  created_at: z.string(),
  read_only: z.boolean(),
  last_used: z.string().nullable(),
  fingerprint: z.string().describe("As `ssh-keygen -lf` prints it"),
});

export const keyView = (place: { readonly config: Config }, key: Key): z.infer<typeof keyShape> => ({
  id: key.apiId,
  key: key.publicKey,
  url: `${place.config.url}/api/v3/user/keys/${key.apiId}`,
  title: key.title,
  verified: true,
  created_at: key.createdAt.toISOString(),
  read_only: false,
  last_used: key.lastUsedAt?.toISOString() ?? null,
  fingerprint: key.fingerprint,
});

/** GitHub's `key-simple`: when a key was used is its owner's matter. */
export const publicKeyView = (key: Key) => ({
  id: key.apiId,
  key: key.publicKey,
  created_at: key.createdAt.toISOString(),
});

export const tokenShape = z.object({
  id: z.number().int(),
  name: z.string(),
  token_prefix: z.string(),
  scopes: z.array(z.string()),
  last_used_at: z.string().nullable(),
  expires_at: z.string().nullable(),
  created_at: z.string(),
});

export const tokenView = (token: Token): z.infer<typeof tokenShape> => ({
  id: token.apiId,
  name: token.name,
  token_prefix: token.tokenPrefix,
  scopes: token.scopes,
  last_used_at: token.lastUsedAt?.toISOString() ?? null,
  expires_at: token.expiresAt?.toISOString() ?? null,
  created_at: token.createdAt.toISOString(),
});
