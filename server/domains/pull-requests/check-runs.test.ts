/** Check runs decide together with statuses what may be merged, through every door. */
import { describe } from "vitest";
import { openMachine } from "../../../e2e/transcripts/machine.ts";
import type { Client } from "../../../tools/testing/client.ts";
import { people } from "../../../tools/testing/people.ts";
import { createWorld, expect, test } from "../../../tools/testing/world.ts";
import { open, tip, write } from "./test-branches.ts";

const demo = "alice/demo";
const repo = `/repos/${demo}`;
const page = `/_web${repo}/pulls`;

async function guard(alice: Client, checks: readonly string[]): Promise<void> {
  const made = await alice.post(`${repo}/protection-rules`, {
    pattern: "main",
    require_status_checks: true,
    required_status_checks: checks,
  });
  expect(made.status).toBe(201);
}

const run = async (client: Client, sha: string, input: object) => {
  const answer = await client.post(`${repo}/check-runs`, { name: "ci", head_sha: sha, ...input });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
};

const status = (client: Client, sha: string, state: string) =>
  client.post(`${repo}/statuses/${sha}`, { context: "ci", state });

describe("a required check run", () => {
  test("refuses the merge until it passes: in the API, on the page and when a branch is moved", async ({
    alice,
    bob,
  }) => {
    const sha = await write(bob, demo, "side", "side.txt", "side\n", "main");
    await guard(alice, ["ci"]);
    const { number } = await open(bob, demo, "side");
    const at = `${repo}/pulls/${number}`;
    const refusals = async () => {
      const merge = await bob.put(`${at}/merge`);
      const move = await bob.patch(`${repo}/git/refs/heads/main`, { sha });
      const { merge: box, checks } = (await bob.get(`${page}/${number}`)).body;
      const unmet = box.requirements.find((one: { met: boolean }) => !one.met);
      expect([merge.status, move.status, unmet.name]).toEqual([405, 422, "checks"]);
      expect((await bob.get(at)).body.mergeable_state).toBe("blocked");
      const said = [merge.body.message, move.body.message, unmet.sentence];
      return { said, verdict: checks.verdict, checks: checks.checks };
    };
    const expected = await refusals();
    for (const sentence of expected.said) expect(sentence).toContain('"ci" has not been reported');
    expect(expected).toMatchObject({
      verdict: "pending",
      checks: [{ kind: "expected", name: "ci", word: "expected", required: true }],
    });
    const { id } = await run(bob, sha, { status: "in_progress" });
    for (const sentence of (await refusals()).said) expect(sentence).toContain('"ci" is still running');
    for (const conclusion of ["failure", "cancelled", "timed_out", "action_required"]) {
      await bob.patch(`${repo}/check-runs/${id}`, { conclusion });
      const { said, checks } = await refusals();
      for (const sentence of said) expect(sentence).toContain('"ci" did not succeed');
      expect(checks).toMatchObject([{ kind: "run", id, word: conclusion, required: true }]);
    }
    await bob.patch(`${repo}/check-runs/${id}`, { conclusion: "skipped" });
    expect((await bob.get(at)).body.mergeable_state).toBe("clean");
    expect((await bob.put(`${at}/merge`)).status).toBe(200);
  });

  test("refuses a push to the branch, in the terminal of who pushes", async () => {
    const world = await createWorld({ listen: true });
    const machine = await openMachine("bob");
    try {
      const [alice, bob] = [world.as("alice"), world.as("bob")];
      await guard(alice, ["ci"]);
      const remote = `${world.url.replace("://", `://git:${people.bob.token}@`)}/${demo}.git`;
      await machine.git("", "clone", "-q", remote, "work");
      await machine.write("work/new.txt", "new\n");
      await machine.git("work", "add", ".");
      await machine.git("work", "commit", "-q", "-m", "New");
      // What is to be judged is brought on another branch first.
      await machine.git("work", "push", "-q", "origin", "HEAD:refs/heads/side");
      const sha = (await machine.git("work", "rev-parse", "HEAD")).trim();
      const { id } = await run(bob, sha, { conclusion: "failure" });
      expect(await machine.refused("work", "push", "origin", "HEAD:main")).toContain('"ci" did not succeed');
      await bob.patch(`${repo}/check-runs/${id}`, { conclusion: "neutral" });
      await machine.git("work", "push", "-q", "origin", "HEAD:main");
      expect(await tip(bob, demo, "main")).toBe(sha);
    } finally {
      await machine.remove();
      await world.settle();
      await world.close();
    }
  });

  test("and a status of the same name are both required", async ({ alice, bob }) => {
    const sha = await write(bob, demo, "side", "side.txt", "side\n", "main");
    await guard(alice, ["ci"]);
    const { number } = await open(bob, demo, "side");
    const state = async () => (await bob.get(`${repo}/pulls/${number}`)).body.mergeable_state;
    await run(bob, sha, { conclusion: "success" });
    expect(await state()).toBe("clean");
    await status(bob, sha, "failure");
    expect(await state()).toBe("blocked");
    await status(bob, sha, "success");
    expect(await state()).toBe("clean");
    await run(alice, sha, { status: "queued" });
    expect(await state()).toBe("blocked");
  });

  test("that completes lets a pull request merge by itself", async ({ alice, bob, world }) => {
    const sha = await write(bob, demo, "side", "side.txt", "side\n", "main");
    await guard(alice, ["ci"]);
    const { number } = await open(bob, demo, "side");
    const { id } = await run(bob, sha, { status: "in_progress" });
    expect((await bob.put(`${repo}/pulls/${number}/auto-merge`, {})).status).toBe(200);
    const merged = async () => {
      await world.settle();
      return (await bob.get(`${repo}/pulls/${number}`)).body.merged;
    };
    expect(await merged()).toBe(false);
    await bob.patch(`${repo}/check-runs/${id}`, { conclusion: "failure" });
    expect(await merged()).toBe(false);
    await run(bob, sha, { conclusion: "success" });
    expect(await merged()).toBe(true);
  });
});

