/** Bringing objects from a repository elsewhere. */
import { requireObjectIds, type Repository } from "../object-ids.ts";
import { openQuarantine } from "../receive/quarantine.ts";
import { PackRefused } from "../receive/pack-refused.ts";
import { refuseHarmfulSubmodules } from "../receive/submodules.ts";
import { RemoteFailure } from "./remote-failure.ts";
import type { TransferProgress } from "./progress.ts";
import type { Remote } from "./remote.ts";
import { runRemote } from "./run.ts";

export interface FetchOptions {
  readonly deadline: number;
  readonly onProgress?: (progress: TransferProgress, receivedBytes: number) => void;
}

/**
 * Brings these objects and all they reach; what the references of the repository reach already is not sent again. Every object is
 * checked as those of a push are. No reference is written: the caller writes one before the next repack. Whatever fails
 * leaves nothing behind. Answers the bytes that came in.
 *
 * @throws RemoteFailure
 */
export async function fetchObjects(
  repository: Repository,
  remote: Remote,
  ids: readonly string[],
  options: FetchOptions,
): Promise<number> {
  requireObjectIds(...ids);
  if (ids.length === 0) return 0;
  const quarantine = await openQuarantine(repository);
  try {
    const { receivedBytes } = await runRemote(repository, remote, {
      service: "git-upload-pack",
      args: [
        "fetch",
        "--stdin",
        "--progress",
        "--no-tags",
        "--no-write-fetch-head",
        "--no-auto-maintenance",
        "--no-recurse-submodules",
        "--no-show-forced-updates",
      ],
      input: ids.map((id) => `${id}\n`).join(""),
      env: quarantine.env,
      deadline: options.deadline,
      maxOutput: 1024 * 1024,
      ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    });
    await refuseHarmfulSubmodules(repository, quarantine.env, ids, remote.signal).catch((error: unknown) => {
      throw error instanceof PackRefused ? new RemoteFailure("broken", `There, ${error.message}`) : error;
    });
    await quarantine.migrate();
    return receivedBytes;
  } finally {
    await quarantine.remove();
  }
}
