import { describe } from "vitest";
import { expect, test } from "../../../tools/testing/world.ts";

const repo = "/repos/alice/demo";

describe("checks", () => {
  test("of each context the newest report counts", async ({ alice, bob }) => {
    const { sha } = (await alice.get(`${repo}/commits/main/status`)).body;
    const state = async () => (await alice.get(`${repo}/commits/main/status`)).body.state;
    expect(await state()).toBe("pending");
    await bob.post(`${repo}/statuses/${sha}`, { state: "failure", context: "ci/test" });
    await bob.post(`${repo}/statuses/${sha}`, { state: "success", context: "ci/lint" });
    expect(await state()).toBe("failure");
    await bob.post(`${repo}/statuses/${sha}`, { state: "pending", context: "ci/test" });
    expect(await state()).toBe("pending");
    const last = await bob.post(`${repo}/statuses/${sha}`, {
      state: "success",
      context: "ci/test",
      target_url: "https://ci.test/1",
      description: "42 passed",
    });
    expect(last.body).toMatchObject({
      context: "ci/test",
      target_url: "https://ci.test/1",
      creator: { login: "bob" },
    });
    expect(await state()).toBe("success");
    expect((await alice.get(`${repo}/commits/${sha}/statuses`)).body).toHaveLength(4);
    expect((await alice.get(`${repo}/commits/${sha}/status`)).body.total_count).toBe(2);
  });

  test("mark each commit of a list with what all its checks come to, in the repository that it is seen in", async ({
    alice,
    bob,
    carol,
    anonymous,
    world,
  }) => {
    const web = "/_web/repos/alice/demo";
    const [head, before] = (await alice.get("/repos/alice/demo/commits?sha=main&per_page=2")).body.map(
      (one: { sha: string }) => one.sha,
    );
    const report = (sha: string, context: string, state: string) =>
      bob.post(`/repos/alice/demo/statuses/${sha}`, { context, state });
    await report(head, "one", "success");
    await report(head, "two", "pending");
    await report(before, "one", "error");
    const history = async (client: typeof alice, of = web) =>
      (await client.get(`${of}/commits/main?per_page=2`)).body.commits.map(
        (one: { checks: string | null }) => one.checks,
      );
    expect(await history(anonymous)).toEqual(["pending", "failure"]);
    await report(head, "two", "success");
    expect(await history(anonymous)).toEqual(["success", "failure"]);
    expect((await anonymous.get(`${web}/tree`)).body.last).toMatchObject({ sha: head, checks: "success" });
    const file = (await anonymous.get(`${web}/blob/main/README.md`)).body;
    await report(file.last.sha, "one", "failure");
    expect((await anonymous.get(`${web}/blob/main/README.md`)).body.last.checks).toBe("failure");
    await report(file.last.sha, "one", "success");
    const { branches } = (await anonymous.get(`${web}/branches`)).body;
    const marks = Object.fromEntries(
      branches.map((one: { name: string; checks: string | null }) => [one.name, one.checks]),
    );
    expect(marks).toMatchObject({ main: "success", feature: null });
    // A fork has the same commits, and nobody reported anything there.
    expect((await carol.post("/repos/alice/demo/forks", {})).status).toBe(202);
    await world.settle();
    expect(await history(carol, "/_web/repos/carol/demo")).toEqual([null, null]);
    const { body } = await bob.post("/repos/alice/demo/pulls", { title: "F", head: "feature", base: "main" });
    await report(body.head.sha, "one", "failure");
    const { commits } = (await anonymous.get(`${web}/pulls/${body.number}`)).body;
    expect(commits.map((one: { checks: string | null }) => one.checks)).toEqual([null, "failure"]);
    const comparison = (await anonymous.get(`${web}/compare/main...feature`)).body;
    expect(comparison.commits.map((one: { checks: string | null }) => one.checks)).toEqual([null, "failure"]);
  });

  test("are found by every name of a commit, also one with slashes", async ({ alice }) => {
    const { sha } = (await alice.get(`${repo}/commits/v1.0/status`)).body;
    await alice.post(`${repo}/statuses/${sha}`, { state: "success" });
    for (const name of [sha, sha.slice(0, 8), "v1.0", "tags/v1.0", "tags%2Fv1.0", "refs/tags/v1.0"]) {
      expect((await alice.get(`${repo}/commits/${name}/status`)).body).toMatchObject({
        sha,
        state: "success",
      });
      expect((await alice.get(`${repo}/commits/${name}/statuses`)).body).toHaveLength(1);
    }
    expect((await alice.get(`${repo}/commits/no/such/status`)).status).toBe(404);
  });

  test("only writers report, and only on commits that exist", async ({ alice, carol, mallory }) => {
    const { sha } = (await alice.get(`${repo}/commits/main/status`)).body;
    expect((await carol.post(`${repo}/statuses/${sha}`, { state: "success" })).status).toBe(403);
    expect((await mallory.post(`/repos/alice/secret/statuses/${sha}`, { state: "success" })).status).toBe(
      404,
    );
    for (const wrong of ["0".repeat(40), "main", "--upload-pack=x", "..", sha.slice(0, 8)])
      expect(
        (await alice.post(`${repo}/statuses/${encodeURIComponent(wrong)}`, { state: "success" })).status,
      ).not.toBe(201);
  });

  test("a link that a status carries leads to the web and nowhere else", async ({ alice }) => {
    const { sha } = (await alice.get(`${repo}/commits/main/status`)).body;
    for (const url of ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "not a link"]) {
      const answer = await alice.post(`${repo}/statuses/${sha}`, { state: "success", target_url: url });
      expect(answer.status).toBe(422);
      expect(answer.body.errors[0].field).toBe("target_url");
    }
  });
});
