import { rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endsSince } from "./branch-log.ts";
import { carryChange, isSameChange } from "./carried-change.ts";
import { rangeDiff, readPairs } from "./range-diff.ts";
import { TestRepository } from "./test-repository.ts";
import { updateRefs } from "./ref-updates.ts";

const repo = new TestRepository();
afterAll(() => repo.remove());

const lines = (count: number, more: Readonly<Record<number, string>> = {}) =>
  Array.from({ length: count }, (_, index) => `${more[index + 1] ?? `line ${index + 1}`}\n`).join("");
const bytes = (last: number) => Uint8Array.from([0, 1, 2, 0, last]);

const ids: Record<string, string> = {};
const id = (name: string): string => ids[name] ?? "";

beforeAll(() => {
  const make = (
    name: string,
    parent: string | null,
    files: Record<string, string | { content: Uint8Array }>,
  ) => {
    ids[name] = repo.commit({ files, parents: parent === null ? [] : [id(parent)], message: name });
  };
  make("old base", null, { "a.txt": lines(20) });
  make("new base", "old base", { "a.txt": lines(20, { 2: "base 2" }), "b.txt": "base\n" });
  make("change", "old base", { "a.txt": lines(20, { 15: "mine 15" }), "pic.bin": { content: bytes(1) } });
  const rebased = { "a.txt": lines(20, { 2: "base 2", 15: "mine 15" }), "b.txt": "base\n" };
  make("rebased", "new base", { ...rebased, "pic.bin": { content: bytes(1) } });
  make("other bytes", "new base", { ...rebased, "pic.bin": { content: bytes(2) } });
  make("other space", "new base", {
    ...rebased,
    "a.txt": rebased["a.txt"].replace("mine 15", "mine  15"),
    "pic.bin": { content: bytes(1) },
  });
  make("clashing base", "old base", { "a.txt": lines(20, { 15: "base 15" }) });
  make("clashing", "clashing base", { "a.txt": lines(20, { 15: "both" }) });
});

const before = () => ({ base: id("old base"), head: id("change") });

test("a rebase is the same change; other white space or other bytes of a binary file are not", async () => {
  const after = (head: string) => ({ base: id("new base"), head: id(head) });
  expect(await isSameChange(repo, before(), after("rebased"))).toBe(true);
  expect(await isSameChange(repo, after("rebased"), before())).toBe(true);
  expect(await isSameChange(repo, before(), after("other space"))).toBe(false);
  expect(await isSameChange(repo, before(), after("other bytes"))).toBe(false);
});

test("where the base changed the same lines, the files are named", async () => {
  expect(await carryChange(repo, before(), id("clashing base"))).toEqual({
    kind: "conflict",
    paths: ["a.txt"],
  });
  const after = { base: id("clashing base"), head: id("clashing") };
  expect(await isSameChange(repo, before(), after)).toBe(false);
});

test("a carried change that expired is made again", async () => {
  const first = await carryChange(repo, before(), id("new base"));
  if (first.kind !== "clean") throw new Error("it fits");
  rmSync(path.join(repo.dir, "objects", first.commit.slice(0, 2), first.commit.slice(2)));
  expect(await carryChange(repo, before(), id("new base"))).toEqual(first);
  expect(repo.text(["cat-file", "-t", first.commit]).trim()).toBe("commit");
});

test("commits are paired as git pairs them, with the difference of their patches", async () => {
  const { pairs } = await rangeDiff(repo, before(), { base: id("new base"), head: id("other space") });
  expect(pairs).toMatchObject([
    { before: id("change"), after: id("other space"), same: false, truncated: false },
  ]);
  expect(pairs[0]?.difference).toContain("-+mine 15");
  const [a, b] = ["a".repeat(40), "b".repeat(40)];
  const gone = `-:  ${"-".repeat(40)}`;
  expect(readPairs(`1:  ${a} < ${gone} Gone: 2:  x = y\n${gone} > 1:  ${b}\n`)).toMatchObject([
    { before: a, after: null, same: false },
    { before: null, after: b, same: false },
  ]);
});

test("every end of a branch is told since one of them, also of a log that is long or of one that does not know it", async () => {
  const ref = "refs/heads/moving";
  const ends = [id("change"), id("rebased"), id("other space"), id("other bytes")];
  let old: string | null = null;
  const move = async (to: string) => {
    const identity = { name: "Ann", email: "ann@example.test" };
    await updateRefs(repo, [{ ref, old, new: to }], { identity, reason: "x".repeat(6000) });
    old = to;
  };
  for (const end of ends) await move(end);
  expect(await endsSince(repo, ref, id("change"))).toEqual(ends.slice(1));
  expect(await endsSince(repo, ref, id("other bytes"))).toEqual([]);
  await move(id("change"));
  // Of an end that came back, the last time counts.
  expect(await endsSince(repo, ref, id("change"))).toEqual([]);
  expect(await endsSince(repo, ref, id("clashing"))).toBe(null);
  expect(await endsSince(repo, "refs/heads/none", id("change"))).toBe(null);
});
