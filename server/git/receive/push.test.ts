import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { PassThrough } from "node:stream";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Repository } from "../object-ids.ts";
import { longSlots } from "../process.ts";
import { flushPacket, packet } from "../protocol/pkt-line.ts";
import {
  openScratch,
  processesIn,
  serveRepository,
  allowEverything,
  type GitServer,
  type Scratch,
} from "../protocol/testing.ts";
import { formatPackedRefs } from "../ref-files.ts";
import { maxRefs } from "../ref-limit.ts";
import { listRefs, readRef, updateRefs } from "../refs.ts";
import type { Push, PushCommand, PushHandlers, PushOutcome } from "./push.ts";
import { removeStaleQuarantines } from "./quarantine.ts";
import { serveReceivePack, serveReceivePackSession } from "./receive-pack.ts";

let scratch: Scratch;
let repository: Repository;
let server: GitServer;
let work = "";

beforeEach(async () => {
  scratch = await openScratch();
  repository = await scratch.repository();
  server = await serveRepository(repository);
  work = path.join(scratch.dir, "work");
  await scratch.git(scratch.dir, ["init", "-q", "-b", "main", "work"]);
  await scratch.git(work, ["remote", "add", "origin", server.url]);
});

afterEach(async () => {
  const processes = await processesIn(repository);
  const objects = await readdir(path.join(repository.dir, "objects"));
  await server.close();
  await scratch.remove();
  expect(processes).toEqual([]);
  expect(longSlots.running).toBe(0);
  expect(objects.filter((name) => name.startsWith("tmp_"))).toEqual([]);
});

const git = (...args: string[]) => scratch.git(work, args);
const push = (...args: string[]) => scratch.tryGit(work, ["push", "origin", ...args]);
const refNames = async () =>
  (await listRefs(repository, "refs/"))
    .map(({ name }) => name)
    .filter((name) => !name.startsWith("refs/wit/"));
const at = async (name: string) => (await readRef(repository, name))?.oid;
const packs = async () =>
  (await readdir(path.join(repository.dir, "objects/pack"))).filter((name) => name.endsWith(".pack"));

let files = 0;
async function commit(
  message: string,
  content: string | Uint8Array = `${message} ${(files += 1)}`,
  file = `file-${(files += 1)}`,
) {
  const blob = await scratch.git(work, ["hash-object", "-w", "--stdin"], content);
  await git("update-index", "--add", "--cacheinfo", `100644,${blob},${file}`);
  await git("commit", "-q", "-m", message);
  return git("rev-parse", "HEAD");
}

function remembering(decide: PushHandlers["authorize"] = async () => "ok") {
  const seen: { pushes: Push[]; before: PushCommand[][]; updated: PushOutcome[][]; order: string[] } = {
    pushes: [],
    before: [],
    updated: [],
    order: [],
  };
  const handlers: PushHandlers = {
    async authorize(asked) {
      seen.order.push("authorize");
      seen.pushes.push(asked);
      return decide(asked);
    },
    async beforeRefs(commands) {
      seen.order.push("beforeRefs");
      seen.before.push([...commands]);
    },
    async onUpdated(outcomes) {
      seen.order.push("onUpdated");
      seen.updated.push([...outcomes]);
    },
  };
  return { seen, handlers };
}

test.each([0, 1, 2])(
  "a first push over version %i creates the branch, and a clone gets it back",
  async (version) => {
    const tip = await commit("first");
    await git("-c", `protocol.version=${version}`, "push", "-q", "origin", "main");
    expect(await at("refs/heads/main")).toBe(tip);
    await scratch.git(scratch.dir, ["clone", "-q", server.url, "back"]);
    expect(await scratch.git(path.join(scratch.dir, "back"), ["rev-parse", "HEAD"])).toBe(tip);
    expect(await scratch.git(repository.dir, ["fsck", "--strict"])).toBe("");
  },
);

