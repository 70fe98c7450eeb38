/** The default branch of a repository whose content comes from elsewhere. */
import { and, eq, ne } from "drizzle-orm";
import type { RemoteRefs } from "../../../git/remotes/remote-refs.ts";
import { setHead } from "../../../git/refs.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { orgOf, type RepoWith } from "../access.ts";
import { gitOf } from "../addresses.ts";
import { repositoryUpdated } from "../events.ts";
import { tendRepository } from "../git/tend.ts";
import { repositories } from "../schema.ts";

/** The branch that is shown first elsewhere; where it says none, the present one or the likeliest. */
function branchToShow(found: RemoteRefs, present: string): string {
  const names = [...found.refs.keys()]
    .filter((ref) => ref.startsWith("refs/heads/"))
    .map((ref) => ref.slice("refs/heads/".length));
  const wanted = [found.defaultBranch, present, "main", "master", names[0]];
  return wanted.find((name) => typeof name === "string" && names.includes(name)) ?? present;
}

/**
 * Makes the default branch the one that it is elsewhere. It may come to be a moment later; the branches move after this, so that
 * the former one can go. Answers the repository as it is then.
 */
export async function showRemoteBranch(
  ctx: Context,
  repo: RepoWith<"admin">,
  found: RemoteRefs,
): Promise<RepoWith<"admin">> {
  const branch = branchToShow(found, repo.defaultBranch);
  if (branch === repo.defaultBranch) return repo;
  await transact(ctx, async (tx) => {
    const changed = await tx.db
      .update(repositories)
      .set({ defaultBranch: branch })
      .where(and(eq(repositories.id, repo.id), ne(repositories.defaultBranch, branch)))
      .returning({ id: repositories.id });
    if (changed.length === 0) return;
    const subject = { repoId: repo.id, ...orgOf(repo) };
    await emit(tx, repositoryUpdated, subject, { name: repo.name, changes: ["defaultBranch"] });
    await tx.jobs.enqueue(tx, tendRepository.name, { repoId: repo.id }, { singletonKey: repo.id });
  });
  await setHead(gitOf(ctx, repo), branch);
  return { ...repo, defaultBranch: branch };
}
