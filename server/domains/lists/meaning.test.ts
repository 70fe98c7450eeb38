import { describe } from "vitest";
import type { Client } from "../../../tools/testing/client.ts";
import { expect, test } from "../../../tools/testing/world.ts";

const demo = "/repos/alice/demo";

async function write(client: Client, branch: string, path: string): Promise<void> {
  const content = Buffer.from(`${path}\n`).toString("base64");
  const main = (await client.get(`${demo}/git/ref/heads/main`)).body.object.sha;
  await client.post(`${demo}/git/refs`, { ref: `refs/heads/${branch}`, sha: main });
  const put = await client.put(`${demo}/contents/${path}`, { message: `Write ${path}`, content, branch });
  expect(put.status).toBe(201);
}

/** The numbers that a list holds for a query, by its own page and by the API's. */
const asked = (client: Client, what: "issues" | "pulls") => async (q: string) => {
  const line = encodeURIComponent(q);
  const page = await client.get(`/_web${demo}/${what}?q=${line}`);
  expect({ q, status: page.status, problems: page.body.problems }).toEqual({ q, status: 200, problems: [] });
  const numbers = page.body[what].map((one: { number: number }) => one.number);
  const listed = (await client.get(`${demo}/${what}?q=${line}`)).body;
  expect({ q, listed: listed.map((one: { number: number }) => one.number) }).toEqual({ q, listed: numbers });
  return numbers.toSorted();
};