test("updates, forced updates, deletions and tags are told apart for the rules", async () => {
  const { seen, handlers } = remembering();
  server.handlers = handlers;
  const first = await commit("first");
  await git("push", "-q", "origin", "main");
  const second = await commit("second");
  await git("tag", "-a", "v1", "-m", "one");
  await git("push", "-q", "-o", "ci.skip", "-o", "key=a;b c", "origin", "main", "v1");
  await git("commit", "-q", "--amend", "-m", "other");
  const third = await git("rev-parse", "HEAD");
  const refused = await push("main");
  expect(refused.code).toBe(1);
  await git("push", "-q", "--force", "origin", "main");
  await git("tag", "-f", "-a", "v1", "-m", "moved");
  await git("push", "-q", "--force", "origin", "v1", "main:refs/notes/x");
  await git("push", "-q", "origin", ":main", "main:other");
  const told = seen.pushes.map(({ commands }) =>
    commands.map(({ ref, kind, isForce, old, new: to }) => [ref, kind, isForce, old, to]),
  );
  expect(told[0]).toEqual([["refs/heads/main", "create", false, null, first]]);
  expect(told[1]?.[0]).toEqual(["refs/heads/main", "update", false, first, second]);
  expect(told[1]?.[1]?.slice(0, 3)).toEqual(["refs/tags/v1", "create", false]);
  expect(told[2]).toEqual([["refs/heads/main", "update", true, second, third]]);
  expect(told[3]?.map((line) => line.slice(0, 3))).toEqual(
    expect.arrayContaining([
      ["refs/tags/v1", "update", true],
      ["refs/notes/x", "create", false],
    ]),
  );
  expect(told[4]).toEqual(expect.arrayContaining([["refs/heads/main", "delete", false, third, null]]));
  expect(seen.pushes[1]?.options).toEqual(["ci.skip", "key=a;b c"]);
  expect(seen.pushes[1]?.agent).toMatch(/^git\//);
  expect(await refNames()).toEqual(["refs/heads/other", "refs/notes/x", "refs/tags/v1"]);
  expect(seen.order.slice(0, 3)).toEqual(["authorize", "beforeRefs", "onUpdated"]);
});

test("before the rules have decided, new objects are seen under the quarantine alone", async () => {
  const tip = await commit("first");
  const visible: (number | null)[] = [];
  server.handlers = {
    async authorize({ env }) {
      visible.push((await scratch.tryGit(repository.dir, ["cat-file", "-e", tip])).code);
      const inside = spawn("git", ["cat-file", "-e", tip], {
        cwd: repository.dir,
        env: { PATH: process.env["PATH"], ...env },
      });
      visible.push(((await once(inside, "close")) as [number])[0]);
      return { refused: "not today" };
    },
  };
  const answer = await push("main");
  expect(visible.map((code) => code === 0)).toEqual([false, true]);
  expect(answer.err).toContain("remote: not today");
  expect(answer.err).toContain("[remote rejected] main -> main (not today)");
  expect((await scratch.tryGit(repository.dir, ["cat-file", "-e", tip])).code).not.toBe(0);
  expect(await packs()).toEqual([]);
});

test("a refused reference does not hold up the others, unless the push is atomic", async () => {
  await commit("first");
  server.handlers = {
    authorize: async () => ({ refusedRefs: new Map([["refs/heads/main", "main is protected"]]) }),
  };
  const atomic = await push("--atomic", "main", "main:free");
  expect(atomic.code).toBe(1);
  expect(await refNames()).toEqual([]);
  const plain = await push("main", "main:free");
  expect(plain.code).toBe(1);
  expect(plain.err).toContain("remote: main is protected");
  expect(plain.err).toContain("[remote rejected] main -> main (main is protected)");
  expect(plain.err).toMatch(/\[new branch\]\s+main -> free/);
  expect(await refNames()).toEqual(["refs/heads/free"]);
});

test("what the rules and the follow-up say reaches the client without control characters", async () => {
  await commit("first");
  server.handlers = {
    ...allowEverything,
    onUpdated: async () => ["Open a pull request:", "  http://example.com/\u001b[31mred\u202egnp", "漢字"],
  };
  const answer = await push("main");
  expect(answer.code).toBe(0);
  expect(answer.err).toContain("remote: Open a pull request:");
  expect(answer.err).toContain("http://example.com/[31mredgnp");
  expect(answer.err).toContain("remote: 漢字");
});

test("names that are reserved or misleading are refused before any object is read", async () => {
  await commit("first");
  const { seen, handlers } = remembering();
  server.handlers = handlers;
  for (const ref of [
    "refs/pull/1/head",
    "refs/wit/x",
    "refs/heads/HEAD",
    "refs/heads/-x",
    `refs/heads/${"a".repeat(40)}`,
  ]) {
    const answer = await push(`main:${ref}`);
    expect(answer.code, ref).toBe(1);
    expect(answer.err).toContain("[remote rejected]");
  }
  expect(seen.pushes).toEqual([]);
  expect(await refNames()).toEqual([]);
  expect(await packs()).toEqual([]);
});

test("a mirror push leaves pull requests alone", async () => {
  await commit("first");
  await git("push", "-q", "origin", "main");
  await scratch.git(repository.dir, ["update-ref", "refs/pull/1/head", "refs/heads/main"]);
  await git("push", "-q", "--mirror", "origin");
  expect(await refNames()).toContain("refs/pull/1/head");
});

test("of racing pushes to one branch one wins and the others are told to fetch", async () => {
  const base = await commit("base");
  await git("push", "-q", "origin", "main");
  const rivals: string[] = [];
  for (let n = 0; n < 4; n += 1) {
    await git("reset", "-q", "--hard", base);
    rivals.push(await commit(`rival ${n}`));
    await git("branch", `rival-${n}`);
  }
  let arrived = 0;
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  server.handlers = {
    async authorize() {
      arrived += 1;
      if (arrived === rivals.length) open();
      await gate;
      return "ok";
    },
  };
  const answers = await Promise.all(rivals.map((_, n) => push(`rival-${n}:main`)));
  expect(answers.filter(({ code }) => code === 0)).toHaveLength(1);
  for (const { code, err } of answers) if (code !== 0) expect(err).toMatch(/moved meanwhile|being changed/);
  expect(rivals).toContain(await at("refs/heads/main"));
});

test("a thin pack is completed, large files and many commits come through unharmed", async () => {
  const lines = Array.from({ length: 4_000 }, (_, n) => `line ${n} ${randomBytes(8).toString("hex")}`);
  await commit("base", lines.join("\n"), "big.txt");
  await git("push", "-q", "origin", "main");
  lines[2_000] = "changed";
  await commit("small change", lines.join("\n"), "big.txt");
  await commit("binary", randomBytes(3_000_000), "binary");
  for (let n = 0; n < 10; n += 1) await commit(`more ${n}`);
  await git("push", "-q", "origin", "main");
  expect(await scratch.git(repository.dir, ["fsck", "--strict", "--full"])).toBe("");
  expect(await at("refs/heads/main")).toBe(await git("rev-parse", "HEAD"));
});

test("a pack over the limit is refused with the limit in words, and nothing stays", async () => {
  server.limits = { maxPackBytes: 1024 * 1024 };
  await commit("huge", randomBytes(10 * 1024 * 1024));
  const answer = await push("main");
  expect(answer.code).toBe(1);
  expect(answer.err).toContain("the pack is larger than 1 MiB");
  expect(await refNames()).toEqual([]);
  expect(await packs()).toEqual([]);
});

test("too many objects are refused by the header alone", async () => {
  server.limits = { maxObjects: 2 };
  await commit("first");
  const answer = await push("main");
  expect(answer.err).toContain("more than 2 objects in one push");
  expect(await refNames()).toEqual([]);
});

const zero = "0".repeat(40);
async function rawPush(body: Uint8Array) {
  const response = await fetch(`${server.url}/git-receive-pack`, {
    method: "POST",
    headers: { "content-type": "application/x-git-receive-pack-request" },
    body: new Uint8Array(body),
  });
  return { status: response.status, text: await response.text() };
}
const create = (ref: string, oid: string, capabilities = "report-status") =>
  Buffer.concat([packet(`${zero} ${oid} ${ref}\0 ${capabilities}`), flushPacket]);

/** A pack of a commit with all its history, or without `--revs` of that one object. */
async function packOf(tip: string, how: readonly string[] = ["--revs"]): Promise<Buffer> {
  const child = spawn("git", ["pack-objects", ...how, "--stdout", "-q"], { cwd: work });
  const parts: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => parts.push(chunk));
  child.stdin.end(`${tip}\n`);
  await once(child, "close");
  return Buffer.concat(parts);
}

