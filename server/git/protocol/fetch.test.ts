import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { request } from "node:http";
import path from "node:path";
import { PassThrough } from "node:stream";
import { gzipSync } from "node:zlib";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Repository } from "../object-ids.ts";
import { longSlots } from "../process.ts";
import { serveReceivePack } from "../receive/receive-pack.ts";
import { packet, flushPacket } from "./pkt-line.ts";
import {
  allowEverything,
  openScratch,
  processesIn,
  serveRepository,
  type GitServer,
  type Scratch,
} from "./testing.ts";
import { serveUploadPack, serveUploadPackSession } from "./upload-pack.ts";

// For a machine that is busy with other things; nothing waits this long when all is well.
const patience = { timeout: 15_000 };
let scratch: Scratch;
let repository: Repository;
let server: GitServer;
let work = "";
let hidden = "";

beforeAll(async () => {
  scratch = await openScratch();
  repository = await scratch.repository();
  work = path.join(scratch.dir, "work");
  await scratch.git(scratch.dir, ["init", "-q", "-b", "main", "work"]);
  for (let n = 0; n < 20; n += 1) {
    const blob = await scratch.git(
      work,
      ["hash-object", "-w", "--stdin"],
      randomBytes(20_000).toString("base64"),
    );
    await scratch.git(work, ["update-index", "--add", "--cacheinfo", `100644,${blob},file-${n}`]);
    await scratch.git(work, ["commit", "-q", "-m", `commit ${n}`]);
  }
  await scratch.git(work, ["tag", "-a", "v1", "-m", "one", "HEAD~3"]);
  await scratch.git(work, ["tag", "light", "HEAD~2"]);
  await scratch.git(repository.dir, [
    "fetch",
    "-q",
    work,
    "refs/heads/*:refs/heads/*",
    "refs/tags/*:refs/tags/*",
  ]);
  const tree = await scratch.git(repository.dir, ["rev-parse", "main^{tree}"]);
  hidden = await scratch.git(repository.dir, ["commit-tree", tree, "-m", "hidden"]);
  await scratch.git(repository.dir, ["update-ref", "refs/wit/queue/1", hidden]);
  const pull = await scratch.git(repository.dir, ["commit-tree", tree, "-p", "main", "-m", "pull"]);
  await scratch.git(repository.dir, ["update-ref", "refs/pull/1/head", pull]);
  server = await serveRepository(repository);
});

afterAll(async () => {
  await server.close();
  await scratch.remove();
});

let clones = 0;
const place = () => path.join(scratch.dir, `clone-${(clones += 1)}`);
const refsOf = (dir: string) => scratch.git(dir, ["for-each-ref", "--format=%(objectname) %(refname)"]);

test.each([0, 1, 2])("a clone over version %i of the protocol brings the same history", async (version) => {
  const to = place();
  await scratch.git(scratch.dir, [
    "-c",
    `protocol.version=${version}`,
    "clone",
    "-q",
    "--mirror",
    server.url,
    to,
  ]);
  const all = (await refsOf(repository.dir)).split("\n").filter((line) => !line.includes("refs/wit/"));
  expect((await refsOf(to)).split("\n")).toEqual(all);
  expect(await scratch.git(to, ["symbolic-ref", "HEAD"])).toBe("refs/heads/main");
  expect(await scratch.git(to, ["fsck", "--strict"])).toBe("");
});

test.each([0, 1, 2])(
  "ls-remote over version %i equals what git itself answers over a pipe",
  async (version) => {
    const list = (from: string) =>
      scratch.git(scratch.dir, [
        "-c",
        `protocol.version=${version}`,
        "-c",
        "transfer.hideRefs=refs/wit",
        "ls-remote",
        "--symref",
        from,
      ]);
    const ours = (await list(server.url)).split("\n");
    const gits = (await list(`${repository.dir}/.`))
      .split("\n")
      .filter((line) => !line.includes("refs/wit/"));
    expect(ours).toEqual(gits);
    expect(ours.join("\n")).toContain("refs/tags/v1^{}");
  },
);

