/** Looking after repositories by hand, at the server's machine. */
import { findRepositoryById, fullName, requireAccess, type RepoWith } from "./domains/repositories/index.ts";
import { checkRepository, maintainRepository, repositoriesAt, type Found } from "./domains/upkeep/index.ts";
import type { Context } from "./kernel/context.ts";
import { notFound } from "./kernel/errors.ts";
import { locally, type Variables } from "./locally.ts";

/** What is to be looked after: one repository (`owner/name`), or all. */
export type Which = string | "all";

export interface Checked extends Found {
  /** `owner/name` */
  readonly repository: string;
}

/**
 * Checks repositories one after the other; each is handed over as soon as it is done. What is found is kept as for scheduled checks.
 *
 * @throws LocalRefusal when there is no such repository
 */
export function checkGit(
  variables: Variables,
  which: Which,
  options: { readonly full: boolean },
  onChecked: (checked: Checked) => void,
): Promise<void> {
  return forEach(variables, which, async (ctx, repo) => {
    const found = await checkRepository(ctx, repo, options);
    onChecked({ repository: fullName(repo), ...found });
  });
}

export interface Maintained {
  readonly repository: string;
  /** Null when all went well. */
  readonly problem: string | null;
}

/** Packs repositories one after the other, and lets go of what nothing names. @throws LocalRefusal when there is no such repository */
export function maintainGit(
  variables: Variables,
  which: Which,
  onMaintained: (maintained: Maintained) => void,
): Promise<void> {
  return forEach(variables, which, async (ctx, repo) => {
    const problem = await maintainRepository(ctx, repo).then(
      (done) => (done ? null : "somebody else is at it right now"),
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    onMaintained({ repository: fullName(repo), problem });
  });
}

function forEach(
  variables: Variables,
  which: Which,
  act: (ctx: Context, repo: RepoWith<"admin">) => Promise<void>,
): Promise<void> {
  return locally(variables, async (ctx) => {
    const ids = await repositoriesAt(ctx, which === "all" ? "all" : [which]);
    if (which !== "all" && ids.length === 0) throw notFound(`There is no repository ${which}`);
    for (const id of ids) {
      const found = await findRepositoryById(ctx, id);
      if (found) await act(ctx, requireAccess(ctx, found, "admin"));
    }
  });
}
