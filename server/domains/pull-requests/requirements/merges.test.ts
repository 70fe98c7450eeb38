/** Histories as in `decide.test.ts`, acted out by real people on real branches, and merged if the texts of the rules let it. */
import fc from "fast-check";
import type { Client } from "../../../../tools/testing/client.ts";
import { createWorld, expect, test, type World } from "../../../../tools/testing/world.ts";
import type { PersonName } from "../../../../tools/testing/people.ts";
import { open, tip, write } from "../test-branches.ts";
import type { MergeRule } from "./shapes.ts";
import { oracle, type Act, type Scene } from "./test-oracle.ts";

const demo = "alice/demo";
const repo = `/repos/${demo}`;
/** ann and ben can write, cat only reads; who is who of the cast. */
const cast = { ann: "alice", ben: "bob", cat: "carol", dan: "mallory" } as const satisfies Record<
  string,
  PersonName
>;

const writer = fc.constantFrom("ann" as const, "ben" as const);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("push" as const), by: writer }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("review" as const),
      by: fc.constantFrom("ann" as const, "ben" as const, "cat" as const),
      verdict: fc.constantFrom("approved" as const, "approved" as const, "changes_requested" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("dismiss" as const), of: writer }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("talk" as const), thread: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("settle" as const), thread: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("base-moves" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("update" as const, "rebase" as const), by: writer }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("check" as const), passed: fc.boolean() }) },
);
const rule: fc.Arbitrary<MergeRule> = fc.record({
  requirePullRequest: fc.boolean(),
  requiredReviewers: fc.constantFrom(0, 0, 1),
  requireStatusChecks: fc.boolean(),
  requireCodeOwnerReviews: fc.boolean(),
  requireLastPushApproval: fc.boolean(),
  requireConversationResolution: fc.boolean(),
  requireUpToDate: fc.boolean(),
});

test("real merges pass exactly where the texts of the rules let them", async () => {
  const outcomes = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      rule,
      writer,
      fc.array(act, { minLength: 2, maxLength: 8 }),
      async (demanded, author, acts) => {
        const world = await createWorld();
        try {
          const scene: Scene = {
            rule: demanded,
            author,
            writers: ["ann", "ben"],
            owned: [["ann", "cat"]],
            draft: false,
            acts,
          };
          const merged = await play(world, scene);
          outcomes.add(merged);
          const forbidden = oracle(scene);
          expect(merged, JSON.stringify({ demanded, author, acts, forbidden })).toBe(
            forbidden.length === 0 ? 200 : 405,
          );
        } finally {
          await world.settle();
          await world.close();
        }
      },
    ),
    { numRuns: 8, endOnFailure: true, interruptAfterTimeLimit: 40_000 },
  );
  expect(outcomes.size).toBeGreaterThan(0);
}, 180_000);

async function play(world: World, { rule: demanded, author, acts }: Scene): Promise<number> {
  const as = (who: keyof typeof cast): Client => world.as(cast[who]);
  await write(as("ann"), demo, "main", "CODEOWNERS", "/owned/ @alice @carol\n");
  await write(as(author), demo, "topic", "owned/file.txt", "1\n", "main");
  const { number } = await open(as(author), demo, "topic");
  const pull = `${repo}/pulls/${number}`;
  const threads = new Map<number, number>();
  let count = 0;
  for (const one of acts) {
    count += 1;
    switch (one.kind) {
      case "push":
        await write(as(one.by), demo, "topic", `owned/push-${count}.txt`, `${count}\n`);
        break;
      case "update":
      case "rebase": {
        await write(as("ann"), demo, "main", `moved-${count}.txt`, `${count}\n`);
        const { status } = await as(one.by).put(`${pull}/update-branch`, {
          update_method: one.kind === "update" ? "merge" : "rebase",
        });
        expect(status).toBe(202);
        break;
      }
      case "review": {
        const event = one.verdict === "approved" ? "APPROVE" : "REQUEST_CHANGES";
        const { status } = await as(one.by).post(`${pull}/reviews`, { event, body: "seen" });
        expect(status).toBe(one.by === author ? 422 : 200);
        break;
      }
      case "dismiss":
        for (const review of (await as("ann").get(`${pull}/reviews?per_page=100`)).body)
          if (review.user.login === cast[one.of] && /APPROVED|CHANGES/.test(review.state))
            await as("ann").put(`${pull}/reviews/${review.id}/dismissals`, { message: "no" });
        break;
      case "talk":
      case "settle": {
        let id = threads.get(one.thread);
        if (id === undefined && one.kind === "talk") {
          const place = { path: "owned/file.txt", line: 1, side: "RIGHT", body: "why?" };
          const commit = await tip(as("ann"), demo, "topic");
          const made = await as("cat").post(`${pull}/comments`, { ...place, commit_id: commit });
          expect(made.status, JSON.stringify(made.body)).toBe(201);
          id = made.body.id as number;
          threads.set(one.thread, id);
        } else if (id !== undefined) {
          const path = `${repo}/pulls/comments/${id}/resolution`;
          await (one.kind === "settle" ? as("ann").put(path) : as("ann").delete(path));
        }
        break;
      }
      case "base-moves":
        await write(as("ann"), demo, "main", `moved-${count}.txt`, `${count}\n`);
        break;
      case "check": {
        const sha = await tip(as("ann"), demo, "topic");
        const state = one.passed ? "success" : "failure";
        await as("ann").post(`${repo}/statuses/${sha}`, { state, context: "ci" });
        break;
      }
    }
  }
  const { status } = await as("ann").post(`${repo}/protection-rules`, {
    pattern: "main",
    require_pull_request: demanded?.requirePullRequest ?? false,
    required_reviewers: demanded?.requiredReviewers ?? 0,
    require_status_checks: demanded?.requireStatusChecks ?? false,
    required_status_checks: ["ci"],
    require_code_owner_reviews: demanded?.requireCodeOwnerReviews ?? false,
    require_last_push_approval: demanded?.requireLastPushApproval ?? false,
    require_conversation_resolution: demanded?.requireConversationResolution ?? false,
    require_up_to_date: demanded?.requireUpToDate ?? false,
  });
  expect(status).toBe(201);
  return (await as("ben").put(`${pull}/merge`)).status;
}
