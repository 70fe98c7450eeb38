import type { Revision } from "../../../../git/revisions.ts";
import type { Context } from "../../../../kernel/context.ts";
import { escapeText } from "../../../../kernel/highlight/lines.ts";
import type { Rendered, RenderOptions } from "../../../../kernel/markup/index.ts";
import type { Repository } from "../../access.ts";
import { encodePath, fullName } from "../../addresses.ts";
import { isMarkdown } from "../readme.ts";

/**
 * A file as safe HTML: Markdown rendered, anything else as its text. Relative links lead to pages of the same branch, images
 * to their bytes.
 */
export async function renderFile(
  ctx: Context,
  repo: Repository,
  revision: Revision,
  path: string,
  text: string,
): Promise<string> {
  if (!isMarkdown(path)) return `<pre>${escapeText(text)}</pre>`;
  return (await renderDocument(ctx, repo, revision, path, text)).html;
}

/** A Markdown file as safe HTML, with its headings. */
export const renderDocument = (
  ctx: Context,
  repo: Repository,
  revision: Revision,
  path: string,
  text: string,
): Promise<Rendered> => ctx.markup.render(text, markdownOptions(repo, revision, path));

/** Where relative addresses in a file lead. */
export function markdownOptions(repo: Repository, revision: Revision, path: string): RenderOptions {
  const folder = path.includes("/") ? `${encodePath(path.slice(0, path.lastIndexOf("/")))}/` : "";
  const at = (kind: string) => `/${fullName(repo)}/${kind}/${encodePath(revision.name)}/`;
  return {
    linkBase: at("blob") + folder,
    linkRoot: at("blob"),
    imageBase: at("raw") + folder,
    imageRoot: at("raw"),
    repository: fullName(repo),
    references: new Map(),
  };
}
