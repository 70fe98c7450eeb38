import { sql } from "drizzle-orm";
import * as fc from "fast-check";
import { describe } from "vitest";
import type { Answer, Client } from "../../../tools/testing/client.ts";
import { expect, test, type World } from "../../../tools/testing/world.ts";

const issues = "/repos/alice/demo/issues";
const milestones = "/repos/alice/demo/milestones";

describe("the timeline of an issue", () => {
  test("tells every change with who made it, between the comments, in order", async ({ alice, bob }) => {
    await alice.post(milestones, { title: "v1" });
    await alice.post(issues, { title: "old name", body: "text" });
    await bob.patch(`${issues}/1`, { title: "new name", body: "other text" });
    await bob.post(`${issues}/1/labels`, ["bug"]);
    await bob.post(`${issues}/1/comments`, { body: "look" });
    await bob.patch(`${issues}/1`, { assignees: ["carol"], milestone: 1 });
    await bob.patch(`${issues}/1`, { assignees: ["alice"], milestone: null });
    await bob.delete(`${issues}/1/labels`);
    await bob.put(`${issues}/1/lock`, { lock_reason: "spam" });
    await alice.delete(`${issues}/1/lock`);
    await alice.patch(`${issues}/1`, { state: "closed", state_reason: "not_planned" });
    await alice.patch(`${issues}/1`, { state: "open" });
    const { body: line } = await alice.get(`${issues}/1/timeline?per_page=100`);
    expect(line).toMatchObject([
      { event: "renamed", actor: { login: "bob" }, rename: { from: "old name", to: "new name" } },
      { event: "labeled", label: { name: "bug", color: "d73a4a" } },
      { event: "commented", actor: { login: "bob" }, body: "look" },
      { event: "assigned", assignee: { login: "carol" }, assigner: { login: "bob" } },
      { event: "milestoned", milestone: { title: "v1" } },
      { event: "unassigned", assignee: { login: "carol" } },
      { event: "assigned", assignee: { login: "alice" } },
      { event: "demilestoned", milestone: { title: "v1" } },
      { event: "unlabeled", label: { name: "bug" } },
      { event: "locked", lock_reason: "spam" },
      { event: "unlocked", actor: { login: "alice" } },
      { event: "closed", state_reason: "not_planned" },
      { event: "reopened" },
    ]);
    const { body: only } = await alice.get(`${issues}/1/events`);
    expect(only).toEqual(line.filter((one: { event: string }) => one.event !== "commented"));
    const { body: event } = await alice.get(`${issues}/events/${only[0].id}`);
    expect(event).toMatchObject({ ...only[0], issue: { number: 1 } });
    const { body: whole } = await alice.get(`${issues}/events`);
    expect(whole.map((one: { id: number }) => one.id)).toEqual(
      only.map((one: { id: number }) => one.id).toReversed(),
    );
  });

  test("comes in pages that lose and repeat nothing, also of one moment", async ({ world, alice }) => {
    await alice.post(issues, { title: "busy" });
    for (let index = 0; index < 6; index += 1) {
      await alice.post(`${issues}/1/comments`, { body: `${index}` });
      await alice.put(`${issues}/1/labels`, [index % 2 ? "bug" : "question"]);
    }
    await world.services.database.execute(sql`update issue_comments set created_at = '2030-01-01'`);
    await world.services.database.execute(sql`update issue_activities set created_at = '2030-01-01'`);
    const whole = (await alice.get(`${issues}/1/timeline?per_page=100`)).body;
    const seen: unknown[] = [];
    let path: string | undefined = `${issues}/1/timeline?per_page=4`;
    while (path !== undefined) {
      const page: Answer = await alice.get(path);
      seen.push(...page.body);
      path = /<[^>]*\/api\/v3([^>]*)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
    }
    expect(seen).toEqual(whole);
    expect(whole).toHaveLength(17);
  });
});

