/**
 * Lists are read by keyset: "the rows after this one", which costs the same on page 1 and on page 10,000. Clients see an opaque
 * cursor in GitHub's `Link` header; `page=` is honoured for clients that count pages.
 */
import { and, asc, desc, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import { Refusal } from "./errors.ts";

export const defaultPageSize = 30;
export const maxPageSize = 100;
/** `page=` reads and drops all rows before it, so it ends where that hurts; the cursor has no end. */
const maxOffset = 10_000;

/** The query parameters of every list. */
export const pagingQuery = {
  per_page: z.coerce
    .number()
    .int()
    .min(1)
    .transform((size) => Math.min(size, maxPageSize))
    .default(defaultPageSize)
    .describe("Results on a page, at most 100"),
  page: z.coerce.number().int().min(1).optional().describe("Page number; prefer following the Link header"),
  cursor: z.string().max(1000).optional().describe("Opaque place to go on from, taken from the Link header"),
};

export interface PageRequest {
  readonly per_page: number;
  readonly page?: number | undefined;
  readonly cursor?: string | undefined;
}

/** One column of the order. Together the columns must be unique; the last one usually is the primary key. */
export interface SortKey<Row> {
  readonly column: PgColumn | SQL;
  readonly value: (row: Row) => string | number | Date;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The cursor of the next page, or null on the last. */
  readonly next: string | null;
  readonly request: PageRequest;
}

/**
 * Reads one page.
 *
 * @param direction one for all keys, so that one row comparison says "after"
 * @param read runs the query with the given condition, order, limit and offset
 * @throws Refusal 422 on a cursor that is not one of ours
 */
export async function readPage<Row>(
  request: PageRequest,
  keys: readonly SortKey<Row>[],
  direction: "asc" | "desc",
  read: (page: { where: SQL | undefined; orderBy: SQL[]; limit: number; offset: number }) => Promise<Row[]>,
): Promise<Page<Row>> {
  const offset = request.cursor === undefined && request.page ? (request.page - 1) * request.per_page : 0;
  if (offset > maxOffset)
    throw new Refusal("validation_failed", "Pages end here; follow the Link header instead");
  const after = request.cursor === undefined ? null : decodeCursor(request.cursor, keys.length);
  const columns = sql.join(
    keys.map((key) => sql`${key.column}`),
    sql`, `,
  );
  const rows = await read({
    where: after ? comparison(columns, after, direction) : undefined,
    orderBy: keys.map((key) => (direction === "asc" ? asc(key.column) : desc(key.column))),
    limit: request.per_page + 1,
    offset,
  });
  const items = rows.slice(0, request.per_page);
  const last = items.at(-1);
  const more = rows.length > request.per_page && last !== undefined;
  return { items, next: more ? encodeCursor(keys.map((key) => key.value(last))) : null, request };
}

function comparison(columns: SQL, after: readonly (string | number)[], direction: "asc" | "desc"): SQL {
  const values = sql.join(
    after.map((value) => sql`${value}`),
    sql`, `,
  );
  return direction === "asc" ? sql`(${columns}) > (${values})` : sql`(${columns}) < (${values})`;
}

/** `page=` over several lists reads each from its beginning, so it ends early; the cursor has no end. */
const maxJoinedOffset = 2_000;

/**
 * One page of several lists that have the same order, each read by keyset.
 *
 * @param placeOf what the sort keys of the lists are for an item, in their order
 * @param read the page of each list for a request of the same keys
 * @throws Refusal 422 on a cursor that is not one of ours, or a page beyond the last that can be counted
 */
export async function joinPages<Item>(
  request: PageRequest,
  direction: "asc" | "desc",
  placeOf: (item: Item) => readonly (string | number | Date)[],
  read: (request: PageRequest) => Promise<readonly Page<Item>[]>,
): Promise<Page<Item>> {
  const offset = request.cursor === undefined && request.page ? (request.page - 1) * request.per_page : 0;
  if (offset > maxJoinedOffset)
    throw new Refusal("validation_failed", "Pages end here; follow the Link header instead");
  const pages = await read({ per_page: offset + request.per_page, cursor: request.cursor });
  const sign = direction === "asc" ? 1 : -1;
  const all = pages
    .flatMap((page) => page.items)
    .toSorted((a, b) => sign * compared(placeOf(a), placeOf(b)))
    .slice(offset);
  const items = all.slice(0, request.per_page);
  const last = items.at(-1);
  const more = all.length > items.length || pages.some((page) => page.next !== null);
  return { items, next: more && last !== undefined ? encodeCursor(placeOf(last)) : null, request };
}

function compared(a: readonly (string | number | Date)[], b: readonly (string | number | Date)[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? value;
    if (value < other) return -1;
    if (value > other) return 1;
  }
  return 0;
}

/** Turns the rows of a page into what is answered. */
export function mapPage<Row, Item>(page: Page<Row>, map: (row: Row) => Item): Page<Item> {
  return { items: page.items.map(map), next: page.next, request: page.request };
}

/** Joins a list's own condition with the page's. */
export const where = (...conditions: (SQL | undefined)[]): SQL | undefined => and(...conditions);

function encodeCursor(values: readonly (string | number | Date)[]): string {
  const plain = values.map((value) => (value instanceof Date ? value.toISOString() : value));
  return Buffer.from(JSON.stringify(plain)).toString("base64url");
}

function decodeCursor(cursor: string, length: number): (string | number)[] {
  const refuse = () => new Refusal("validation_failed", "This cursor is not valid here");
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch (cause) {
    throw new Refusal("validation_failed", "This cursor is not valid here", { cause });
  }
  const usable = (value: unknown): value is string | number =>
    (typeof value === "string" && value.length < 500 && !value.includes("\0")) || Number.isFinite(value);
  if (!Array.isArray(values) || values.length !== length || !values.every(usable)) throw refuse();
  return values;
}

/**
 * GitHub's `Link` header for a page, or null when there is nothing beside it.
 *
 * @param url the request's own address
 */
export function linkHeader(url: URL, page: Page<unknown>): string | null {
  const links: string[] = [];
  const at = (changes: Record<string, string | null>) => {
    const target = new URL(url);
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) target.searchParams.delete(key);
      else target.searchParams.set(key, value);
    }
    return target.toString();
  };
  const number = page.request.page;
  if (number !== undefined && page.request.cursor === undefined) {
    if (page.next) links.push(`<${at({ page: String(number + 1) })}>; rel="next"`);
    if (number > 1) {
      links.push(`<${at({ page: String(number - 1) })}>; rel="prev"`, `<${at({ page: "1" })}>; rel="first"`);
    }
  } else {
    if (page.next) links.push(`<${at({ cursor: page.next, page: null })}>; rel="next"`);
    if (page.request.cursor) links.push(`<${at({ cursor: null, page: null })}>; rel="first"`);
  }
  return links.length > 0 ? links.join(", ") : null;
}