describe("what a query means", () => {
  test("of pull requests: reviewers, decisions, checks, branches and drafts", async ({
    alice,
    bob,
    carol,
  }) => {
    for (const name of ["one", "two", "three"]) {
      await write(bob, name, `${name}.txt`);
      const body = {
        title: `Add ${name}`,
        head: name,
        base: "main",
        draft: name === "three",
        body: `For @carol`,
      };
      expect((await bob.post(`${demo}/pulls`, body)).status).toBe(201);
    }
    const { sha } = (await bob.get(`${demo}/pulls/1`)).body.head;
    await bob.post(`${demo}/statuses/${sha}`, { state: "failure", context: "test" });
    await bob.post(`${demo}/statuses/${sha}`, { state: "success", context: "lint" });
    const second = (await bob.get(`${demo}/pulls/2`)).body.head.sha;
    await bob.post(`${demo}/statuses/${second}`, { state: "failure", context: "test" });
    await bob.post(`${demo}/statuses/${second}`, { state: "success", context: "test" });
    await bob.post(`${demo}/pulls/1/requested_reviewers`, { reviewers: ["alice", "carol"] });
    await alice.post(`${demo}/pulls/1/reviews`, { event: "REQUEST_CHANGES", body: "Please not so" });
    await alice.post(`${demo}/pulls/2/reviews`, { event: "APPROVE" });
    await carol.post(`${demo}/pulls/3/reviews`, { event: "APPROVE" });
    await carol.post(`${demo}/issues/2/comments`, { body: "I saw an elephant, @bob" });
    // Begun and not submitted: for carol alone.
    await carol.post(`${demo}/pulls/3/reviews`, {
      comments: [{ path: "three.txt", line: 1, side: "RIGHT", body: "secretly @alice rhinoceros" }],
    });
    const find = asked(alice, "pulls");
    for (const [q, numbers] of [
      ["checks:failing", [1]],
      ["checks:passing", [2]],
      ["checks:none", [3]],
      ["-checks:failing", [2, 3]],
      ["status:success", [2]],
      ["review:changes_requested", [1]],
      ["review:approved", [2]],
      // A reader's word is advice.
      ["review:none", [3]],
      ["review:required", []],
      ["review-requested:carol", [1]],
      ["review-requested:alice", []],
      ["has:reviewer", [1]],
      ["no:reviewer", [2, 3]],
      ["reviewed-by:@me", [1, 2]],
      ["reviewed-by:carol", [3]],
      ["draft:true", [3]],
      ["-draft:true", [1, 2]],
      ["head:one,two", [1, 2]],
      ["base:main", [1, 2, 3]],
      ["base:none", []],
      ["is:merged", []],
      ["is:unmerged", [1, 2, 3]],
      ["commenter:carol", [2]],
      ["mentions:carol", [1, 2, 3]],
      ["mentions:bob", [2]],
      ["mentions:@me", []],
      ["involves:carol", [1, 2, 3]],
      ["author:bob -review:approved updated:<2w", [1, 3]],
      ["elephant in:comments", [2]],
      ["rhinoceros in:comments", []],
      ["updated:>2w", []],
      ["2", [2]],
      ["#3 is:open", [3]],
      ["linked:issue", []],
      ["linked:pr", []],
    ] as const)
      expect({ q, numbers: await find(q) }).toEqual({ q, numbers: [...numbers] });
    expect(await asked(carol, "pulls")("rhinoceros in:comments")).toEqual([3]);
    const rule = { pattern: "ma*", required_reviewers: 1 };
    expect((await alice.post(`${demo}/protection-rules`, rule)).status).toBe(201);
    expect(await find("review:required")).toEqual([1, 3]);
    const everywhere = await alice.get(`/search/issues?q=${encodeURIComponent("is:pr review:required")}`);
    expect(everywhere.body.total_count).toBe(2);
  });

  test("of issues: milestones by title and number, references, and nothing of pull requests", async ({
    world,
    alice,
    bob,
    carol,
  }) => {
    await alice.post(`${demo}/milestones`, { title: "Version 1" });
    await alice.post(`${demo}/issues`, { title: "First", milestone: 1, assignees: ["bob"] });
    await carol.post(`${demo}/issues`, {
      title: "Second",
      body: "as @bob-the-builder and x@bob.example say",
    });
    await write(bob, "one", "one.txt");
    await bob.post(`${demo}/pulls`, { title: "Fix", head: "one", base: "main", body: "Fixes #1" });
    await world.settle();
    const find = asked(alice, "issues");
    for (const [q, numbers] of [
      ['milestone:"version 1"', [1]],
      ["milestone:#1", [1]],
      ["milestone:#2", []],
      ["no:milestone", [2]],
      ["assignee:bob", [1]],
      ["assignee:*", [1]],
      ["involves:bob", [1]],
      ["mentions:bob", []],
      ["author:carol,alice", [1, 2]],
      ["linked:pr", [1]],
      ["-linked:pr", [2]],
      ["checks:failing", []],
      ["is:open is:closed", []],
      ["is:open,closed", [1, 2]],
      ["sort:created-asc", [1, 2]],
    ] as const)
      expect({ q, numbers: await find(q) }).toEqual({ q, numbers: [...numbers] });
    expect(await asked(bob, "pulls")("linked:issue")).toEqual([3]);
    const order = await alice.get(`${demo}/issues?q=sort:created-asc`);
    expect(order.body.map((one: { number: number }) => one.number)).toEqual([1, 2]);
  });

  test("a reference from where the reader may not look links nothing", async ({ world, alice, mallory }) => {
    await alice.post(`${demo}/issues`, { title: "First" });
    const content = Buffer.from("x\n").toString("base64");
    await alice.put("/repos/alice/secret/contents/x.txt", { message: "x", content, branch: "main" });
    const main = (await alice.get("/repos/alice/secret/git/ref/heads/main")).body.object.sha;
    await alice.post("/repos/alice/secret/git/refs", { ref: "refs/heads/y", sha: main });
    await alice.put("/repos/alice/secret/contents/y.txt", { message: "y", content, branch: "y" });
    const text = { title: "t", head: "y", base: "main", body: "See alice/demo#1" };
    expect((await alice.post("/repos/alice/secret/pulls", text)).status).toBe(201);
    await world.settle();
    expect(await asked(alice, "issues")("linked:pr")).toEqual([1]);
    expect(await asked(mallory, "issues")("linked:pr")).toEqual([]);
  });

  test("our pages list what the rest of a query means, and say what they left out", async ({ alice }) => {
    await alice.post(`${demo}/issues`, { title: "First", labels: ["bug"] });
    await alice.post(`${demo}/issues`, { title: "Second" });
    const q = "is:open is:purple label:bug";
    const { status, body } = await alice.get(`/_web${demo}/issues?q=${encodeURIComponent(q)}`);
    expect(status).toBe(200);
    expect(body.issues).toHaveLength(1);
    expect(body.problems).toMatchObject([{ text: "is:purple", start: 8, end: 17, kept: false }]);
    expect((await alice.get(`${demo}/issues?q=is:purple`)).status).toBe(422);
  });
});
