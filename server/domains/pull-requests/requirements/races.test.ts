/** Many people at the same moment: what is decided afterwards is of the last rule and of everybody's last word. */
import type { Client } from "../../../../tools/testing/client.ts";
import { crowd } from "../../../../tools/testing/races.ts";
import { expect, test } from "../../../../tools/testing/world.ts";
import { open, write } from "../test-branches.ts";

const demo = "alice/demo";
const repo = `/repos/${demo}`;

test("fifty reviews beside changes of the rule leave one decision: that of the rule in force", async ({
  world,
  alice,
  bob,
}) => {
  const reviewers = await crowd(world, 50);
  for (const { login } of reviewers)
    await alice.put(`${repo}/collaborators/${login}`, { permission: "push" });
  await write(bob, demo, "topic", "a.txt", "a\n", "main");
  const { number } = await open(bob, demo, "topic");
  const rule = (await alice.post(`${repo}/protection-rules`, { pattern: "main", required_reviewers: 1 }))
    .body;
  const say = (who: Client, event: string) =>
    who.post(`${repo}/pulls/${number}/reviews`, { event, body: "seen" });
  const change = (more: object) => alice.patch(`${repo}/protection-rules/${rule.id}`, more);

  const refusing = reviewers.slice(0, 5);
  const answers = await Promise.all([
    ...reviewers.map(({ client }, index) => say(client, index < 5 ? "REQUEST_CHANGES" : "APPROVE")),
    ...[10, 2, 7].map((required) => change({ required_reviewers: required })),
    change({ require_last_push_approval: true }),
  ]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const merge = () => bob.put(`${repo}/pulls/${number}/merge`);
  const refused = await merge();
  expect(refused.status).toBe(405);
  for (const { login } of refusing) expect(refused.body.message).toContain(login);

  await Promise.all([
    ...refusing.map(({ client }) => say(client, "APPROVE")),
    ...reviewers.slice(5).map(({ client }) => say(client, "REQUEST_CHANGES")),
    change({ required_reviewers: 6 }),
  ]);
  const told = (await merge()).body.message;
  for (const { login } of refusing) expect(told).not.toMatch(new RegExp(`${login}\\b`));
  const list = (await alice.get(`${repo}/pulls/${number}/reviews?per_page=100`)).body;
  const latest = new Map<string, any>(list.map((one: any) => [one.user.login, one]));
  await Promise.all(
    [...latest.values()]
      .filter((one) => one.state === "CHANGES_REQUESTED")
      .map((one) => alice.put(`${repo}/pulls/${number}/reviews/${one.id}/dismissals`, { message: "talked" })),
  );
  // Of those who were dismissed the former approvals do not come back.
  expect((await merge()).body.message).toContain(
    "requires 6 approvals by people with write access; it has 5",
  );
  const [raised, approved] = await Promise.all([
    change({ required_reviewers: 6, require_conversation_resolution: true }),
    say(alice, "APPROVE"),
  ]);
  expect([raised.status, approved.status]).toEqual([200, 200]);
  expect((await merge()).status).toBe(200);
});

test("fifty approvals of one head while another is pushed: none of them counts for what nobody approved", async ({
  world,
  alice,
  bob,
}) => {
  const reviewers = await crowd(world, 50);
  for (const { login } of reviewers)
    await alice.put(`${repo}/collaborators/${login}`, { permission: "push" });
  const first = await write(bob, demo, "topic", "a.txt", "a\n", "main");
  const { number } = await open(bob, demo, "topic");
  await alice.post(`${repo}/protection-rules`, {
    pattern: "main",
    required_reviewers: 1,
    dismiss_stale_reviews: true,
  });
  const path = `${repo}/pulls/${number}`;
  const [second, ...answers] = await Promise.all([
    write(bob, demo, "topic", "a.txt", "another change\n"),
    ...reviewers.map(({ client }, index) =>
      // Half of them say which head they have seen; the others mean the one that is there.
      client.post(`${path}/reviews`, { event: "APPROVE", ...(index % 2 ? { commit_id: first } : {}) }),
    ),
  ]);
  for (const { status } of answers) expect([200, 409, 422]).toContain(status);
  await world.settle();
  const list: { state: string; commit_id: string }[] = (await alice.get(`${path}/reviews?per_page=100`)).body;
  expect(list).toHaveLength(answers.filter(({ status }) => status === 200).length);
  for (const one of list)
    expect([
      ["APPROVED", second],
      ["DISMISSED", first],
    ]).toContainEqual([one.state, one.commit_id]);
  const counts = list.some((one) => one.state === "APPROVED");
  const merged = await bob.put(`${path}/merge`);
  expect(merged.status, merged.body.message).toBe(counts ? 200 : 405);
  expect((await alice.get(path)).body).toMatchObject({ merged: counts, head: { sha: second } });
}, 120_000);

test("fifty askings of one team are one request and one piece of news", async ({ world, alice, bob }) => {
  const shop = "acme/shop";
  await alice.post("/orgs/acme/repos", { name: "shop", auto_init: true });
  await alice.put(`/repos/${shop}/collaborators/bob`, { permission: "push" });
  await alice.post("/orgs/acme/teams", { name: "core" });
  await write(bob, shop, "topic", "a.txt", "a\n", "main");
  const { number } = await open(bob, shop, "topic");
  const path = `/repos/${shop}/pulls/${number}/requested_reviewers`;
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => bob.post(path, { team_reviewers: ["core"], reviewers: ["alice"] })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect((await bob.get(path)).body.teams).toHaveLength(1);
  expect(await world.events({ type: "pull-request.review-requested" })).toHaveLength(2);
});
