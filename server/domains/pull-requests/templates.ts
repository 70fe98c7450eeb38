/** What a repository wants the text of a pull request to begin with: files on its default branch, under GitHub's names. */
import { decodeText, readBlob } from "../../git/blobs.ts";
import { readRef } from "../../git/refs.ts";
import type { GitRepository } from "../../git/store.ts";
import { pathEntry, readTree, type PathEntry, type TreeEntry } from "../../git/trees.ts";
import { gitOf, type RepoWith } from "../repositories/index.ts";
import type { Context } from "../../kernel/context.ts";

export interface Template {
  /** As it is chosen: `bug.md`. */
  readonly name: string;
  readonly path: string;
  /** The one that is taken when none is chosen. */
  readonly isDefault: boolean;
  readonly body: string;
}

/** In this order; the first that has one is meant. */
const places = [".github", ".wit", "", "docs"];
const single = /^pull_request_template(?:\.(?:md|markdown|txt))?$/i;
const folder = /^pull_request_template$/i;
const several = /\.(?:md|markdown|txt)$/i;

const mostTemplates = 30;
/** Bytes. More is not the beginning of a text but a whole one, and is left out. */
const mostBytes = 32 * 1024;

/** The templates of a repository, the default one first, then by name. Reads a few trees, which are cached by their ids. */
export async function templatesOf(ctx: Context, repo: RepoWith<"read">): Promise<readonly Template[]> {
  const git = gitOf(ctx, repo);
  const tip = (await readRef(git, `refs/heads/${repo.defaultBranch}`))?.oid;
  if (tip === undefined) return [];
  const found = new Map<string, Template>();
  for (const place of places) {
    const at = await pathEntry(git, tip, place);
    if (at?.kind !== "directory") continue;
    for (const template of await templatesIn(git, at)) {
      const known = found.get(template.name.toLowerCase());
      const isSecond = template.isDefault && [...found.values()].some((one) => one.isDefault);
      if (!known && !isSecond && found.size < mostTemplates) found.set(template.name.toLowerCase(), template);
    }
  }
  return [...found.values()].toSorted(
    (a, b) => Number(b.isDefault) - Number(a.isDefault) || a.name.localeCompare(b.name, "en"),
  );
}

/** The one of a name, with or without its ending; without a name the default one. */
export function chosenTemplate(list: readonly Template[], name: string | undefined): Template | null {
  if (name === undefined || name === "") return list.find((one) => one.isDefault) ?? null;
  const wanted = name.toLowerCase();
  const bare = (text: string) => text.toLowerCase().replace(several, "");
  return (
    list.find((one) => one.name.toLowerCase() === wanted) ??
    list.find((one) => bare(one.name) === wanted) ??
    null
  );
}

async function templatesIn(git: GitRepository, at: PathEntry): Promise<Template[]> {
  const entries = await readTree(git, at.oid);
  const templates: Template[] = [];
  for (const entry of entries) {
    const path = at.path === "" ? entry.name : `${at.path}/${entry.name}`;
    if (isFile(entry) && single.test(entry.name)) {
      const body = await textOf(git, entry);
      if (body !== null) templates.push({ name: entry.name, path, isDefault: true, body });
    }
    if (entry.kind !== "directory" || !folder.test(entry.name)) continue;
    const inside = (await readTree(git, entry.oid)).filter((one) => isFile(one) && several.test(one.name));
    for (const one of inside.slice(0, mostTemplates)) {
      const body = await textOf(git, one);
      if (body !== null)
        templates.push({ name: one.name, path: `${path}/${one.name}`, isDefault: false, body });
    }
  }
  return templates;
}

const isFile = ({ kind }: TreeEntry): boolean => kind === "file" || kind === "executable";

async function textOf(git: GitRepository, entry: TreeEntry): Promise<string | null> {
  const { bytes, truncated } = await readBlob(git, entry.oid, { maxBytes: mostBytes });
  if (truncated) return null;
  const text = decodeText(bytes)?.text.replaceAll("\r\n", "\n").replaceAll("\0", "").trim();
  return text ? text : null;
}
