/** What git can do with a server, through both doors. */
import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDoors, type Door, type Doors } from "./test-doors.ts";
import type { Machine } from "./machine.ts";

let doors: Doors;
let machine: Machine;
let made = 0;

beforeAll(async () => {
  doors = await openDoors("bob");
  machine = doors.machine;
});
afterAll(() => doors.close());

const transports = ["HTTP", "SSH"] as const satisfies readonly Door[];
const git = (cwd: string, ...args: readonly string[]) => machine.git(cwd, ...args);

/** A name nobody has used yet: each test has repositories and folders of its own. */
const fresh = (name: string) => `${name}-${(made += 1)}`;

/** An empty repository of bob's. */
async function create(name = fresh("repo"), more: object = {}): Promise<string> {
  expect((await doors.world.as("bob").post("/user/repos", { name, ...more })).status).toBe(201);
  return `bob/${name}.git`;
}

/** A history made by `git fast-import`: commits a day apart that each change one of some files, the last one tagged. */
async function history(commits: number, tags = 0): Promise<string> {
  const folder = fresh("work");
  await git("", "init", "-q", folder);
  let text = "";
  for (let turn = 1; turn <= commits; turn += 1) {
    const when = `bob <bob@example.test> ${1_600_000_000 + turn * 86_400} +0000`;
    text += `commit refs/heads/main\nmark :${turn}\nauthor ${when}\ncommitter ${when}\ndata 4\nc${String(turn).padStart(3, "0")}\n`;
    text += `M 100644 inline d${turn % 3}/f${turn % 5}\ndata <<E\n${`line ${turn}\n`.repeat(20)}E\n\n`;
  }
  for (let tag = 0; tag < tags; tag += 1)
    text += `tag v${tag}\nfrom :${1 + (tag % commits)}\ntagger bob <bob@example.test> 1700000000 +0000\ndata 1\nt\n`;
  const { code, said } = await machine.run(
    folder,
    "git",
    ["fast-import", "--quiet", "--done"],
    `${text}done\n`,
  );
  expect(code, said).toBe(0);
  await git(folder, "reset", "-q", "--hard", "main");
  return folder;
}

const count = (cwd: string, ...what: readonly string[]) => git(cwd, "rev-list", "--count", ...what);

