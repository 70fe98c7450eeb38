import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { PassThrough } from "node:stream";
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Repository } from "../object-ids.ts";
import { FetchCache } from "./fetch-cache.ts";
import { flushPacket, packet } from "./pkt-line.ts";
import { openScratch, serveRepository, type GitServer, type Scratch } from "./testing.ts";
import { serveUploadPackSession } from "./upload-pack.ts";

const patience = { timeout: 15_000 };
let scratch: Scratch;
let repository: Repository;
let server: GitServer;
let cache: FetchCache;
let folder = "";
let work = "";
let clones = 0;

const files = async () =>
  (await readdir(folder, { recursive: true }).catch(() => [])).filter((name) => name.includes(path.sep));

async function open(maxBytes = 64 * 1024 * 1024) {
  cache = new FetchCache({ folder, maxBytes });
  server = await serveRepository(repository, { cache });
}

/** Clones and answers what is at the end of a branch there, after git has looked at every object. */
async function clone(...options: string[]): Promise<string> {
  const to = path.join(scratch.dir, `clone-${(clones += 1)}`);
  await scratch.git(scratch.dir, ["clone", "-q", "--bare", ...options, server.url, to]);
  await scratch.git(to, ["fsck", "--strict", "--connectivity-only"]);
  return scratch.git(to, ["rev-parse", "HEAD"]);
}

async function commit(name: string, bytes = 200_000): Promise<string> {
  const blob = await scratch.git(
    work,
    ["hash-object", "-w", "--stdin"],
    randomBytes(bytes).toString("base64"),
  );
  await scratch.git(work, ["update-index", "--add", "--cacheinfo", `100644,${blob},${name}`]);
  await scratch.git(work, ["commit", "-q", "-m", name]);
  await scratch.git(repository.dir, ["fetch", "-q", work, "+refs/*:refs/*"]);
  return scratch.git(work, ["rev-parse", "HEAD"]);
}

beforeEach(async () => {
  scratch = await openScratch();
  repository = await scratch.repository();
  folder = path.join(scratch.dir, "cache");
  work = path.join(scratch.dir, "work");
  await scratch.git(scratch.dir, ["init", "-q", "-b", "main", "work"]);
  await commit("first");
  await open();
});

afterEach(async () => {
  await server.close();
  await cache.close();
  await scratch.remove();
});

test("what is cloned again is written down the second time and read from then on", async () => {
  const tip = await scratch.git(work, ["rev-parse", "HEAD"]);
  expect(await clone()).toBe(tip);
  expect(await files()).toEqual([]);
  expect(await clone()).toBe(tip);
  await expect.poll(() => cache.bytes, patience).toBeGreaterThan(200_000);
  const kept = await files();
  expect(kept).toHaveLength(1);
  expect(await clone()).toBe(tip);
  expect(await files()).toEqual(kept);
});

test("who is answered from a file needs no git", async () => {
  const tip = await scratch.git(work, ["rev-parse", "HEAD"]);
  const before = [await fetchWhole(tip), await fetchWhole(tip)];
  const { PATH } = process.env;
  try {
    process.env["PATH"] = "/nonexistent";
    expect((await fetchWhole(tip)).equals(before[1] ?? Buffer.alloc(0))).toBe(true);
  } finally {
    process.env["PATH"] = PATH;
  }
});

test("as soon as a reference moves, everybody gets what is there now", async () => {
  await clone();
  await clone();
  await expect.poll(() => cache.bytes, patience).toBeGreaterThan(0);
  const newer = await commit("second");
  expect(await clone()).toBe(newer);
  expect(await clone()).toBe(newer);
  expect(await clone()).toBe(newer);
});

test("whole, shallow and partial clones are different answers", async () => {
  await commit("second");
  for (let round = 0; round < 3; round += 1) {
    await clone();
    const shallow = path.join(scratch.dir, `shallow-${round}`);
    await scratch.git(scratch.dir, ["clone", "-q", "--bare", "--depth=1", server.url, shallow]);
    expect(await scratch.git(shallow, ["rev-list", "--count", "HEAD"])).toBe("1");
    const partial = path.join(scratch.dir, `partial-${round}`);
    await scratch.git(scratch.dir, ["clone", "-q", "--bare", "--filter=blob:none", server.url, partial]);
    expect(await scratch.git(partial, ["rev-list", "--objects", "--missing=print", "HEAD"])).toMatch(/^\?/m);
  }
  expect(await files()).toHaveLength(3);
});

test("an answer whose client left in the middle is not kept", async () => {
  const tip = await commit("large", 8_000_000);
  await fetchWhole(tip);
  const leaving = new AbortController();
  const response = await ask(tip, leaving.signal);
  await response.body?.getReader().read();
  leaving.abort();
  await expect.poll(files, patience).toEqual([]);
  expect(cache.bytes).toBe(0);
  expect((await fetchWhole(tip)).length).toBeGreaterThan(8_000_000);
});

