/** One command of an SSH connection: a fetch, a push, what a domain above added, or a greeting to who wanted a shell. */
import type { ServerChannel } from "ssh2";
import { PeerGone, ProtocolError } from "../../../git/protocol/bytes.ts";
import { serveUploadPackSession } from "../../../git/protocol/upload-pack.ts";
import { protocolVersion } from "../../../git/protocol/version.ts";
import { plainLine } from "../../../git/protocol/side-band.ts";
import type { PushHandlers } from "../../../git/receive/push.ts";
import { serveReceivePackSession } from "../../../git/receive/receive-pack.ts";
import { actorId } from "../../../kernel/actor.ts";
import type { Context } from "../../../kernel/context.ts";
import { forbidden, notFound } from "../../../kernel/errors.ts";
import { refusalOf } from "../../../kernel/http/refusals.ts";
import { isStillGood } from "../../accounts/index.ts";
import { findRepositoryById, locateRepository, type Repository } from "../access.ts";
import { fullName, gitOf, sshUrl } from "../addresses.ts";
import { actorIdentity } from "../identity.ts";
import { constraints } from "../schema.ts";
import { requirePusher } from "./admission.ts";
import { beginBirth } from "./push-to-create.ts";
import { pushHandlers, pushLimits } from "./pushes.ts";
import { parseAddedCommand, parseSshCommand, type AddedCommand, type SshCommand } from "./ssh-command.ts";
import { beginTransfer, reasonOf } from "./transfers.ts";

/** Runs a command to its end and closes the channel with its exit code. Never rejects. */
export async function runSshCommand(
  ctx: Context,
  channel: ServerChannel,
  text: string,
  protocol: string | undefined,
): Promise<void> {
  const gone = new AbortController();
  channel.once("close", () => gone.abort());
  channel.on("error", () => gone.abort());
  channel.stderr.on("error", () => undefined);
  try {
    const added = parseAddedCommand(text);
    if (added) {
      channel.write(await answerAdded(ctx, added));
      return leave(channel, 0);
    }
    const command = parseSshCommand(text);
    if (!command) throw notFound(`This server knows git-upload-pack and git-receive-pack of a repository`);
    await serve(ctx, channel, command, protocol, gone.signal);
    leave(channel, 0);
  } catch (error) {
    if (!(error instanceof PeerGone)) complain(ctx, channel, error);
    leave(channel, 1);
  }
}

/** Says who signed in and that there is no shell. */
export function greet(ctx: Context, channel: ServerChannel, login: string): void {
  channel.on("error", () => undefined);
  const example = sshUrl(ctx, { owner: { login }, name: "repository" });
  channel.write(
    `Hi ${login}! You are signed in. There is no shell here, but there are repositories:\r\n\r\n    git clone ${example}\r\n\r\n`,
  );
  leave(channel, 1);
}

/** Ends a command that may not even begin. */
export function refuse(channel: ServerChannel, sentence: string): void {
  channel.stderr.write(`ERROR: ${plainLine(sentence)}\n`);
  leave(channel, 1);
}

function leave(channel: ServerChannel, code: number): void {
  if (channel.destroyed) return;
  channel.exit(code);
  channel.end();
}

async function answerAdded(ctx: Context, { answer, owner, name, words }: AddedCommand): Promise<string> {
  const found = await locateRepository(ctx, owner, name);
  if (!found) throw notFound("Repository not found");
  return answer(ctx, found.repository, words);
}

async function serve(
  ctx: Context,
  channel: ServerChannel,
  command: SshCommand,
  protocol: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { count } = ctx.freshness;
  const found = await locateRepository(ctx, command.owner, command.name);
  const pushing = command.service === "git-receive-pack";
  const birth = found || !pushing ? null : await beginBirth(ctx, command.owner, command.name);
  if (!found && !birth) throw notFound("Repository not found");
  const repo = found?.repository;
  if (found?.moved && repo)
    channel.stderr.write(`This repository moved to ${fullName(repo)}:\n    ${sshUrl(ctx, repo)}\n`);
  const release = await beginTransfer(ctx);
  const { service } = command;
  const tell = (result: string) => ctx.metrics.gitTransfers.inc({ service, transport: "ssh", result });
  try {
    const version = protocolVersion(protocol);
    const io = { input: channel, output: channel, signal, version };
    if (birth) await receive(ctx, birth.handlers, { repository: birth.git, ...io });
    else if (!repo) throw notFound("Repository not found");
    else if (pushing) {
      const granted = requirePusher(ctx, repo);
      await receive(ctx, pushHandlers(ctx, granted), { repository: gitOf(ctx, repo), ...io }, granted);
    } else {
      const requireAllowed = readerOf(ctx, repo, count);
      await serveUploadPackSession({
        repository: gitOf(ctx, repo),
        cache: ctx.fetches,
        ...io,
        requireAllowed,
      });
    }
    tell("ok");
  } catch (error) {
    tell(error instanceof PeerGone ? "broken" : "failed");
    throw error;
  } finally {
    release();
  }
}

/**
 * Throws once the actor may not read the repository any more. Looks only when something was written since it was last seen that
 * they may. @param seen the count of writes when that was
 */
function readerOf(ctx: Context, repo: Repository, seen: number | null): () => Promise<void> {
  let last = seen;
  return async () => {
    const { count } = ctx.freshness;
    if (count !== null && count === last) return;
    if (ctx.actor.kind === "user" && !(await isStillGood(ctx, ctx.actor)))
      throw forbidden("This key may not be used any more");
    const found = await findRepositoryById(ctx, repo.id);
    if (!found) throw notFound("Repository not found");
    last = count;
  };
}

async function receive(
  ctx: Context,
  handlers: PushHandlers,
  io: Omit<Parameters<typeof serveReceivePackSession>[0], "handlers" | "identity" | "limits">,
  repo?: Repository,
): Promise<void> {
  const result = await serveReceivePackSession({
    ...io,
    handlers,
    identity: actorIdentity(ctx, ctx.actor),
    limits: pushLimits(ctx, repo),
  });
  if (result?.error)
    ctx.log.warn(
      { repository: io.repository.dir, actor: actorId(ctx.actor), error: reasonOf(result.error) },
      "a push went wrong",
    );
}

function complain(ctx: Context, channel: ServerChannel, error: unknown): void {
  const message = error instanceof ProtocolError ? error.message : said(ctx, error);
  if (!channel.destroyed) channel.stderr.write(`ERROR: ${plainLine(message)}\n`);
}

function said(ctx: Context, error: unknown): string {
  const refusal = refusalOf(error, constraints);
  if (refusal.status >= 500)
    ctx.log.error({ requestId: ctx.requestId, error: refusal.cause ?? refusal }, refusal.message);
  return refusal.message;
}
