import type { Root as HastRoot } from "hast";
import type { Blockquote, PhrasingContent, Root } from "mdast";
import rehypeRaw from "rehype-raw";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { SKIP, visit } from "unist-util-visit";
import { sanitizeSchema } from "./sanitize-schema.ts";

/** A source that would answer with far more output than it has input. */
export class AmplificationError extends Error {
  override readonly name = "AmplificationError";
}

const markdown = unified().use(remarkParse).use(remarkGfm).freeze();
const largestTable = 100_000;
/** As in cmark: repeated link definitions may add the size of the source, and 100 kB in any case. */
const definitionAllowance = 100_000;

/**
 * The sanitized tree of a Markdown source (CommonMark, GFM, footnotes, alerts, inline HTML). Nothing that comes
 * later may take text or attributes from anywhere but this tree. `breaks` makes every line end a line break, as in
 * comments; `html` says that the whole source is HTML. Throws an AmplificationError.
 */
export async function sourceTree(
  source: string,
  options: { prefix: string; breaks: boolean; html: boolean },
): Promise<HastRoot> {
  const tree: Root = options.html
    ? { type: "root", children: [{ type: "html", value: source }] }
    : markdown.parse(source);
  refuseAmplification(tree, source.length);
  markAlerts(tree);
  if (options.breaks) breakLines(tree);
  let hasHtml = false;
  visit(tree, "html", () => {
    hasHtml = true;
    return false;
  });
  const clean = unified()
    .use(remarkRehype, { allowDangerousHtml: true, clobberPrefix: "" })
    .use(hasHtml ? [rehypeRaw] : [])
    .use(rehypeSanitize, sanitizeSchema(options.prefix));
  return clean.run(tree);
}

function refuseAmplification(tree: Root, sourceLength: number): void {
  const lengths = new Map<string, number>();
  visit(tree, "definition", (node) => {
    const length = node.url.length + (node.title?.length ?? 0);
    if (!lengths.has(node.identifier)) lengths.set(node.identifier, length);
  });
  let expanded = 0;
  visit(tree, ["linkReference", "imageReference"], (node) => {
    if ("identifier" in node) expanded += lengths.get(node.identifier) ?? 0;
  });
  if (expanded > definitionAllowance + sourceLength)
    throw new AmplificationError("Link definitions repeat too much.");
  let cells = 0;
  visit(tree, "table", (node) => {
    cells += node.children.length * (node.align?.length ?? 0);
  });
  if (cells > largestTable) throw new AmplificationError("The tables have too many cells.");
}

const alertMarker = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)/i;

/** GitHub's alerts: a quote whose first line is `[!NOTE]` alone. */
function markAlerts(tree: Root): void {
  visit(tree, "blockquote", (quote: Blockquote) => {
    const paragraph = quote.children[0];
    const first = paragraph?.type === "paragraph" ? paragraph.children[0] : undefined;
    const match = first?.type === "text" ? alertMarker.exec(first.value) : null;
    if (!match || first?.type !== "text" || paragraph?.type !== "paragraph") return;
    const kind = (match[1] ?? "").toLowerCase();
    first.value = first.value.slice(match[0].length);
    if (first.value === "") paragraph.children.shift();
    if (paragraph.children[0]?.type === "break") paragraph.children.shift();
    if (paragraph.children.length === 0) quote.children.shift();
    quote.children.unshift({
      type: "paragraph",
      children: [{ type: "text", value: (kind[0] ?? "").toUpperCase() + kind.slice(1) }],
      data: { hProperties: { className: ["markdown-alert-title"] } },
    });
    quote.data = { hName: "div", hProperties: { className: ["markdown-alert", `markdown-alert-${kind}`] } };
  });
}

function breakLines(tree: Root): void {
  visit(tree, "text", (node, index, parent) => {
    if (!parent || index === undefined || !node.value.includes("\n")) return;
    const pieces = node.value.split("\n").flatMap((value, line): PhrasingContent[] => {
      return [
        ...(line === 0 ? [] : [{ type: "break" as const }]),
        ...(value === "" ? [] : [{ type: "text" as const, value }]),
      ];
    });
    parent.children.splice(index, 1, ...pieces);
    return [SKIP, index + pieces.length];
  });
}
