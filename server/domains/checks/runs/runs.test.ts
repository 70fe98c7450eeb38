import { describe } from "vitest";
import type { Client } from "../../../../tools/testing/client.ts";
import { expect, test } from "../../../../tools/testing/world.ts";

const repo = "/repos/alice/demo";

const headOf = async (client: Client): Promise<string> => (await client.get(`${repo}/commits/main`)).body.sha;

async function begin(client: Client, input: object = {}) {
  const head_sha = await headOf(client);
  const answer = await client.post(`${repo}/check-runs`, { name: "ci", head_sha, ...input });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

const line = (start_line: number, more: object = {}) => ({
  path: "README.md",
  start_line,
  end_line: start_line,
  annotation_level: "warning",
  message: `Line ${start_line}`,
  ...more,
});

describe("a check run", () => {
  test("is queued, begins, completes and can be opened again, and each step is told as an event", async ({
    bob,
    carol,
    world,
  }) => {
    const run = await begin(bob, { external_id: "42", details_url: "https://ci.test/42" });
    expect(run).toMatchObject({
      status: "queued",
      conclusion: null,
      started_at: null,
      completed_at: null,
      external_id: "42",
      details_url: "https://ci.test/42",
      app: null,
      creator: { login: "bob" },
      output: { title: null, summary: null, annotations_count: 0 },
    });
    const at = `${repo}/check-runs/${run.id}`;
    const step = async (input: object) => {
      const answer = await bob.patch(at, input);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      return answer.body;
    };
    const begun = await step({ status: "in_progress" });
    expect(begun).toMatchObject({ status: "in_progress", completed_at: null });
    expect(begun.started_at).not.toBeNull();
    const done = await step({ conclusion: "failure", output: { title: "3 failed", summary: "**3**" } });
    expect(done).toMatchObject({
      status: "completed",
      conclusion: "failure",
      started_at: begun.started_at,
      output: { title: "3 failed", summary: "**3**", text: null },
    });
    const named = await step({ name: "unit tests", output: { summary: "more", text: "words" } });
    expect(named).toMatchObject({
      name: "unit tests",
      conclusion: "failure",
      completed_at: done.completed_at,
      output: { title: "3 failed", summary: "more", text: "words" },
    });
    expect(await step({ status: "queued" })).toMatchObject({ conclusion: null, completed_at: null });
    expect((await carol.get(at)).body.status).toBe("queued");
    const told = await world.events({ type: "check-%" });
    expect(told.map(({ type }) => type)).toEqual([
      "check-suite.created",
      "check-run.created",
      ...Array.from({ length: 4 }, () => "check-run.updated"),
    ]);
    expect(told[3]).toMatchObject({
      actorLogin: "bob",
      payload: { status: "completed", conclusion: "failure", name: "ci", sha: run.head_sha },
    });
  });

  test("is completed only with a conclusion that a reporter can give", async ({ bob }) => {
    const head_sha = await headOf(bob);
    const post = (input: object) => bob.post(`${repo}/check-runs`, { name: "ci", head_sha, ...input });
    for (const wrong of [
      { status: "completed" },
      { completed_at: "2026-01-01T00:00:00Z" },
      { conclusion: "stale" },
      { conclusion: "great" },
      { status: "done" },
      { started_at: "0000-01-01T00:00:00Z" },
      { details_url: "javascript:alert(1)" },
      { name: "" },
      { name: "two\nlines" },
      { name: "x".repeat(256) },
      { output: { title: "x" } },
      { output: { title: "x", summary: "x".repeat(65_536) } },
    ])
      expect((await post(wrong)).status, JSON.stringify(wrong)).toBe(422);
    for (const sha of ["0".repeat(40), "main", "--upload-pack=x", head_sha.slice(0, 8)])
      expect((await post({ head_sha: sha })).status, sha).toBe(422);
    expect((await bob.get(`${repo}/commits/${head_sha}/check-runs?filter=all`)).body.total_count).toBe(0);
    const times = { started_at: "2026-01-01T00:00:00Z", completed_at: "2026-01-01T00:01:00+01:00" };
    expect((await post({ conclusion: "neutral", ...times })).body).toMatchObject({
      status: "completed",
      started_at: "2026-01-01T00:00:00.000Z",
      completed_at: "2025-12-31T23:01:00.000Z",
    });
  });

  test("is written by writers and found in its own repository alone", async ({
    alice,
    bob,
    carol,
    mallory,
    anonymous,
  }) => {
    const run = await begin(bob);
    const head_sha = run.head_sha as string;
    expect((await carol.post(`${repo}/check-runs`, { name: "ci", head_sha })).status).toBe(403);
    expect((await carol.patch(`${repo}/check-runs/${run.id}`, { conclusion: "success" })).status).toBe(403);
    expect((await anonymous.get(`${repo}/check-runs/${run.id}`)).status).toBe(200);
    await mallory.post("/user/repos", { name: "own", auto_init: true });
    for (const path of [
      `check-runs/${run.id}`,
      `check-runs/${run.id}/annotations`,
      `check-suites/${run.check_suite.id}`,
      `check-suites/${run.check_suite.id}/check-runs`,
    ])
      expect((await mallory.get(`/repos/mallory/own/${path}`)).status, path).toBe(404);
    expect(
      (await mallory.patch(`/repos/mallory/own/check-runs/${run.id}`, { conclusion: "success" })).status,
    ).toBe(404);
    expect((await alice.get(`${repo}/check-runs/${run.id}`)).body.status).toBe("queued");
  });

  test("is listed by commit and by suite: of each name the newest, or all, by name and by status", async ({
    alice,
    bob,
  }) => {
    const first = await begin(bob, { conclusion: "failure" });
    const lint = await begin(bob, { name: "lint", status: "in_progress" });
    const again = await begin(alice, { conclusion: "success" });
    const list = async (query: string) => {
      const { body } = await bob.get(`${repo}/commits/main/check-runs${query}`);
      expect(body.total_count).toBe(body.check_runs.length);
      return body.check_runs.map(({ id }: { id: number }) => id);
    };
    expect(await list("")).toEqual([again.id, lint.id]);
    expect(await list("?filter=all")).toEqual([again.id, lint.id, first.id]);
    expect(await list("?check_name=ci")).toEqual([again.id]);
    expect(await list("?status=in_progress")).toEqual([lint.id]);
    expect(await list("?status=queued")).toEqual([]);
    const part = await bob.get(`${repo}/commits/main/check-runs?filter=all&per_page=2`);
    expect(part.body).toMatchObject({ total_count: 3, check_runs: [{ id: again.id }, { id: lint.id }] });
    const next = /<([^>]+)>; rel="next"/.exec(part.headers.get("link") ?? "")?.[1] ?? "";
    const rest = await bob.get(`${repo}/commits/main/check-runs${new URL(next).search}`);
    expect(rest.body.check_runs.map(({ id }: { id: number }) => id)).toEqual([first.id]);

    // What one reporter says of a commit is a suite.
    expect(first.check_suite.id).toBe(lint.check_suite.id);
    expect(again.check_suite.id).not.toBe(first.check_suite.id);
    const suites = (await bob.get(`${repo}/commits/main/check-suites`)).body;
    expect(suites).toMatchObject({
      total_count: 2,
      check_suites: [
        { id: again.check_suite.id, status: "completed", conclusion: "success", latest_check_runs_count: 1 },
        { id: first.check_suite.id, status: "in_progress", conclusion: null, latest_check_runs_count: 2 },
      ],
    });
    expect((await bob.get(`${repo}/commits/main/check-suites?check_name=lint`)).body.total_count).toBe(1);
    const own = await bob.get(`${repo}/check-suites/${first.check_suite.id}/check-runs`);
    expect(own.body.check_runs.map(({ id }: { id: number }) => id)).toEqual([lint.id, first.id]);
  });

  test("shows the open pull requests that its commit is the head of", async ({ bob }) => {
    const opened = await bob.post(`${repo}/pulls`, { title: "Part", head: "feature", base: "main" });
    const { number, head } = opened.body;
    const run = await begin(bob, { head_sha: head.sha });
    expect(run.pull_requests).toMatchObject([{ number, head: { ref: "feature", sha: head.sha } }]);
    await bob.patch(`${repo}/pulls/${number}`, { state: "closed" });
    expect((await bob.get(`${repo}/check-runs/${run.id}`)).body.pull_requests).toEqual([]);
  });
});

describe("a check suite", () => {
  test("is made once for each reporter and commit", async ({ alice, bob, world }) => {
    const head_sha = await headOf(bob);
    const made = await bob.post(`${repo}/check-suites`, { head_sha });
    expect([made.status, made.body.status, made.body.head_commit.id]).toEqual([201, "queued", head_sha]);
    const again = await bob.post(`${repo}/check-suites`, { head_sha });
    expect([again.status, again.body.id]).toEqual([200, made.body.id]);
    expect((await alice.post(`${repo}/check-suites`, { head_sha })).status).toBe(201);
    expect((await begin(bob)).check_suite.id).toBe(made.body.id);
    expect(await world.events({ type: "check-suite.created" })).toHaveLength(2);
    expect((await bob.post(`${repo}/check-suites`, { head_sha: "0".repeat(40) })).status).toBe(422);
  });

  test("of two who begin at once there is one, with both runs", async ({ bob }) => {
    const runs = await Promise.all(
      Array.from({ length: 8 }, (_, index) => begin(bob, { name: `n${index}` })),
    );
    expect(new Set(runs.map((run) => run.check_suite.id)).size).toBe(1);
    const { body } = await bob.get(`${repo}/check-suites/${runs[0].check_suite.id}`);
    expect(body.latest_check_runs_count).toBe(8);
  });
});

describe("annotations", () => {
  test("are added by each request, in their order, and the same said twice is kept once", async ({ bob }) => {
    const run = await begin(bob, {
      output: {
        title: "t",
        summary: "s",
        annotations: [line(1), line(2, { start_column: 3, end_column: 3 })],
      },
    });
    expect(run.output.annotations_count).toBe(2);
    const at = `${repo}/check-runs/${run.id}`;
    const output = { summary: "s", annotations: [line(2, { start_column: 3, end_column: 3 }), line(3)] };
    for (let turn = 0; turn < 2; turn += 1)
      expect((await bob.patch(at, { output })).body.output.annotations_count).toBe(3);
    const { body } = await bob.get(`${at}/annotations`);
    expect(body.map((one: { start_line: number }) => one.start_line)).toEqual([1, 2, 3]);
    expect(body[1]).toEqual({
      path: "README.md",
      blob_href: expect.stringContaining(`/alice/demo/blob/${run.head_sha}/README.md`),
      start_line: 2,
      end_line: 2,
      start_column: 3,
      end_column: 3,
      annotation_level: "warning",
      title: null,
      message: "Line 2",
      raw_details: null,
    });
    expect((await bob.get(`${at}/annotations?per_page=2&page=2`)).body).toHaveLength(1);
  });

  test("of a commit, and of the head of a comparison, are told for their diffs, those that do not count left out", async ({
    bob,
    mallory,
  }) => {
    await begin(bob, { output: { title: "t", summary: "s", annotations: [line(7)] } });
    // Begun again, the former run says nothing any more.
    const run = await begin(bob, { output: { title: "t", summary: "s", annotations: [line(1), line(2)] } });
    const told = { sha: run.head_sha, more: 0, items: [{ message: "Line 1" }, { message: "Line 2" }] };
    for (const place of [run.head_sha, `feature...${run.head_sha}`, "feature...main"])
      expect((await bob.get(`/_web${repo}/annotations/${place}`)).body, place).toMatchObject(told);
    const before = await bob.get(`/_web${repo}/annotations/main...feature`);
    expect(before.body).toMatchObject({ items: [], more: 0 });
    expect((await bob.get(`/_web${repo}/annotations/${"0".repeat(40)}`)).status).toBe(404);
    expect((await mallory.get(`/_web/repos/alice/secret/annotations/main`)).status).toBe(404);
  });

  test("that are added by several at once are all counted", async ({ bob }) => {
    const run = await begin(bob);
    const at = `${repo}/check-runs/${run.id}`;
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        bob.patch(at, { output: { summary: "s", annotations: [line(index + 1), line(100)] } }),
      ),
    );
    expect((await bob.get(at)).body.output.annotations_count).toBe(9);
    expect((await bob.get(`${at}/annotations?per_page=100`)).body).toHaveLength(9);
  });

  test("are refused when they name no place, and beyond fifty a request and a thousand a run", async ({
    bob,
  }) => {
    const run = await begin(bob);
    const at = `${repo}/check-runs/${run.id}`;
    const say = (annotations: object[]) => bob.patch(at, { output: { summary: "s", annotations } });
    for (const wrong of [
      line(0),
      line(1.5),
      line(5, { end_line: 4 }),
      line(5, { end_line: 6, start_column: 1 }),
      line(5, { start_column: 4, end_column: 3 }),
      line(1, { annotation_level: "error" }),
      line(1, { path: "" }),
      line(1, { path: "a\u202eb" }),
      line(1, { title: "x".repeat(256) }),
      line(1, { message: "x".repeat(65_536) }),
    ])
      expect((await say([wrong])).status, JSON.stringify(wrong).slice(0, 100)).toBe(422);
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => line(from + index));
    expect((await say(many(1, 51))).status).toBe(422);
    for (let turn = 0; turn < 20; turn += 1) expect((await say(many(turn * 50 + 1, 50))).status).toBe(200);
    const over = await say([line(1001)]);
    expect([over.status, over.body.message]).toEqual([422, "A check run has at most 1000 annotations"]);
    // What is known already does not count.
    expect((await say([line(1000)])).status).toBe(200);
    expect((await bob.get(at)).body.output.annotations_count).toBe(1000);
  });

  test("of the largest size arrive, also fifty of them", async ({ bob }) => {
    const full = "x".repeat(65_535);
    const annotations = Array.from({ length: 50 }, (_, index) =>
      line(index + 1, { message: full, raw_details: full, path: "a/".repeat(2000) }),
    );
    const run = await begin(bob, { output: { title: "t", summary: full, text: full, annotations } });
    expect(run.output.annotations_count).toBe(50);
  });
});

