/** How two commits stand to each other. Such facts never change, so they are kept by the pair of ids. */
import { ContentCache } from "./cache.ts";
import { requireObjectIds, type Repository } from "./object-ids.ts";
import { objectInfos } from "./objects.ts";
import { git, gitText } from "./process.ts";

const facts = new ContentCache<{ readonly fact: unknown }>(4 * 1024 * 1024);

async function remember<Fact>(
  repo: Repository,
  kind: string,
  ids: readonly [string, string],
  find: () => Promise<Fact>,
): Promise<Fact> {
  requireObjectIds(...ids);
  const kept = await facts.load(
    `${repo.dir}\0${kind}\0${ids.join()}`,
    async () => ({ fact: await find() }),
    () => 200,
  );
  return kept.fact as Fact;
}

/** The best common ancestor, the first when there are several; null for unrelated histories. */
export function mergeBase(repo: Repository, a: string, b: string): Promise<string | null> {
  if (a === b) return Promise.resolve(a);
  return remember(repo, "base", [a, b], async () => {
    const { stdout } = await git(repo.dir, ["merge-base", a, b], { exitCodes: [0, 1] });
    return stdout.toString("latin1").trim() || null;
  });
}

export interface AheadBehind {
  /** Commits of `head` that `base` lacks. */
  readonly ahead: number;
  /** Commits of `base` that `head` lacks. */
  readonly behind: number;
}

export function aheadBehind(repo: Repository, base: string, head: string): Promise<AheadBehind> {
  if (base === head) return Promise.resolve({ ahead: 0, behind: 0 });
  return remember(repo, "ahead", [base, head], async () => {
    const text = await gitText(repo.dir, ["rev-list", "--left-right", "--count", `${base}...${head}`, "--"]);
    const [behind, ahead] = text.trim().split("\t").map(Number);
    return { ahead: ahead ?? 0, behind: behind ?? 0 };
  });
}

/** Whether `ancestor` is in the history of `descendant`; a commit is in its own. */
export function isAncestor(repo: Repository, ancestor: string, descendant: string): Promise<boolean> {
  if (ancestor === descendant) return Promise.resolve(true);
  return remember(repo, "ancestor", [ancestor, descendant], async () => {
    const args = ["merge-base", "--is-ancestor", ancestor, descendant];
    return (await git(repo.dir, args, { exitCodes: [0, 1] })).exitCode === 0;
  });
}

/** Which of many commits are in the history of one: a single walk. Commits that are missing are in none. */
export async function ancestorsAmong(
  repo: Repository,
  commits: readonly string[],
  descendant: string,
): Promise<Set<string>> {
  requireObjectIds(descendant, ...commits);
  if (commits.length === 0) return new Set();
  const infos = await objectInfos(repo, commits);
  const present = commits.filter((_, index) => infos[index]?.type === "commit");
  const input = [`^${descendant}`, ...present].map((line) => `${line}\n`).join("");
  const text = await gitText(repo.dir, ["rev-list", "--stdin"], { input, deadline: 60_000 });
  const beyond = new Set(text.split("\n"));
  return new Set(present.filter((commit) => !beyond.has(commit)));
}
