/** What the page of a file says of its owners, and of a CODEOWNERS file that is wrong. */
import { sql } from "drizzle-orm";
import { describe } from "vitest";
import type { Client } from "../../../../tools/testing/client.ts";
import { expect, test } from "../../../../tools/testing/world.ts";
import { open, write } from "../test-branches.ts";

const demo = "alice/demo";
const notes = `/_web/repos/${demo}/file-notes`;

describe("a file on its page", () => {
  test("names the owners who can write, by the CODEOWNERS file of its own branch", async ({
    alice,
    anonymous,
  }) => {
    await write(alice, demo, "main", "src/deep/a.ts", "a\n");
    expect((await anonymous.get(`${notes}/main/src/deep/a.ts`)).body).toEqual({
      pull: null,
      owned: null,
      codeowners: null,
    });
    await write(alice, demo, "owned", "CODEOWNERS", "* @alice\n/src/ @bob @carol nobody@wit.test\n", "main");
    expect((await anonymous.get(`${notes}/owned/src/deep/a.ts`)).body.owned).toEqual({
      path: "CODEOWNERS",
      line: 2,
      owners: [{ name: "@bob", login: "bob" }],
    });
    expect((await anonymous.get(`${notes}/main/src/deep/a.ts`)).body.owned).toBe(null);
    expect((await anonymous.get(`${notes}/owned/nothing.ts`)).status).toBe(404);
  });

  test("is told what is wrong with it as CODEOWNERS, or that another one counts", async ({
    alice,
    carol,
  }) => {
    await write(alice, demo, "main", "CODEOWNERS", "* @alice\n!no @bob\n/docs/ @nobody-here\n");
    const { codeowners } = (await carol.get(`${notes}/main/CODEOWNERS`)).body;
    expect(codeowners).toMatchObject({ counts: true, path: "CODEOWNERS", total: 2 });
    expect(codeowners.errors.map((one: { line: number }) => one.line)).toEqual([2, 3]);
    await write(alice, demo, "main", ".github/CODEOWNERS", "* @bob\n");
    expect((await carol.get(`${notes}/main/CODEOWNERS`)).body.codeowners).toEqual({
      counts: false,
      path: ".github/CODEOWNERS",
      errors: [],
      total: 0,
    });
  });

  test("leads to the open pull request of its branch", async ({ bob }) => {
    await write(bob, demo, "topic", "topic.txt", "x\n", "main");
    expect((await bob.get(`${notes}/topic/topic.txt`)).body.pull).toBe(null);
    const { number } = await open(bob, demo, "topic");
    const { body } = await bob.get(`${notes}/topic/topic.txt`);
    expect(body.pull).toEqual({ repository: demo, number, title: "From topic" });
    await bob.patch(`/repos/${demo}/pulls/${number}`, { state: "closed" });
    expect((await bob.get(`${notes}/topic/topic.txt`)).body.pull).toBe(null);
  });

  test("leads from a fork's branch to the parent, for who may look there, and to its own repository first", async ({
    world,
    alice,
    carol,
    mallory,
  }) => {
    await carol.post(`/repos/${demo}/forks`, {});
    await write(carol, "carol/demo", "topic", "topic.txt", "x\n", "main");
    const { number } = await open(carol, demo, "carol:topic");
    const seen = async (client: Client) =>
      (await client.get("/_web/repos/carol/demo/file-notes/topic/topic.txt")).body.pull;
    expect(await seen(mallory)).toEqual({ repository: demo, number, title: "From carol:topic" });
    const own = await open(carol, "carol/demo", "topic");
    expect(await seen(carol)).toMatchObject({ repository: "carol/demo", number: own.number });
    await carol.patch(`/repos/carol/demo/pulls/${own.number}`, { state: "closed" });
    expect(await seen(carol)).toMatchObject({ repository: demo });
    await world.write(sql`update repositories set is_private = true where id = (select repo_id from
      pull_requests where source_branch = 'topic' and state = 'open')`);
    expect(await seen(mallory)).toBe(null);
    expect(await seen(alice)).toMatchObject({ repository: demo, number });
  });
});
