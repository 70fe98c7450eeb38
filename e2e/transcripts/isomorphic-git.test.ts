/** A second implementation of git, which shares no code with the first: what it does to a forge over HTTP. */
import fs from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import git from "isomorphic-git";
import http from "isomorphic-git/http/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { people, type PersonName } from "../../tools/testing/people.ts";
import { createWorld, type World } from "../../tools/testing/world.ts";
import { openMachine } from "./machine.ts";

let world: World;
let home: string;

beforeEach(async () => {
  world = await createWorld({ listen: true });
  home = await mkdtemp(path.join(tmpdir(), "wit isomorphic "));
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
  await world.settle();
  await world.close();
});

const author = { name: "Bob", email: "bob@example.test" };
const folder = (name: string) => path.join(home, name);
const url = (repository = "alice/demo.git") => `${world.url}/${repository}`;

/** Signs in once with a password, and says no to being asked again. */
const signedIn = (person: PersonName, password = people[person].token) => ({
  onAuth: () => ({ username: person, password }),
  onAuthFailure: () => ({ cancel: true }),
});

const remote = (person: PersonName | null) => ({
  fs,
  http,
  ...(person === null ? {} : signedIn(person)),
});

async function clone(
  name: string,
  options: { depth?: number; person?: PersonName | null; from?: string } = {},
) {
  const { person = "bob", from, ...rest } = options;
  const dir = folder(name);
  await git.clone({ ...remote(person), dir, url: url(from), ...rest });
  return dir;
}

async function commit(dir: string, file: string, text = `${file}\n`) {
  await writeFile(path.join(dir, file), text);
  await git.add({ fs, dir, filepath: file });
  return git.commit({ fs, dir, message: `Add ${file}`, author });
}

const log = async (dir: string, ref = "HEAD") => (await git.log({ fs, dir, ref })).map(({ oid }) => oid);

const refOf = async (ref: string) =>
  (await world.as("alice").get(`/repos/alice/demo/git/ref/${ref}`)).body.object?.sha as string | undefined;

describe("reading", () => {
  test("a clone has the history, the files and the tags that git brings", async () => {
    const dir = await clone("work", { person: null });
    const machine = await openMachine("bob");
    try {
      await machine.git("", "clone", "-q", url(), "work");
      const theirs = (await machine.git("work", "rev-list", "HEAD")).split("\n");
      expect((await log(dir)).toSorted()).toEqual(theirs.toSorted());
      const files = (await machine.git("work", "ls-files")).split("\n");
      expect((await git.listFiles({ fs, dir })).toSorted()).toEqual(files.toSorted());
      const tags = (await machine.git("work", "tag")).split("\n").filter(Boolean);
      expect((await git.listTags({ fs, dir })).toSorted()).toEqual(tags.toSorted());
    } finally {
      await machine.remove();
    }
    expect(await git.currentBranch({ fs, dir })).toBe("main");
  });

  test("a shallow clone is as deep as asked, and can be deepened", async () => {
    const dir = await clone("shallow", { depth: 1 });
    expect(await log(dir)).toHaveLength(1);
    await git.fetch({ ...remote("bob"), dir, depth: 2, singleBranch: true, ref: "main" });
    const machine = await openMachine("bob");
    try {
      await machine.git("", "clone", "-q", "--depth=2", url(), "work");
      const theirs = (await machine.git("work", "rev-list", "HEAD")).split("\n");
      expect((await log(dir)).toSorted()).toEqual(theirs.toSorted());
    } finally {
      await machine.remove();
    }
  });

  test("both versions of the protocol tell the same references, by prefix, with their targets", async () => {
    const [old, now] = await Promise.all(
      ([1, 2] as const).map((protocolVersion) =>
        git.listServerRefs({ http, url: url(), protocolVersion, prefix: "refs/heads/", symrefs: true }),
      ),
    );
    expect(now?.map(({ ref }) => ref)).toEqual(["refs/heads/feature", "refs/heads/main"]);
    expect(old?.map(({ ref, oid }) => [ref, oid])).toEqual(now?.map(({ ref, oid }) => [ref, oid]));
    const info = await git.getRemoteInfo2({ http, url: url(), protocolVersion: 2 });
    expect(info).toMatchObject({ protocolVersion: 2, capabilities: { "object-format": "sha1" } });
  });

  test("a fetch brings what somebody else pushed meanwhile, and a branch that is gone is pruned", async () => {
    const [mine, theirs] = [await clone("mine"), await clone("theirs")];
    await git.branch({ fs, dir: theirs, ref: "topic", checkout: true });
    const pushed = await commit(theirs, "theirs.txt");
    await git.push({ ...remote("bob"), dir: theirs, ref: "topic" });
    await git.fetch({ ...remote("bob"), dir: mine });
    expect(await git.resolveRef({ fs, dir: mine, ref: "refs/remotes/origin/topic" })).toBe(pushed);
    await git.push({ ...remote("bob"), dir: theirs, ref: "topic", delete: true });
    const { pruned } = await git.fetch({ ...remote("bob"), dir: mine, prune: true });
    expect(pruned).toContain("refs/remotes/origin/topic");
  });
});