/** Every count that is kept beside what it counts, and what it should be. */
async function counts(world: World) {
  const [row] = await world.services.database.execute(sql`
    select
      (select coalesce(json_agg(json_build_array(r.name, r.open_issues_count) order by r.name), '[]') from repositories r) as kept_open,
      (select coalesce(json_agg(json_build_array(r.name, (select count(*) from issues i where i.repo_id = r.id and i.state = 'open')) order by r.name), '[]') from repositories r) as real_open,
      (select coalesce(json_agg(json_build_array(m.number, m.open_count, m.closed_count) order by m.id), '[]') from milestones m) as kept_milestones,
      (select coalesce(json_agg(json_build_array(m.number,
        (select count(*) from issues i where i.milestone_id = m.id and i.state = 'open'),
        (select count(*) from issues i where i.milestone_id = m.id and i.state = 'closed')) order by m.id), '[]') from milestones m) as real_milestones,
      (select coalesce(json_agg(json_build_array(i.number, i.comments_count) order by i.id), '[]') from issues i) as kept_comments,
      (select coalesce(json_agg(json_build_array(i.number, (select count(*) from issue_comments c where c.issue_id = i.id)) order by i.id), '[]') from issues i) as real_comments,
      (select count(*) from issues i join issue_stages s on s.id = i.stage_id
        where s.category <> i.status or s.is_closed_state <> (i.state = 'closed')) as torn`);
  return row as Record<string, unknown>;
}

const act = (
  client: Client,
  [kind, issue, milestone]: readonly [string, number, number],
): Promise<Answer> => {
  const path = `${issues}/${issue}`;
  switch (kind) {
    case "open":
      return client.post(issues, { title: "new", ...(milestone > 0 ? { milestone } : {}) });
    case "close":
      return client.patch(path, { state: "closed", state_reason: milestone ? "completed" : "not_planned" });
    case "reopen":
      return client.patch(path, { state: "open" });
    case "move":
      return client.patch(path, { milestone: milestone > 0 ? milestone : null });
    case "both":
      return client.patch(path, { state: "closed", milestone: milestone > 0 ? milestone : null });
    case "comment":
      return client.post(`${path}/comments`, { body: "x" });
    default:
      return client
        .get(`${path}/comments?per_page=1`)
        .then((answer) =>
          answer.status === 200 && answer.body[0]
            ? client.delete(`${issues}/comments/${answer.body[0].id}`)
            : answer,
        );
  }
};

describe("counts of issues", () => {
  test("equal a recount after any acts, in a row or at the same time", async ({ world, alice, bob }) => {
    for (const title of ["m1", "m2"]) await alice.post(milestones, { title });
    const acts = fc.array(
      fc.tuple(
        fc.constantFrom("open", "open", "close", "reopen", "move", "both", "comment", "uncomment"),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 2 }),
      ),
      { minLength: 4, maxLength: 14 },
    );
    await fc.assert(
      fc.asyncProperty(acts, fc.boolean(), async (list, together) => {
        const client = (index: number) => (index % 2 ? alice : bob);
        if (together) {
          const answers = await Promise.all(list.map((one, index) => act(client(index), one)));
          expect(answers.filter((answer) => answer.status >= 500)).toEqual([]);
        } else {
          for (const [index, one] of list.entries()) await act(client(index), one);
        }
        const found = await counts(world);
        expect(found["kept_open"]).toEqual(found["real_open"]);
        expect(found["kept_milestones"]).toEqual(found["real_milestones"]);
        expect(found["kept_comments"]).toEqual(found["real_comments"]);
        expect(Number(found["torn"])).toBe(0);
      }),
      { numRuns: 15 },
    );
  });

  test("of a deleted milestone take nothing with them", async ({ world, alice }) => {
    await alice.post(milestones, { title: "m1" });
    await alice.post(issues, { title: "x", milestone: 1 });
    await alice.delete(`${milestones}/1`);
    expect((await alice.get(`${issues}/1`)).body.milestone).toBeNull();
    await alice.patch(`${issues}/1`, { state: "closed" });
    const found = await counts(world);
    expect(found["kept_open"]).toEqual(found["real_open"]);
  });
});
