/**
 * What a ref move means to those who read events: which commits came in, and whether history was rewritten. Worked out from
 * the ids alone, so the reconciler tells the same story that the command would have told.
 */
import { isAncestor } from "../../../git/ancestry.ts";
import { commitsBetween, countCommits, listCommits, readCommits, type Commit } from "../../../git/commits.ts";
import type { GitRepository } from "../../../git/store.ts";
import { peelToCommit } from "../../../git/revisions.ts";
import { readRefs } from "../../../git/ref-cache.ts";
import type { Pushed } from "./events.ts";

/** One reference and where it goes; null means that it does not exist. */
export interface Move {
  /** The full name, below `refs/`. */
  readonly ref: string;
  readonly old: string | null;
  readonly new: string | null;
  /** The commits that it adds to its old end, newest first, where somebody knows them already. */
  readonly brought?: readonly string[] | null;
}

const shownCommits = 20;
const messageLength = 4_000;
/** A push of thousands of tags (an import) is news once, not thousands of times. */
const toldTags = 100;
/** Of a push of hundreds of branches (a mirror), only so many are looked into. */
const describedMoves = 50;

type Story = Omit<Pushed, "reason" | "detail">;

/**
 * The events of moves that happened: every branch, then tags, each in their order. Other refs are the product's own notes and
 * no news.
 */
export async function describeMoves(
  git: GitRepository,
  defaultBranch: string,
  moves: readonly Move[],
): Promise<Story[]> {
  const branches = moves.filter(({ ref }) => ref.startsWith("refs/heads/"));
  const tags = moves.filter(({ ref }) => ref.startsWith("refs/tags/"));
  const news = [...branches, ...tags.slice(0, toldTags)];
  const home = `refs/heads/${defaultBranch}`;
  const known = (await readRefs(git)).refs.get(home)?.oid ?? null;
  const stories: Story[] = [];
  for (const [index, move] of news.entries()) {
    const plain = index >= describedMoves || !move.ref.startsWith("refs/heads/");
    stories.push({
      ...outline(move),
      ...(plain ? {} : await branchStory(git, move, move.ref === home ? null : known)),
    });
  }
  return stories;
}

function outline(move: Move): Story {
  const zeros = "0".repeat((move.old ?? move.new ?? "").length);
  return {
    ref: move.ref,
    before: move.old ?? zeros,
    after: move.new ?? zeros,
    created: move.old === null,
    deleted: move.new === null,
    forced: move.ref.startsWith("refs/tags/") && move.old !== null && move.new !== null,
    commits_count: 0,
    commits: [],
  };
}

async function branchStory(
  git: GitRepository,
  { old, new: end, brought }: Move,
  known: string | null,
): Promise<Partial<Story>> {
  if (end === null) return {};
  if (brought) {
    const commits = await readCommits(git, brought.slice(0, shownCommits).toReversed());
    return { commits_count: brought.length, commits: commits.map(told) };
  }
  if (old !== null) {
    const before = await peelToCommit(git, old);
    if (before === null) return {};
    const [{ commits, total }, straight] = await Promise.all([
      commitsBetween(git, before, end, { limit: shownCommits }),
      isAncestor(git, before, end),
    ]);
    return { forced: !straight, commits_count: total, commits: commits.map(told) };
  }
  // A new branch brings what the default branch lacks; the default branch itself brings everything.
  if (known !== null) {
    const { commits, total } = await commitsBetween(git, known, end, { limit: shownCommits });
    return { commits_count: total, commits: commits.map(told) };
  }
  const [{ commits }, total] = await Promise.all([
    listCommits(git, { from: end, limit: shownCommits }),
    countCommits(git, { from: end }),
  ]);
  return { commits_count: total, commits: commits.map(told).toReversed() };
}

// PostgreSQL stores neither NUL nor half a surrogate pair, and a push must not fail after its refs moved.
const storable = (text: string, length: number) => text.replaceAll("\0", "").slice(0, length).toWellFormed();

const told = (commit: Commit) => ({
  sha: commit.oid,
  message: storable(commit.message, messageLength),
  author: { name: storable(commit.author.name, 200), email: storable(commit.author.email, 200) },
});
