/** The git binary this process runs, checked once at the start. */
import { gitText } from "./process.ts";

/** `merge-tree --write-tree` came with 2.38; 2.38.3 closed the holes that a pushed `.gitattributes` could go through. */
export const oldestGit = "2.38.3";
/** Newer, but made before those fixes (CVE-2022-23521, CVE-2022-41903). */
const unsafeGit = "2.39.0";

/** The version of the git on the path, such as "2.39.5"; throws when there is no git or it says something else. */
export async function gitVersion(): Promise<string> {
  const text = await gitText("/", ["version"]);
  const version = /^git version (\d+\.\d+(?:\.\d+)*)/.exec(text)?.[1];
  if (version === undefined) throw new Error(`git answered an unknown version: ${text.trim().slice(0, 100)}`);
  return version;
}

/** Throws a sentence for the operator unless git is there and new enough; answers its version. */
export async function requireGit(found = gitVersion): Promise<string> {
  let version: string;
  try {
    version = await found();
  } catch (cause) {
    throw new Error(`git ${oldestGit} or newer is needed on the path, but git could not be run`, { cause });
  }
  if (!isAtLeast(version, oldestGit))
    throw new Error(`git ${oldestGit} or newer is needed; found ${version}`);
  if (!isAtLeast(version, "2.39.1") && isAtLeast(version, unsafeGit))
    throw new Error(`git ${version} has known holes; 2.39.1 or newer is needed`);
  return version;
}

/** Compares dotted numbers part by part; a missing part counts as zero. */
export function isAtLeast(version: string, minimum: string): boolean {
  const have = version.split(".").map(Number);
  const need = minimum.split(".").map(Number);
  for (let index = 0; index < Math.max(have.length, need.length); index += 1) {
    const difference = (have[index] ?? 0) - (need[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
