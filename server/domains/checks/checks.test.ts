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
