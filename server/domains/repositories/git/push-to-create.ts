/**
 * A push to a place where nothing is, by somebody who may create a repository there, creates it: private, with the pushed branch
 * as its default one.
 *
 * The push goes into git data under an id that nobody knows, and the row comes after its refs moved: whatever is refused or cut
 * off leaves at most a folder without a row, which is swept away. Everybody else is told what they are told of any place
 * that they cannot see.
 */
import { eq } from "drizzle-orm";
import { readRefs } from "../../../git/ref-cache.ts";
import { setHead } from "../../../git/refs.ts";
import { PushUndone, type PushHandlers } from "../../../git/receive/push.ts";
import { diskPath, type GitRepository } from "../../../git/store.ts";
import { hasScope, type UserActor } from "../../../kernel/actor.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { Refusal, unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { refusalOf } from "../../../kernel/http/refusals.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { isStillGood } from "../../accounts/index.ts";
import { orgOf } from "../access.ts";
import { fullName, htmlUrl } from "../addresses.ts";
import { discard, insertRepository, requireFree, volume } from "../commands/create.ts";
import { repositoryCreated } from "../events.ts";
import { requireHome, type Home } from "../homes.ts";
import { checkName } from "../names.ts";
import { constraints, repositories } from "../schema.ts";
import { pushed } from "./events.ts";
import { describeMoves } from "./moves.ts";
import { moveOf } from "./pushes.ts";
import { tendRepository } from "./tend.ts";

/** A repository in the making: where a push may go that nobody can see yet. */
export interface Birth {
  readonly git: GitRepository;
  /** The push must run to its `ended`, which removes what did not come to be. */
  readonly handlers: PushHandlers;
  /** For who looks and does not push. */
  giveUp(): Promise<void>;
}

/**
 * Prepares a push to a place where the actor sees nothing. Null when they may not create a repository there, or when this is
 * switched off: then there is nothing at this place for them.
 *
 * @throws Refusal 422 for a name that no repository of theirs may have
 */
export async function beginBirth(ctx: Context, owner: string, name: string): Promise<Birth | null> {
  const { actor } = ctx;
  if (!ctx.config.pushToCreate || actor.kind !== "user" || !hasScope(actor, "repo:write")) return null;
  const home = await homeOf(ctx, actor, owner);
  if (!home) return null;
  try {
    checkName(name);
  } catch (error) {
    // git shows one sentence, and no list of fields.
    throw unprocessable(sentenceOf(error));
  }
  const id = uuidv7();
  const at = diskPath(volume, id);
  const git = await ctx.git.init(at, { defaultBranch: "main" });
  return {
    git,
    handlers: birthHandlers(ctx, actor, { id, at, git, name, owner, home }),
    giveUp: () => discard(ctx, id),
  };
}

async function homeOf(ctx: Context, me: UserActor, owner: string): Promise<Home | null> {
  try {
    return await requireHome(ctx, me, owner, "owner");
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

interface Making {
  readonly id: string;
  readonly at: string;
  readonly git: GitRepository;
  readonly name: string;
  /** As it was typed. */
  readonly owner: string;
  readonly home: Home;
}

function birthHandlers(ctx: Context, me: UserActor, making: Making): PushHandlers {
  const { git, name, owner } = making;
  return {
    async authorize() {
      // A large push takes minutes, in which a token or a role may be withdrawn, or the place taken.
      if (!(await isStillGood(ctx, me)))
        return { refused: "What you signed in with was withdrawn while you pushed" };
      const home = await homeOf(ctx, me, owner);
      if (home?.id !== making.home.id) return { refused: "You may not create repositories here any more" };
      try {
        await requireFree(ctx, home.id, name);
      } catch (error) {
        return { refused: sentenceOf(error) };
      }
      return "ok";
    },
    async onUpdated(outcomes) {
      const moved = outcomes.filter(({ failure }) => failure === null).map(moveOf);
      if (moved.length === 0) return [];
      const defaultBranch = await defaultOf(git);
      await setHead(git, defaultBranch);
      const stories = await describeMoves(git, defaultBranch, moved);
      try {
        return await record(ctx, making, defaultBranch, stories);
      } catch (error) {
        const refusal = refusalOf(error, constraints);
        if (refusal.status >= 500)
          throw new PushUndone("the repository could not be created", { cause: error });
        throw new PushUndone(sentenceOf(refusal));
      }
    },
    ended: () => discard(ctx, making.id),
  };
}

type Story = Awaited<ReturnType<typeof describeMoves>>[number];

function record(
  ctx: Context,
  { id, at, name, home }: Making,
  defaultBranch: string,
  stories: readonly Story[],
): Promise<string[]> {
  return transact(ctx, async (tx) => {
    const columns = { id, name, isPrivate: true, defaultBranch, diskPath: at };
    const repo = await insertRepository(tx, home, columns);
    await emit(tx, repositoryCreated, { repoId: id, ...orgOf(repo) }, { name, fork_of: null });
    for (const story of stories)
      await emit(tx, pushed, { repoId: id, ...orgOf(repo) }, { ...story, reason: "push", detail: {} });
    await tx.db.update(repositories).set({ pushedAt: tx.clock.now() }).where(eq(repositories.id, id));
    await tx.jobs.enqueue(tx, tendRepository.name, { repoId: id }, { singletonKey: id });
    return ["", `Created the private repository ${fullName(repo)}:`, `  ${htmlUrl(tx, repo)}`, ""];
  });
}

/** main or master where they were pushed, or the first branch; main for a push of tags alone. */
async function defaultOf(git: GitRepository): Promise<string> {
  const { sorted } = await readRefs(git);
  const branches = sorted
    .filter((one) => one.name.startsWith("refs/heads/"))
    .map((one) => one.name.slice("refs/heads/".length));
  return ["main", "master"].find((one) => branches.includes(one)) ?? branches[0] ?? "main";
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Refusal)) throw error;
  return error.fields[0]?.message ?? error.message;
}