describe("writing", () => {
  test("a commit, a branch and a tag are pushed, and the forge shows them with the person who did it", async () => {
    const dir = await clone("work");
    const first = await commit(dir, "one.txt");
    expect(await git.push({ ...remote("bob"), dir, ref: "main" })).toMatchObject({ ok: true });
    expect(await refOf("heads/main")).toBe(first);
    await git.branch({ fs, dir, ref: "topic", checkout: true });
    const second = await commit(dir, "two.txt");
    await git.push({ ...remote("bob"), dir, ref: "topic", remoteRef: "topic" });
    await git.annotatedTag({ fs, dir, ref: "v9", message: "nine", tagger: author });
    await git.push({ ...remote("bob"), dir, ref: "v9" });
    expect(await refOf("heads/topic")).toBe(second);
    expect(await refOf("tags/v9")).toBe(await git.resolveRef({ fs, dir, ref: "refs/tags/v9" }));
    const events = await world.events({ type: "repository.pushed" });
    expect(events.slice(-3).map(({ actorLogin }) => actorLogin)).toEqual(["bob", "bob", "bob"]);
  });

  test("an empty repository takes its first push, whatever its branch is called", async () => {
    await world.as("bob").post("/user/repos", { name: "fresh" });
    const dir = folder("fresh");
    await git.init({ fs, dir, defaultBranch: "trunk" });
    const oid = await commit(dir, "first.txt");
    await git.addRemote({ fs, dir, remote: "origin", url: url("bob/fresh.git") });
    await git.push({ ...remote("bob"), dir, ref: "trunk" });
    const { body } = await world.as("bob").get("/repos/bob/fresh");
    expect(body.default_branch).toBe("trunk");
    expect((await world.as("bob").get("/repos/bob/fresh/commits/trunk")).body.sha).toBe(oid);
  });

  test("of two who push to one branch the second is refused, and loses nothing by it", async () => {
    const [mine, theirs] = [await clone("mine"), await clone("theirs")];
    const kept = await commit(mine, "mine.txt");
    await commit(theirs, "theirs.txt");
    await git.push({ ...remote("bob"), dir: mine, ref: "main" });
    await expect(git.push({ ...remote("bob"), dir: theirs, ref: "main" })).rejects.toThrow(
      /fast-forward|reject/i,
    );
    expect(await refOf("heads/main")).toBe(kept);
  });

  test("what a rule refuses is told with its reason, and nothing moved", async () => {
    await world
      .as("alice")
      .post("/repos/alice/demo/protection-rules", { pattern: "main", require_pull_request: true });
    const before = await refOf("heads/main");
    const dir = await clone("work");
    await commit(dir, "no.txt");
    const refused = await git.push({ ...remote("bob"), dir, ref: "main" }).catch((error: unknown) => error);
    expect(JSON.stringify(refused, Object.getOwnPropertyNames(refused))).toContain("pull request");
    expect(await refOf("heads/main")).toBe(before);
    await expect(
      git.push({ ...remote("bob"), dir, ref: "main", remoteRef: "refs/pull/1/head" }),
    ).rejects.toThrow();
  });
});

describe("who one is", () => {
  test("a private repository asks for a password, opens to a token and stays shut for others", async () => {
    const dir = await clone("secret", { person: "alice", from: "alice/secret.git" });
    expect((await log(dir)).length).toBeGreaterThan(0);
    for (const sign of [{}, signedIn("mallory"), signedIn("alice", "wrong")])
      await expect(
        git.clone({ fs, http, ...sign, dir: folder("stolen"), url: url("alice/secret.git") }),
      ).rejects.toThrow(/40[14]|cancel/i);
  });

  test("a reader's push and a visitor's push are refused before anything is stored", async () => {
    const before = await refOf("heads/main");
    const dir = await clone("work", { person: "carol" });
    await commit(dir, "reader.txt");
    await expect(git.push({ ...remote("carol"), dir, ref: "main" })).rejects.toThrow(
      /Must have write access/,
    );
    await expect(git.push({ fs, http, dir, ref: "main" })).rejects.toThrow(/401/);
    expect(await refOf("heads/main")).toBe(before);
  });
});