test("a pack that is cut off, damaged or no pack at all changes nothing and says why", async () => {
  const tip = await commit("first", randomBytes(5_000));
  const pack = await packOf(tip);
  const damaged = Buffer.from(pack);
  damaged.writeUInt8(damaged.readUInt8(40) ^ 0xff, 40);
  const trailer = Buffer.from(pack);
  trailer.writeUInt8(trailer.readUInt8(pack.length - 1) ^ 0xff, pack.length - 1);
  const lying = Buffer.from(pack);
  lying.writeUInt32BE(1_000_000, 8);
  const cases: [Buffer, RegExp][] = [
    [pack.subarray(0, pack.length / 2), /cut off/],
    [pack.subarray(0, 7), /cut off/],
    [Buffer.alloc(0), /missing/],
    [Buffer.from("this is no pack at all"), /not a pack/],
    [damaged, /damaged/],
    [trailer, /damaged/],
    // Read as one more object, the checksum says anything.
    [lying, /damaged|cut off|too large/],
    [Buffer.concat([Buffer.from("PACK\0\0\0\x02\0\0\0\0", "latin1"), Buffer.alloc(20)]), /damaged/],
  ];
  for (const [bytes, reason] of cases) {
    const { status, text } = await rawPush(Buffer.concat([create("refs/heads/main", tip), bytes]));
    expect([status, text]).toEqual([200, expect.stringMatching(reason)]);
    expect(text).toMatch(/^[0-9a-f]{4}unpack (?!ok)/);
    expect(text).toContain("ng refs/heads/main");
  }
  expect(await refNames()).toEqual([]);
  expect(await packs()).toEqual([]);
  const { text } = await rawPush(Buffer.concat([create("refs/heads/main", tip), pack]));
  expect(text).toContain("unpack ok");
  expect(text).toContain("ok refs/heads/main");
});

