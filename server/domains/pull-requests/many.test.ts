import { describe } from "vitest";
import { expect, test } from "../../../tools/testing/world.ts";
import { open, write } from "./test-branches.ts";

const demo = "/repos/alice/demo";

describe("changing many at once", () => {
  test("is all or none, tells each difference, and answers what takes it back", async ({
    world,
    alice,
    bob,
  }) => {
    await alice.post(`${demo}/milestones`, { title: "v1" });
    for (const title of ["a", "b", "c"]) await alice.post(`${demo}/issues`, { title });
    await alice.put(`${demo}/issues/1/labels`, ["bug"]);
    await alice.patch(`${demo}/issues/2`, { assignee: "alice" });
    const change = {
      numbers: [1, 2, 3],
      state: "closed",
      add_labels: ["bug", "wontfix"],
      assignee: "bob",
      milestone: 1,
    };
    const { status, body } = await bob.patch(`${demo}/issues`, { changes: [change] });
    expect(status).toBe(200);
    expect(body.changed).toEqual([1, 2, 3]);
    const shown = async () =>
      (await alice.get(`${demo}/issues?q=sort:created-asc`)).body.map((one: Record<string, any>) => [
        one["state"],
        one["labels"].map((label: { name: string }) => label.name),
        one["assignee"]?.login ?? null,
        one["milestone"]?.number ?? null,
      ]);
    expect(await shown()).toEqual([1, 2, 3].map(() => ["closed", ["bug", "wontfix"], "bob", 1]));
    expect((await alice.get(`${demo}/milestones/1`)).body).toMatchObject({
      open_issues: 0,
      closed_issues: 3,
    });
    expect(await world.events({ type: "issue.closed" })).toHaveLength(3);
    const back = await bob.patch(`${demo}/issues`, { changes: body.undo });
    expect(back.body.changed).toEqual([1, 2, 3]);
    expect(await shown()).toEqual([
      ["open", ["bug"], null, null],
      ["open", [], "alice", null],
      ["open", [], null, null],
    ]);
    expect((await alice.get(`${demo}/milestones/1`)).body).toMatchObject({
      open_issues: 0,
      closed_issues: 0,
    });
    // What is so already leaves no trace.
    const again = await bob.patch(`${demo}/issues`, { changes: [{ numbers: [1], state: "open" }] });
    expect(again.body).toEqual({ changed: [], undo: [] });
  });

  test("changes nothing when one of them may not be changed", async ({ alice, carol, bob, mallory }) => {
    await alice.post(`${demo}/issues`, { title: "hers" });
    await carol.post(`${demo}/issues`, { title: "carol's" });
    const close = { changes: [{ numbers: [2, 1], state: "closed" }] };
    const refused = await carol.patch(`${demo}/issues`, close);
    expect(refused.status).toBe(403);
    expect(refused.body.message).toMatch(/^#1: Only the author/);
    expect((await alice.get(`${demo}/issues/2`)).body.state).toBe("open");
    expect(
      (await carol.patch(`${demo}/issues`, { changes: [{ numbers: [2], state: "closed" }] })).status,
    ).toBe(200);
    expect(
      (await bob.patch(`${demo}/issues`, { changes: [{ numbers: [1, 99], state: "closed" }] })).status,
    ).toBe(404);
    expect((await alice.get(`${demo}/issues/1`)).body.state).toBe("open");
    expect(
      (await bob.patch(`${demo}/issues`, { changes: [{ numbers: [1], add_labels: ["none such"] }] })).status,
    ).toBe(422);
    expect((await mallory.patch("/repos/alice/secret/issues", close)).status).toBe(404);
    const many = Array.from({ length: 101 }, (_one, index) => index + 1);
    expect((await bob.patch(`${demo}/issues`, { changes: [{ numbers: many, state: "open" }] })).status).toBe(
      422,
    );
  });

  test("does the same to pull requests, and a merged one refuses for all", async ({ world, alice, bob }) => {
    await open(bob, "alice/demo", "feature");
    await write(bob, "alice/demo", "other", "other.txt", "x\n", "main");
    await open(bob, "alice/demo", "other");
    const changes = [
      { numbers: [1, 2], add_labels: ["bug"], assignee: "alice" },
      { numbers: [2], state: "closed" },
    ];
    const { status, body } = await alice.patch(`${demo}/pulls`, { changes });
    expect(status).toBe(200);
    expect((await alice.get(`${demo}/pulls/2`)).body).toMatchObject({
      state: "closed",
      labels: [{ name: "bug" }],
      assignee: { login: "alice" },
    });
    expect((await alice.patch(`${demo}/pulls`, { changes: body.undo })).status).toBe(200);
    expect((await alice.get(`${demo}/pulls/2`)).body).toMatchObject({
      state: "open",
      labels: [],
      assignee: null,
    });
    expect((await alice.put(`${demo}/pulls/1/merge`)).status).toBe(200);
    const refused = await alice.patch(`${demo}/pulls`, { changes: [{ numbers: [2, 1], state: "closed" }] });
    expect(refused.status).toBe(422);
    expect(refused.body.message).toMatch(/^#1: A merged/);
    expect((await alice.get(`${demo}/pulls/2`)).body.state).toBe("open");
    expect((await world.events({ type: "pull-request.closed" })).length).toBe(1);
  });

  test("does not wait in a circle with single changes and with itself", async ({ alice, bob }) => {
    for (const title of ["a", "b", "c", "d"]) await alice.post(`${demo}/issues`, { title });
    await alice.post(`${demo}/milestones`, { title: "v1" });
    await alice.post(`${demo}/milestones`, { title: "v2" });
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_one, turn) => {
        const numbers = turn % 2 === 0 ? [1, 2, 3, 4] : [4, 3, 2, 1];
        const state = turn % 4 < 2 ? "closed" : "open";
        const milestone = (turn % 2) + 1;
        return turn % 3 === 0
          ? bob.patch(`${demo}/issues/${(turn % 4) + 1}`, { state, milestone })
          : alice.patch(`${demo}/issues`, { changes: [{ numbers, state, milestone }] });
      }),
    );
    expect(answers.map((one) => one.status)).toEqual(answers.map(() => 200));
    const list = (await alice.get(`${demo}/issues?state=all`)).body;
    for (const number of [1, 2]) {
      const inIt = list.filter(
        (one: { milestone: { number: number } | null }) => one.milestone?.number === number,
      );
      const { body } = await alice.get(`${demo}/milestones/${number}`);
      expect(body.open_issues + body.closed_issues).toBe(inIt.length);
    }
  });
});
