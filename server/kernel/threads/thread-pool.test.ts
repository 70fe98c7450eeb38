import { afterEach, expect, test } from "vitest";
import { createThreadPool, type ThreadPool, type ThreadPoolOptions } from "./thread-pool.ts";
import type { Order } from "./thread-pool.test-thread.ts";

const patient = 20_000;
const pools: ThreadPool<Order, string>[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function pool(options: Partial<ThreadPoolOptions> = {}): ThreadPool<Order, string> {
  const entry = new URL("./thread-pool.test-thread.ts", import.meta.url);
  const made = createThreadPool<Order, string>({
    entry,
    size: 1,
    waiting: 10,
    idle: 60_000,
    heap: 64,
    ...options,
  });
  pools.push(made);
  return made;
}

test("requests are answered, each with its own answer, by no more threads than allowed", async () => {
  const threads = pool({ size: 2 });
  const answers = await Promise.all(["a", "b", "c", "d", "e"].map((echo) => threads.run({ echo }, patient)));
  expect(answers.map((answer) => answer.split(" ")[0])).toEqual(["a", "b", "c", "d", "e"]);
  expect(new Set(answers.map((answer) => answer.split(" ")[2])).size).toBeLessThanOrEqual(2);
});

test("a request that overruns its deadline is killed and the next one is answered", async () => {
  const threads = pool();
  const [stuck, next] = await Promise.allSettled([
    threads.run("spin", 100),
    threads.run({ echo: "next" }, patient),
  ]);
  expect(stuck).toMatchObject({ status: "rejected", reason: { reason: "overrun" } });
  expect(next).toMatchObject({ status: "fulfilled", value: expect.stringContaining("next") });
});

test("a thread that throws, exits or eats its memory fails its own request only", async () => {
  const threads = pool();
  await expect(threads.run({ throw: "told" }, patient)).rejects.toThrow("RangeError: told");
  await expect(threads.run("exit", patient)).rejects.toMatchObject({ reason: "failed" });
  await expect(threads.run("hoard", patient)).rejects.toMatchObject({ reason: "failed" });
  expect(await threads.run({ echo: "well" }, patient)).toContain("well");
});

test("more waiting requests than allowed are refused at once", async () => {
  const threads = pool({ waiting: 2 });
  const all = await Promise.allSettled(["1", "2", "3"].map((echo) => threads.run({ echo }, patient)));
  expect(all.map((one) => one.status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
  expect(all[2]).toMatchObject({ reason: { reason: "busy" } });
});

test("an idle thread is ended and a later request starts another", async () => {
  const threads = pool({ idle: 1 });
  const first = await threads.run({ echo: "x" }, patient);
  await expect.poll(() => threads.run({ echo: "x" }, patient), { timeout: patient }).not.toBe(first);
});

test("closing rejects what runs and what waits, and later requests", async () => {
  const threads = pool();
  const pending = Promise.allSettled([threads.run("spin", patient), threads.run({ echo: "x" }, patient)]);
  await threads.close();
  for (const one of await pending)
    expect(one).toMatchObject({ status: "rejected", reason: { reason: "closed" } });
  await expect(threads.run({ echo: "x" }, patient)).rejects.toMatchObject({ reason: "closed" });
});

test("a module that cannot start fails the requests instead of retrying forever", async () => {
  const threads = pool({ entry: new URL("./absent.ts", import.meta.url) });
  await expect(threads.run({ echo: "x" }, patient)).rejects.toMatchObject({ reason: "failed" });
});
