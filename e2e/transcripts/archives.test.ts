/** A branch, tag or commit as one file: what people get with curl, unzip and tar, and what must not work. */
import { execFileSync } from "node:child_process";
import { lstat, mkdir, readdir, readFile, readlink, writeFile } from "node:fs/promises";
import { get as httpGet } from "node:http";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { people, type PersonName } from "../../tools/testing/people.ts";
import { createWorld, type World, type WorldOptions } from "../../tools/testing/world.ts";
import { openMachine, type Machine } from "./machine.ts";

let world: World;
let machine: Machine;

async function open(options: WorldOptions = {}) {
  world = await createWorld({ listen: true, ...options });
  machine = await openMachine("bob");
}

beforeEach(() => open());
afterEach(async () => {
  await machine.remove();
  await world.settle();
  await world.close();
});

const at = (who: PersonName, repository = "alice/demo") =>
  `${world.url.replace("://", `://git:${people[who].token}@`)}/${repository}.git`;

const fetchAs = (who: PersonName | null, where: string, init: RequestInit = {}) =>
  fetch(`${world.url}${where}`, {
    ...init,
    headers: { ...(who ? { authorization: `Bearer ${people[who].token}` } : {}), ...init.headers },
  });

/** Downloads and unpacks with the real program; answers the folder. */
async function unpacked(where: string, format: "zip" | "tar.gz"): Promise<string> {
  const response = await fetchAs("alice", `${where}.${format}`);
  expect(response.status).toBe(200);
  const target = `out-${randomBytes(4).toString("hex")}`;
  await mkdir(path.join(machine.home, target));
  await writeFile(path.join(machine.home, "got"), Buffer.from(await response.arrayBuffer()));
  const [program, args] =
    format === "zip" ? ["unzip", ["-q", "got", "-d", target]] : ["tar", ["xzf", "got", "-C", target]];
  const { code, said } = await machine.run("", program as string, args as string[]);
  expect(code, said).toBe(0);
  return path.join(machine.home, target);
}

const clone = () => machine.git("", "clone", "-q", at("alice"), "work");

async function push(message: string, branch = "main") {
  await machine.git("work", "add", "-A");
  await machine.git("work", "commit", "-q", "--allow-empty", "-m", message);
  await machine.git("work", "push", "-q", "origin", `HEAD:${branch}`);
  return machine.git("work", "rev-parse", "HEAD");
}

/** Lines of `ps` about archives of this world. */
const archiving = () =>
  execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.startsWith("git archive") && line.includes("big-"));

