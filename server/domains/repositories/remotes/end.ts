import { and, eq, inArray } from "drizzle-orm";
import type { TransactionContext } from "../../../kernel/context.ts";
import type { Repository } from "../access.ts";
import { repositories } from "../schema.ts";
import { stopCoursesOf } from "./courses.ts";
import { repositoryImports } from "./schema.ts";

/** Ends what runs between a repository that is being deleted and servers elsewhere. Restored, it can be imported again. */
export async function endRemoteWork(tx: TransactionContext, repo: Pick<Repository, "id">): Promise<void> {
  await tx.db
    .update(repositoryImports)
    .set({ state: "cancelled", finishedAt: tx.clock.now() })
    .where(
      and(eq(repositoryImports.repoId, repo.id), inArray(repositoryImports.state, ["queued", "running"])),
    );
  await tx.db
    .update(repositories)
    .set({ contentSource: null, sourceUrl: null })
    .where(and(eq(repositories.id, repo.id), eq(repositories.contentSource, "import")));
  tx.afterCommit(() => stopCoursesOf(repo.id, "cancelled"));
}
