import { writeCommit, writeObject } from "../../../git/commit-objects.ts";
import { conflictText, type TextPart } from "../../../git/conflict-parts.ts";
import type { Conflict } from "../../../git/merge-tree.ts";
import type { GitRepository } from "../../../git/store.ts";
import { TreeEditor } from "../../../git/tree-edits.ts";
import type { Context } from "../../../kernel/context.ts";
import { conflict as stale, invalid, unprocessable } from "../../../kernel/errors.ts";
import { requireUser } from "../../../kernel/grants.ts";
import { identityOf, signatureOf, withLineEndsOf, type RepoWith } from "../../repositories/index.ts";
import { catchUp } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import { mergeSides, placesIn } from "./conflicts.ts";
import { bringBase, moveSource, requireSource } from "./update-branch.ts";

/** What shall stand at one place: one side, both (the branch first), or a text of one's own. */
export interface Choice {
  readonly choice: "ours" | "theirs" | "both" | "text";
  readonly text?: string | undefined;
}

/** How one file is resolved: as a whole, or place by place under the names that `conflictsOf` gives them. */
export interface ResolvedFile {
  readonly path: string;
  readonly content?: string | undefined;
  readonly places?: Readonly<Record<string, Choice>> | undefined;
}

export interface Resolution {
  /** The two commits whose conflicts were looked at; others are refused, and nothing is lost. */
  readonly expectedHead: string;
  readonly expectedBase: string;
  readonly files: readonly ResolvedFile[];
}

/**
 * Merges the base into the source branch with the conflicts resolved as told. Everything that does not conflict is merged as
 * ever; the branch moves by compare-and-swap from the head that was looked at.
 *
 * @throws Refusal 409 when branch or base moved, 422 naming what is not resolved yet or cannot be resolved by text
 */
export async function resolveConflicts(
  ctx: Context,
  repo: RepoWith<"read">,
  seen: PullRequest,
  wish: Resolution,
): Promise<PullRequest> {
  const me = requireUser(ctx.actor).user;
  const pull = await catchUp(ctx, repo, seen);
  if (pull.state !== "open")
    throw unprocessable("Only the conflicts of an open pull request can be resolved");
  const source = await requireSource(ctx, repo, pull);
  if (wish.expectedHead !== pull.headSha || wish.expectedBase !== pull.baseSha)
    throw stale(
      "The branches moved meanwhile. Look at the conflicts as they are now; what you wrote is still here.",
    );
  const git = await bringBase(ctx, repo, source, pull);
  const merged = await mergeSides(git, pull, { keep: true });
  if (merged.kind === "clean") throw unprocessable("Nothing conflicts any more: update the branch instead");
  const wanted = new Map(wish.files.map((file) => [file.path, file]));
  const editor = await TreeEditor.open(git, merged.tree);
  for (const conflict of merged.conflicts) {
    const file = wanted.get(conflict.path);
    if (!file) throw invalid("Resolution", "files", `${conflict.path} is not resolved yet`);
    wanted.delete(conflict.path);
    const content = await contentOf(git, pull, conflict, file);
    const { mode } = await editor.file(conflict.path);
    await editor.put(conflict.path, mode, await writeObject(git, "blob", Buffer.from(content)));
  }
  const [strange] = wanted.keys();
  if (strange !== undefined) throw invalid("Resolution", "files", `${strange} is not in conflict`);
  const signature = signatureOf(ctx, identityOf(ctx, me));
  const files = merged.conflicts.map(({ path }) => `\t${path}`).join("\n");
  const commit = await writeCommit(git, {
    tree: await editor.write(),
    parents: [pull.headSha, pull.baseSha],
    author: signature,
    committer: signature,
    message: `Merge branch '${pull.targetBranch}' into ${pull.sourceBranch}\n\nConflicts resolved in:\n${files}\n`,
  });
  await moveSource(ctx, source, pull, commit, "resolve");
  return catchUp(ctx, repo, pull);
}

async function contentOf(
  git: GitRepository,
  pull: PullRequest,
  conflict: Conflict,
  file: ResolvedFile,
): Promise<string> {
  const { path } = conflict;
  const found = await conflictText(git, conflict);
  if (found.kind === "other") throw invalid("Resolution", "files", `${path} cannot be resolved here`);
  if (file.content !== undefined) {
    if (holdsMarker(file.content, pull))
      throw invalid("Resolution", "files", `${path} still has conflict markers`);
    const before = found.parts.map((part) => (part.kind === "same" ? part.text : part.ours)).join("");
    return file.content.includes("\r") ? file.content : withLineEndsOf(before, file.content);
  }
  const decided = new Map<TextPart, string>();
  for (const { name, part } of placesIn(found.parts)) {
    const choice = file.places?.[name];
    if (!choice) throw invalid("Resolution", "files", `A place in ${path} is not resolved yet`);
    decided.set(part, textOf(part, choice));
  }
  return found.parts.map((part) => (part.kind === "same" ? part.text : (decided.get(part) ?? ""))).join("");
}

function textOf(part: Extract<TextPart, { kind: "conflict" }>, { choice, text = "" }: Choice): string {
  if (choice === "both") return ended(part.ours) + part.theirs;
  if (choice !== "text") return part[choice];
  // A form knows one line end only; the file has its own.
  const usual = /\r\n/.test(part.ours + part.theirs + part.base) ? "\r\n" : "\n";
  const plain = text.replaceAll(/\r\n|\r|\n/g, "\n");
  return ended(plain).replaceAll("\n", usual);
}

const ended = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

/** The lines that the page marks conflicts with; a text about conflicts in general may hold others. */
export const markersOf = (pull: Pick<PullRequest, "sourceBranch" | "targetBranch">) => ({
  begin: `<<<<<<< ${pull.sourceBranch}`,
  divide: "=======",
  end: `>>>>>>> ${pull.targetBranch}`,
});

function holdsMarker(text: string, pull: PullRequest): boolean {
  const { begin, end } = markersOf(pull);
  return text.split(/\r?\n/).some((line) => line === begin || line === end);
}
