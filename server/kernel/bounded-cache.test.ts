import { expect, test } from "vitest";
import { BoundedCache } from "./bounded-cache.ts";

const always = () => Infinity;

test("the least recently used value leaves first, and the weight never passes the limit", async () => {
  const cache = new BoundedCache<string>(100, (value) => value.length);
  for (const key of ["a", "b", "c", "d"]) await cache.remember(key, async () => "x".repeat(24), always);
  expect(cache.get("a")).toHaveLength(24);
  await cache.remember("e", async () => "y".repeat(20), always);
  expect(cache.get("b")).toBeUndefined();
  expect(cache.get("a")).toHaveLength(24);
  expect(cache.weight).toBeLessThanOrEqual(100);
});

test("calls that overlap share one computation, and a failed one is tried again", async () => {
  const cache = new BoundedCache<number>(100, () => 1);
  let calls = 0;
  const fail = async () => {
    calls += 1;
    throw new Error("first");
  };
  const both = await Promise.allSettled([
    cache.remember("k", fail, always),
    cache.remember("k", fail, always),
  ]);
  expect(both.map((one) => one.status)).toEqual(["rejected", "rejected"]);
  expect(calls).toBe(1);
  expect(await cache.remember("k", async () => 7, always)).toBe(7);
  expect(await cache.remember("k", fail, always)).toBe(7);
});

test("a value that is not to be kept, or too heavy, is answered but not kept", async () => {
  const cache = new BoundedCache<string>(100, (value) => value.length);
  expect(
    await cache.remember(
      "a",
      async () => "short",
      () => 0,
    ),
  ).toBe("short");
  expect(await cache.remember("b", async () => "x".repeat(26), always)).toHaveLength(26);
  expect(cache.get("a")).toBeUndefined();
  expect(cache.get("b")).toBeUndefined();
  expect(cache.weight).toBe(0);
});

test("a value whose life is over is computed again", async () => {
  const cache = new BoundedCache<number>(100, () => 1);
  await cache.remember(
    "k",
    async () => 1,
    () => Number.MIN_VALUE,
  );
  expect(await cache.remember("k", async () => 2, always)).toBe(2);
  expect(cache.weight).toBe(2);
});
