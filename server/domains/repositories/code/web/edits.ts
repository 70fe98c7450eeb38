/** Changing files in the browser: what the pages need to know, what would change, and the commit. */
import { z } from "zod";
import { diffTrees } from "../../../../git/diffs.ts";
import { emptyTreeId } from "../../../../git/object-ids.ts";
import { pathEntry } from "../../../../git/trees.ts";
import type { Context } from "../../../../kernel/context.ts";
import { invalid, Refusal } from "../../../../kernel/errors.ts";
import { route } from "../../../../kernel/http/route.ts";
import type { RepoWith } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { bytesOf } from "../base64.ts";
import { requireBranch, someBranch } from "../branch-writer.ts";
import { commitSet, draftSet, type ChangeSet } from "../changesets.ts";
import { diffShape } from "../diff-shapes.ts";
import { diffView } from "../diff-views.ts";
import { isMarkdown } from "../readme.ts";
import type { SetChange } from "../set-changes.ts";
import { renderFile } from "./markdown.ts";

/** Milliseconds that a preview waits for colours: nobody asks for it twice. */
const previewPatience = 1_200;

const most = { files: 100, bytes: 10 * 1024 * 1024 };

const change = z.object({
  path: z.string().max(4096),
  previous_path: z.string().max(4096).optional().describe("What the file was called, to rename it"),
  text: z
    .string()
    .optional()
    .describe("The new content, from a form: line ends and a byte order mark stay those of the file"),
  content: z.string().optional().describe("The new content, Base64"),
  delete: z.boolean().optional(),
  create: z.boolean().optional().describe("There must be no file at the path"),
  executable: z.boolean().optional().describe("As it was unless told"),
});

const set = z.object({
  branch: z.string().min(1).max(1024),
  expected_head: z
    .string()
    .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "The whole id of a commit")
    .nullable()
    .describe("The commit whose files were seen; null in a repository without commits"),
  target: z.enum(["branch", "new_branch"]).default("branch"),
  new_branch: z.string().max(1024).optional().describe("For the target `new_branch`: what to call it"),
  message: z.string().max(1000).default("").describe("The first line; says what changes unless given"),
  description: z.string().max(65_536).default(""),
  change: change.optional(),
  changes: z.array(change).max(most.files, `At most ${most.files} files in one commit`).optional(),
});

type Given = z.output<typeof set>;

function changesOf(given: Given): SetChange[] {
  const listed = [
    ...(given.change ? [{ ...given.change, field: "change" }] : []),
    ...(given.changes ?? []).map((one, index) => ({ ...one, field: `changes.${index}` })),
  ];
  if (listed.length === 0) throw invalid("Commit", "changes", "There is nothing to commit.", "missing_field");
  const changes = listed.map(({ previous_path: previousPath, content, ...one }) => ({
    ...one,
    previousPath,
    bytes: content === undefined ? undefined : bytesOf(content, `${one.field}.content`),
  }));
  const size = changes.reduce(
    (sum, { bytes, text }) => sum + (bytes?.length ?? 0) + Buffer.byteLength(text ?? ""),
    0,
  );
  if (size > most.bytes)
    throw new Refusal("too_large", "One commit made here holds at most 10 MB; push larger ones with git");
  return changes;
}

function setOf(given: Given): ChangeSet {
  const changes = changesOf(given);
  const title = given.message.replaceAll(/\s+/g, " ").trim() || titleOf(changes);
  const description = given.description.trim();
  const newBranch = given.target === "new_branch" ? (given.new_branch ?? "").trim() : undefined;
  return {
    branch: given.branch,
    seen: given.expected_head,
    newBranch,
    message: description === "" ? title : `${title}\n\n${description}`,
    changes,
  };
}

const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** What a commit is called when nobody calls it anything. */
function titleOf(changes: readonly SetChange[]): string {
  const [first] = changes;
  if (!first || changes.length > 1) return `Change ${changes.length} files`;
  const { path, previousPath } = first;
  if (first.delete) return `Delete ${baseName(path)}`;
  if (previousPath !== undefined && previousPath !== path)
    return baseName(previousPath) === baseName(path)
      ? `Move ${previousPath} to ${path}`
      : `Rename ${baseName(previousPath)} to ${baseName(path)}`;
  return `${first.create ? "Create" : "Update"} ${baseName(path)}`;
}

const bodyBytes = 15 * 1024 * 1024;

const commit = route({
  method: "POST",
  path: "/_web/repos/{owner}/{repo}/commits",
  operation: "web/commit-changes",
  summary: "Commit changes of several files, to a branch or to a new one",
  access: someBranch,
  internal: true,
  bodyBytes,
  body: set,
  answer: z.object({
    commit: z.string(),
    branch: z.string(),
    to: z
      .string()
      .describe("The page to go to, below the repository's: the file, or the form of a pull request"),
  }),
  status: 201,
  handle: async ({ ctx, repo: seen, body }) => {
    const wanted = setOf(body);
    const repo = await requireBranch(ctx, seen, wanted.newBranch ?? wanted.branch);
    const made = await commitSet(ctx, repo, wanted);
    const { branch, newBranch } = wanted;
    if (newBranch !== undefined)
      return { commit: made, branch: newBranch, to: `pulls/new/${branch}...${newBranch}` };
    return { commit: made, branch, to: await placeToSee(ctx, repo, made, wanted) };
  },
});

/** The file that was changed, or the nearest folder of those that were. */
async function placeToSee(
  ctx: Context,
  repo: RepoWith<"write">,
  made: string,
  { branch, changes }: ChangeSet,
): Promise<string> {
  const [first] = changes;
  if (first && changes.length === 1 && !first.delete) return `blob/${branch}/${first.path}`;
  const folders = changes.map(({ path }) => path.split("/").slice(0, -1));
  const shared = (folders[0] ?? []).filter((_, index, all) =>
    folders.every((folder) => all.slice(0, index + 1).every((name, at) => folder[at] === name)),
  );
  for (let depth = shared.length; depth > 0; depth--) {
    const path = shared.slice(0, depth).join("/");
    if ((await pathEntry(gitOf(ctx, repo), made, path))?.kind === "directory")
      return `tree/${branch}/${path}`;
  }
  return `tree/${branch}`;
}

const preview = route({
  method: "POST",
  path: "/_web/repos/{owner}/{repo}/commits/preview",
  operation: "web/preview-changes",
  summary: "What a commit of these changes would change",
  access: someBranch,
  internal: true,
  bodyBytes,
  body: set,
  answer: z.object({
    diff: diffShape,
    html: z.string().nullable().describe("Of a single Markdown file, rendered"),
  }),
  handle: async ({ ctx, repo: seen, body }) => {
    const wanted = setOf(body);
    // Nothing moves yet: who may commit to the branch, or branch off from it, may see what would change.
    const repo = await requireBranch(ctx, seen, wanted.branch);
    const git = gitOf(ctx, repo);
    const { commit: drafted, start } = await draftSet(ctx, repo, wanted);
    const diff = await diffTrees(git, start ?? emptyTreeId(drafted), drafted);
    const [only] = wanted.changes;
    const shown = wanted.changes.length === 1 && only?.text !== undefined && isMarkdown(only.path);
    const revision = { kind: "branch" as const, name: wanted.branch, commit: drafted };
    return {
      diff: await diffView(ctx, git, diff, { patience: previewPatience }),
      html: shown ? await renderFile(ctx, repo, revision, only.path, only.text ?? "") : null,
    };
  },
});

export const editPageRoutes = [commit, preview];