describe("the page of a commit's checks", () => {
  test("shows a run's words as safe HTML, and spells out what turns the direction of writing", async ({
    bob,
  }) => {
    const evil =
      "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1)) **bold**";
    const run = await begin(bob, {
      conclusion: "failure",
      output: {
        title: "T\u202eitle",
        summary: evil,
        text: evil,
        annotations: [line(1, { message: "a\u202eb\n<script>", raw_details: "\u2066x" })],
      },
    });
    const { status, body } = await bob.get(`/_web/repos/alice/demo/checks/${run.head_sha}?run=${run.id}`);
    expect(status).toBe(200);
    for (const html of [body.run.summary_html, body.run.text_html]) {
      expect(html).toContain("<strong>bold</strong>");
      expect(html).not.toMatch(/<script|onerror|href="javascript:/i);
    }
    expect(body.run).toMatchObject({
      title: "T<U+202E>itle",
      reporter: { login: "bob" },
      annotations: [{ message: "a<U+202E>b\n<script>", details: "<U+2066>x", name: "ci", level: "warning" }],
    });
    expect(body.list).toMatchObject({
      verdict: "failure",
      checks: [{ kind: "run", name: "ci", word: "failure", required: false, annotations: 1 }],
    });
  });

  test("opens the first run that failed, and none of another commit", async ({ bob }) => {
    await begin(bob, { name: "a", conclusion: "success" });
    const failed = await begin(bob, { name: "b", conclusion: "timed_out" });
    const page = `/_web/repos/alice/demo/checks/${failed.head_sha}`;
    expect((await bob.get(page)).body.run).toMatchObject({ id: failed.id, word: "timed_out" });
    const other = (await bob.get(`${repo}/commits/feature`)).body.sha;
    expect((await bob.get(`/_web/repos/alice/demo/checks/${other}?run=${failed.id}`)).body.run).toBeNull();
    expect((await bob.get(`/_web/repos/alice/demo/check-lists/${failed.head_sha}`)).body).toMatchObject({
      verdict: "failure",
      total: 2,
      checks: [{ name: "b" }, { name: "a" }],
    });
  });
});
