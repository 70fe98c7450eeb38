import { spawnSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { createServer, request as httpRequest } from "node:http";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Repository } from "../object-ids.ts";
import {
  openScratch,
  processesIn,
  serveRepository,
  type GitServer,
  type Scratch,
} from "../protocol/testing.ts";
import { fetchObjects } from "./fetch.ts";
import { ProgressReader, type TransferProgress } from "./progress.ts";
import { pushEverything } from "./push.ts";
import { openRelay } from "./relay.ts";
import type { Remote } from "./remote.ts";
import { listRemoteRefs } from "./remote-refs.ts";
import { authorization, parseRemoteUrl } from "./remote-url.ts";

let scratch: Scratch;
let there: Repository;
let here: Repository;
let server: GitServer;
let work: string;

beforeEach(async () => {
  scratch = await openScratch();
  [there, here] = [await scratch.repository(), await scratch.repository()];
  server = await serveRepository(there);
  work = path.join(scratch.dir, "work");
  await mkdir(work);
  await scratch.git(work, ["init", "-q", "-b", "main"]);
  await commit("one");
  await scratch.git(work, ["push", "-q", there.dir, "main"]);
});
afterEach(async () => {
  await server.close();
  await scratch.remove();
});

async function commit(message: string): Promise<string> {
  await scratch.git(work, ["commit", "-q", "--allow-empty", "-m", message]);
  return scratch.git(work, ["rev-parse", "HEAD"]);
}

const remote = (more: Partial<Remote> = {}): Remote => ({
  url: server.url,
  credentials: null,
  maxBytes: 100_000_000,
  came: { bytes: 0 },
  signal: new AbortController().signal,
  open: (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const outgoing = httpRequest(url, { method, headers, signal }, resolve);
      outgoing.on("error", reject);
      if (body) body.pipe(outgoing);
      else outgoing.end();
    }),
  ...more,
});

describe("a repository elsewhere", () => {
  it("is listed by its branches and tags, and names that are not taken here are counted", async () => {
    const tip = await scratch.git(work, ["rev-parse", "HEAD"]);
    await scratch.git(work, ["tag", "-a", "-m", "One", "v1"]);
    await scratch.git(work, [
      "push",
      "-q",
      there.dir,
      "v1",
      "HEAD:refs/heads/HEAD",
      "HEAD:refs/notes/x",
      "HEAD:refs/merge/1",
    ]);
    const found = await listRemoteRefs(here, remote(), 100);
    expect([...found.refs.keys()]).toEqual(["refs/heads/main", "refs/tags/v1"]);
    expect([found.refs.get("refs/heads/main"), found.defaultBranch, found.unusable]).toEqual([
      tip,
      "main",
      1,
    ]);
    await expect(listRemoteRefs(here, remote(), 1)).rejects.toMatchObject({ kind: "too-large" });
  });

  it("is read into a place apart, which is gone when that fails", async () => {
    const tip = await scratch.git(work, ["rev-parse", "HEAD"]);
    const controller = new AbortController();
    controller.abort();
    await expect(
      fetchObjects(here, remote({ signal: controller.signal }), [tip], { deadline: 10_000 }),
    ).rejects.toMatchObject({ kind: "cancelled" });
    await expect(fetchObjects(here, remote(), ["a".repeat(40)], { deadline: 10_000 })).rejects.toMatchObject({
      kind: "broken",
    });
    expect(spawnSync("find", [path.join(here.dir, "objects"), "-type", "f"]).stdout.toString()).toBe("");
    await fetchObjects(here, remote(), [tip], { deadline: 10_000 });
    expect(await scratch.git(here.dir, ["cat-file", "-t", tip])).toBe("commit");
    expect(await scratch.git(here.dir, ["for-each-ref"])).toBe("");
  });

  it("with an object that would harm who clones it is not read", async () => {
    const blob = await scratch.git(work, ["hash-object", "-w", "--stdin"], "x");
    const inner = await scratch.git(work, ["mktree"], `100644 blob ${blob}\tconfig\n`);
    const tree = await scratch.git(
      work,
      ["hash-object", "-t", "tree", "-w", "--literally", "--stdin"],
      Buffer.concat([Buffer.from("40000 .git\0"), Buffer.from(inner, "hex")]),
    );
    const bad = await scratch.git(work, ["commit-tree", tree, "-m", "bad"]);
    await scratch.git(work, ["push", "-q", there.dir, `${bad}:refs/heads/bad`]);
    await expect(fetchObjects(here, remote(), [bad], { deadline: 10_000 })).rejects.toMatchObject({
      kind: "broken",
      message: expect.stringContaining("hasDotgit"),
    });
  });

  it("becomes the same as ours by a push: moved, rewritten, new and gone, branches and tags alone", async () => {
    await scratch.git(work, [
      "push",
      "-q",
      there.dir,
      "main:gone",
      "main:refs/tags/gone",
      "main:refs/notes/kept",
    ]);
    await scratch.git(work, ["commit", "-q", "--amend", "--allow-empty", "-m", "Rewritten"]);
    await scratch.git(work, ["tag", "v2"]);
    await scratch.git(work, [
      "push",
      "-q",
      here.dir,
      "main",
      "main:new",
      "v2",
      "main:refs/notes/ours",
      "main:refs/pull/1/head",
    ]);
    expect(await pushEverything(here, remote(), { deadline: 20_000 })).toEqual([]);
    const refs = (await scratch.git(there.dir, ["for-each-ref", "--format=%(refname)"])).split("\n");
    // The other side is a forge of ours, which remembers what was deleted.
    expect(refs.filter((ref) => !ref.startsWith("refs/wit/"))).toEqual([
      "refs/heads/main",
      "refs/heads/new",
      "refs/notes/kept",
      "refs/tags/v2",
    ]);
    expect(await scratch.git(there.dir, ["rev-parse", "main"])).toBe(
      await scratch.git(here.dir, ["rev-parse", "main"]),
    );
  });

  it("names the references that it did not take, in one clean line", async () => {
    await scratch.git(work, ["push", "-q", here.dir, "main:free", "main:kept"]);
    server.handlers = {
      authorize: async () => ({ refusedRefs: new Map([["refs/heads/kept", "not \u001b[31myours"]]) }),
    };
    const rejected = await pushEverything(here, remote(), { deadline: 20_000 });
    expect(rejected).toEqual([{ ref: "refs/heads/kept", reason: "not [31myours" }]);
  });

  it("that says nothing is given up, and no process is left", async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as { port: number };
    const url = `http://127.0.0.1:${port}/repo.git`;
    await expect(listRemoteRefs(here, remote({ url, silenceMs: 200 }), 10)).rejects.toMatchObject({
      kind: "silent",
    });
    expect(await processesIn(here)).toEqual([]);
    silent.close().closeAllConnections();
  });
});

