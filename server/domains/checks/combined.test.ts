/** The one truth about a commit's checks, against an oracle that keeps nothing but the last word of each name. */
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe } from "vitest";
import { systemContext } from "../../kernel/context.ts";
import { expect, test } from "../../../tools/testing/world.ts";
import { findRepository, requireAccess } from "../repositories/index.ts";
import { combinedChecksOf, statesOf, verdictOf, type Check } from "./combined.ts";
import { checkList } from "./shown.ts";
import { verdictIs, verdictOn } from "./verdicts.ts";

const repo = "/repos/alice/demo";

const states = ["error", "failure", "pending", "success"] as const;
const conclusions = [
  "success",
  "failure",
  "neutral",
  "cancelled",
  "skipped",
  "timed_out",
  "action_required",
] as const;
const openStatuses = ["queued", "in_progress", "waiting", "requested", "pending"] as const;

const name = fc.constantFrom("ci", "lint", "Ci");
const change = fc.oneof(
  fc.record({ status: fc.constantFrom(...openStatuses) }),
  fc.record({ conclusion: fc.constantFrom(...conclusions) }),
);
const step = fc.oneof(
  fc.record({ act: fc.constant("report" as const), name, state: fc.constantFrom(...states) }),
  fc.record({ act: fc.constant("begin" as const), name, change }),
  // Of the runs so far, the one at this place.
  fc.record({ act: fc.constant("go on" as const), at: fc.nat(5), change }),
);

type Verdict = "failure" | "pending" | "success";
type Change = { readonly status: string } | { readonly conclusion: string };

const ofStatus = (state: string): Verdict =>
  state === "success" ? "success" : state === "pending" ? "pending" : "failure";
const ofRun = (said: Change): Verdict =>
  "status" in said
    ? "pending"
    : ["success", "neutral", "skipped"].includes(said.conclusion)
      ? "success"
      : "failure";
const worst = (verdicts: readonly Verdict[]): Verdict | null =>
  verdicts.length === 0
    ? null
    : (["failure", "pending", "success"] as const).find((one) => verdicts.includes(one))!;

describe("the list of checks", () => {
  const check = (number: number, word: "failure" | "in_progress" | "success"): Check => ({
    sha: "a",
    kind: "run",
    apiId: number,
    name: `part ${number}`,
    word,
    verdict: verdictOf(word),
    said: null,
    link: null,
    startedAt: null,
    completedAt: null,
    annotations: 0,
  });
  const all = {
    sha: "a",
    verdict: "failure" as const,
    checks: Array.from({ length: 600 }, (_, index) =>
      check(index + 1, index % 200 === 7 ? "failure" : index % 200 === 9 ? "in_progress" : "success"),
    ),
  };

  test("begins with what needs somebody, counts all and goes on where it ended", async () => {
    const first = checkList(all, ["part 599", "unheard of"]);
    expect(first).toMatchObject({ total: 601, counts: { failure: 3, pending: 4, success: 594 } });
    expect(first.checks).toHaveLength(250);
    expect(first.checks.slice(0, 8).map(({ name }) => name)).toEqual([
      "part 8",
      "part 208",
      "part 408",
      "unheard of",
      "part 10",
      "part 210",
      "part 410",
      "part 599",
    ]);
    const longer = checkList(all, ["part 599", "unheard of"], { most: 500 });
    expect(longer.checks.slice(0, 250)).toEqual(first.checks);
    expect(longer.next).not.toBeNull();
    const whole = checkList(all, ["part 599", "unheard of"], { most: 750 });
    expect(whole.checks).toHaveLength(601);
    expect(whole.next).toBeNull();
    // It goes on behind any part, to the end, and each line comes once.
    let part = checkList(all, ["part 599", "unheard of"], { most: 100 });
    const read = [...part.checks];
    while (part.next !== null) {
      part = checkList(all, ["part 599", "unheard of"], { most: 100, after: part.next });
      expect(part).toMatchObject({ skipped: read.length, total: 601, counts: whole.counts });
      read.push(...part.checks);
    }
    expect(read).toEqual(whole.checks);
  });

  test("is as long as the page asks, up to what a page can draw", async ({ alice }) => {
    const sha = (await alice.get(`${repo}/git/ref/heads/main`)).body.object.sha;
    for (const [context, state] of [
      ["one", "success"],
      ["two", "success"],
      ["three", "failure"],
    ])
      expect((await alice.post(`${repo}/statuses/${sha}`, { context, state })).status).toBe(201);
    const { list } = (await alice.get(`/_web${repo}/checks/${sha}?checks=2`)).body;
    expect(list.checks.map((one: { name: string }) => one.name)).toEqual(["three", "one"]);
    expect(list).toMatchObject({ total: 3, counts: { failure: 1, pending: 0, success: 2 } });
    expect((await alice.get(`/_web${repo}/checks/${sha}`)).body.list.checks).toHaveLength(3);
    const rest = `/_web${repo}/checks/${sha}?after=${list.next}`;
    expect((await alice.get(rest)).body.list).toMatchObject({
      checks: [{ name: "two" }],
      skipped: 2,
      next: null,
    });
    expect((await alice.get(`/_web${repo}/checks/${sha}?after=wrong`)).status).toBe(422);
    for (const wrong of ["0", "10001", "x"])
      expect((await alice.get(`/_web${repo}/checks/${sha}?checks=${wrong}`)).status, wrong).toBe(422);
  });
});

