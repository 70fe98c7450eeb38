import type { LinePlace, Side } from "../diff/lines.ts";

/** GitHub's word for a side of a diff. */
export const sideOf = (side: Side): "LEFT" | "RIGHT" => (side === "old" ? "LEFT" : "RIGHT");

/** The side that GitHub's word means. */
export const placeSide = (side: "LEFT" | "RIGHT"): Side => (side === "LEFT" ? "old" : "new");

/** Lines that a comment is about; from `startLine` on where they are several. */
export interface RangePlace extends LinePlace {
  readonly startLine?: number | undefined;
}

/** What a comment is about: lines, or without a line the file as a whole. */
export type CommentPlace = RangePlace | { readonly path: string; readonly line: undefined };

/** A place in the page's address: `src/a.ts:12:new`, `src/a.ts:9-12:new`, `src/a.ts:file`. */
export function placeName(place: CommentPlace): string {
  if (place.line === undefined) return `${place.path}:file`;
  const { path, startLine, line, side } = place;
  const lines = startLine === undefined || startLine === line ? `${line}` : `${startLine}-${line}`;
  return `${path}:${lines}:${side}`;
}

export function placeNamed(name: string | undefined): CommentPlace | undefined {
  const file = /^(.+):file$/s.exec(name ?? "")?.[1];
  if (file !== undefined) return { path: file, line: undefined };
  const found = /^(.+):(?:(\d{1,9})-)?(\d{1,9}):(old|new)$/s.exec(name ?? "");
  if (!found) return undefined;
  const [, path = "", start, end, side] = found;
  const lines = [Number(start ?? end), Number(end)].toSorted((a, b) => a - b);
  const [startLine = 0, line = 0] = lines;
  return { path, line, side: side as Side, ...(startLine === line ? {} : { startLine }) };
}

/** Where a reader says it in fields of their own: `?on=src/a.ts&line=12`; without a line the file. */
export function placeAsked(search: URLSearchParams): CommentPlace | undefined {
  const named = placeNamed(search.get("comment") ?? undefined);
  const path = search.get("on")?.trim() ?? "";
  if (named || path === "") return named;
  const line = Number(search.get("line") ?? "");
  return Number.isInteger(line) && line > 0 ? { path, side: "new", line } : { path, line: undefined };
}