test("a push whose client breaks off in the middle leaves nothing", async () => {
  const tip = await commit("first", randomBytes(500_000));
  const pack = await packOf(tip);
  const input = new PassThrough();
  const leaving = new AbortController();
  const serving = serveReceivePack({
    repository,
    input,
    output: new PassThrough(),
    handlers: allowEverything,
    identity: { name: "a", email: "a@b" },
    signal: leaving.signal,
  }).catch((error: Error) => error.name);
  input.write(Buffer.concat([create("refs/heads/main", tip), pack.subarray(0, 100_000)]));
  await expect.poll(() => processesIn(repository), { timeout: 15_000 }).not.toEqual([]);
  leaving.abort();
  input.destroy();
  expect(await serving).toBe("PeerGone");
  expect(await refNames()).toEqual([]);
});

test("objects that lack what they point to are refused", async () => {
  await commit("base");
  const tip = await commit("tip");
  const { text } = await rawPush(Buffer.concat([create("refs/heads/main", tip), await packOf(tip, [])]));
  expect(text).toMatch(/unpack the pack lacks objects it needs/);
  expect(await refNames()).toEqual([]);
});

test("a branch cannot be created at an object that is there without its history", async () => {
  const tree = await scratch.git(repository.dir, ["mktree"], "");
  const raw = `tree ${tree}\nparent ${"1".repeat(40)}\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\norphan\n`;
  const orphan = await scratch.git(
    repository.dir,
    ["hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
    raw,
  );
  const empty = Buffer.from("PACK\0\0\0\x02\0\0\0\0", "latin1");
  const pack = Buffer.concat([empty, createHash("sha1").update(empty).digest()]);
  for (const oid of [orphan, "2".repeat(40)]) {
    const { text } = await rawPush(Buffer.concat([create("refs/heads/main", oid), pack]));
    expect(text).toContain("ng refs/heads/main the push lacks objects it needs");
  }
});

test("a branch at a commit that is there already needs no objects", async () => {
  await commit("first");
  await git("push", "-q", "origin", "main");
  const before = await packs();
  await git("push", "-q", "origin", "main:copy");
  expect(await refNames()).toEqual(["refs/heads/copy", "refs/heads/main"]);
  expect(await packs()).toEqual(before);
});

async function pushTree(entries: Buffer, message = "x") {
  const tree = (
    await scratch.git(work, ["hash-object", "-t", "tree", "-w", "--stdin", "--literally"], entries)
  ).trim();
  const tip = await scratch.git(work, ["commit-tree", tree, "-m", message]);
  return push(`${tip}:refs/heads/evil`);
}
const entry = (mode: string, name: string, oid: string) =>
  Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, "hex")]);