describe("what people download", () => {
  test("unzip and tar read a branch with a link, a program, a name with spaces and a submodule", async () => {
    await clone();
    await machine.write("work/a name with spaces.txt", "spaces\n");
    await machine.write("work/run.sh", "#!/bin/sh\n");
    await machine.run("work", "chmod", ["+x", "run.sh"]);
    await machine.run("work", "ln", ["-s", "README.md", "link"]);
    const sha = await machine.git("work", "rev-parse", "HEAD");
    await mkdir(path.join(machine.home, "work/vendor/lib"), { recursive: true });
    await machine.git("work", "update-index", "--add", "--cacheinfo", `160000,${sha},vendor/lib`);
    await push("Everything that a tree can hold");
    for (const format of ["zip", "tar.gz"] as const) {
      const folder = path.join(await unpacked("/alice/demo/archive/main", format), "demo-main");
      expect(await readFile(path.join(folder, "a name with spaces.txt"), "utf8")).toBe("spaces\n");
      expect(await readlink(path.join(folder, "link"))).toBe("README.md");
      expect((await lstat(path.join(folder, "run.sh"))).mode & 0o100).toBe(0o100);
      expect(await readdir(path.join(folder, "vendor/lib"))).toEqual([]);
      expect(await readFile(path.join(folder, "src/greet.js"), "utf8")).toContain("A warm hello");
    }
  });

  test("a name that is not UTF-8 keeps its bytes in a tar", async () => {
    await clone();
    await machine.run("work", "sh", ["-c", "printf x > \"$(printf 'caf\\351.txt')\""]);
    await push("A name of another time");
    const folder = path.join(await unpacked("/alice/demo/archive/main", "tar.gz"), "demo-main");
    const names = await readdir(folder, { encoding: "buffer" });
    expect(names.map((name) => name.toString("latin1"))).toContain("caf\xe9.txt");
    expect((await fetchAs("alice", "/alice/demo/archive/main.zip")).status).toBe(200);
  });

  test("what the commit's attributes leave out stays out, what they fill in is filled in", async () => {
    await clone();
    await machine.write("work/.gitattributes", "hidden/ export-ignore\nversion.txt export-subst\n");
    await machine.write("work/hidden/notes.txt", "not for others\n");
    await machine.write("work/version.txt", "$Format:%H$\n");
    const sha = await push("Say what is packed");
    const folder = path.join(await unpacked(`/alice/demo/archive/${sha}`, "zip"), `demo-${sha}`);
    expect(await readFile(path.join(folder, "version.txt"), "utf8")).toBe(`${sha}\n`);
    expect(await readdir(folder)).not.toContain("hidden");
  });

  test("names of refs that nobody may see are not filled in", async () => {
    await clone();
    await machine.write("work/.gitattributes", "refs.txt export-subst\n");
    await machine.write("work/refs.txt", "$Format:%D$\n");
    const sha = await push("Name the refs");
    const stores = await machine.run("", "find", [world.dataDir, "-name", "*.git", "-type", "d"]);
    for (const dir of stores.said.trim().split("\n"))
      await machine.run("", "git", ["--git-dir", dir, "update-ref", "refs/wit/secret-plan", sha]);
    const folder = path.join(await unpacked("/alice/demo/archive/main", "tar.gz"), "demo-main");
    const text = await readFile(path.join(folder, "refs.txt"), "utf8");
    expect(text).toContain("main");
    expect(text).not.toContain("secret-plan");
    expect((await fetchAs("alice", "/alice/demo/archive/refs/wit/secret-plan.zip")).status).toBe(404);
  });

  test("a branch with slashes and a tag of a branch's name are told apart", async () => {
    await clone();
    await push("Deep", "deep/x/y");
    await machine.git("work", "tag", "main", "HEAD~2");
    await machine.git("work", "push", "-q", "origin", "refs/tags/main");
    const deep = await fetchAs("alice", "/alice/demo/archive/deep/x/y.tar.gz");
    expect(deep.headers.get("content-disposition")).toContain('filename="demo-deep-x-y.tar.gz"');
    await deep.body?.cancel();
    const tags = await Promise.all(
      ["main", "refs/heads/main", "refs/tags/main"].map(async (name) =>
        (await fetchAs("alice", `/alice/demo/archive/${name}.zip`, { method: "HEAD" })).headers.get("etag"),
      ),
    );
    expect(tags[0]).toBe(tags[1]);
    expect(tags[2]).not.toBe(tags[0]);
  });

  test("the API leads curl to the file, with the token of a private repository", async () => {
    await world.as("alice").patch("/repos/alice/demo", { private: true });
    for (const [ball, type] of [
      ["zipball", "application/zip"],
      ["tarball", "application/gzip"],
    ]) {
      for (const ref of ["/main", "/refs/tags/v1.0", ""]) {
        const where = `/api/v3/repos/alice/demo/${ball}${ref}`;
        const response = await fetchAs("alice", where);
        expect(response.status, where).toBe(200);
        expect(response.headers.get("content-type")).toBe(type);
        await response.body?.cancel();
        expect((await fetchAs("alice", where, { redirect: "manual" })).status).toBe(302);
        expect((await fetchAs("mallory", where)).status).toBe(404);
      }
      expect((await fetchAs("alice", `/api/v3/repos/alice/demo/${ball}/nope`)).status).toBe(404);
    }
    const [tag] = (await world.as("alice").get("/repos/alice/demo/tags")).body;
    const led = await fetchAs("alice", new URL(tag.zipball_url).pathname);
    expect(led.headers.get("content-disposition")).toContain('filename="demo-v1.0.zip"');
    await led.body?.cancel();
  });
});

describe("what costs nothing, and what ends", () => {
  test("HEAD and a client that has it already start no process and get the same headers", async () => {
    const where = "/alice/demo/archive/v1.0.zip";
    const head = await fetchAs(null, where, { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    const etag = head.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\/"[0-9a-f]{40}\.zip"$/);
    const again = await fetchAs(null, where, { headers: { "if-none-match": etag } });
    expect(again.status).toBe(304);
    expect(head.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("private repositories, unknown refs and revision expressions are not found", async () => {
    for (const where of [
      "/alice/secret/archive/main.zip",
      "/alice/demo/archive/nope.zip",
      "/alice/demo/archive/main~1.zip",
      "/alice/demo/archive/--output=x.zip",
      "/alice/demo/archive/main.rar",
    ])
      expect((await fetchAs("mallory", where)).status, where).toBe(404);
    expect((await fetchAs("alice", "/alice/secret/archive/main.zip", { method: "HEAD" })).status).toBe(200);
  });

  test("downloads count against the requests of an hour", async () => {
    await world.close();
    await machine.remove();
    await open({ limits: { anonymousRequests: 2 } });
    const where = "/alice/demo/archive/main.zip";
    expect((await fetchAs(null, where, { method: "HEAD" })).status).toBe(200);
    expect((await fetchAs(null, where, { method: "HEAD" })).status).toBe(200);
    expect((await fetchAs(null, where, { method: "HEAD" })).status).toBe(429);
  });

  test("a client that goes away takes its process along, and its place is free again", async () => {
    await clone();
    await machine.run("work", "sh", ["-c", "for i in 1 2 3; do head -c 8000000 /dev/urandom > big$i; done"]);
    await push("Large", "big-one");
    for (let round = 0; round < 6; round += 1) {
      await new Promise<void>((resolve, reject) => {
        const request = httpGet(`${world.url}/alice/demo/archive/big-one.tar.gz`, (response) => {
          response.once("data", () => {
            expect(archiving().length).toBeGreaterThan(0);
            response.once("close", () => resolve());
            request.destroy();
          });
          response.on("error", () => undefined);
        });
        request.on("error", reject);
      });
    }
    await vi.waitFor(() => expect(archiving()).toEqual([]), 5_000);
  });
});
