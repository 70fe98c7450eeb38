/** Pages of what git keeps and no table: references by name, commits by their place in history. */
import { segments } from "../../../git/paths.ts";
import { Refusal } from "../../../kernel/errors.ts";
import type { Page, PageRequest } from "../../../kernel/paging.ts";

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** @throws Refusal 422 on a cursor that is not one of ours */
function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch (cause) {
    throw new Refusal("validation_failed", "This cursor is not valid here", { cause });
  }
}

/**
 * A page of a list that is sorted by name in memory already.
 * @param before whether a name stands before another in that order
 */
export function pageByName<Item extends { readonly name: string }>(
  items: readonly Item[],
  request: PageRequest,
  before: (name: string, other: string) => boolean = (name, other) => name < other,
): Page<Item> {
  const after = request.cursor === undefined ? null : String(decode(request.cursor));
  const known = after === null ? -1 : items.findIndex((item) => item.name === after);
  // Where the last one is gone meanwhile, the list goes on behind its place.
  const behind =
    after === null ? 0 : known >= 0 ? known + 1 : items.filter(({ name }) => before(name, after)).length;
  const start = after === null && request.page ? (request.page - 1) * request.per_page : behind;
  const shown = items.slice(start, start + request.per_page);
  const last = shown.at(-1);
  const more = start + request.per_page < items.length && last !== undefined;
  return { items: shown, next: more ? encode(last.name) : null, request };
}

/** Where a page of history begins: at a commit, so that a push in between moves nothing, and so many commits down. */
export interface Place {
  readonly from: string;
  readonly skip: number;
  /** What the file is looked for as, where it had another name there. */
  readonly path?: string;
}

/** How deep a page may begin: git counts its way down. */
const deepest = 1_000_000;

/** @param tip where the first page begins */
export function placeOf(request: PageRequest, tip: string): Place {
  if (request.cursor === undefined) return { from: tip, skip: ((request.page ?? 1) - 1) * request.per_page };
  const place = decode(request.cursor) as Partial<Place> | null;
  const { from, skip, path } = place ?? {};
  const named = path === undefined || (typeof path === "string" && path !== "" && segments(path) !== null);
  if (typeof from !== "string" || !/^[0-9a-f]{40,64}$/.test(from) || !Number.isSafeInteger(skip) || !named)
    throw new Refusal("validation_failed", "This cursor is not valid here");
  const start = { from, skip: Math.min(Math.max(0, skip ?? 0), deepest) };
  return path === undefined ? start : { ...start, path };
}

/** The cursor of a page that begins there. */
export const cursorAt = (place: Place): string => encode(place);

/** A page of history with the cursor of the next one. */
export function pageAt<Item>(
  items: readonly Item[],
  more: boolean,
  place: Place,
  request: PageRequest,
): Page<Item> {
  const next = more ? cursorAt({ from: place.from, skip: place.skip + request.per_page }) : null;
  return { items, next, request };
}
