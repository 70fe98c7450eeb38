/** Pages of a list that is in memory as a whole, because git answers it as a whole. */
import { Refusal } from "../../kernel/errors.ts";
import type { Page, PageRequest } from "../../kernel/paging.ts";

/** @throws Refusal 422 on a cursor that is not one of ours */
export function pageOf<Item>(items: readonly Item[], request: PageRequest): Page<Item> {
  const start =
    request.cursor === undefined ? ((request.page ?? 1) - 1) * request.per_page : placeIn(request.cursor);
  const end = start + request.per_page;
  const next = end < items.length ? Buffer.from(String(end)).toString("base64url") : null;
  return { items: items.slice(start, end), next, request };
}

function placeIn(cursor: string): number {
  const text = Buffer.from(cursor, "base64url").toString("latin1");
  if (!/^\d{1,6}$/.test(text)) throw new Refusal("validation_failed", "This cursor is not valid here");
  return Number(text);
}
