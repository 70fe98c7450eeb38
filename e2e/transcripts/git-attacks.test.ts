/** Attacks on forges that succeeded elsewhere, tried with git on this one. */
import { access, chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { people } from "../../tools/testing/people.ts";
import { openDoors, type Doors } from "./test-doors.ts";

let doors: Doors;
// Its path has nothing that a reference may not have.
const trap = path.join(tmpdir(), `wit-trap-${process.pid}`);

beforeAll(async () => {
  doors = await openDoors("bob");
  await doors.machine.git("", "clone", "-q", doors.at("HTTP", "alice/demo.git"), "work");
});
afterAll(async () => {
  await rm(trap, { force: true });
  await doors.close();
});

const git = (...args: readonly string[]) => doors.machine.git("work", ...args);
const bob = () => doors.world.as("bob");
const isSprung = () =>
  access(trap).then(
    () => true,
    () => false,
  );

test("a branch named like a command is merged, squashed and rebased as a name (GHSA-qf6p-p7ww-cwr9)", async () => {
  const methods = ["merge", "squash", "rebase"] as const;
  const names = ["a;touch${IFS}TRAP", "$(touch${IFS}TRAP)", "x|touch${IFS}TRAP;--exec=touch"];
  for (const [index, method] of methods.entries()) {
    const branch = (names[index] ?? "").replaceAll("TRAP", trap);
    await git("checkout", "-q", "-B", "local", "origin/main");
    await doors.machine.write(`work/${method}.txt`, method);
    await git("add", "-A");
    await git("commit", "-qm", `--exec=touch ${trap}`);
    await git("push", "-q", "origin", `HEAD:refs/heads/${branch}`);
    const pull = { title: "$(touch x)", head: branch, base: "main" };
    const made = await bob().post("/repos/alice/demo/pulls", pull);
    expect([made.status, branch]).toEqual([201, branch]);
    const merged = await bob().put(`/repos/alice/demo/pulls/${made.body.number}/merge`, {
      merge_method: method,
      commit_title: `--exec=touch ${trap}`,
    });
    expect([merged.status, method]).toEqual([200, method]);
    await git("fetch", "-q", "origin");
  }
  expect(await isSprung()).toBe(false);
});

test("push options with delimiters, line ends and NUL come to no header, environment or shell (CVE-2026-3854)", async () => {
  await git("checkout", "-q", "-B", "options", "origin/main");
  await git("commit", "-q", "--allow-empty", "-m", "Options");
  await git(
    "push",
    "-q",
    "-o",
    `a;b=$(touch ${trap})`,
    "-o",
    "X-Wit-User: root",
    "-o",
    "--upload-pack=id",
    "origin",
    "options",
  );
  const tip = await git("rev-parse", "HEAD");
  const packet = (text: string) => (Buffer.byteLength(text) + 4).toString(16).padStart(4, "0") + text;
  for (const option of ["a\nGIT_DIR=/tmp", "a\0b", "a\r\nX-Evil: 1", "\u001b[2J"]) {
    const command = packet(`${"0".repeat(40)} ${tip} refs/heads/evil\0report-status push-options`);
    const answer = await fetch(`${doors.world.url}/alice/demo.git/git-receive-pack`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`git:${people.bob.token}`).toString("base64")}`,
        "content-type": "application/x-git-receive-pack-request",
      },
      body: `${command}0000${packet(option)}0000`,
    });
    expect([answer.status, await answer.text()]).toEqual([400, "a push option has a control character\n"]);
    expect(answer.headers.get("x-evil")).toBeNull();
  }
  expect(await git("ls-remote", "origin", "refs/heads/evil")).toBe("");
  expect(await isSprung()).toBe(false);
});

test("a hook that somebody managed to put into a repository is never run (CVE-2020-14144)", async () => {
  const dir = await doors.folderOf("alice", "demo");
  await mkdir(path.join(dir, "hooks"), { recursive: true });
  for (const name of "pre-receive update post-receive post-update reference-transaction proc-receive push-to-checkout".split(
    " ",
  )) {
    const hook = path.join(dir, "hooks", name);
    await writeFile(hook, `#!/bin/sh\ntouch '${trap}'\n`);
    await chmod(hook, 0o755);
  }
  await git("checkout", "-q", "-B", "hooked", "origin/main");
  await git("commit", "-q", "--allow-empty", "-m", "Hooked");
  await git("push", "-q", "origin", "hooked");
  const content = Buffer.from("x").toString("base64");
  const edit = { message: "x", content, branch: "hooked" };
  expect((await bob().put("/repos/alice/demo/contents/hooked.txt", edit)).status).toBe(201);
  await doors.machine.git("", "clone", "-q", doors.at("SSH", "alice/demo.git"), "again");
  await doors.world.settle();
  expect(await isSprung()).toBe(false);
});

test("nothing of a private fork is had through its parent, by git or by the API (cross-fork references)", async () => {
  const forked = await bob().post("/repos/alice/demo/forks", { name: "mine" });
  expect(forked.status).toBe(202);
  await doors.world.settle();
  await bob().patch("/repos/bob/mine", { private: true });
  await git("checkout", "-q", "-B", "secret", "origin/main");
  await doors.machine.write("work/secret.txt", "secret of the fork\n");
  await git("add", "-A");
  await git("commit", "-qm", "Secret");
  await git("push", "-q", doors.at("HTTP", "bob/mine.git"), "secret");
  const [commit, blob] = [await git("rev-parse", "HEAD"), await git("rev-parse", "HEAD:secret.txt")];
  expect((await bob().get(`/repos/bob/mine/git/commits/${commit}`)).status).toBe(200);
  for (const who of [doors.world.as("mallory"), doors.world.as("alice"), bob()])
    for (const at of [
      `git/commits/${commit}`,
      `git/blobs/${blob}`,
      `commits/${commit}`,
      `contents/secret.txt?ref=${commit}`,
    ])
      expect([404, 422], at).toContain((await who.get(`/repos/alice/demo/${at}`)).status);
  const raw = await fetch(`${doors.world.url}/alice/demo/raw/${commit}/secret.txt`);
  expect(raw.status).toBe(404);
  await doors.machine.git("", "init", "-q", "thief");
  for (const version of ["0", "2"])
    for (const wish of [commit, blob])
      await doors.machine.refused(
        "thief",
        "-c",
        `protocol.version=${version}`,
        "fetch",
        doors.at("SSH", "alice/demo.git"),
        wish,
      );
});
