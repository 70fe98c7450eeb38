/** What administrators of a repository must know about what it exchanges with servers elsewhere. */
import { and, eq, gt, isNotNull, or } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import type { Repository } from "../access.ts";
import { repositoryImports, repositoryMirrors } from "./schema.ts";

/** How long it is said that an import left large files behind. */
const toldForMs = 7 * 86_400_000;

/** A sentence for each mirror that fails or lacks something, and for the last import if it left something behind. */
export async function remoteTroubles(
  ctx: Context,
  repo: Pick<Repository, "id" | "contentSource">,
): Promise<string[]> {
  const since = new Date(ctx.clock.now().getTime() - toldForMs);
  const [mirrors, imports] = await Promise.all([
    ctx.db
      .select()
      .from(repositoryMirrors)
      .where(
        and(
          eq(repositoryMirrors.repoId, repo.id),
          or(isNotNull(repositoryMirrors.error), gt(repositoryMirrors.largeFilesMissing, 0)),
        ),
      ),
    ctx.db
      .select()
      .from(repositoryImports)
      .where(
        and(
          eq(repositoryImports.repoId, repo.id),
          eq(repositoryImports.state, "done"),
          gt(repositoryImports.largeFilesMissing, 0),
          gt(repositoryImports.finishedAt, since),
        ),
      ),
  ]);
  return [
    ...mirrors.map(({ url, error, largeFilesMissing, largeFilesNote }) =>
      error === null
        ? `The mirror with ${url} lacks ${filesText(largeFilesMissing)}: ${largeFilesNote ?? "they are missing"}.`
        : `The mirror with ${url} does not work: ${error}.`,
    ),
    // A mirror of the same place tells what is missing by now.
    ...(repo.contentSource === "mirror" ? [] : imports).map(
      ({ largeFilesMissing, largeFilesNote }) =>
        `The import left ${filesText(largeFilesMissing)} behind: ${largeFilesNote ?? "they are missing"}.`,
    ),
  ];
}

const filesText = (count: number): string => (count === 1 ? "a large file" : `${count} large files`);