describe.each(transports)("over %s", (door) => {
  const at = (repository: string) => doors.at(door, repository);

  async function published(commits: number, tags = 0) {
    const repository = await create();
    const work = await history(commits, tags);
    await git(work, "remote", "add", "origin", at(repository));
    await git(work, "push", "-q", "-u", "origin", "main", "--tags");
    return { repository, work, url: at(repository) };
  }

  test.each(["0", "1", "2"])(
    "history is cut by depth, date and tag, deepened and made whole (version %s)",
    async (version) => {
      const { work, url } = await published(10);
      await git(work, "tag", "old", "main~6");
      await git(work, "push", "-q", "origin", "old");
      const protocol = ["-c", `protocol.version=${version}`];
      const clone = async (...how: readonly string[]) => {
        const folder = fresh("shallow");
        await git("", ...protocol, "clone", "-q", ...how, url, folder);
        return folder;
      };
      const deep = await clone("--depth=2");
      expect(await count(deep, "HEAD")).toBe("2");
      await git(deep, ...protocol, "fetch", "-q", "--deepen=3");
      expect(await count(deep, "origin/main")).toBe("5");
      await git(deep, ...protocol, "fetch", "-q", "--unshallow");
      expect(await count(deep, "origin/main")).toBe("10");
      await git(deep, "fsck", "--strict");
      const since = new Date((1_600_000_000 + 8 * 86_400 - 3_600) * 1_000).toISOString();
      expect(await count(await clone(`--shallow-since=${since}`), "HEAD")).toBe("3");
      expect(await count(await clone("--shallow-exclude=old"), "HEAD")).toBe("6");
      await expect(clone("--shallow-since=2040-01-01")).rejects.toThrow("remote error: no commits selected");
      const pushing = await clone("--depth=1");
      await git(pushing, "commit", "-q", "--allow-empty", "-m", "On top");
      await git(pushing, ...protocol, "push", "-q", "origin", "HEAD:main");
      await git(deep, ...protocol, "fetch", "-q");
      expect(await count(deep, "origin/main")).toBe("11");
    },
  );

  test("a clone without contents fetches what is looked at, and everything when asked again", async () => {
    const { work, url } = await published(6);
    await machine.write(`${work}/large`, "x".repeat(5_000));
    await git(work, "add", "-A");
    await git(work, "commit", "-qm", "Large");
    await git(work, "push", "-q");
    const absent = async (folder: string) =>
      (await git(folder, "rev-list", "--objects", "--all", "--missing=print"))
        .split("\n")
        .filter((line) => line.startsWith("?")).length;
    for (const [filter, some] of [
      ["blob:none", true],
      ["tree:0", true],
      ["blob:limit=1k", true],
    ] as const) {
      const folder = fresh("partial");
      await git("", "clone", "-q", "--no-checkout", `--filter=${filter}`, url, folder);
      expect((await absent(folder)) > 0, filter).toBe(some);
      expect(await git(folder, "show", "HEAD:large"), filter).toHaveLength(5_000);
      expect(await git(folder, "show", "HEAD~3:d0/f3"), filter).toContain("line 3");
      await git(folder, "checkout", "-q", "main");
      await git(folder, "fetch", "-q", "--refetch", "--no-filter");
      expect(await absent(folder), filter).toBe(0);
    }
    const sparse = fresh("sparse");
    await git("", "clone", "-q", "--sparse", "--filter=blob:none", url, sparse);
    await git(sparse, "sparse-checkout", "set", "d1");
    expect(
      (await git(sparse, "ls-files", "-t", "d1", "d2"))
        .split("\n")
        .map((line) => line.slice(0, 4))
        .toSorted(),
    ).toEqual(expect.arrayContaining(["H d1", "S d2"]));
    expect(await absent(sparse)).toBeGreaterThan(0);
  });

  test("a submodule with an address relative to its parent's comes along", async () => {
    const library = await published(2);
    const parent = await published(1);
    const name = library.repository.slice("bob/".length);
    await git(parent.work, "-c", "protocol.file.allow=never", "submodule", "add", "-q", `../${name}`, "lib");
    await git(parent.work, "commit", "-qm", "Use a library");
    await git(parent.work, "push", "-q");
    const folder = fresh("recursive");
    await git("", "clone", "-q", "--recurse-submodules", parent.url, folder);
    expect(await git(`${folder}/lib`, "rev-parse", "HEAD")).toBe(
      await git(library.work, "rev-parse", "main"),
    );
  });

  test.each(["0", "2"])(
    "2,000 tags on both sides do not keep one new commit waiting (version %s)",
    async (version) => {
      const { work, url } = await published(200, 2_000);
      const folder = fresh("tags");
      await git("", "clone", "-q", url, folder);
      expect((await git(folder, "tag")).split("\n")).toHaveLength(2_000);
      await git(work, "commit", "-q", "--allow-empty", "-m", "New");
      await git(work, "push", "-q", "origin", "main");
      // A branch of the client's own makes it say what it has for long.
      await git(folder, "commit", "-q", "--allow-empty", "-m", "Mine");
      const { code, said } = await machine.run(folder, "git", [
        "-c",
        `protocol.version=${version}`,
        "fetch",
        "--progress",
      ]);
      expect(code, said).toBe(0);
      expect(said).toMatch(/Total 1 /);
      expect(await git(folder, "rev-parse", "origin/main")).toBe(await git(work, "rev-parse", "main"));
    },
  );

  test("thousands of branches and tags are pushed at once, mirrored, and deleted at once", async () => {
    const { repository, work, url } = await published(20);
    const commits = (await git(work, "rev-list", "main")).split("\n");
    const [branches, tags] = door === "HTTP" ? [200, 1_800] : [20, 180];
    const all = (kind: string, length: number) => Array.from({ length }, (_, n) => `refs/${kind}/b/${n}`);
    const names = [...all("heads", branches), ...all("tags", tags)];
    const lines = names.map((name, n) => `create ${name} ${commits[n % 20]}\n`);
    expect((await machine.run(work, "git", ["update-ref", "--stdin"], lines.join(""))).code).toBe(0);
    await git(
      work,
      "push",
      "-q",
      "--atomic",
      "origin",
      "refs/heads/*:refs/heads/*",
      "refs/tags/*:refs/tags/*",
    );
    expect((await git(work, "ls-remote", url, "b/*")).split("\n")).toHaveLength(names.length);
    const mirror = fresh("mirror");
    await git("", "clone", "-q", "--mirror", url, mirror);
    await git(mirror, "update-ref", "-d", "refs/heads/b/0");
    await git(mirror, "update-ref", "refs/notes/commits", commits[0] ?? "");
    const copy = await create();
    await git(mirror, "push", "-q", "--mirror", at(copy));
    expect((await git(work, "ls-remote", at(copy))).split("\n").slice(1)).toEqual(
      (await git(mirror, "ls-remote", ".")).split("\n").slice(1),
    );
    await git(mirror, "push", "-q", "--mirror", url);
    expect(await git(work, "ls-remote", url, "refs/heads/b/0")).toBe("");
    const rest = (await git(work, "ls-remote", url, "b/*"))
      .split("\n")
      .map((line) => `:${line.split("\t")[1]}`);
    await machine.write(`${mirror}/gone`, rest.join("\n"));
    const { code, said } = await machine.run(mirror, "sh", ["-c", `xargs -n 2000 git push -q ${url} < gone`]);
    expect(code, said).toBe(0);
    const { body } = await doors.world.as("bob").get(`/repos/${repository.replace(".git", "")}/branches`);
    expect(body).toHaveLength(1);
  }, 120_000);

  test("a push is all or nothing when told, careful with a lease, and brings the tags of its history", async () => {
    const { work, url } = await published(3);
    const other = fresh("other");
    await git("", "clone", "-q", url, other);
    await git(work, "commit", "-q", "--allow-empty", "-m", "First");
    await git(work, "tag", "-am", "one", "one");
    await git(work, "push", "-q", "--follow-tags");
    expect(await git(work, "ls-remote", url, "refs/tags/one")).toContain("refs/tags/one");
    await git(other, "commit", "-q", "--allow-empty", "-m", "Second");
    const refs = await git(work, "ls-remote", url);
    await machine.refused(other, "push", "--atomic", "origin", "main", "HEAD:refs/heads/beside");
    await machine.refused(other, "push", "--force-with-lease", "origin", "main");
    expect(await git(work, "ls-remote", url)).toBe(refs);
    await git(other, "push", "-q", "--force-with-lease=beside:", "origin", "HEAD:beside");
    await machine.refused(other, "push", "--force-with-lease=beside:", "origin", "HEAD~1:beside");
    await git(other, "fetch", "-q");
    await git(
      other,
      "push",
      "-q",
      "--force-with-lease",
      "-o",
      "ci.skip",
      "-o",
      "a;b=$(id)",
      "origin",
      "main",
    );
    expect(await git(other, "ls-remote", url, "refs/heads/main")).toContain(
      await git(other, "rev-parse", "HEAD"),
    );
    await machine.refused(other, "push", "--force", "origin", "HEAD:refs/tags/one", "HEAD:refs/pull/7/head");
    await git(other, "push", "-q", "origin", "--delete", "refs/tags/one", "beside");
    expect(await git(work, "ls-remote", "--tags", url)).toBe("");
  });

  test("an empty repository tells its branch, and a branch to begin with is followed", async () => {
    const empty = await create(fresh("empty"), { default_branch: "trunk" });
    const folder = fresh("unborn");
    await git("", "clone", "-q", at(empty), folder);
    expect(await git(folder, "symbolic-ref", "HEAD")).toBe("refs/heads/trunk");
    await git(folder, "commit", "-q", "--allow-empty", "-m", "First");
    await git(folder, "push", "-q", "origin", "trunk");
    expect(await git(folder, "ls-remote", "--symref", "origin", "HEAD")).toContain(
      "ref: refs/heads/trunk\tHEAD",
    );
  });

  test("a repository with SHA-256 names is made, pushed, cloned, edited, merged, forked and shown", async () => {
    const bob = doors.world.as("bob");
    const made = fresh("wide");
    const repository = await create(made, { object_format: "sha256", auto_init: true });
    const folder = fresh("wide");
    await git("", "clone", "-q", at(repository), folder);
    await git(folder, "checkout", "-q", "-b", "topic");
    await machine.write(`${folder}/src/a.txt`, "a\n");
    await git(folder, "add", "-A");
    await git(folder, "commit", "-qm", "Topic");
    await git(folder, "push", "-q", "origin", "topic");
    const api = `/repos/bob/${made}`;
    const content = Buffer.from("b").toString("base64");
    const edit = await bob.put(`${api}/contents/b.txt`, { message: "b", content, branch: "topic" });
    expect([edit.status, edit.body.commit.sha.length]).toEqual([201, 64]);
    const pull = await bob.post(`${api}/pulls`, { title: "Topic", head: "topic", base: "main" });
    expect([pull.status, pull.body.head.sha]).toEqual([201, edit.body.commit.sha]);
    expect((await bob.put(`${api}/pulls/${pull.body.number}/merge`, { merge_method: "squash" })).status).toBe(
      200,
    );
    await git(folder, "fetch", "-q", "origin", "+main:refs/remotes/origin/main", "pull/1/head");
    expect(await git(folder, "ls-tree", "--name-only", "origin/main")).toBe("README.md\nb.txt\nsrc");
    await git(folder, "fsck", "--strict");
    const shallow = fresh("wide");
    await git("", "clone", "-q", "--depth=1", "--filter=blob:none", at(repository), shallow);
    expect(await git(shallow, "rev-parse", "HEAD")).toHaveLength(64);
    for (const page of ["tree/main", "blob/main/b.txt", "commits/main", `commit/${edit.body.commit.sha}`])
      expect((await bob.get(`/_web/repos/bob/${made}/${page}`)).status, page).toBe(200);
    const fork = await doors.world.as("alice").post(`${api}/forks`, { name: made });
    expect(fork.status).toBe(202);
    await doors.world.settle();
    expect(await git(folder, "ls-remote", at(`alice/${made}.git`), "main")).toContain(
      await git(folder, "rev-parse", "origin/main"),
    );
  });

  test("references are listed by pattern, and those of the server's own are neither listed nor had", async () => {
    const { repository, work, url } = await published(2);
    await git(work, "push", "-q", "origin", "main:refs/heads/release/1", "main:refs/heads/release/2");
    const names = async (...what: readonly string[]) =>
      (await git(work, "ls-remote", ...what)).split("\n").map((line) => line.split("\t")[1]);
    expect(await names(url, "release/*")).toEqual(["refs/heads/release/1", "refs/heads/release/2"]);
    expect(await names("--heads", url, "main")).toEqual(["refs/heads/main"]);
    expect((await machine.run(work, "git", ["ls-remote", "--exit-code", url, "nothing"])).code).toBe(2);
    const secret = await git(work, "commit-tree", "-m", "Internal", "main^{tree}");
    await git(work, "push", "-q", "origin", `${secret}:refs/heads/carrier`);
    const [owner = "", name = ""] = repository.replace(".git", "").split("/");
    const bare = await doors.folderOf(owner, name);
    for (const ref of ["refs/wit/secret", "refs/pull/1/head"])
      await machine.run("", "git", [`--git-dir=${bare}`, "update-ref", ref, secret]);
    await git(work, "push", "-q", "origin", ":carrier");
    await machine.run("", "git", [`--git-dir=${bare}`, "update-ref", "-d", "refs/pull/1/head"]);
    const thief = fresh("thief");
    await git("", "init", "-q", thief);
    for (const version of ["0", "1", "2"]) {
      const protocol = ["-c", `protocol.version=${version}`];
      expect(await git(work, ...protocol, "ls-remote", url), version).not.toContain(secret);
      for (const wish of ["refs/wit/secret", secret])
        expect(await machine.refused(thief, ...protocol, "fetch", url, wish), version).toMatch(
          /couldn't find remote ref|not our ref|unadvertised object/,
        );
    }
    await git(work, "push", "-q", "--mirror", url);
    const kept = await machine.run("", "git", [`--git-dir=${bare}`, "rev-parse", "refs/wit/secret"]);
    expect(kept.stdout.toString().trim()).toBe(secret);
  });

  test("what is not offered is refused in words, or does without", async () => {
    const { work, url } = await published(2);
    const said = await machine.refused(work, "archive", `--remote=${url}`, "main");
    expect(said).toMatch(/not supported|This server knows git-upload-pack/);
    expect(await machine.refused(work, "push", "--signed", "origin", "main:refs/heads/signed")).toMatch(
      /does not support --signed/,
    );
    const folder = fresh("bundled");
    await mkdir(path.join(machine.home, "bundles"), { recursive: true });
    await git(work, "bundle", "create", "-q", path.join(machine.home, "bundles/all.bundle"), "--all");
    await git(
      "",
      "clone",
      "-q",
      `--bundle-uri=${path.join(machine.home, "bundles/all.bundle")}`,
      url,
      folder,
    );
    expect(await count(folder, "HEAD")).toBe("2");
    await git(folder, "fetch", "-q", path.join(machine.home, "bundles/all.bundle"), "main");
    expect(await git(folder, "rev-parse", "FETCH_HEAD")).toBe(await git(work, "rev-parse", "main"));
  });
});

