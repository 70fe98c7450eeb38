import type { Element, ElementContent, Root } from "hast";
import { visit } from "unist-util-visit";
import { languageNamed } from "../highlight/languages.ts";
import { splitLines } from "../highlight/lines.ts";
import { type Run, tokenize } from "../highlight/tokenize.ts";

/** Colours the code blocks that name a language with a grammar, until `until` (a `performance.now()` time); whether it got through. */
export async function colourCodeBlocks(tree: Root, until: number): Promise<boolean> {
  const blocks: { code: Element; grammar: string }[] = [];
  visit(tree, "element", (node) => {
    if (node.tagName !== "pre") return;
    // A block that scrolls must be reachable by keyboard.
    node.properties.tabIndex = 0;
    const code = node.children[0];
    if (code?.type !== "element" || code.tagName !== "code") return;
    const grammar = grammarOf(code);
    if (grammar !== null && code.children.every((child) => child.type === "text"))
      blocks.push({ code, grammar });
  });
  let complete = true;
  for (const { code, grammar } of blocks) {
    if (performance.now() >= until) return false;
    const source = code.children.map((child) => (child.type === "text" ? child.value : "")).join("");
    const { lines, complete: whole } = await tokenize(splitLines(source), grammar, until);
    complete &&= whole;
    code.children = lines.flatMap((line) => [...line.map(inkedText), { type: "text", value: "\n" }]);
  }
  return complete;
}

function grammarOf(code: Element): string | null {
  const { className } = code.properties;
  const named = Array.isArray(className)
    ? className.map(String).find((name) => name.startsWith("language-"))
    : undefined;
  return named === undefined ? null : (languageNamed(named.slice("language-".length))?.grammar ?? null);
}

function inkedText({ ink, text }: Run): ElementContent {
  const value: ElementContent = { type: "text", value: text };
  if (ink === "") return value;
  return { type: "element", tagName: "span", properties: { className: [ink] }, children: [value] };
}
