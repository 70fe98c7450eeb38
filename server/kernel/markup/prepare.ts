import type { Element, ElementContent, Root } from "hast";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";
import { type AddressBases, completeAddresses } from "./addresses.ts";
import { colourCodeBlocks } from "./code-blocks.ts";
import { anchorHeadings, type Heading } from "./headings.ts";
import { distinct, type Reference } from "./references.ts";
import { cutSlots, type Slot, slotMark } from "./slots.ts";
import { AmplificationError, sourceTree } from "./source-tree.ts";

/** How a document is read and where its relative addresses lead. */
export type MarkupOptions = AddressBases & {
  /** Every line end is a line break, as in comments; not in files. */
  breaks?: boolean;
  /** The source is HTML, of which the same survives as within Markdown. */
  html?: boolean;
  /** Keeps the ids of several documents on one page apart; letters, digits and hyphens. */
  idScope?: string;
  /** The repository (`owner/name`) in which the text stands. */
  repository?: string;
};

/** A rendered document before its references are looked up, which depends on the reader. */
export type Prepared = {
  /** HTML around the slots: one more than there are slots. */
  pieces: string[];
  slots: Slot[];
  references: Reference[];
  headings: Heading[];
  /** The beginning as plain text in one line, at most 500 characters. */
  excerpt: string;
  /** Whether there was time to colour all code. */
  complete: boolean;
};

export type PrepareRequest = {
  source: string;
  options: MarkupOptions;
  forgeUrl: string;
  /** Milliseconds for colouring code; 0 leaves it plain. */
  colouring: number;
};

/** Characters of HTML; what is longer serves nobody as a page. */
const longestHtml = 8 * 1024 * 1024;
const stringify = unified().use(rehypeStringify).freeze();

/** Renders a Markdown source as far as is the same for every reader. Blocks its thread, possibly for long. Throws an AmplificationError. */
export async function prepare({ source, options, forgeUrl, colouring }: PrepareRequest): Promise<Prepared> {
  const prefix = `user-content-${options.idScope ? `${options.idScope}-` : ""}`;
  const text = source.replaceAll(slotMark, "\uFFFD");
  const tree = await sourceTree(text, {
    prefix,
    breaks: options.breaks ?? false,
    html: options.html ?? false,
  });
  const excerpt = beginning(tree, 500);
  const headings = anchorHeadings(tree, prefix);
  completeAddresses(tree, options, forgeUrl, prefix);
  labelCheckboxes(tree);
  const complete = await colourCodeBlocks(tree, performance.now() + colouring);
  const html = (node: Root | Element) =>
    stringify.stringify(node.type === "root" ? node : { type: "root", children: [node] });
  const { slots, references } = cutSlots(tree, { forgeUrl, here: options.repository, html });
  const whole = html(tree);
  if (whole.length > longestHtml) throw new AmplificationError("The HTML is too long.");
  const parts = whole.split(slotMark);
  const pieces = parts.filter((_, index) => index % 2 === 0);
  if (pieces.length !== slots.length + 1) throw new Error("The slots of a document were lost on the way.");
  return { pieces, slots, references: distinct(references), headings, excerpt, complete };
}

const blocks = new Set(
  "blockquote br dd div dt h1 h2 h3 h4 h5 h6 hr li p section summary td th tr".split(" "),
);
const silent = new Set(["pre", "section", "input"]);

function beginning(tree: Root, length: number): string {
  let text = "";
  const read = (node: ElementContent | Root["children"][number]) => {
    if (text.length > length * 2) return;
    if (node.type === "text") text += node.value;
    if (node.type !== "element" || silent.has(node.tagName)) return;
    const apart = blocks.has(node.tagName) ? " " : "";
    text += apart;
    for (const child of node.children) read(child);
    text += apart;
  };
  for (const child of tree.children) read(child);
  return shorten(text, length);
}

/** Text in one line of at most `length` characters, cut with an ellipsis and never inside a character. */
export function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= length
    ? line
    : `${line
        .slice(0, length - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, "")
        .trimEnd()}…`;
}

function labelCheckboxes(tree: Root): void {
  const label = (node: Root | ElementContent | Root["children"][number]) => {
    if (node.type === "element" && node.tagName === "input") {
      node.properties.ariaLabel = node.properties.checked ? "Completed task" : "Incomplete task";
    }
    if ("children" in node) for (const child of node.children) label(child);
  };
  label(tree);
}
