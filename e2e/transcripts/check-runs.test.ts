/** What a program of continuous integration does through GitHub's own client, unmodified. */
import { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, expect, test } from "vitest";
import { people, type PersonName } from "../../tools/testing/people.ts";
import { createWorld, type World } from "../../tools/testing/world.ts";

let world: World;

beforeEach(async () => {
  world = await createWorld({ listen: true });
});
afterEach(async () => {
  await world.settle();
  await world.close();
});

const as = (person: PersonName) =>
  new Octokit({
    baseUrl: `${world.url}/api/v3`,
    auth: people[person].token,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });

test("Octokit begins a check run, annotates lines batch by batch, completes it, and reads all of it back", async () => {
  const bob = as("bob");
  const repo = { owner: "alice", repo: "demo" };
  const { data: pull } = await bob.pulls.create({ ...repo, title: "Part", head: "feature", base: "main" });
  const head_sha = pull.head.sha;
  const { data: suite } = await bob.checks.createSuite({ ...repo, head_sha });
  const { data: run } = await bob.checks.create({
    ...repo,
    name: "unit",
    head_sha,
    status: "in_progress",
    started_at: "2026-02-03T04:05:06Z",
    external_id: "7",
    details_url: "https://ci.example.test/7",
    output: { title: "Running", summary: "" },
    actions: [{ label: "Fix", description: "Mend it", identifier: "fix" }],
  });
  expect(run).toMatchObject({
    status: "in_progress",
    started_at: "2026-02-03T04:05:06.000Z",
    check_suite: { id: suite.id },
    pull_requests: [{ number: pull.number }],
  });
  const at = { ...repo, check_run_id: run.id };
  const annotations = Array.from({ length: 120 }, (_, index) => ({
    path: "src/part.js",
    start_line: index + 1,
    end_line: index + 1,
    annotation_level: "warning" as const,
    message: `Long line ${index + 1}`,
  }));
  for (let from = 0; from < annotations.length; from += 50)
    await bob.checks.update({
      ...at,
      output: { title: "Running", summary: "So far", annotations: annotations.slice(from, from + 50) },
    });
  await bob.checks.update({
    ...at,
    status: "completed",
    conclusion: "failure",
    completed_at: "2026-02-03T04:06:06Z",
    output: { title: "120 lines are long", summary: "**All** of them", text: "`part.js`" },
  });
  expect((await bob.checks.get(at)).data).toMatchObject({
    conclusion: "failure",
    output: { title: "120 lines are long", annotations_count: 120 },
  });
  const read = await bob.paginate(bob.checks.listAnnotations, { ...at, per_page: 50 });
  expect(read.map((one) => one.start_line)).toEqual(annotations.map((one) => one.start_line));
  await bob.checks.create({ ...repo, name: "lint", head_sha, conclusion: "neutral" });
  const listed = await bob.paginate(bob.checks.listForRef, { ...repo, ref: "feature", per_page: 1 });
  expect(listed.map((one) => one.name)).toEqual(["lint", "unit"]);
  const inSuite = await bob.checks.listForSuite({ ...repo, check_suite_id: suite.id, check_name: "unit" });
  expect(inSuite.data).toMatchObject({ total_count: 1, check_runs: [{ id: run.id }] });
  expect((await bob.checks.listSuitesForRef({ ...repo, ref: head_sha })).data.check_suites).toMatchObject([
    { id: suite.id, status: "completed", conclusion: "failure", head_commit: { id: head_sha } },
  ]);
  expect(
    (await bob.checks.getSuite({ ...repo, check_suite_id: suite.id })).data.latest_check_runs_count,
  ).toBe(2);
  expect((await bob.pulls.get({ ...repo, pull_number: pull.number })).data.mergeable_state).toBe("unstable");
  const refused = await as("carol")
    .checks.create({ ...repo, name: "unit", head_sha, conclusion: "success" })
    .catch((error: { status: number }) => error.status);
  expect(refused).toBe(403);
});
