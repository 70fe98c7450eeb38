/** The address of a repository elsewhere, and the name and password for it: how they come in, and how they are kept. */
import { z } from "zod";
import { credentialsProblem, parseRemoteUrl, type Credentials } from "../../../git/remotes/remote-url.ts";
import type { Context } from "../../../kernel/context.ts";
import { invalid } from "../../../kernel/errors.ts";

export interface RemoteAddress {
  readonly url: string;
  readonly credentials: Credentials | null;
}

const stored = z.object({ username: z.string(), password: z.string() });

/**
 * What was typed, with the name and password taken out of the address. Those given apart come before those in the address.
 *
 * @throws Refusal 422
 */
export function requireRemote(
  input: {
    readonly url: string;
    readonly username?: string | null | undefined;
    readonly password?: string | null | undefined;
  },
  resource: string,
  field: string,
): RemoteAddress {
  const parsed = parseRemoteUrl(input.url.trim());
  if (typeof parsed === "string") throw invalid(resource, field, parsed);
  return { url: parsed.url, credentials: requireCredentials(input, resource) ?? parsed.credentials };
}

/** The name and password of an input; null when there is neither. @throws Refusal 422 */
export function requireCredentials(
  {
    username,
    password,
  }: { readonly username?: string | null | undefined; readonly password?: string | null | undefined },
  resource: string,
): Credentials | null {
  if (!username && !password) return null;
  const credentials = { username: username ?? "", password: password ?? "" };
  const problem = credentialsProblem(credentials);
  if (problem !== null) throw invalid(resource, "password", problem);
  return credentials;
}

/** @param place what the record is and where it lies: it opens nowhere else */
export function sealCredentials(
  ctx: Pick<Context, "keyring">,
  credentials: Credentials | null,
  place: string,
): string | null {
  return credentials && ctx.keyring.seal(JSON.stringify(credentials), place);
}

/** @throws SealError for a record of another place or of a key that is gone */
export function openCredentials(
  ctx: Pick<Context, "keyring">,
  sealed: string | null,
  place: string,
): Credentials | null {
  return sealed === null ? null : stored.parse(JSON.parse(ctx.keyring.openText(sealed, place)));
}

export const importSeal = (repoId: string): string => `repository_imports.credentials/${repoId}`;
export const mirrorSeal = (mirrorId: string): string => `repository_mirrors.credentials/${mirrorId}`;
