import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askGit, remotesOf } from "./checkout.ts";

let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "wit checkout "));
  execFileSync("git", ["init", "-q", cwd]);
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const remotes = (addresses: Readonly<Record<string, string>>) => {
  for (const name of (askGit({ cwd }, "remote") ?? "").split("\n").filter(Boolean))
    execFileSync("git", ["-C", cwd, "remote", "remove", name]);
  for (const [name, address] of Object.entries(addresses))
    execFileSync("git", ["-C", cwd, "config", `remote.${name}.url`, address]);
  return remotesOf({ cwd, env: {} } as never);
};

describe("the repository of a checkout", () => {
  it("is told by every way of writing its address", () => {
    for (const [address, origin] of [
      ["http://localhost:3000/alice/demo.git", "http://localhost:3000"],
      ["https://bob:token@forge.example/alice/demo", "https://forge.example"],
      ["https://forge.example/alice/demo/", "https://forge.example"],
      ["ssh://git@forge.example:2222/alice/demo.git", undefined],
      ["git@forge.example:alice/demo.git", undefined],
    ] as const)
      expect(remotes({ origin: address })).toEqual([
        { name: "origin", owner: "alice", repo: "demo", origin },
      ]);
  });

  it("is the one called origin when there are several", () => {
    const found = remotes({ fork: "git@x.test:bob/demo.git", origin: "git@x.test:alice/demo.git" });
    expect(found.map((one) => one.owner)).toEqual(["alice", "bob"]);
  });

  it("is none where the remotes lead elsewhere", () => {
    expect(remotes({ origin: "/srv/git/demo.git", other: "https://forge.example/a/b/c.git" })).toEqual([]);
    expect(remotesOf({ cwd: tmpdir(), env: {} } as never)).toEqual([]);
  });
});
