/** The forge that a command speaks to, as whom, and about which repository. */
import { createCall, type ApiAnswer, type Call, linksOf } from "../api/call.ts";
import { remotesOf, type Place } from "./checkout.ts";
import { SignInNeeded, UsageError } from "./failures.ts";
import { originOf, readSignIns } from "./sign-ins.ts";
import type { Terminal } from "./terminal.ts";

export interface Connection {
  /** `https://forge.example`. */
  readonly origin: string;
  readonly call: Call;
  readonly login: string | undefined;
}

export const callAs = (origin: string, token: string | undefined): Call =>
  createCall({
    root: `${origin}/api/v3`,
    headers: {
      "user-agent": "wit-cli",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  });

/**
 * The forge of `WIT_HOST`, of the checkout's remote, or the one signed in to last.
 *
 * @throws SignInNeeded when none is known
 */
export function connect(terminal: Terminal): Connection {
  const { hosts, current } = readSignIns(terminal);
  const { WIT_HOST: named, WIT_TOKEN: given } = terminal.env;
  const here = () =>
    remotesOf(terminal).find((one) => one.origin !== undefined && one.origin in hosts)?.origin;
  const origin = named ? originOf(named) : (here() ?? current);
  if (origin === null)
    throw new SignInNeeded(
      "No forge is known yet. Sign in with: wit auth login --host https://forge.example",
    );
  const known = hosts[origin];
  return { origin, call: callAs(origin, given || known?.token), login: given ? undefined : known?.login };
}

/** The repository that `--repo` names, or the one of the checkout. @throws UsageError when there is none */
export function placeFrom(terminal: Terminal, named: string | undefined): Place {
  if (named !== undefined) {
    const [owner, repo, more] = named
      .replace(/^https?:\/\/[^/]+\//, "")
      .replace(/\.git$/, "")
      .split("/");
    if (!owner || !repo || more !== undefined) throw new UsageError(`"${named}" is not owner/name`);
    return { owner, repo };
  }
  const [remote] = remotesOf(terminal);
  if (!remote)
    throw new UsageError("This is no checkout of a repository on a forge; name one with --repo owner/name");
  return { owner: remote.owner, repo: remote.repo };
}

/** As many of a list as wanted, page by page. */
export async function upTo<T>(
  count: number,
  read: (at: { per_page: number; cursor: string | undefined }) => Promise<ApiAnswer<T[]>>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const { data, headers } = await read({ per_page: Math.min(100, count), cursor });
    items.push(...data);
    cursor = linksOf(headers).next?.get("cursor") ?? undefined;
  } while (cursor !== undefined && items.length < count);
  return items.slice(0, count);
}
