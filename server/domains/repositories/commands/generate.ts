/** A new repository that begins with the files of a template. */
import { writeCommit } from "../../../git/commit-objects.ts";
import { listRefs, updateRefs } from "../../../git/refs.ts";
import { diskPath, type GitRepository } from "../../../git/store.ts";
import { rootTree } from "../../../git/trees.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { forbidden, unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { findRepositoryById, orgOf, requireAccess, type RepoWith } from "../access.ts";
import { fullName, gitOf } from "../addresses.ts";
import { repositoryCreated, repositoryGenerated } from "../events.ts";
import { pushed } from "../git/events.ts";
import { describeMoves, type Move } from "../git/moves.ts";
import { tendRepository } from "../git/tend.ts";
import type { Home } from "../homes.ts";
import { actorIdentity, signatureOf } from "../identity.ts";
import { mergeSettingsIn } from "../merge-settings.ts";
import { checkName } from "../names.ts";
import { inheritFreight } from "../remotes/freight.ts";
import { discard, insertRepository, requireFree, volume } from "./create.ts";

export interface Generated {
  readonly name: string;
  readonly description: string | null;
  readonly isPrivate: boolean;
  /** Every branch, instead of the default branch alone. */
  readonly allBranches: boolean;
}

const mostBranches = 500;

interface Branch {
  readonly name: string;
  readonly tree: string;
}

/**
 * One new commit with the files of the template's default branch, and with `allBranches` one upon it for every other branch, so
 * that they can be compared and merged. Nothing of the template's history comes along, and nothing in the files is
 * interpreted.
 *
 * @throws Refusal 422 for what is no template, is empty, or would make public what is private; for a name that is taken
 */
export async function generateRepository(
  ctx: Context,
  template: RepoWith<"read">,
  home: Home,
  input: Generated,
): Promise<RepoWith<"admin">> {
  checkName(input.name);
  if (!template.isTemplate) throw unprocessable(`${fullName(template)} is not a template`);
  requireDiscretion(template, input);
  await requireFree(ctx, home.id, input.name);
  const branches = await branchesOf(gitOf(ctx, template), template.defaultBranch, input.allBranches);
  const id = uuidv7();
  const at = diskPath(volume, id);
  const git = await ctx.git.plant(template.diskPath, at, {
    defaultBranch: template.defaultBranch,
    trees: branches.map(({ tree }) => tree),
  });
  try {
    const moves = await writeBranches(ctx, git, branches);
    const stories = await describeMoves(git, template.defaultBranch, moves);
    const takeAlong = await inheritFreight(
      ctx,
      template,
      git,
      moves.flatMap((move) => move.new ?? []),
    );
    return await transact(ctx, async (tx) => {
      // Copying takes a while, in which the template may have become private or gone.
      const current = requireAccess(tx, await findRepositoryById(tx, template.id), "read");
      if (!current.isTemplate) throw unprocessable(`${fullName(template)} is not a template any more`);
      requireDiscretion(current, input);
      const pushedAt = tx.clock.now();
      const repo = await insertRepository(tx, home, {
        id,
        name: input.name,
        description: input.description,
        isPrivate: input.isPrivate,
        defaultBranch: template.defaultBranch,
        templateId: template.id,
        ...mergeSettingsIn(template),
        diskPath: at,
        pushedAt,
      });
      await takeAlong(tx, repo);
      const subject = { repoId: id, ...orgOf(repo) };
      await emit(tx, repositoryCreated, subject, { name: repo.name, fork_of: null });
      await emit(tx, repositoryGenerated, subject, { name: repo.name, template_id: template.id });
      for (const story of stories)
        await emit(tx, pushed, subject, { ...story, reason: "create", detail: {} });
      await tx.jobs.enqueue(tx, tendRepository.name, { repoId: id }, { singletonKey: id });
      return repo;
    });
  } catch (error) {
    await discard(ctx, id);
    throw error;
  }
}

/** Whoever may only read a private template does not publish it. */
function requireDiscretion(template: RepoWith<"read">, { isPrivate }: Generated): void {
  if (template.isPrivate && !isPrivate && template.access !== "admin")
    throw forbidden("Only who administers a private template may make a public repository of it");
}

/** The default branch first. */
async function branchesOf(git: GitRepository, home: string, all: boolean): Promise<Branch[]> {
  const refs = (await listRefs(git, "refs/heads/")).map(({ name, oid }) => ({
    name: name.slice("refs/heads/".length),
    oid,
  }));
  const first = refs.find(({ name }) => name === home);
  if (!first) throw unprocessable("The template is empty");
  const wanted = all ? [first, ...refs.filter((one) => one !== first)] : [first];
  if (wanted.length > mostBranches)
    throw unprocessable(`The template has more than ${mostBranches} branches; take the default branch alone`);
  return Promise.all(wanted.map(async ({ name, oid }) => ({ name, tree: await rootTree(git, oid) })));
}

/** Nobody sees the repository yet, so its first refs need no intent: they become known together with the row. */
async function writeBranches(ctx: Context, git: GitRepository, branches: readonly Branch[]): Promise<Move[]> {
  const identity = actorIdentity(ctx, ctx.actor);
  const signature = signatureOf(ctx, identity);
  const moves: Move[] = [];
  let first: { tree: string; commit: string } | null = null;
  for (const { name, tree } of branches) {
    const commit: string =
      first?.tree === tree
        ? first.commit
        : await writeCommit(git, {
            tree,
            parents: first === null ? [] : [first.commit],
            message: first === null ? "Initial commit" : `Files of ${name}`,
            author: signature,
            committer: signature,
          });
    first ??= { tree, commit };
    moves.push({ ref: `refs/heads/${name}`, old: null, new: commit });
  }
  const results = await updateRefs(git, moves, { identity, reason: "create" });
  const failed = results.find(({ failure }) => failure !== null);
  if (failed?.failure) throw new Error(`a first commit was refused: ${failed.failure.detail ?? ""}`);
  return moves;
}
