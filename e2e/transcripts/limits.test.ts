/** The disk below the repositories is full: those who write are told, nothing is half done, and room is all it takes. */
import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, rename, rm, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { people } from "../../tools/testing/people.ts";
import { createWorld, type World } from "../../tools/testing/world.ts";
import { openMachine, type Machine } from "./machine.ts";

const mebibyte = 1024 * 1024;

/** Only root may lay a small disk over a folder, and not in every container. */
const canMount = await (async () => {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const folder = await mkdtemp(path.join(tmpdir(), "wit-mount-"));
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], {
    stdio: "ignore",
  });
  if (status === 0) spawnSync("umount", [folder]);
  await rm(folder, { recursive: true });
  return status === 0;
})();

describe.skipIf(!canMount)("a full disk", () => {
  let world: World;
  let machine: Machine;
  let disk: string;

  beforeEach(async () => {
    world = await createWorld({ listen: true });
    machine = await openMachine("bob");
    disk = path.join(world.dataDir, "repositories");
    await rename(disk, `${disk}-before`);
    await mkdir(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${8 * mebibyte},mode=0700`, "tmpfs", disk]);
    await cp(`${disk}-before`, disk, { recursive: true });
    await machine.git("", "clone", "-q", remote(), "work");
  });

  afterEach(async () => {
    await world.settle();
    // Programs that still read there keep it until they end; nobody sees it any more.
    spawnSync("umount", ["--lazy", disk]);
    await machine.remove();
    await world.close();
  });

  const remote = () => `${world.url.replace("://", `://bob:${people.bob.token}@`)}/alice/demo.git`;

  async function freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(disk);
    return bavail * bsize;
  }

  /** Takes all the room there is, but for the last few pages. */
  async function fill(): Promise<string> {
    const filler = path.join(disk, "filler");
    await writeFile(filler, Buffer.alloc((await freeBytes()) - 4096, 1));
    return filler;
  }

  async function commitFile(name: string, content: string | Uint8Array) {
    await machine.write(`work/${name}`, content);
    await machine.git("work", "add", "-A");
    await machine.git("work", "commit", "-qm", `Add ${name}`);
  }

  const head = async () =>
    (await world.as("carol").get("/repos/alice/demo/git/ref/heads/main")).body.object.sha;

  async function expectNothingBegun() {
    const [row] = await world.services.database.execute(sql`select count(*)::int from ref_update_intents`);
    expect(row?.["count"]).toBe(0);
  }

  test("a push that does not fit is refused with the reason, gives its room back, and small ones still fit", async () => {
    const before = await head();
    const room = await freeBytes();
    await commitFile("large.bin", randomBytes(12 * mebibyte));
    expect(await machine.refused("work", "push", remote(), "HEAD:main")).toContain(
      "disk of the server is full",
    );
    expect(await head()).toBe(before);
    await expectNothingBegun();
    expect(await freeBytes()).toBeGreaterThan(room - mebibyte);
    await machine.git("work", "reset", "-q", "--hard", before);
    await commitFile("small.txt", "small\n");
    await machine.git("work", "push", "-q", remote(), "HEAD:main");
    expect(await head()).toBe(await machine.git("work", "rev-parse", "HEAD"));
  });

  test("no door writes half of something, reading goes on, and with room everything works again", async () => {
    const before = await head();
    await commitFile("new.txt", randomBytes(64 * 1024).toString("hex"));
    const bob = world.as("bob");
    const edit = () =>
      bob.put("/repos/alice/demo/contents/page.md", {
        message: "Write a page",
        content: randomBytes(256 * 1024).toString("base64"),
      });
    const create = () => bob.post("/user/repos", { name: "another", auto_init: true });
    const filler = await fill();
    expect((await machine.run("work", "git", ["push", "-q", remote(), "HEAD:main"])).code).not.toBe(0);
    for (const write of [edit, create]) {
      const { status, body } = await write();
      expect([status, body.code, body.message]).toEqual([
        503,
        "unavailable",
        "The server cannot store anything more; nothing was changed",
      ]);
    }
    expect(await head()).toBe(before);
    await expectNothingBegun();
    expect((await bob.get("/repos/bob/another")).status).toBe(404);
    expect((await bob.get("/repos/alice/demo/contents/README.md")).status).toBe(200);
    await machine.git("", "clone", "-q", remote(), "reader");
    await rm(filler);
    expect((await edit()).status).toBe(201);
    expect((await create()).status).toBe(201);
    await machine.git("work", "pull", "-q", "--rebase", remote(), "main");
    await machine.git("work", "push", "-q", remote(), "HEAD:main");
    expect(await head()).toBe(await machine.git("work", "rev-parse", "HEAD"));
  });
});
