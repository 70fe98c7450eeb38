/** Making a repository elsewhere the same as ours. */
import type { Repository } from "../object-ids.ts";
import type { Remote } from "./remote.ts";
import { runRemote } from "./run.ts";

/** A reference that the other side did not take, and why in its own words (one line, at most 200 characters). */
export interface RejectedRef {
  readonly ref: string;
  readonly reason: string;
}

/**
 * Pushes every branch and tag as it is here, rewritten history included, and deletes there what does not exist here. Other
 * references are neither sent nor touched. Answers what was not taken.
 *
 * @throws RemoteFailure when nothing could be pushed at all
 */
export async function pushEverything(
  repository: Repository,
  remote: Remote,
  { deadline }: { readonly deadline: number },
): Promise<RejectedRef[]> {
  const { stdout } = await runRemote(repository, remote, {
    service: "git-receive-pack",
    args: [
      "push",
      "--porcelain",
      "--force",
      "--prune",
      "--no-verify",
      "--no-signed",
      "--no-follow-tags",
      "--recurse-submodules=no",
    ],
    after: ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"],
    deadline,
    maxOutput: 64 * 1024 * 1024,
    // 1: some references were refused, and the output says which.
    exitCodes: [0, 1],
  });
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("!\t"))
    .map((line) => {
      const [, names = "", why = ""] = line.split("\t");
      // oxlint-disable-next-line no-control-regex
      const clean = (text: string) => text.replace(/[\x00-\x1f\x7f-\x9f]+/g, " ").trim();
      const reason = /\((.*)\)$/.exec(why)?.[1] ?? why;
      return { ref: clean(names.slice(names.lastIndexOf(":") + 1)), reason: clean(reason).slice(0, 200) };
    });
}