describe("over HTTP alone", () => {
  test("a body in chunks and a compressed one are read as they were meant", async () => {
    const url = doors.at("HTTP", await create());
    const other = doors.at("HTTP", await create(fresh("other"), { auto_init: true }));
    const work = await history(300, 200);
    await machine.write(`${work}/random`, randomBytes(300_000));
    await git(work, "add", "-A");
    await git(work, "commit", "-qm", "Much");
    machine.set("GIT_TRACE_CURL", "1");
    const pushed = await machine.run(work, "git", ["-c", "http.postBuffer=65536", "push", "-q", url, "main"]);
    for (const version of ["0", "1", "2"]) {
      // What it has is nothing that the other has ever seen, so it says much.
      const stranger = await history(150);
      const { code, said } = await machine.run(stranger, "git", [
        "-c",
        `protocol.version=${version}`,
        "fetch",
        other,
        "main",
      ]);
      expect(code, said).toBe(0);
      expect(said, version).toMatch(/content-encoding: gzip/i);
      expect(await git(stranger, "log", "-1", "--format=%s", "FETCH_HEAD")).toBe("Initial commit");
    }
    machine.set("GIT_TRACE_CURL", "0");
    expect(pushed.said).toMatch(/transfer-encoding: chunked/i);
    const folder = fresh("packed");
    await git("", "clone", "-q", url, folder);
    expect(await git(folder, "rev-parse", "HEAD^{tree}")).toBe(await git(work, "rev-parse", "main^{tree}"));
  });

  test("the dumb protocol is refused with what to do about it", async () => {
    const repository = await create();
    machine.set("GIT_SMART_HTTP", "0");
    const said = await machine.refused("", "clone", doors.at("HTTP", repository), fresh("dumb"));
    machine.set("GIT_SMART_HTTP", "1");
    expect(said).toMatch(/smart protocol only|not found/);
  });
});
