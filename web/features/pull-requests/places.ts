import type { LinePlace, Side } from "../diff/lines.ts";

/** GitHub's word for a side of a diff. */
export const sideOf = (side: Side): "LEFT" | "RIGHT" => (side === "old" ? "LEFT" : "RIGHT");

/** A place in the page's address: `src/a.ts:12:new`. */
export const placeName = ({ path, line, side }: LinePlace): string => `${path}:${line}:${side}`;

export function placeNamed(name: string | undefined): LinePlace | undefined {
  const found = /^(.+):(\d{1,9}):(old|new)$/s.exec(name ?? "");
  if (!found) return undefined;
  const [, path = "", line, side] = found;
  return { path, line: Number(line), side: side as Side };
}
