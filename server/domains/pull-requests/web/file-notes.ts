/** What pull requests have to do with a file that somebody looks at: where its lines can be spoken of, and who owns it. */
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { route } from "../../../kernel/http/route.ts";
import { usersById } from "../../accounts/index.ts";
import { fullName, requirePlace, withRepository, type RepoWith } from "../../repositories/index.ts";
import { openPullOf } from "../branch-pulls.ts";
import { errorsAt } from "../owners/errors.ts";
import { ownershipOf, places } from "../owners/find.ts";

/** Shown on the page; who mends these sees the next. */
const mostErrors = 50;

const notes = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/file-notes/{rest*}",
  operation: "web/get-file-notes",
  summary:
    "Of a file: the open pull request of its branch, its owners, and what is wrong with it as CODEOWNERS",
  access: withRepository("read"),
  internal: true,
  answer: z.object({
    pull: z
      .object({
        repository: z.string().describe("`owner/name`: where it goes, for a fork often its parent"),
        number: z.int(),
        title: z.string(),
      })
      .nullable()
      .describe("The newest that is open from the branch in the address, those within the repository first"),
    owned: z
      .object({
        path: z.string().describe("The CODEOWNERS file that says so"),
        line: z.int(),
        owners: z.array(z.object({ name: z.string(), login: z.string().nullable() })),
      })
      .nullable(),
    codeowners: z
      .object({
        counts: z.boolean().describe("False when another CODEOWNERS file goes before it"),
        path: z.string().describe("The one that counts"),
        errors: z.array(z.object({ line: z.int(), column: z.int(), message: z.string() })),
        total: z.int(),
      })
      .nullable()
      .describe("Null for any other file"),
  }),
  handle: async ({ ctx, repo, params }) => {
    const { revision, path } = await requirePlace(ctx, repo, params.rest);
    const [pull, owned, codeowners] = await Promise.all([
      revision.kind === "branch" ? openPullOf(ctx, repo, revision.name) : null,
      ownedBy(ctx, repo, revision.commit, path),
      asCodeowners(ctx, repo, revision.commit, path),
    ]);
    const told = pull && {
      repository: fullName(pull.target),
      number: pull.number,
      title: pull.title,
    };
    return { pull: told, owned, codeowners };
  },
});

async function ownedBy(ctx: Context, repo: RepoWith<"read">, commit: string, path: string) {
  const owned = await ownershipOf(ctx, repo, commit, path);
  if (!owned) return null;
  const people = await usersById(
    ctx,
    owned.owners.map((one) => one.userId),
  );
  const owners = owned.owners.map(({ name, userId }) => ({
    name,
    // Whose an address is stays between them and whoever wrote it.
    login: name.startsWith("@") ? (people.get(userId ?? "")?.login ?? null) : null,
  }));
  return { path: owned.path, line: owned.line, owners };
}

async function asCodeowners(ctx: Context, repo: RepoWith<"read">, commit: string, path: string) {
  if (!places.some((place) => place === path)) return null;
  const found = await errorsAt(ctx, repo, commit);
  if (!found) return null;
  const counts = found.path === path;
  const errors = counts ? found.errors : [];
  const shown = errors.slice(0, mostErrors).map(({ line, column, message }) => ({ line, column, message }));
  return { counts, path: found.path, errors: shown, total: errors.length };
}

export const fileNoteRoutes = [notes];