test("trees that would write into .git on some file system, and .gitmodules tricks, are refused", async () => {
  const blob = await scratch.git(work, ["hash-object", "-w", "--stdin"], "x");
  const link = await scratch.git(work, ["hash-object", "-w", "--stdin"], "/etc/passwd");
  const modules = await scratch.git(
    work,
    ["hash-object", "-w", "--stdin"],
    '[submodule "../../x"]\n\tpath = x\n\turl = --upload-pack=evil\n',
  );
  for (const entries of [
    entry("100644", ".git", blob),
    entry("100644", ".GIT", blob),
    entry("100644", "git~1", blob),
    entry("100644", ".g\u200cit", blob),
    entry("100644", "..", blob),
    entry("120000", ".gitmodules", link),
    entry("100644", ".gitmodules", modules),
    Buffer.concat([entry("100644", "a", blob), entry("100644", "a", blob)]),
    Buffer.concat([entry("100644", "b", blob), entry("100644", "a", blob)]),
    entry("100644", "a/b", blob),
  ]) {
    const answer = await pushTree(entries);
    expect(answer.code, entries.toString("latin1")).toBe(1);
    expect(answer.err).toMatch(/remote: Refused: object [0-9a-f]{40} is not acceptable/);
  }
  expect(await refNames()).toEqual([]);
});

test("a submodule whose path or name ends in a carriage return is refused, however it comes (CVE-2025-48384)", async () => {
  const blobOf = (text: string) => scratch.git(work, ["hash-object", "-w", "--stdin"], text);
  const modules = (line: string) => `[submodule "x"]\n\turl = https://example.test/x\n\t${line}`;
  const bad = await blobOf(modules('path = "x\r"\n'));
  const refused =
    /remote: Refused: \.gitmodules [0-9a-f]{40} is not acceptable: A submodule in \.gitmodules has a control/;
  const variants = [
    await blobOf(modules('path = "x\\b"\n')),
    await blobOf('[submodule "x\r"]\n\tpath = x\n\turl = https://example.test/x\n'),
    bad,
  ];
  for (const oid of variants) {
    const answer = await pushTree(entry("100644", ".gitmodules", oid));
    expect([answer.code, answer.err]).toEqual([1, expect.stringMatching(refused)]);
  }
  // Under every name that some file system takes for it.
  for (const name of [
    ".GITMODULES",
    ".git\u200cmodules",
    "\u200c.gItm\ufeffodules",
    "GITMOD~1",
    "gi7eba~1",
    ".gitmodules . ",
  ]) {
    const answer = await pushTree(entry("100644", name, bad));
    expect([name, answer.code, answer.err]).toEqual([name, 1, expect.stringMatching(refused)]);
  }

  const commit = async (entries: Buffer, ...parents: string[]) => {
    const tree = (
      await scratch.git(work, ["hash-object", "-t", "tree", "-w", "--stdin", "--literally"], entries)
    ).trim();
    return scratch.git(work, ["commit-tree", tree, "-m", "c", ...parents.flatMap((one) => ["-p", one])]);
  };
  // First as a file of another name, which is nobody's harm.
  const first = await commit(entry("100644", "notes", bad));
  expect((await push(`${first}:refs/heads/main`)).code).toBe(0);
  const named = await commit(
    Buffer.concat([entry("100644", ".gitmodules", bad), entry("100644", "notes", bad)]),
    first,
  );
  // On a branch that goes on, on a new one, in the middle of a history, and behind a merge.
  expect((await push(`${named}:refs/heads/main`)).err).toMatch(refused);
  expect((await push(`${named}:refs/heads/other`)).err).toMatch(refused);
  const healed = await commit(entry("100644", "notes", bad), named);
  expect((await push(`${healed}:refs/heads/main`)).err).toMatch(refused);
  const merge = await commit(entry("100644", "notes", bad), first, named);
  expect((await push(`${merge}:refs/heads/main`, `${first}:refs/heads/second`)).err).toMatch(refused);
  expect(await refNames()).toEqual(["refs/heads/main"]);

  const good = await blobOf(modules("path = x\n").replaceAll("\n", "\r\n"));
  const windows = await commit(entry("100644", ".gitmodules", good), first);
  expect((await push(`${windows}:refs/heads/main`)).code).toBe(0);
  const next = await commit(
    Buffer.concat([entry("100644", ".gitmodules", good), entry("100644", "notes", bad)]),
    windows,
  );
  expect((await push(`${next}:refs/heads/main`)).code).toBe(0);
});