test("nothing that references do not lead to is handed out, however often it is asked for", async () => {
  const tip = await scratch.git(work, ["rev-parse", "HEAD"]);
  const tree = await scratch.git(repository.dir, ["rev-parse", "main^{tree}"]);
  const hidden = await scratch.git(repository.dir, ["commit-tree", tree, "-p", tip, "-m", "hidden"]);
  await scratch.git(repository.dir, ["update-ref", "refs/wit/queue/1", hidden]);
  for (let round = 0; round < 4; round += 1)
    expect((await fetchWhole(hidden)).toString("latin1")).toContain("not our ref");
  // Once visible, then deleted: the answer of then is nobody's any more.
  await scratch.git(repository.dir, ["update-ref", "refs/heads/secret", hidden]);
  for (let round = 0; round < 3; round += 1)
    expect((await fetchWhole(hidden)).toString("latin1")).toContain("PACK");
  await scratch.git(repository.dir, ["update-ref", "-d", "refs/heads/secret"]);
  for (let round = 0; round < 3; round += 1)
    expect((await fetchWhole(hidden)).toString("latin1")).toContain("not our ref");
});

test("the answers together stay within the limit, and one that is much too large is not kept", async () => {
  await server.close();
  await cache.close();
  await open(2_000_000);
  for (let round = 0; round < 12; round += 1) {
    const tip = await commit(`round-${round}`, 10);
    await fetchWhole(tip);
    await fetchWhole(tip);
    expect(cache.bytes).toBeLessThanOrEqual(2_000_000);
  }
  expect(cache.bytes).toBeGreaterThan(1_000_000);
  await expect.poll(async () => (await files()).length, patience).toBeLessThan(12);
  const before = cache.bytes;
  const tip = await commit("large", 600_000);
  for (let round = 0; round < 3; round += 1) expect((await fetchWhole(tip)).length).toBeGreaterThan(600_000);
  expect(cache.bytes).toBe(before);
});

test("a repository that is removed takes its answers along, and a server its folder", async () => {
  const tip = await scratch.git(work, ["rev-parse", "HEAD"]);
  await fetchWhole(tip);
  await fetchWhole(tip);
  await expect.poll(() => cache.bytes, patience).toBeGreaterThan(0);
  cache.forget(repository.dir);
  expect(cache.bytes).toBe(0);
  await expect.poll(files, patience).toEqual([]);
  await fetchWhole(tip);
  await fetchWhole(tip);
  await expect.poll(files, patience).toHaveLength(1);
  await cache.close();
  expect(await files()).toEqual([]);
});

test("what a killed server left is swept, and what a living one keeps is not", async () => {
  const ended = spawn("true");
  await once(ended, "close");
  await mkdir(path.join(folder, `${ended.pid}-abcd`), { recursive: true });
  await mkdir(path.join(folder, `${process.pid}-abcd`), { recursive: true });
  const tip = await scratch.git(work, ["rev-parse", "HEAD"]);
  await fetchWhole(tip);
  await fetchWhole(tip);
  const left = await readdir(folder);
  expect(left).not.toContain(`${ended.pid}-abcd`);
  expect(left).toContain(`${process.pid}-abcd`);
});

test("a disk that takes nothing does not keep anybody from cloning", async () => {
  await server.close();
  await cache.close();
  folder = path.join(scratch.dir, "a-file", "cache");
  await writeFile(path.join(scratch.dir, "a-file"), "");
  await open();
  const tip = await scratch.git(work, ["rev-parse", "HEAD"]);
  for (let round = 0; round < 3; round += 1)
    expect((await fetchWhole(tip)).toString("latin1")).toContain("PACK");
});

test("sessions over SSH and requests over HTTP share what is kept", async () => {
  const tip = await scratch.git(work, ["rev-parse", "HEAD"]);
  const input = new PassThrough();
  const output = new PassThrough();
  let said = "";
  output.on("data", (chunk: Buffer) => (said += chunk.toString("latin1")));
  const serving = serveUploadPackSession({ repository, version: 2, input, output, cache });
  for (let round = 1; round <= 3; round += 1) {
    input.write(packet("command=fetch"));
    input.write(question(tip));
    await expect.poll(() => said.match(/packfile/g)?.length, patience).toBe(round);
    await expect.poll(() => said.endsWith("0000"), patience).toBe(true);
  }
  await expect.poll(() => cache.bytes, patience).toBeGreaterThan(0);
  input.end(flushPacket);
  await serving;
  const before = await files();
  expect((await fetchWhole(tip)).toString("latin1")).toContain("PACK");
  expect(await files()).toEqual(before);
});

const question = (tip: string) =>
  Buffer.concat([
    Buffer.from("0001"),
    ...[`want ${tip}\n`, "ofs-delta\n", "done\n"].map((line) => packet(line)),
    flushPacket,
  ]);

function ask(tip: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${server.url}/git-upload-pack`, {
    method: "POST",
    headers: { "content-type": "application/x-git-upload-pack-request", "git-protocol": "version=2" },
    body: Buffer.concat([packet("command=fetch\n"), question(tip)]),
    ...(signal ? { signal } : {}),
  });
}

const fetchWhole = async (tip: string) => Buffer.from(await (await ask(tip)).arrayBuffer());
