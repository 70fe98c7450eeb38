import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pgTable, integer, text } from "drizzle-orm/pg-core";
import { linkHeader, readPage, type SortKey } from "./paging.ts";

interface Row {
  readonly rank: number;
  readonly id: string;
}

const table = pgTable("rows", { rank: integer("rank").notNull(), id: text("id").primaryKey() });
const keys: SortKey<Row>[] = [
  { column: table.rank, value: (row) => row.rank },
  { column: table.id, value: (row) => row.id },
];
const compare = (a: Row, b: Row) => a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** A list that answers as the database would: what stands after the cursor, in order. */
function list(rows: readonly Row[], direction: "asc" | "desc") {
  const sorted = rows.toSorted((a, b) => (direction === "asc" ? compare(a, b) : compare(b, a)));
  return (cursor: string | undefined, size: number) => {
    const after = cursor
      ? (JSON.parse(Buffer.from(cursor, "base64url").toString()) as [number, string])
      : null;
    return readPage<Row>({ per_page: size, cursor }, keys, direction, async (page) => {
      expect(page.where === undefined).toBe(after === null);
      const from = after ? sorted.findIndex((row) => row.rank === after[0] && row.id === after[1]) + 1 : 0;
      return sorted.slice(from, from + page.limit);
    });
  };
}

describe("paging", () => {
  test("following the cursor sees every row once and in order", async () => {
    const rows = fc.uniqueArray(fc.record({ rank: fc.integer({ min: 0, max: 5 }), id: fc.uuid() }), {
      selector: (row) => row.id,
    });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom("asc", "desc"),
        async (all, size, direction) => {
          const read = list(all, direction);
          const seen: Row[] = [];
          let cursor: string | undefined;
          for (;;) {
            const page = await read(cursor, size);
            seen.push(...page.items);
            if (page.next === null) break;
            expect(page.items).toHaveLength(size);
            cursor = page.next;
          }
          expect(seen).toEqual(all.toSorted((a, b) => (direction === "asc" ? compare(a, b) : compare(b, a))));
        },
      ),
    );
  });

  test("a cursor that somebody made up is refused, whatever it holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.base64String()), async (text) => {
        const cursor = Buffer.from(text).toString("base64url");
        const values: unknown = (() => {
          try {
            return JSON.parse(text);
          } catch {
            return null;
          }
        })();
        fc.pre(!(Array.isArray(values) && values.length === 2));
        const reading = readPage<Row>({ per_page: 5, cursor }, keys, "asc", async () => []);
        await expect(reading).rejects.toMatchObject({ code: "validation_failed" });
      }),
    );
  });

  test("the Link header keeps the other parameters and speaks the client's way of paging", () => {
    const url = new URL("https://wit.test/api/v3/things?state=open&per_page=2&page=3");
    const counted = linkHeader(url, { items: [], next: "abc", request: { per_page: 2, page: 3 } });
    expect(counted).toContain('<https://wit.test/api/v3/things?state=open&per_page=2&page=4>; rel="next"');
    expect(counted).toContain('page=2>; rel="prev"');
    const first = new URL("https://wit.test/api/v3/things?state=open");
    expect(linkHeader(first, { items: [], next: "abc", request: { per_page: 30 } })).toBe(
      '<https://wit.test/api/v3/things?state=open&cursor=abc>; rel="next"',
    );
    expect(linkHeader(first, { items: [], next: null, request: { per_page: 30 } })).toBeNull();
  });
});
