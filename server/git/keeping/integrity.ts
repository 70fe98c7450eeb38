/** Whether everything that references and reflogs reach is there and whole. Reads only. */
import type { Repository } from "../object-ids.ts";
import { watchCare, type CareOptions } from "./care.ts";

export interface IntegrityOptions extends CareOptions {
  /** Read and hash every object, instead of only looking whether it is there. */
  readonly full?: boolean;
}

/** Problems that are told; the rest is counted in one last line. */
const told = 50;

/**
 * What is wrong, a line each; none when all is well. git-fsck(1), which also checks the indexes of packs and the commit-graph.
 *
 * @throws GitTimeout when it took too long
 */
export async function checkObjects(repo: Repository, options: IntegrityOptions = {}): Promise<string[]> {
  const problems: string[] = [];
  let more = 0;
  const tell = (line: string) => {
    const text = line.trim();
    if (text === "" || text.startsWith("notice:") || text.startsWith("dangling ")) return;
    if (problems.length < told)
      problems.push(
        text
          .replace(/^error: /, "")
          .replaceAll(repo.dir, "")
          .slice(0, 300),
      );
    else more += 1;
  };
  const depth = options.full ? "--full" : "--connectivity-only";
  const { exitCode, stderr } = await watchCare(
    repo,
    ["fsck", depth, "--no-dangling", "--no-progress"],
    options,
    tell,
  );
  for (const line of stderr.split("\n")) tell(line);
  if (exitCode === 0) return [];
  if (problems.length === 0) problems.push(`git fsck ended with ${exitCode ?? "a signal"}`);
  return more === 0 ? problems : [...problems, `and ${more} more`];
}
