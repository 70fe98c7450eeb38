/**
 * `packed-refs` line by line, for writing it anew: what stands there stays as it is, byte for byte. Texts are Latin-1, so names
 * that are no UTF-8 stay whole and the order of texts is the order of bytes (refs/packed-backend.c).
 */
import { formatPackedRefs } from "./ref-files.ts";

export interface PackedLine {
  readonly name: string;
  /** The line of the reference and the one of what it peels to, with their ends. */
  readonly text: string;
}

const header = formatPackedRefs([]);

/** The references of a file; null for one that git's older versions, or others, wrote: without the order or the peeled objects. */
export function readPackedLines(content: string): PackedLine[] | null {
  if (content === "") return [];
  let start = content.indexOf("\n") + 1;
  const traits = content.slice(0, start).trimEnd().split(" ");
  if (start === 0 || !content.startsWith("# pack-refs with:") || !content.endsWith("\n")) return null;
  if (!["peeled", "fully-peeled", "sorted"].every((trait) => traits.includes(trait))) return null;
  const lines: PackedLine[] = [];
  while (start < content.length) {
    const end = content.indexOf("\n", start);
    const next = content[end + 1] === "^" ? content.indexOf("\n", end + 1) + 1 : end + 1;
    const space = content.indexOf(" ", start);
    const name = content.slice(space + 1, end);
    if (space === -1 || space > end || name === "" || (lines.at(-1)?.name ?? "") >= name) return null;
    lines.push({ name, text: content.slice(start, next) });
    start = next;
  }
  return lines;
}

/** The content of a file with what stood and what comes. No name is in both. */
export function mergePacked(before: readonly PackedLine[], coming: readonly PackedLine[]): string {
  const lines = [...before, ...coming].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return header + lines.map(({ text }) => text).join("");
}