test("histories with the harmless flaws of old tools can be pushed", async () => {
  const blob = await scratch.git(work, ["hash-object", "-w", "--stdin"], "x");
  const inner = (
    await scratch.git(
      work,
      ["hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
      entry("100644", "f", blob),
    )
  ).trim();
  const padded = (
    await scratch.git(
      work,
      ["hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
      entry("040000", "dir", inner),
    )
  ).trim();
  const people = [
    "Old Tool<old@example.com> 1 +0000",
    "No Zone <a@b> 1234567890 +051800",
    "<a@b> 1 +0000",
    "A <a@b> 0012 +0000",
    "A <a <b> 1 +0000",
  ];
  for (const [index, person] of people.entries()) {
    const raw = `tree ${padded}\nauthor ${person}\ncommitter ${person}\n\nold\n`;
    const tip = await scratch.git(work, ["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], raw);
    const answer = await push(`${tip}:refs/heads/old-${index}`);
    expect([answer.code, answer.err], person).toEqual([0, expect.stringContaining("[new branch]")]);
  }
});

test("deletions need no objects, and deleting what is not there is an error", async () => {
  const tip = await commit("first");
  await git("push", "-q", "origin", "main", "main:a", "main:b");
  const { seen, handlers } = remembering();
  server.handlers = handlers;
  await git("push", "-q", "origin", ":a", ":b");
  expect(await refNames()).toEqual(["refs/heads/main"]);
  expect(seen.pushes[0]?.env).toEqual({});
  const line = (ref: string, old: string, capabilities = "") =>
    packet(`${old} ${zero} ${ref}${capabilities}`);
  const { text } = await rawPush(
    Buffer.concat([
      line("refs/heads/gone", zero, "\0report-status"),
      line("refs/heads/gone2", tip),
      line("refs/heads/main", "3".repeat(40)),
      flushPacket,
    ]),
  );
  expect(text.match(/ng refs/g)).toHaveLength(3);
  expect(await refNames()).toEqual(["refs/heads/main"]);
});

test("a rule that fails, an intent that cannot be noted and a follow-up that fails end as the caller can live with", async () => {
  await commit("first");
  const broken = () => Promise.reject(new Error("database gone, password=secret"));
  server.handlers = { authorize: broken };
  const unruly = await push("main");
  expect([unruly.code, await refNames()]).toEqual([1, []]);
  expect(unruly.err).not.toContain("secret");
  server.handlers = { ...allowEverything, beforeRefs: broken };
  const unnoted = await push("main");
  expect([unnoted.code, await refNames(), await packs()]).toEqual([1, [], []]);
  server.handlers = { ...allowEverything, onUpdated: broken };
  const unfollowed = await push("main");
  expect([unfollowed.code, await refNames()]).toEqual([0, ["refs/heads/main"]]);
  expect(unfollowed.err).not.toContain("secret");
  expect(server.pushes.map(({ error }) => (error as Error).message)).toEqual(
    Array.from({ length: 3 }, () => "database gone, password=secret"),
  );
});

test("requests that are no push are refused with a status", async () => {
  for (const body of [
    Buffer.from("zzzz"),
    packet("hello"),
    Buffer.concat([
      packet(`${zero} ${"1".repeat(40)} refs/heads/a`),
      packet(`${zero} ${"1".repeat(40)} refs/heads/a`),
      flushPacket,
    ]),
    Buffer.concat([packet(`${zero} ${"1".repeat(40)} refs/heads/\xff\0report-status`), Buffer.from("0001")]),
    Buffer.concat([
      packet(`${zero} ${"1".repeat(40)} refs/heads/a\0report-status object-format=sha256`),
      flushPacket,
    ]),
    Buffer.concat([
      packet(
        Buffer.concat([Buffer.from(`${zero} ${"1".repeat(40)} refs/heads/`), Buffer.from([0xff, 0xfe])]),
      ),
      flushPacket,
    ]),
    Buffer.concat([
      create("refs/heads/a", "1".repeat(40), "report-status push-options"),
      packet("a\u001bb"),
      flushPacket,
    ]),
  ])
    expect((await rawPush(body)).status, body.toString("latin1")).toBe(400);
  expect((await rawPush(flushPacket)).status).toBe(200);
  expect((await rawPush(Buffer.alloc(0))).status).toBe(200);
});

test("a push from a shallow clone works when the rest of its history is here", async () => {
  await commit("one");
  await commit("two");
  await git("push", "-q", "origin", "main");
  const shallow = path.join(scratch.dir, "shallow");
  await scratch.git(scratch.dir, ["clone", "-q", "--depth", "1", server.url, shallow]);
  await scratch.git(shallow, ["commit", "-q", "--allow-empty", "-m", "three"]);
  await scratch.git(shallow, ["push", "-q", "origin", "main"]);
  const elsewhere = await serveRepository(await scratch.repository());
  expect((await scratch.tryGit(shallow, ["push", elsewhere.url, "main"])).code).toBe(1);
  await elsewhere.close();
});

test("a repository with sha256 names takes pushes", async () => {
  const other = await scratch.repository("sha256");
  const sha256 = await serveRepository(other);
  await scratch.git(scratch.dir, ["init", "-q", "-b", "main", "--object-format=sha256", "w256"]);
  const w256 = path.join(scratch.dir, "w256");
  await scratch.git(w256, ["commit", "-q", "--allow-empty", "-m", "x"]);
  await scratch.git(w256, ["push", "-q", sha256.url, "main"]);
  await scratch.git(w256, ["push", "-q", sha256.url, "main:copy"]);
  expect((await listRefs(other, "refs/")).map(({ oid }) => oid.length)).toEqual([64, 64]);
  await sha256.close();
});

/** Connects a real `git push` to the session in both directions, as an SSH server would. */
async function pushOverSession(handlers: PushHandlers, args: readonly string[], maxPackBytes = 1024 ** 3) {
  const sessions: Promise<unknown>[] = [];
  const bridge = createServer({ allowHalfOpen: true }, (socket) => {
    sessions.push(
      serveReceivePackSession({
        repository,
        version: 0,
        input: socket,
        output: socket,
        handlers,
        identity: { name: "Alice", email: "alice@example.com" },
        limits: { maxPackBytes },
      }).finally(() => socket.end()),
    );
  });
  await new Promise<void>((resolve) => bridge.listen(0, "127.0.0.1", resolve));
  const { port } = bridge.address() as AddressInfo;
  const join = `const s=require('net').connect(${port},'127.0.0.1');process.stdin.pipe(s);s.pipe(process.stdout)`;
  const answer = await scratch.tryGit(work, [
    "-c",
    "protocol.ext.allow=always",
    "push",
    `ext::${[process.execPath, "-e", join].map((word) => word.replaceAll(" ", "% ")).join(" ")}`,
    ...args,
  ]);
  await Promise.all(sessions);
  bridge.close();
  return answer;
}

test("pushes work over a session in both directions: creation, deletion, refusal, too much", async () => {
  const tip = await commit("first", randomBytes(300_000));
  const created = await pushOverSession(allowEverything, ["main", "main:gone"]);
  expect([created.code, created.err, await at("refs/heads/main")]).toEqual([0, expect.any(String), tip]);
  expect((await pushOverSession(allowEverything, [":gone"])).code).toBe(0);
  expect(await refNames()).toEqual(["refs/heads/main"]);
  expect((await pushOverSession(allowEverything, ["main"])).err).toContain("Everything up-to-date");
  const refused = await pushOverSession({ authorize: async () => ({ refused: "not you" }) }, ["main:other"]);
  expect(refused.err).toContain("remote: not you");
  await commit("huge", randomBytes(6_000_000));
  const huge = await pushOverSession(allowEverything, ["main"], 1024 * 1024);
  expect(huge.code).toBe(1);
  expect(huge.err).toContain("the pack is larger than 1 MiB");
  const reserved = await pushOverSession(allowEverything, ["main:refs/wit/x"]);
  expect(reserved.err).toContain("reserved for the server");
  expect(await at("refs/heads/main")).toBe(tip);
});

test("quarantines that a crash left are removed once they are old enough", async () => {
  const stale = path.join(repository.dir, "objects/tmp_objdir-incoming-AbCdEf");
  await mkdir(path.join(stale, "pack"), { recursive: true });
  expect(await removeStaleQuarantines(repository, 3_600_000)).toBe(0);
  const longAgo = Date.now() / 1000 - 7_200;
  await utimes(stale, longAgo, longAgo);
  expect(await removeStaleQuarantines(repository, 3_600_000)).toBe(1);
});

test("a file over the limit is refused with its id and the limit, however small it packs", async () => {
  server.limits = { maxFileBytes: 1024 * 1024 };
  await commit("first");
  expect((await push("main")).code).toBe(0);
  const before = await at("refs/heads/main");
  const exact = await commit("fits", Buffer.alloc(1024 * 1024), "fits");
  expect((await push("main")).code).toBe(0);
  expect(await at("refs/heads/main")).toBe(exact);
  await commit("bomb", Buffer.alloc(1024 * 1024 + 1), "bomb");
  const bomb = await git("rev-parse", "HEAD:bomb");
  // As the branch that goes on, as several at once, and behind a commit that takes it away again.
  await git("rm", "-q", "--cached", "bomb");
  await git("commit", "-q", "-m", "gone again");
  for (const what of [
    ["main"],
    ["HEAD~1:refs/heads/a", "HEAD:refs/heads/b"],
    ["--atomic", "main", "HEAD~2:refs/heads/d"],
  ]) {
    const answer = await push(...what);
    expect(answer.code, what.join(" ")).toBe(1);
    expect(answer.err).toContain(`file ${bomb} is larger than 1 MiB; Git LFS is the place for such files`);
  }
  expect(await at("refs/heads/main")).toBe(exact);
  expect(await refNames()).toEqual(["refs/heads/main"]);
  expect(before).not.toBe(exact);
});

test("paths longer than a file system takes, and trees deeper than that, are refused before anything walks them", async () => {
  const nested = (depth: number, name: string) =>
    scratch.git(
      work,
      ["fast-import", "--quiet", "--force", "--done"],
      `commit refs/heads/deep\ncommitter a <a@b> 1 +0000\ndata 1\nx\nM 100644 inline ${`${name}/`.repeat(depth)}f\ndata 1\nx\n\ndone\n`,
    );
  await nested(1_990, "a");
  expect((await push("deep:refs/heads/deep")).code).toBe(0);
  for (const [depth, name] of [
    [2_010, "a"],
    [20, "n".repeat(250)],
  ] as const) {
    await nested(depth, name);
    const answer = await push("+deep:refs/heads/deep");
    expect(answer.code).toBe(1);
    expect(answer.err).toContain("a path is longer than 4000 bytes");
  }
});

test("one reference more than a repository may have is refused before its objects are sent, fewer and others are not", async () => {
  const tip = await commit("first");
  expect((await push("main")).code).toBe(0);
  const names = Array.from({ length: maxRefs - 1 }, (_, n) => `refs/tags/${String(n).padStart(6, "0")}`);
  await writeFile(
    path.join(repository.dir, "packed-refs"),
    formatPackedRefs(names.map((name) => ({ name, oid: tip, peeled: null }))),
  );
  const next = await commit("second");
  const answer = await scratch.tryGit(work, ["push", "origin", "main", "HEAD:refs/heads/more"]);
  expect(answer.err).toContain("the repository has too many references already");
  expect(await at("refs/heads/main")).toBe(next);
  expect(await at("refs/heads/more")).toBeUndefined();
  const writer = { identity: { name: "Alice", email: "a@b" }, reason: "test" };
  const create = (ref: string) => updateRefs(repository, [{ ref, old: null, new: tip }], writer);
  expect((await create("refs/heads/api"))[0]?.failure?.kind).toBe("too-many");
  expect((await create("refs/pull/1/head"))[0]?.failure).toBeNull();
  expect((await push(":refs/tags/000000")).code).toBe(0);
  expect((await create("refs/heads/api"))[0]?.failure).toBeNull();
}, 60_000);
