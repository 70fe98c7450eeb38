import type { Element, Root, Text } from "hast";
import { SKIP, visit } from "unist-util-visit";
import { escapeText } from "../highlight/lines.ts";
import { endsInClosingKeyword, findReferences, type Reference, referenceOfUrl } from "./references.ts";

/** A place in the HTML where a link goes if the reference leads somewhere. */
export type Slot = {
  key: string;
  /** The HTML to show inside the link. */
  label: string;
  /** The address as written, when it says more than the reference does, such as a comment. */
  href: string | null;
  /** The HTML that stands there when the reference leads nowhere. */
  fallback: string;
};

/** Never part of a source or of a tree made from one: U+0000 is replaced by every parser on the way. */
export const slotMark = "\u0000";

const untouched = new Set(["a", "pre", "code", "tt", "samp", "kbd"]);
const mostSlots = 1_000;

/**
 * Takes references out of the text (not out of code or links) and the forge's own addresses out of links, and
 * leaves a mark for each: `slotMark`, index, `slotMark`.
 */
export function cutSlots(
  tree: Root,
  options: { forgeUrl: string; here?: string | undefined; html: (node: Element) => string },
): { slots: Slot[]; references: Reference[] } {
  const slots: Slot[] = [];
  const references: Reference[] = [];
  const mark = (slot: Slot): Text => {
    return { type: "text", value: `${slotMark}${slots.push(slot) - 1}${slotMark}` };
  };

  visit(tree, (node, index, parent) => {
    if (slots.length >= mostSlots) return false;
    if (node.type === "element" && node.tagName === "a" && parent && index !== undefined) {
      const before = parent.children[index - 1];
      const found = ownAddress(node, options.forgeUrl, options.here);
      if (!found) return SKIP;
      const reference = withKeyword(found.reference, before?.type === "text" ? before.value : "");
      references.push(reference);
      parent.children[index] = mark({
        key: reference.key,
        label: labelOf(reference, found.rest),
        href: found.rest === "" ? null : String(node.properties.href),
        fallback: options.html(node),
      });
      return SKIP;
    }
    if (node.type === "element" && untouched.has(node.tagName)) return SKIP;
    if (node.type !== "text" || !parent || index === undefined) return;
    const found = findReferences(node.value, options.here);
    if (found.length === 0) return;
    const pieces: Text[] = [];
    let at = 0;
    for (const { start, end, reference } of found) {
      const written = escapeText(node.value.slice(start, end));
      references.push(reference);
      pieces.push({ type: "text", value: node.value.slice(at, start) });
      pieces.push(
        mark({ key: reference.key, label: labelOf(reference, "", written), href: null, fallback: written }),
      );
      at = end;
    }
    pieces.push({ type: "text", value: node.value.slice(at) });
    parent.children.splice(index, 1, ...pieces);
    return [SKIP, index + pieces.length];
  });
  return { slots, references };
}

/** A bare address of this forge; one with words of its own for a label stays a link. */
function ownAddress(node: Element, forgeUrl: string, here: string | undefined) {
  const [child] = node.children;
  const { href } = node.properties;
  if (typeof href !== "string" || child?.type !== "text" || child.value !== href) return null;
  const found = referenceOfUrl(href, forgeUrl, here);
  return found && (found.rest === "" || found.rest.startsWith("#")) ? found : null;
}

function withKeyword(reference: Reference, before: string): Reference {
  return reference.kind === "issue" ? { ...reference, closes: endsInClosingKeyword(before) } : reference;
}

function labelOf(reference: Reference, rest: string, written?: string): string {
  const inside =
    reference.kind === "user" || reference.repository === null ? "" : escapeText(reference.repository);
  if (reference.kind === "commit") {
    return `${inside ? `${inside}@` : ""}<code>${reference.sha.slice(0, 7)}</code>${rest ? " (comment)" : ""}`;
  }
  if (written !== undefined || reference.kind === "user") return written ?? escapeText(reference.key);
  return `${inside}#${reference.number}${rest ? " (comment)" : ""}`;
}
