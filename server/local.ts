/**
 * What whoever holds the data folder may do on the server's machine, without signing in and whether or not the server runs:
 * its database is used through the running server's socket, or started for the moment. The command line enters here.
 */
import { z } from "zod";
import { createToken, createUser, findOwner } from "./domains/accounts/index.ts";
import { configFromEnvironment } from "./environment.ts";
import { scopes, type Scope } from "./kernel/actor.ts";
import { embeddedUrl } from "./kernel/db/embedded.ts";
import { notFound, unprocessable } from "./kernel/errors.ts";
import { locally, type Variables } from "./locally.ts";

export { checkGit, maintainGit } from "./local-git.ts";

/** What a token may be allowed. */
export const tokenScopes: readonly string[] = scopes;

/** The address of the database. The embedded one answers there while the server runs. @throws Error before its first start */
export function databaseUrl(variables: Variables): string {
  const { config, databaseUrl: external } = configFromEnvironment(variables);
  return external ?? embeddedUrl(config.dataDir);
}

export interface NewAccount {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  /** Makes a superadmin: whoever can run this holds all of the instance anyway. */
  readonly admin: boolean;
}

/**
 * Makes an account whose address counts as confirmed. Answers its name.
 *
 * @throws LocalRefusal for a name, address or password that cannot be had
 */
export function createAccount(variables: Variables, account: NewAccount): Promise<string> {
  return locally(variables, async (ctx) => {
    if (!z.email().max(254).safeParse(account.email).success)
      throw unprocessable(`${account.email} is not an e-mail address`);
    const { login } = await createUser(ctx, {
      login: account.username,
      email: account.email,
      password: account.password,
      role: account.admin ? "superadmin" : "user",
      emailVerified: true,
    });
    return login;
  });
}

/** Makes a token that never expires. Answers its text. @throws LocalRefusal for an unknown user or scope */
export function createAccessToken(
  variables: Variables,
  wanted: { readonly username: string; readonly scopes: readonly string[]; readonly name: string },
): Promise<string> {
  return locally(variables, async (ctx) => {
    const unknown = wanted.scopes.filter((one) => !tokenScopes.includes(one));
    if (unknown.length > 0)
      throw unprocessable(`There is no scope ${unknown.join(", ")}; there are ${scopes.join(", ")}`);
    const owner = await findOwner(ctx, wanted.username);
    if (owner?.type !== "user") throw notFound(`There is no user ${wanted.username}`);
    const granted = wanted.scopes.filter((one): one is Scope => tokenScopes.includes(one));
    const { token } = await createToken(ctx, owner, {
      name: wanted.name,
      scopes: granted,
      expiresAt: null,
    });
    return token;
  });
}
