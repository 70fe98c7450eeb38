import type { Repository } from "./object-ids.ts";
import { git } from "./process.ts";
import { requireObjectIds } from "./object-ids.ts";

/**
 * Brings a commit and all it reaches from one repository of this store into another, as a fetch between two folders: what is
 * there already is not copied. No ref is written; the caller writes one before the next repack.
 *
 * @param oid the end of a branch or tag of `from`; anything else is refused by git
 */
export async function bringCommit(from: Repository, to: Repository, oid: string): Promise<void> {
  requireObjectIds(oid);
  await git(
    to.dir,
    [
      "-c",
      "protocol.file.allow=always",
      "-c",
      "fetch.fsckObjects=false",
      "fetch",
      "--quiet",
      "--no-tags",
      "--no-write-fetch-head",
      "--no-auto-maintenance",
      "--no-recurse-submodules",
      "--end-of-options",
      from.dir,
      oid,
    ],
    { deadline: 10 * 60_000 },
  );
}