describe("the checks of a commit", () => {
  test("come to the same by every way of asking, whatever was reported in whatever order", async ({
    alice,
    bob,
    world,
  }) => {
    const ctx = systemContext(world.services, "test");
    const demo = requireAccess(ctx, await findRepository(ctx, "alice", "demo"), "read");
    const { sha: parent } = (await alice.get(`${repo}/commits/main`)).body;
    await alice.post(`${repo}/git/refs`, { ref: "refs/heads/turns", sha: parent });
    let turn = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 9 }), async (steps) => {
        turn += 1;
        const made = await alice.put(`${repo}/contents/turns/${turn}.txt`, {
          message: `Turn ${turn}`,
          content: "",
          branch: "turns",
        });
        const { sha } = made.body.commit as { sha: string };
        const statuses = new Map<string, Verdict>();
        const runs: { readonly id: number; readonly name: string; verdict: Verdict }[] = [];
        for (const one of steps) {
          if (one.act === "report") {
            await bob.post(`${repo}/statuses/${sha}`, { state: one.state, context: one.name });
            statuses.set(one.name, ofStatus(one.state));
          } else if (one.act === "begin") {
            // Whose run it is does not matter.
            const who = runs.length % 2 === 0 ? alice : bob;
            const answer = await who.post(`${repo}/check-runs`, {
              name: one.name,
              head_sha: sha,
              ...one.change,
            });
            expect(answer.status).toBe(201);
            runs.push({ id: answer.body.id, name: one.name, verdict: ofRun(one.change) });
          } else {
            const run = runs[one.at];
            if (!run) continue;
            expect((await bob.patch(`${repo}/check-runs/${run.id}`, one.change)).status).toBe(200);
            run.verdict = ofRun(one.change);
          }
        }
        const newest = new Map(runs.map((run) => [run.name, run.verdict]));
        const all = worst([...statuses.values(), ...newest.values()]);

        expect((await combinedChecksOf(ctx, demo, [sha])).get(sha)?.verdict ?? null).toBe(all);
        const [row] = await world.services.database.execute<{ verdict: string | null }>(
          sql`select ${verdictOn(sql`${demo.id}::uuid`, sql`${sha}::text`)} as verdict`,
        );
        expect(row?.verdict ?? null).toBe(all);
        for (const verdict of ["failure", "pending", "success", null] as const) {
          const [told] = await world.services.database.execute<{ holds: boolean }>(
            sql`select ${verdictIs(verdict, sql`${demo.id}::uuid`, sql.raw("sha.sha"))} as holds from (select ${sha}::text) sha (sha)`,
          );
          expect(told?.holds).toBe(verdict === all);
        }
        const names = [...new Set([...statuses.keys(), ...newest.keys()])];
        expect(await statesOf(ctx, demo, sha)).toEqual(
          new Map(
            names.map((one) => [
              one,
              worst([statuses.get(one), newest.get(one)].filter((verdict) => verdict !== undefined)),
            ]),
          ),
        );
        const listed = (await alice.get(`${repo}/commits/${sha}/check-runs`)).body;
        expect(listed.check_runs.map((run: { name: string }) => run.name).toSorted()).toEqual(
          [...newest.keys()].toSorted(),
        );
      }),
      { numRuns: 25 },
    );
  });

  test("come to the same, however many report at once", async ({ world, alice }) => {
    const sha: string = (await alice.get(`${repo}/commits/main`)).body.sha;
    const reports = Array.from({ length: 40 }, (_, n) =>
      n % 2
        ? alice.post(`${repo}/statuses/${sha}`, {
            state: n === 21 ? "failure" : "success",
            context: `status-${n}`,
          })
        : alice.post(`${repo}/check-runs`, { name: `run-${n}`, head_sha: sha, conclusion: "success" }),
    );
    for (const { status } of await Promise.all(reports)) expect(status).toBe(201);
    const verdict = async () =>
      (await world.services.database.execute(sql`select verdict from commit_verdicts where sha = ${sha}`))[0];
    expect(await verdict()).toEqual({ verdict: "failure" });
    const mended = Array.from({ length: 20 }, (_, n) =>
      alice.post(`${repo}/statuses/${sha}`, {
        state: "success",
        context: n === 10 ? "status-21" : `more-${n}`,
      }),
    );
    await Promise.all(mended);
    expect(await verdict()).toEqual({ verdict: "success" });
  });
});
