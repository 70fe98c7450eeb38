import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildWeb } from "./built.ts";

type Manifest = Readonly<
  Record<string, { readonly file: string; readonly isEntry?: true; readonly imports?: readonly string[] }>
>;

const kilobyte = 1024;

let built: Awaited<ReturnType<typeof buildWeb>>;
let manifest: Manifest;

beforeAll(async () => {
  built = await buildWeb();
  manifest = JSON.parse(readFileSync(join(built.dist, "client/.vite/manifest.json"), "utf8")) as Manifest;
}, 90_000);

afterAll(() => built?.remove());

/** What a browser fetches for some chunks: they and all that they import. */
function reached(names: readonly string[], seen: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  return names.reduce(
    (found, name) =>
      found.has(name) ? found : reached(manifest[name]?.imports ?? [], new Set([...found, name])),
    seen,
  );
}

const weights = new Map<string, number>();

/** In bytes, gzipped. */
function weigh(name: string): number {
  const file = manifest[name]?.file ?? "";
  const known = weights.get(file);
  if (known !== undefined) return known;
  const weight = gzipSync(readFileSync(join(built.dist, "client", file))).length;
  weights.set(file, weight);
  return weight;
}

const sum = (names: ReadonlySet<string>) => [...names].reduce((total, name) => total + weigh(name), 0);

test("what every page needs costs at most 130 kB of JavaScript, and no page more than 40 kB besides", () => {
  const entries = Object.keys(manifest).filter((name) => manifest[name]?.isEntry);
  const pages = Object.keys(manifest).filter((name) => name.endsWith("-page.tsx"));
  expect([entries.length, pages.length > 40]).toEqual([1, true]);
  const frame = sum(reached(entries));
  expect(frame).toBeLessThanOrEqual(130 * kilobyte);
  const heavy = pages
    .map((page) => ({ page, bytes: sum(reached([...entries, page])) - frame }))
    .filter(({ bytes }) => bytes > 40 * kilobyte);
  expect(heavy).toEqual([]);
});