test("polling and a fetch that finds nothing new start no process", async () => {
  const to = place();
  await scratch.git(scratch.dir, ["clone", "-q", server.url, to]);
  server.requests.length = 0;
  const { PATH } = process.env;
  process.env["PATH"] = "/nonexistent";
  const answers = [];
  try {
    // The client needs its git; only what this process would start is out of reach.
    for (const args of [["ls-remote", server.url], ["fetch"]]) {
      const running = withPath(PATH ?? "", () => scratch.tryGit(to, args));
      answers.push(await running);
    }
  } finally {
    process.env["PATH"] = PATH;
  }
  expect(answers.map(({ code, err }) => [code, err])).toEqual([
    [0, ""],
    [0, ""],
  ]);
  expect(server.requests.length).toBe(4);
});

function withPath<Value>(value: string, action: () => Value): Value {
  const before = process.env["PATH"];
  process.env["PATH"] = value;
  try {
    return action();
  } finally {
    process.env["PATH"] = before;
  }
}

test("a fetch brings what was pushed meanwhile, and nothing else", async () => {
  const to = place();
  await scratch.git(scratch.dir, ["clone", "-q", server.url, to]);
  const tip = await scratch.git(repository.dir, ["commit-tree", "main^{tree}", "-p", "main", "-m", "later"]);
  await scratch.git(repository.dir, ["update-ref", "refs/heads/later", tip]);
  await scratch.git(to, ["fetch", "-q"]);
  expect(await scratch.git(to, ["rev-parse", "origin/later"])).toBe(tip);
});

test("pull request heads can be fetched, hidden references can neither be seen nor fetched by name", async () => {
  const to = place();
  await scratch.git(scratch.dir, ["clone", "-q", server.url, to]);
  await scratch.git(to, ["fetch", "-q", "origin", "refs/pull/1/head:pr"]);
  expect(await scratch.git(to, ["log", "-1", "--format=%s", "pr"])).toBe("pull");
  for (const version of [0, 2]) {
    const list = await scratch.git(to, ["-c", `protocol.version=${version}`, "ls-remote", "origin"]);
    expect(list).not.toContain("refs/wit");
    const answer = await scratch.tryGit(to, [
      "-c",
      `protocol.version=${version}`,
      "fetch",
      "origin",
      "refs/wit/queue/1",
    ]);
    expect(answer.err).toContain("couldn't find remote ref");
  }
});

test("shallow, blobless and single-branch clones work, and a shallow one can be deepened", async () => {
  const shallow = place();
  await scratch.git(scratch.dir, ["clone", "-q", "--depth", "1", server.url, shallow]);
  expect(await scratch.git(shallow, ["rev-list", "--count", "HEAD"])).toBe("1");
  await scratch.git(shallow, ["fetch", "-q", "--unshallow"]);
  expect(await scratch.git(shallow, ["rev-list", "--count", "HEAD"])).toBe("20");
  const blobless = place();
  await scratch.git(scratch.dir, [
    "clone",
    "-q",
    "--filter=blob:none",
    "--no-checkout",
    server.url,
    blobless,
  ]);
  const missing = await scratch.git(blobless, ["rev-list", "--objects", "--missing=print", "HEAD"]);
  expect(missing.split("\n").filter((line) => line.startsWith("?"))).toHaveLength(20);
  await scratch.git(blobless, ["checkout", "-q", "main"]);
  expect(await readdir(blobless)).toHaveLength(21);
});

test("an empty repository tells its default branch to a clone", async () => {
  const empty = await scratch.repository();
  await scratch.git(empty.dir, ["symbolic-ref", "HEAD", "refs/heads/trunk"]);
  const emptyServer = await serveRepository(empty);
  const to = place();
  await scratch.git(scratch.dir, ["clone", "-q", emptyServer.url, to]);
  expect(await scratch.git(to, ["symbolic-ref", "HEAD"])).toBe("refs/heads/trunk");
  await emptyServer.close();
});