describe("the relay", () => {
  it("lets in only who knows its secret, and asks for nothing but its one service", async () => {
    const relay = await openRelay(remote(), "git-upload-pack");
    const secret = relay.configuration.find(([key]) => key === "http.extraHeader")?.[1].split(": ")[1] ?? "";
    const ask = async (way: string, headers: Record<string, string>, method = "GET") =>
      (await fetch(`${relay.url}${way}`, { method, headers })).status;
    const known = { "x-wit-relay": secret };
    expect(await ask("/info/refs?service=git-upload-pack", {})).toBe(403);
    expect(await ask("/info/refs?service=git-upload-pack", { "x-wit-relay": "0".repeat(64) })).toBe(403);
    expect(await ask("/info/refs?service=git-upload-pack", known)).toBe(200);
    expect(await ask("/info/refs?service=git-receive-pack", known)).toBe(404);
    expect(await ask("/git-receive-pack", known, "POST")).toBe(404);
    expect(await ask("/../../admin", known)).toBe(404);
    expect(relay.url).not.toContain(secret);
    expect(server.requests).toEqual(["GET /repo.git/info/refs"]);
    await relay.close();
  });
});

describe("an address as people type it", () => {
  it("loses its name and password, which are kept apart and encoded for the wire", () => {
    const parsed = parseRemoteUrl("https://alice:p%40ss%3Aword@Example.com:443/a/b.git/");
    expect(parsed).toEqual({
      url: "https://example.com/a/b.git",
      credentials: { username: "alice", password: "p@ss:word" },
    });
    expect(authorization({ username: "é", password: "x" })).toBe("Basic w6k6eA==");
  });
});

describe("progress", () => {
  it("is read from whatever pieces it comes in", () => {
    const text =
      "remote: Counting objects:  50% (1/2)\rremote: Counting objects: 100% (2/2), done.\nReceiving objects:  45% (123/270), 1.20 MiB | 3.00 MiB/s\rwarning: x\nResolving deltas: 100% (9/9), done.\n";
    for (const size of [1, 7, 1000]) {
      const steps: TransferProgress[] = [];
      const reader = new ProgressReader((one) => steps.push(one));
      for (let at = 0; at < text.length; at += size) reader.read(text.slice(at, at + size));
      expect(steps.map(({ step, percent }) => [step, percent])).toEqual([
        ["preparing", 50],
        ["preparing", 100],
        ["receiving", 45],
        ["resolving", 100],
      ]);
      expect(steps[2]).toMatchObject({ done: 123, total: 270 });
      expect(reader.said).toBe("warning: x\n");
    }
  });
});
