/** `git-lfs-authenticate '/owner/repo.git' upload|download`: how a client that came over SSH goes on over HTTP. */
import type { Context } from "../../kernel/context.ts";
import { Refusal } from "../../kernel/errors.ts";
import { reaches } from "../../kernel/grants.ts";
import {
  cloneUrl,
  requireAccess,
  requireHelper,
  requireProposer,
  type Repository,
} from "../repositories/index.ts";
import { passHeader, passSeconds } from "./passes.ts";

/** @throws Refusal 403 for who wants to upload and may neither write nor propose */
export async function authenticateOverSsh(
  ctx: Context,
  repo: Repository,
  [operation]: readonly string[],
): Promise<string> {
  if (operation !== "upload" && operation !== "download")
    throw new Refusal("bad_request", "git-lfs-authenticate needs upload or download");
  // What an upload is for the client says later: then more is asked of who only proposes or helps.
  if (operation === "upload" && !reaches(repo.access, "write")) await requireBringer(ctx, repo);
  else requireAccess(ctx, repo, operation === "upload" ? "write" : "read");
  return JSON.stringify({
    href: lfsUrl(ctx, repo),
    header: passHeader(ctx, repo, operation),
    expires_in: passSeconds,
    expires_at: new Date(ctx.clock.now().getTime() + passSeconds * 1000).toISOString(),
  });
}

async function requireBringer(ctx: Context, repo: Repository): Promise<void> {
  try {
    requireProposer(ctx, repo);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await requireHelper(ctx, repo, null);
  }
}

/** The address of a repository's large files. */
export const lfsUrl = (ctx: Pick<Context, "config">, repo: Repository): string =>
  `${cloneUrl(ctx, repo)}/info/lfs`;
