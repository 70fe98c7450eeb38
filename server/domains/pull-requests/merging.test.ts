/** Merges through the API give what `git` gives in a work tree. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe } from "vitest";
import { createWorld, expect, test } from "../../../tools/testing/world.ts";
import { open, write } from "./test-branches.ts";

const run = promisify(execFile);
const demo = "alice/demo";
const pulls = `/repos/${demo}/pulls`;

const edit = fc.record({ path: fc.constantFrom("a.txt", "b.txt", "src/greet.js"), line: fc.nat({ max: 5 }) });
const edits = fc.array(edit, { minLength: 1, maxLength: 3 });

describe("merging", () => {
  test("merge, squash and rebase leave the files that git leaves in a work tree, or refuse where it conflicts", async () => {
    const world = await createWorld({ listen: true });
    const dir = await mkdtemp(join(tmpdir(), "wit-merging-"));
    const [alice, bob] = [world.as("alice"), world.as("bob")];
    const git = async (...args: string[]) =>
      (
        await run("git", ["-c", "user.name=Bob", "-c", "user.email=bob@wit.test", ...args], {
          cwd: dir,
          env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" },
        })
      ).stdout.trim();
    const tried = (...args: string[]) =>
      git(...args).then(
        () => true,
        () => false,
      );
    try {
      await git("clone", "-q", world.url.replace("://", `://bob:${bob.token}@`) + `/${demo}.git`, ".");
      let round = 0;
      const change = async (branch: string, list: { path: string; line: number }[]) => {
        for (const [index, { path, line }] of list.entries()) {
          const known = await bob.get(`/repos/${demo}/contents/${path}?ref=${branch}`);
          const text =
            known.status === 200
              ? Buffer.from(known.body.content, "base64").toString()
              : "1\n2\n3\n4\n5\n6\n";
          const lines = text.split("\n");
          lines[line % lines.length] = `${branch} ${round} ${index}`;
          await write(bob, demo, branch, path, lines.join("\n"));
        }
      };
      await fc.assert(
        fc.asyncProperty(
          edits,
          edits,
          fc.constantFrom("merge", "squash", "rebase"),
          async (theirs, ours, method) => {
            round += 1;
            const branch = `round-${round}`;
            await write(bob, demo, branch, `only-${round}.txt`, "x\n", "main");
            await change(branch, theirs);
            await change("main", ours);
            const { number } = await open(bob, demo, branch);
            await git("fetch", "-q", "origin");
            await git(
              "checkout",
              "-q",
              "-B",
              "mine",
              method === "rebase" ? `origin/${branch}` : "origin/main",
            );
            const clean =
              method === "merge"
                ? await tried("merge", "-q", "--no-ff", "-m", "m", `origin/${branch}`)
                : method === "squash"
                  ? await tried("merge", "-q", "--squash", `origin/${branch}`)
                  : await tried("rebase", "-q", "origin/main");
            const expected = clean ? await git("write-tree") : null;
            await tried(method === "rebase" ? "rebase" : "merge", "--abort");
            await git("reset", "-q", "--hard", "origin/main");
            const merged = await alice.put(`${pulls}/${number}/merge`, { merge_method: method });
            expect(merged.status).toBe(clean ? 200 : 405);
            if (!clean) {
              await alice.patch(`${pulls}/${number}`, { state: "closed" });
              return;
            }
            const commit = await alice.get(`/repos/${demo}/git/commits/${merged.body.sha}`);
            expect(commit.body.tree.sha).toBe(expected);
          },
        ),
        { numRuns: 6, interruptAfterTimeLimit: 60_000 },
      );
      await world.settle();
    } finally {
      await world.close();
      await rm(dir, { recursive: true, force: true });
    }
  }, 180_000);

  test("maintainers push to a fork's branch only where somebody who can push there allowed it", async () => {
    const world = await createWorld();
    try {
      const [alice, bob, carol] = [world.as("alice"), world.as("bob"), world.as("carol")];
      await carol.post(`/repos/${demo}/forks`, {});
      for (const branch of ["mine", "yours"])
        await write(carol, "carol/demo", branch, `${branch}.txt`, "x\n", "main");
      const allowed = await open(carol, demo, "carol:mine");
      const taken = await open(bob, demo, "carol:yours", "main", { maintainer_can_modify: true });
      expect(taken.maintainer_can_modify).toBe(false);
      await write(alice, demo, "main", "new.txt", "n\n");
      expect((await bob.put(`${pulls}/${taken.number}/update-branch`)).status).toBe(403);
      expect((await bob.patch(`${pulls}/${taken.number}`, { maintainer_can_modify: true })).status).toBe(403);
      expect((await bob.put(`${pulls}/${allowed.number}/update-branch`)).status).toBe(202);
      await carol.patch(`${pulls}/${allowed.number}`, { maintainer_can_modify: false });
      await write(alice, demo, "main", "newer.txt", "n\n");
      expect((await bob.put(`${pulls}/${allowed.number}/update-branch`)).status).toBe(403);
      expect((await carol.put(`${pulls}/${allowed.number}/update-branch`)).status).toBe(202);
      await world.settle();
    } finally {
      await world.close();
    }
  });

  test("the pages of a fork's branch offer to write to whom it was lent, on that branch alone and while it is", async ({
    bob,
    carol,
    mallory,
    anonymous,
    world,
  }) => {
    await carol.post(`/repos/${demo}/forks`, {});
    await write(carol, "carol/demo", "mine", "mine.txt", "x\n", "main");
    await write(carol, "carol/demo", "other", "mine.txt", "x\n", "main");
    const { number } = await open(carol, demo, "carol:mine");
    const web = "/_web/repos/carol/demo";
    const offered = async (client: typeof bob, branch: string) => {
      const folder = (await client.get(`${web}/tree/${branch}`)).body;
      const { write: file, edit } = (await client.get(`${web}/blob/${branch}/mine.txt`)).body;
      expect(file).toBe(folder.write);
      expect(edit).toBe(folder.write);
      return folder.write;
    };
    const readsOnly = "You may read this repository, not write to it";
    expect(await offered(carol, "mine")).toBe(true);
    expect(await offered(bob, "mine")).toBe(true);
    expect(await offered(bob, "other")).toBe(readsOnly);
    expect(await offered(mallory, "mine")).toBe(readsOnly);
    expect(await offered(anonymous, "mine")).toBe("Sign in first");
    expect((await bob.get(`${web}/edit/mine/mine.txt`)).body.can.write).toBe(true);
    await carol.patch(`${pulls}/${number}`, { maintainer_can_modify: false });
    expect(await offered(bob, "mine")).toBe(readsOnly);
    await carol.patch(`${pulls}/${number}`, { maintainer_can_modify: true });
    expect(await offered(bob, "mine")).toBe(true);
    await carol.patch(`${pulls}/${number}`, { state: "closed" });
    expect(await offered(bob, "mine")).toBe(readsOnly);
    await world.settle();
  });
});
