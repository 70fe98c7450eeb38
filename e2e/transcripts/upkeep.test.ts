/** Whoever stands at the server's machine looks after its repositories. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startForge, wit, type ForgeProcess } from "../../tools/testing/forge-process.ts";

const bounded = 240_000;
let dataDir: string;
let forge: ForgeProcess;
let token: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "wit-upkeep-"));
  forge = await startForge({ dataDir, deadlineMs: 120_000 });
  const who = ["--username", "alice", "--email", "alice@example.test", "--password", "alice likes order"];
  await wit(dataDir, "admin", "user", "create", ...who);
  token = await wit(dataDir, "admin", "token", "create", "--user", "alice", "--scopes", "repo:write");
  for (const name of ["one", "two"]) {
    const made = await fetch(`${forge.url}/api/v3/user/repos`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ name, auto_init: true }),
    });
    expect(made.status).toBe(201);
  }
}, bounded);

afterEach(async () => {
  await forge.stop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
}, bounded);

test(
  "wit git check and maintain work beside the server and without it, and damage ends with 1",
  async () => {
    expect(await wit(dataDir, "git", "maintain", "--all")).toBe("alice/one: done\nalice/two: done");
    expect(await wit(dataDir, "git", "check", "alice/one")).toBe("alice/one: ok");
    await expect(wit(dataDir, "git", "check", "alice/none")).rejects.toThrow(
      "There is no repository alice/none",
    );
    await expect(wit(dataDir, "git", "check")).rejects.toThrow("ended with 2");
    await forge.stop();
    const store = path.join(dataDir, "repositories");
    const names = await readdir(store, { recursive: true });
    const folder = names
      .filter((name) => name.endsWith(".git"))
      .toSorted((a, b) => (path.basename(a) < path.basename(b) ? -1 : 1))[0];
    const objects = path.join(store, folder ?? "", "objects");
    for (const name of await readdir(objects))
      if (/^[0-9a-f]{2}$/.test(name)) await rm(path.join(objects, name), { recursive: true });
    const failed = wit(dataDir, "git", "check", "--all", "--full", "--json");
    await expect(failed).rejects.toThrow("ended with 1: wit: 1 of 2 are not well");
    expect(await wit(dataDir, "git", "check", "alice/two", "--json")).toBe(
      '[{"repository":"alice/two","state":"ok","problems":[]}]',
    );
  },
  bounded,
);
