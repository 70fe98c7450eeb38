import type { Element, ElementContent, Root } from "hast";
import { visit } from "unist-util-visit";

/** A heading of a document; `id` is the fragment that leads to it. */
export type Heading = { level: number; id: string; text: string };

/** All text inside a node. */
export function textOf(node: Root | ElementContent | Root["children"][number]): string {
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}

/** Gives every heading an id after GitHub's rule, with an anchor that shows it, and lists the headings. */
export function anchorHeadings(tree: Root, prefix: string): Heading[] {
  const headings: Heading[] = [];
  const taken = new Map<string, number>();
  visit(tree, "element", (node: Element) => {
    const level = /^h([1-6])$/.exec(node.tagName)?.[1];
    if (level === undefined || node.properties.className !== undefined) return;
    const text = textOf(node).trim();
    const own = typeof node.properties.id === "string" ? node.properties.id : null;
    const id = own ?? prefix + unique(slug(text), taken);
    node.properties.id = id;
    headings.push({ level: Number(level), id, text });
    node.children.unshift({
      type: "element",
      tagName: "a",
      properties: { className: ["anchor"], href: `#${id}`, ariaHidden: "true", tabIndex: -1 },
      children: [],
    });
  });
  return headings;
}

/** GitHub's rule for heading ids: lower case, spaces to hyphens, no punctuation. */
function slug(text: string): string {
  const kept = text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "");
  return kept.replaceAll(" ", "-") || "section";
}

function unique(base: string, taken: Map<string, number>): string {
  let count = taken.get(base);
  if (count === undefined) {
    taken.set(base, 0);
    return base;
  }
  let candidate = base;
  while (taken.has(candidate)) candidate = `${base}-${(count += 1)}`;
  taken.set(base, count);
  taken.set(candidate, 0);
  return candidate;
}
