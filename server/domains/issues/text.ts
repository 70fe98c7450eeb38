/** What people wrote, as HTML for one reader. Pull requests and other discussions render theirs here too. */
import type { Context } from "../../kernel/context.ts";
import type { MarkupOptions, Reference } from "../../kernel/markup/index.ts";
import { fullName, type Repository } from "../repositories/index.ts";
import { targetsOf } from "./references/targets.ts";

export interface Text {
  readonly repo: Repository | null;
  /** Markdown. */
  readonly body: string;
  /** Keeps the anchors of several texts on one page apart; letters, digits and hyphens. */
  readonly scope?: string;
}

/** How the words of a discussion are read: every line end is a line break, `#1` is an issue of the repository. */
export const markupOptions = (repo: Repository | null): MarkupOptions => ({
  breaks: true,
  ...(repo ? { repository: fullName(repo) } : {}),
});

const optionsOf = ({ repo, scope }: Text): MarkupOptions => ({
  ...markupOptions(repo),
  ...(scope === undefined ? {} : { idScope: scope }),
});

/** The HTML of many texts, in their order; what they refer to is looked up once for each repository. */
export async function renderTexts(ctx: Context, texts: readonly Text[]): Promise<string[]> {
  const read = await Promise.all(
    texts.map(async (text) => ({
      ...text,
      references: await ctx.markup.extractReferences(text.body, optionsOf(text)),
    })),
  );
  const html = new Map<Text, string>();
  for (const [, group] of Map.groupBy(read, (text) => text.repo?.id)) {
    const repo = group[0]?.repo ?? null;
    const distinct = new Map<string, Reference>(
      group.flatMap((text) => text.references.map((one) => [one.key, one] as const)),
    );
    const references = await targetsOf(ctx, repo, [...distinct.values()]);
    for (const text of group) {
      const rendered = await ctx.markup.render(text.body, { ...optionsOf(text), references });
      html.set(text, rendered.html);
    }
  }
  return read.map((text) => html.get(text) ?? "");
}

/** The HTML of one text. */
export async function renderBody(ctx: Context, repo: Repository | null, body: string): Promise<string> {
  const [html = ""] = await renderTexts(ctx, [{ repo, body }]);
  return html;
}

/** Whether a client asks for HTML beside the source, by GitHub's media types `full` and `html`. */
export const wantsHtml = (headers: Headers): boolean =>
  /application\/vnd\.github(?:\.v3)?\.(?:full|html)\+json/i.test(headers.get("accept") ?? "");
