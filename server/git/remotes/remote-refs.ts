/** What a repository elsewhere has: its branches, its tags, and the branch it shows first. */
import { isObjectId, type Repository } from "../object-ids.ts";
import { pushedRefProblem, type ObjectFormat } from "../names.ts";
import type { Remote } from "./remote.ts";
import { RemoteFailure } from "./remote-failure.ts";
import { runRemote } from "./run.ts";

export interface RemoteRefs {
  /** Full names and ids of branches and tags, in the order they came in. */
  readonly refs: ReadonlyMap<string, string>;
  /** Of these, the branch that HEAD names; null when there is none. */
  readonly defaultBranch: string | null;
  /** How the other side names its objects; null when it has none. */
  readonly format: ObjectFormat | null;
  /** How many branches and tags have names that are not taken here. */
  readonly unusable: number;
}

const listingMs = 5 * 60_000;

/**
 * Lists branches and tags, whichever hash the two sides name their objects with. Other references (of merge requests, notes, the other server's own) are not taken.
 *
 * @throws RemoteFailure also for more than `most` of them
 */
export async function listRemoteRefs(
  repository: Repository,
  remote: Remote,
  most: number,
): Promise<RemoteRefs> {
  const { stdout } = await runRemote(repository, remote, {
    service: "git-upload-pack",
    args: ["ls-remote", "--symref"],
    deadline: listingMs,
    maxOutput: 64 * 1024 * 1024,
  });
  const refs = new Map<string, string>();
  let head: string | null = null;
  let unusable = 0;
  for (const line of stdout.split("\n")) {
    const [id = "", name = ""] = line.split("\t");
    if (name === "HEAD" && id.startsWith("ref: refs/heads/")) head = id.slice("ref: refs/heads/".length);
    if (!isObjectId(id) || !/^refs\/(?:heads|tags)\//.test(name) || name.endsWith("^{}")) continue;
    if (pushedRefProblem(name) === null) refs.set(name, id);
    else unusable += 1;
    if (refs.size > most)
      throw new RemoteFailure("too-large", `The repository there has more than ${most} branches and tags`);
  }
  const [id] = refs.values();
  const format = id === undefined ? null : id.length === 40 ? "sha1" : "sha256";
  return {
    refs,
    format,
    unusable,
    defaultBranch: head !== null && refs.has(`refs/heads/${head}`) ? head : null,
  };
}
