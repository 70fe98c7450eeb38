import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import { git, GitTimeout, ProcessSlots, shortSlots } from "./process.ts";
import { streamGit } from "./streaming.ts";

/** Takes all places there are. Answers how to give them back. */
async function occupy(slots: ProcessSlots): Promise<() => void> {
  const releases: (() => void)[] = [];
  for (let full = false; !full;) {
    const next = await slots.acquire(1).catch(() => null);
    if (next) releases.push(next);
    else full = true;
  }
  return () => {
    for (const release of releases) release();
  };
}

test("who finds all places taken waits longer than their own command may take, and is served when one is free", async () => {
  const release = await occupy(shortSlots);
  try {
    const began = performance.now();
    const deadline = 200;
    const asked = git(tmpdir(), ["version"], { deadline });
    await vi.waitFor(() => expect(performance.now() - began).toBeGreaterThan(3 * deadline));
    expect(shortSlots.waiting).toBe(1);
    release();
    expect((await asked).stdout.toString()).toContain("git version");
  } finally {
    release();
  }
  expect([shortSlots.running, shortSlots.waiting]).toEqual([0, 0]);
});

test("who has a moment in all is told that it passed, and leaves no place taken", async () => {
  const release = await occupy(shortSlots);
  const read = async () => {
    for await (const _ of streamGit(tmpdir(), ["version"], { deadline: 100 }));
  };
  await expect(read()).rejects.toBeInstanceOf(GitTimeout);
  release();
  expect([shortSlots.running, shortSlots.waiting]).toEqual([0, 0]);
});

test("places are given in the order of asking, each once, also when one is given back twice", async () => {
  const slots = new ProcessSlots(1);
  const first = await slots.acquire(1_000);
  const order: number[] = [];
  const waiting = [1, 2, 3].map(async (number) => {
    const release = await slots.acquire(10_000);
    order.push(number);
    release();
    release();
  });
  first();
  first();
  await Promise.all(waiting);
  expect(order).toEqual([1, 2, 3]);
  expect([slots.running, slots.waiting]).toEqual([0, 0]);
});

test("a program that ends as soon as git has answered leaves no process and no folder behind", async () => {
  const scratch = await mkdtemp(path.join(tmpdir(), "wit-ended-"));
  const program = `
    import { readdirSync } from "node:fs";
    import { git } from ${JSON.stringify(new URL("process.ts", import.meta.url).href)};
    for (let turn = 0; turn < 6; turn += 1) await git(${JSON.stringify(scratch)}, ["version"]);
    console.log(readdirSync(${JSON.stringify(scratch)}).length);
    process.exit(0);`;
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--no-warnings", "--input-type=module", "--eval", program],
      { env: { PATH: process.env["PATH"], TMPDIR: scratch } },
    );
    // What starts git for longer programs was on its way; it takes its folder along when it ends.
    expect(stdout.trim()).toBe("1");
    await vi.waitFor(async () => expect(await readdir(scratch)).toEqual([]), {
      timeout: 60_000,
      interval: 50,
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});