test("a repository with sha256 names can be cloned", async () => {
  const source = await scratch.repository("sha256");
  const tree = await scratch.git(source.dir, ["mktree"], "");
  const commit = await scratch.git(source.dir, ["commit-tree", tree, "-m", "x"]);
  await scratch.git(source.dir, ["update-ref", "refs/heads/main", commit]);
  const sha256 = await serveRepository(source);
  const to = place();
  await scratch.git(scratch.dir, ["clone", "-q", sha256.url, to]);
  expect(await scratch.git(to, ["rev-parse", "HEAD"])).toBe(commit);
  await sha256.close();
});

const post = (body: Uint8Array, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/git-upload-pack`, {
    method: "POST",
    body: new Uint8Array(body),
    headers: {
      "content-type": "application/x-git-upload-pack-request",
      "git-protocol": "version=2",
      ...headers,
    },
  });
const lsRefs = Buffer.concat([
  packet("command=ls-refs\n"),
  Buffer.from("0001"),
  packet("peel\n"),
  flushPacket,
]);

test("answers carry the types of the protocol and are kept by no cache", async () => {
  const response = await fetch(`${server.url}/info/refs?service=git-upload-pack`, {
    headers: { "git-protocol": "version=2" },
  });
  expect(response.headers.get("content-type")).toBe("application/x-git-upload-pack-advertisement");
  expect(response.headers.get("cache-control")).toContain("no-cache");
  expect(await response.text()).toMatch(/^000eversion 2\n/);
  const answer = await post(lsRefs);
  expect(answer.headers.get("content-type")).toBe("application/x-git-upload-pack-result");
  expect(await answer.text()).toContain(" refs/heads/main\n");
  expect((await fetch(`${server.url}/info/refs`)).status).toBe(404);
  expect((await fetch(`${server.url}/HEAD`)).status).toBe(404);
});

test("compressed requests are understood, and what is not a request is refused with a reason", async () => {
  const plain = await (await post(lsRefs)).text();
  expect(await (await post(gzipSync(lsRefs), { "content-encoding": "gzip" })).text()).toBe(plain);
  expect((await post(Buffer.from("garbage"), { "content-encoding": "gzip" })).status).toBe(400);
  expect((await post(lsRefs, { "content-encoding": "br" })).status).toBe(400);
  expect((await post(lsRefs, { "content-type": "text/plain" })).status).toBe(415);
  for (const garbage of [
    "zzzz",
    "0003",
    "fff5x",
    "0008ab",
    "000dcommand=x",
    lsRefs.subarray(0, 30).toString(),
    "0011command=fetch00010008xyzw0000",
  ])
    expect((await post(Buffer.from(garbage))).status, garbage).toBe(400);
  expect((await post(flushPacket)).status).toBe(200);
  expect((await post(Buffer.alloc(0))).status).toBe(200);
});

test("a small body that unpacks to a huge one is refused", async () => {
  const line = packet(`ref-prefix ${"x".repeat(60_000)}`);
  const bomb = Buffer.concat([
    packet("command=ls-refs"),
    Buffer.from("0001"),
    ...Array.from({ length: 300 }, () => line),
    flushPacket,
  ]);
  const response = await post(gzipSync(bomb), { "content-encoding": "gzip" });
  expect(response.status).toBe(413);
});

test("thousands of overlapping prefixes cost no more than their references", async () => {
  const prefixes = Array.from({ length: 60_000 }, (_, n) =>
    packet(`ref-prefix refs/${n % 7 === 0 ? "" : `heads/${n}`}`),
  );
  const body = Buffer.concat([packet("command=ls-refs"), Buffer.from("0001"), ...prefixes, flushPacket]);
  const answer = await (await post(body)).text();
  expect(answer.match(/ refs\/heads\/main\n/g)).toHaveLength(1);
});

test("a client that asks for what does not exist gets git's own sentence", async () => {
  const body = Buffer.concat([
    packet("command=fetch"),
    packet("object-format=sha1"),
    Buffer.from("0001"),
    packet(`want ${"1".repeat(40)}\n`),
    packet("done\n"),
    flushPacket,
  ]);
  const response = await post(body);
  expect(response.status).toBe(200);
  expect(await response.text()).toMatch(/ERR upload-pack: not our ref/);
});

test("a client that leaves in the middle leaves no process and no place behind", async () => {
  const big = await scratch.repository();
  const bigWork = place();
  await scratch.git(scratch.dir, ["init", "-q", "-b", "main", bigWork]);
  const blob = await scratch.git(bigWork, ["hash-object", "-w", "--stdin"], randomBytes(16 * 1024 * 1024));
  await scratch.git(bigWork, ["update-index", "--add", "--cacheinfo", `100644,${blob},big`]);
  await scratch.git(bigWork, ["commit", "-q", "-m", "big"]);
  await scratch.git(big.dir, ["fetch", "-q", bigWork, "main:main"]);
  const tip = await scratch.git(big.dir, ["rev-parse", "main"]);
  const bigServer = await serveRepository(big);
  const body = Buffer.concat([
    packet("command=fetch"),
    packet("object-format=sha1"),
    Buffer.from("0001"),
    packet(`want ${tip}\n`),
    packet("done\n"),
    flushPacket,
  ]);
  const leaving = request(`${bigServer.url}/git-upload-pack`, {
    method: "POST",
    headers: { "content-type": "application/x-git-upload-pack-request", "git-protocol": "version=2" },
  });
  leaving.on("error", () => undefined);
  leaving.end(body);
  const [incoming] = (await once(leaving, "response")) as [NodeJS.ReadableStream];
  await once(incoming, "readable");
  expect(longSlots.running).toBe(1);
  await expect.poll(async () => (await processesIn(big)).join(), patience).toContain("pack-objects");
  leaving.destroy();
  await expect.poll(() => processesIn(big), patience).toEqual([]);
  await expect.poll(() => longSlots.running, patience).toBe(0);
  await bigServer.close();
});

describe("by its id", () => {
  const wanted = async (oid: string, how: readonly string[] = []) => {
    const to = place();
    await scratch.git(scratch.dir, ["init", "-q", to]);
    return scratch.tryGit(to, [
      "-c",
      "protocol.version=2",
      "fetch",
      "-q",
      "--depth=1",
      ...how,
      server.url,
      oid,
    ]);
  };

  test("whatever the references lead to can be had: commits, trees, blobs and tags", async () => {
    const ids = ["main~7", "main~7^{tree}", "main~12:file-3", "v1", "refs/pull/1/head"];
    for (const name of ids) {
      const oid = await scratch.git(repository.dir, ["rev-parse", name]);
      expect((await wanted(oid)).err, name).toBe("");
    }
  });

  test("nothing else can: our own records, deleted branches, rewritten history, contents of either", async () => {
    const blob = await scratch.git(repository.dir, ["hash-object", "-w", "--stdin"], "secret");
    const tree = await scratch.git(repository.dir, ["mktree"], `100644 blob ${blob}\tsecret.txt\n`);
    const commit = await scratch.git(repository.dir, ["commit-tree", tree, "-m", "secret"]);
    await scratch.git(repository.dir, ["update-ref", "refs/heads/short-lived", commit]);
    expect((await wanted(commit)).err).toBe("");
    expect((await wanted(blob)).err).toBe("");
    await scratch.git(repository.dir, ["update-ref", "-d", "refs/heads/short-lived"]);
    for (const oid of [commit, tree, blob, hidden])
      expect((await wanted(oid)).err, oid).toContain(`not our ref ${oid}`);
  });

  test.each([0, 2])(
    "a want in a spelling that only git understands is refused like any other (version %i)",
    async (version) => {
      const request = (want: string) =>
        version === 2
          ? [packet("command=fetch"), Buffer.from("0001"), packet(want), packet("done\n"), flushPacket]
          : [packet(want), flushPacket, packet("done\n")];
      const capital = hidden.toUpperCase();
      for (const want of [`want ${capital}`, `want ${capital}\n`, `want ${hidden}x`, `want ${hidden}0`]) {
        const response = await fetch(`${server.url}/git-upload-pack`, {
          method: "POST",
          headers: {
            "content-type": "application/x-git-upload-pack-request",
            "git-protocol": `version=${version}`,
          },
          body: Buffer.concat(request(want)),
        });
        const answer = Buffer.from(await response.arrayBuffer()).toString("latin1");
        expect(answer, want).not.toContain("PACK");
      }
    },
  );

  test("a want among many that are allowed, or behind what the client has, is still seen", async () => {
    const main = await scratch.git(repository.dir, ["rev-parse", "main"]);
    for (const lines of [
      [`want ${main}`, `want ${hidden}`, "done"],
      [`want ${main}`, `have ${main}`, `want ${hidden}`, "done"],
    ]) {
      const body = Buffer.concat([
        packet("command=fetch"),
        Buffer.from("0001"),
        ...lines.map((line) => packet(line)),
        flushPacket,
      ]);
      const response = await fetch(`${server.url}/git-upload-pack`, {
        method: "POST",
        headers: { "content-type": "application/x-git-upload-pack-request", "git-protocol": "version=2" },
        body,
      });
      const answer = Buffer.from(await response.arrayBuffer()).toString("latin1");
      expect(answer).toContain(`ERR upload-pack: not our ref ${hidden}`);
      expect(answer).not.toContain("PACK");
    }
    const input = new PassThrough();
    const output = new PassThrough().resume();
    const serving = serveUploadPackSession({ repository, version: 2, input, output });
    input.write(packet("command=fetch"));
    input.write(Buffer.from("0001"));
    input.write(packet(`want ${hidden}`));
    input.end(flushPacket);
    await expect(serving).rejects.toThrow(/not our ref/);
  });
});

test("a session in both directions serves several commands and ends with its client", async () => {
  const input = new PassThrough();
  const output = new PassThrough();
  const serving = serveUploadPackSession({ repository, version: 2, input, output });
  let said = "";
  output.on("data", (chunk: Buffer) => (said += chunk.toString("latin1")));
  await expect.poll(() => said, patience).toMatch(/version 2/);
  for (let round = 1; round <= 2; round += 1) {
    input.write(lsRefs);
    await expect.poll(() => said.match(/refs\/heads\/main/g)?.length, patience).toBe(round);
  }
  // Nobody has asked for an object yet.
  expect(await processesIn(repository)).toEqual([]);
  const tip = /([0-9a-f]{40}) refs\/heads\/main/.exec(said)?.[1] ?? "";
  input.write(packet("command=fetch"));
  input.write(Buffer.from("0001"));
  for (const line of [`want ${tip}`, "ofs-delta", "done"]) input.write(packet(line));
  input.write(flushPacket);
  await expect.poll(() => said.includes("packfile") && said.endsWith("0000"), patience).toBe(true);
  // The greeting of the git that made the pack is not said a second time.
  expect(said.match(/version 2/g)).toHaveLength(1);
  input.write(lsRefs);
  await expect.poll(() => said.match(/ refs\/heads\/main/g)?.length, patience).toBe(3);
  input.end(flushPacket);
  await serving;
  expect(await processesIn(repository)).toEqual([]);
});

test("one question for references in a session is as long as it may be over HTTP, and no longer", async () => {
  const input = new PassThrough();
  const output = new PassThrough().resume();
  const serving = serveUploadPackSession({ repository, version: 2, input, output }).catch(
    (error: Error) => error.name,
  );
  input.write(packet("command=ls-refs"));
  input.write(Buffer.from("0001"));
  // The same prefix again and again keeps no memory, so that only the bytes count.
  const many = Buffer.concat(
    Array.from({ length: 1_000 }, () => packet(`ref-prefix refs/${"x".repeat(980)}`)),
  );
  for (let sent = 0; sent < 9; sent += 1) input.write(many);
  expect(await serving).toBe("TooMuchInput");
  input.destroy();
});

test("a session whose client vanishes ends its process", async () => {
  const input = new PassThrough();
  const output = new PassThrough();
  const serving = serveUploadPackSession({ repository, version: 2, input, output }).catch(
    (error: Error) => error.name,
  );
  await once(output, "readable");
  output.destroy();
  input.destroy();
  expect(await serving).toBe("PeerGone");
  expect(await processesIn(repository)).toEqual([]);
});

test("a client that sends nothing any more is given up", async () => {
  const input = new PassThrough();
  input.write(packet("command=fetch"));
  const serving = serveUploadPack({
    repository,
    version: 2,
    input,
    output: new PassThrough(),
    limits: { stall: 50 },
  });
  await expect(serving).rejects.toThrow(/sent nothing/);
  expect(await processesIn(repository)).toEqual([]);
});

test.each([0, 2] as const)(
  "a client that takes nothing more gets no more than the pipes hold, and is given up (version %i)",
  async (version) => {
    const big = await scratch.repository();
    const bigWork = place();
    await scratch.git(scratch.dir, ["init", "-q", "-b", "main", bigWork]);
    const blob = await scratch.git(bigWork, ["hash-object", "-w", "--stdin"], randomBytes(24 * 1024 * 1024));
    await scratch.git(bigWork, ["update-index", "--add", "--cacheinfo", `100644,${blob},big`]);
    await scratch.git(bigWork, ["commit", "-q", "-m", "big"]);
    await scratch.git(big.dir, ["fetch", "-q", bigWork, "main:main"]);
    const tip = await scratch.git(big.dir, ["rev-parse", "main"]);
    const wish = version === 2 ? packet(`want ${tip}\n`) : packet(`want ${tip} side-band-64k ofs-delta\n`);
    const begin = version === 2 ? [packet("command=fetch"), Buffer.from("0001"), wish] : [wish, flushPacket];
    const body = [...begin, packet("done\n"), ...(version === 2 ? [flushPacket] : [])];
    const output = new PassThrough({ highWaterMark: 64 * 1024 });
    await expect(
      serveUploadPack({
        repository: big,
        version,
        input: Buffer.concat(body),
        output,
        limits: { stall: 300 },
      }),
    ).rejects.toThrow(/took nothing/);
    expect(output.writableLength + output.readableLength).toBeGreaterThan(0);
    expect(output.writableLength + output.readableLength).toBeLessThan(1024 * 1024);
    await expect.poll(() => processesIn(big), patience).toEqual([]);
    expect(longSlots.running).toBe(0);
  },
);

test("a client that stands still in the middle of a push is given up, and nothing of it stays", async () => {
  const target = await scratch.repository();
  const input = new PassThrough();
  const tip = await scratch.git(work, ["rev-parse", "main"]);
  input.write(packet(`${"0".repeat(40)} ${tip} refs/heads/main\0report-status`));
  input.write(flushPacket);
  input.write(Buffer.from("5041434b0000000200000005", "hex"));
  const serving = serveReceivePack({
    repository: target,
    input,
    output: new PassThrough().resume(),
    handlers: allowEverything,
    identity: { name: "Alice", email: "alice@example.com" },
    limits: { stall: 300 },
  });
  expect(await serving).toMatchObject({
    unpack: "the pack was cut off",
    outcomes: [{ refused: expect.any(String) }],
  });
  await expect.poll(() => processesIn(target), patience).toEqual([]);
  expect(await readdir(path.join(target.dir, "objects"))).toEqual(["info", "pack"]);
});

test("the older versions hand out nothing by its id that only the server's own references hold", async () => {
  for (const version of [0, 1] as const) {
    const output = new PassThrough();
    let said = "";
    output.on("data", (chunk: Buffer) => (said += chunk.toString("latin1")));
    const input = Buffer.concat([
      packet(`want ${hidden} side-band-64k ofs-delta\n`),
      flushPacket,
      packet("done\n"),
    ]);
    await expect(serveUploadPack({ repository, version, input, output })).rejects.toThrow(/not our ref/);
    expect(said).toContain(`ERR upload-pack: not our ref ${hidden}`);
  }
});