describe("check runs", () => {
  test("count where pull requests are listed and asked for", async ({ alice, bob }) => {
    const { head, number } = await open(bob, demo, "feature");
    const find = async (word: string) => (await alice.get(`${page}?q=checks:${word}`)).body.pulls.length;
    const shown = async () => (await alice.get(page)).body.pulls[0].checks;
    expect([await shown(), await find("none")]).toEqual([null, 1]);
    const { id } = await run(bob, head.sha, {});
    expect([await shown(), await find("pending"), await find("none")]).toEqual(["pending", 1, 0]);
    await status(bob, head.sha, "success");
    await bob.patch(`${repo}/check-runs/${id}`, { conclusion: "failure" });
    expect([await shown(), await find("failing"), await find("passing")]).toEqual(["failure", 1, 0]);
    expect((await alice.get(`${repo}/pulls/${number}`)).body.mergeable_state).toBe("unstable");
    await bob.patch(`${repo}/check-runs/${id}`, { conclusion: "neutral" });
    expect([await shown(), await find("passing")]).toEqual(["success", 1]);
    const inbox = (await bob.get("/user/reviews")).body;
    expect(JSON.stringify(inbox)).toContain('"checks":"success"');
  });

  test("say on the files page what they say about lines: the newest of a name, the important first", async ({
    bob,
  }) => {
    const { head, number } = await open(bob, demo, "feature");
    const say = (name: string, ...annotations: object[]) =>
      run(bob, head.sha, { name, conclusion: "failure", output: { title: "t", summary: "s", annotations } });
    const on = (path: string, line: number, level: string) => ({
      path,
      start_line: line,
      end_line: line,
      annotation_level: level,
      message: `${level} on ${line}`,
    });
    await say("lint", on("src/part.js", 9, "failure"));
    await say("lint", on("src/part.js", 1, "notice"), on("src/part.js", 2, "warning"));
    const { id } = await say("test", on("src/part.js", 3, "failure"), on("LICENSE", 1, "failure"));
    const { annotations } = (await bob.get(`${page}/${number}/files`)).body;
    expect(annotations.items).toMatchObject([
      { name: "test", run: id, level: "failure", start_line: 3, message: "failure on 3", cut: false },
      { name: "lint", level: "warning", start_line: 2 },
      { name: "lint", level: "notice", start_line: 1 },
    ]);
    expect(annotations).toMatchObject({ more: 0, elsewhere: 1 });
    const { body } = await bob.get(`${page}/${number}/checks?run=${id}`);
    expect(body).toMatchObject({
      pull: { number },
      list: { sha: head.sha, verdict: "failure", total: 2 },
      run: { id, annotations_count: 2, annotations: [{ path: "LICENSE" }, { path: "src/part.js" }] },
    });
  });

  test("say between two revisions what they say about lines, and how much more than is shown", async ({
    bob,
    world,
  }) => {
    const { number } = await open(bob, demo, "feature");
    await write(bob, demo, "feature", "src/part.js", "one\ntwo\nthree\n");
    await world.settle();
    const { head } = (await bob.get(`${repo}/pulls/${number}`)).body;
    const at = (path: string, line: number) => ({
      path,
      start_line: line,
      end_line: line,
      annotation_level: "warning",
      message: `About ${line}`,
    });
    for (let name = 0; name < 7; name++) {
      const annotations = Array.from({ length: 50 }, (_, line) => at("src/part.js", line + 1));
      await run(bob, head.sha, {
        name: `lint ${name}`,
        conclusion: "failure",
        output: { title: "t", summary: "s", annotations },
      });
    }
    const elsewhere = { title: "t", summary: "s", annotations: [at("LICENSE", 1), at("LICENSE", 2)] };
    await run(bob, head.sha, { name: "licence", conclusion: "failure", output: elsewhere });
    const { comparison } = (await bob.get(`${page}/${number}/revisions`)).body;
    expect(comparison).toMatchObject({ from: 1, to: 2, annotations: { more: 50, elsewhere: 2 } });
    expect(comparison.annotations.items).toHaveLength(300);
  });
});
