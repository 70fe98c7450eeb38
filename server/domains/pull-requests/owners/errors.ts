/** Lines of a CODEOWNERS file that are left out, and names in it that stand for nobody who can write. */
import type { Context } from "../../../kernel/context.ts";
import { gitOf, type Repository } from "../../repositories/index.ts";
import { mostNames, ownersFile } from "./find.ts";
import { columnOf, mostBytes, parseOwners, type OwnersError } from "./parse.ts";
import { knownOwners } from "./people.ts";

/** Reported at once; who mends these sees the next. */
const mostErrors = 1000;

/** What is wrong with the CODEOWNERS file that counts at a commit; null where there is none. */
export async function errorsAt(
  ctx: Context,
  repo: Repository,
  commit: string,
): Promise<{ readonly path: string; readonly errors: readonly OwnersError[] } | null> {
  const file = await ownersFile(gitOf(ctx, repo), commit);
  if (!file) return null;
  if (file.text === null) {
    const message = `The file is larger than ${mostBytes / 1024 / 1024} MB and is not read`;
    const error = { line: 1, column: 1, kind: "Too large" as const, source: "", suggestion: null, message };
    return { path: file.path, errors: [error] };
  }
  const { rules, errors } = parseOwners(file.text);
  const names = [...new Set(rules.flatMap((rule) => rule.owners))].slice(0, mostNames);
  const known = await knownOwners(ctx, repo, names);
  const unknown = rules.flatMap((rule) =>
    rule.owners
      .filter((owner) => known.get(owner) === null)
      .map((owner) => ({
        line: rule.line,
        column: columnOf(rule, owner),
        kind: "Unknown owner" as const,
        source: rule.text,
        suggestion: null,
        message: `Nobody who can write to this repository is behind ${owner}`,
      })),
  );
  const all = [...errors, ...unknown].toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { path: file.path, errors: all.slice(0, mostErrors) };
}
