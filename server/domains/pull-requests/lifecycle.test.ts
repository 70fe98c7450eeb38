/** What becomes of a pull request when the branches around it go, come back, or are open twice. */
import { describe } from "vitest";
import type { Client } from "../../../tools/testing/client.ts";
import { expect, test } from "../../../tools/testing/world.ts";
import { reconcileHeads } from "./jobs/reconcile.ts";
import { systemContext } from "../../kernel/context.ts";
import { open, tip, write } from "./test-branches.ts";

const demo = "alice/demo";
const pulls = `/repos/${demo}/pulls`;
const drop = (client: Client, branch: string) => client.delete(`/repos/${demo}/git/refs/heads/${branch}`);
const told = async (client: Client, number: number): Promise<{ event: string }[]> =>
  (await client.get(`/repos/${demo}/issues/${number}/timeline?per_page=100`)).body;

/** `base-work` from main, `child` from that, each with a pull request into the one below. */
async function stack(client: Client) {
  await write(client, demo, "base-work", "base.txt", "base\n", "main");
  const parent = await open(client, demo, "base-work");
  await write(client, demo, "child", "child.txt", "child\n", "base-work");
  const child = await open(client, demo, "child", "base-work");
  return { parent: parent.number as number, child: child.number as number };
}

describe("a target that is deleted", () => {
  test("leaves its children to where it was merged, with what was said on them", async ({
    bob,
    carol,
    world,
  }) => {
    const { parent, child } = await stack(bob);
    await carol.post(`${pulls}/${child}/comments`, {
      body: "Why?",
      commit_id: await tip(bob, demo, "child"),
      path: "child.txt",
      line: 1,
      side: "RIGHT",
    });
    expect((await bob.put(`${pulls}/${parent}/merge`, { merge_method: "merge" })).status).toBe(200);
    await drop(bob, "base-work");
    await world.settle();
    const { body } = await bob.get(`${pulls}/${child}`);
    expect(body).toMatchObject({
      state: "open",
      base: { ref: "main" },
      commits: 1,
      mergeable_state: "clean",
    });
    expect((await bob.get(`${pulls}/${child}/comments`)).body).toMatchObject([{ body: "Why?", line: 1 }]);
    expect(await told(bob, child)).toContainEqual(
      expect.objectContaining({
        event: "automatic_base_change_succeeded",
        actor: expect.objectContaining({ login: "bob" }),
        base: { from: "base-work", to: "main" },
      }),
    );
  });

  test("leaves them to the default branch when it was never merged, through several that are gone", async ({
    bob,
    world,
  }) => {
    const { parent, child } = await stack(bob);
    await write(bob, demo, "grandchild", "grandchild.txt", "x\n", "child");
    const grandchild = await open(bob, demo, "grandchild", "child");
    await drop(bob, "child");
    await drop(bob, "base-work");
    await world.settle();
    const states = await Promise.all(
      [parent, child, grandchild.number].map(async (number) => {
        const { body } = await bob.get(`${pulls}/${number}`);
        return [body.state, body.base.ref];
      }),
    );
    expect(states).toEqual([
      ["closed", "main"],
      ["closed", expect.any(String)],
      ["open", "main"],
    ]);
  });

  test("leaves one where it is whose branch has a pull request there already, and says so once", async ({
    bob,
    world,
  }) => {
    const { child } = await stack(bob);
    await open(bob, demo, "child", "main");
    await drop(bob, "base-work");
    await world.settle();
    await reconcileHeads.handle(systemContext(world.services, "test"), {});
    expect((await bob.get(`${pulls}/${child}`)).body).toMatchObject({
      state: "open",
      base: { ref: "base-work" },
    });
    const failed = (await told(bob, child)).filter((one) => one.event === "automatic_base_change_failed");
    expect(failed).toMatchObject([{ problem: expect.stringContaining("Another pull request") }]);
  });
});

describe("a source branch that is deleted", () => {
  test("leaves all to be read, comes back with one request, and the pull request with it", async ({
    bob,
    carol,
    world,
  }) => {
    const head = await write(bob, demo, "gone", "gone.txt", "gone\n", "main");
    const { number } = await open(bob, demo, "gone");
    const at = `${pulls}/${number}`;
    await drop(bob, "gone");
    await world.settle();
    expect((await bob.get(at)).body).toMatchObject({
      state: "closed",
      head: { sha: head },
      changed_files: 1,
    });
    expect((await bob.get(`${at}/files`)).body).toMatchObject([{ filename: "gone.txt" }]);
    expect((await bob.patch(at, { state: "open" })).status).toBe(422);
    expect((await carol.post(`${at}/restore-branch`, {})).status).toBe(403);
    expect((await bob.post(`${at}/restore-branch`, {})).status).toBe(200);
    expect((await bob.post(`${at}/restore-branch`, {})).status).toBe(200);
    await world.settle();
    expect(await tip(bob, demo, "gone")).toBe(head);
    expect((await bob.patch(at, { state: "open" })).body.state).toBe("open");
    expect((await told(bob, number)).map((one) => one.event)).toEqual([
      "head_ref_deleted",
      "closed",
      "head_ref_restored",
      "reopened",
    ]);
    await write(bob, demo, "gone", "more.txt", "more\n");
    expect((await bob.post(`${at}/restore-branch`, {})).status).toBe(409);
  });

  test("of a fork that forgot the commits comes back from where they are kept", async ({
    carol,
    alice,
    world,
  }) => {
    await carol.post(`/repos/${demo}/forks`, {});
    const head = await write(carol, "carol/demo", "gone", "gone.txt", "gone\n", "main");
    const { number } = await open(carol, demo, "carol:gone");
    await carol.delete("/repos/carol/demo/git/refs/heads/gone");
    await world.settle();
    expect((await alice.post(`${pulls}/${number}/restore-branch`, {})).status).toBe(403);
    expect((await carol.post(`${pulls}/${number}/restore-branch`, {})).status).toBe(200);
    expect(await tip(carol, "carol/demo", "gone")).toBe(head);
  });
});

describe("opening and closing", () => {
  test("one that is opened again has what came to its branch meanwhile, and one that is open is not opened twice", async ({
    bob,
    world,
  }) => {
    await write(bob, demo, "twice", "a.txt", "a\n", "main");
    const { number } = await open(bob, demo, "twice");
    const again = await bob.post(pulls, { title: "Again", head: "twice", base: "main" });
    expect(again.status).toBe(422);
    expect(JSON.stringify(again.body)).toContain("already exists");
    await bob.patch(`${pulls}/${number}`, { state: "closed" });
    const second = await open(bob, demo, "twice");
    expect((await bob.patch(`${pulls}/${number}`, { state: "open" })).status).toBe(422);
    await bob.patch(`${pulls}/${second.number}`, { state: "closed" });
    const head = await write(bob, demo, "twice", "b.txt", "b\n");
    await world.settle();
    expect((await bob.patch(`${pulls}/${number}`, { state: "open" })).body).toMatchObject({
      state: "open",
      head: { sha: head },
      commits: 2,
    });
  });
});
