/** Patterns of names: `release/*`, `**`, `refs/tags/v*`. `*` stands for any text within one segment, `**` for any text at all. */

type Piece = { readonly kind: "text"; readonly char: string } | { readonly kind: "segment" | "any" };

function piecesOf(pattern: string): readonly Piece[] {
  return [...pattern.matchAll(/\*\*+|\*|[^*]/gu)].map(([found]) =>
    found === "*"
      ? { kind: "segment" }
      : found.startsWith("**")
        ? { kind: "any" }
        : { kind: "text", char: found },
  );
}

/**
 * Whether a pattern covers a whole name. Takes at most `pattern × name` steps whatever they hold, where a regular expression
 * of many stars could be made to run for hours.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  const letters = [...name];
  let reached = new Set([0]);
  for (const piece of piecesOf(pattern)) {
    const next = new Set<number>();
    for (let at = 0, open = false; at <= letters.length; at += 1) {
      if (piece.kind === "text") {
        if (reached.has(at) && letters[at] === piece.char) next.add(at + 1);
        continue;
      }
      if (reached.has(at)) open = true;
      if (open) next.add(at);
      if (piece.kind === "segment" && letters[at] === "/") open = false;
    }
    reached = next;
  }
  return reached.has(letters.length);
}

/**
 * Orders patterns, the most specific first: those without stars, then by fewer `**`, fewer `*`, more letters of their own, and
 * at last by their text, so that the same rules always give the same answer.
 */
export function bySpecificity(a: string, b: string): number {
  const [left, right] = [weightsOf(a), weightsOf(b)];
  for (const [index, weight] of left.entries()) {
    const difference = weight - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

function weightsOf(pattern: string): readonly number[] {
  const pieces = piecesOf(pattern);
  const count = (kind: Piece["kind"]) => pieces.filter((piece) => piece.kind === kind).length;
  return [count("any"), count("segment"), -count("text")];
}
