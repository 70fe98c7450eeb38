/**
 * No merge passes that a rule forbids, whatever people do: random histories of pushes, reviews, dismissals and conversations,
 * decided by the product from the state they come to, and by an oracle that reads the history itself, rule by rule.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { decide, mergeStateStatus } from "./decide.ts";
import type { Facts, LastWord, MergeRule } from "./shapes.ts";
import { oracle, people, type Act, type Scene } from "./test-oracle.ts";

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant("push" as const), by: fc.constantFrom(...people) }),
  fc.record({
    kind: fc.constant("review" as const),
    by: fc.constantFrom(...people.slice(1)),
    verdict: fc.constantFrom("approved" as const, "changes_requested" as const),
  }),
  fc.record({ kind: fc.constant("dismiss" as const), of: fc.constantFrom(...people.slice(1)) }),
  fc.record({ kind: fc.constant("talk" as const), thread: fc.nat(2) }),
  fc.record({ kind: fc.constant("settle" as const), thread: fc.nat(2) }),
  fc.record({ kind: fc.constant("base-moves" as const) }),
  fc.record({ kind: fc.constantFrom("update" as const, "rebase" as const), by: fc.constantFrom(...people) }),
  fc.record({ kind: fc.constant("check" as const), passed: fc.boolean() }),
);

const rule: fc.Arbitrary<MergeRule> = fc.record({
  requirePullRequest: fc.boolean(),
  requiredReviewers: fc.nat(2),
  requireStatusChecks: fc.boolean(),
  requireCodeOwnerReviews: fc.boolean(),
  requireLastPushApproval: fc.boolean(),
  requireConversationResolution: fc.boolean(),
  requireUpToDate: fc.boolean(),
});

const scene: fc.Arbitrary<Scene> = fc.record({
  rule: fc.option(rule, { freq: 10 }),
  author: fc.constantFrom(...people),
  writers: fc.subarray([...people]),
  owned: fc.array(fc.subarray([...people], { minLength: 1 }), { maxLength: 3 }),
  draft: fc.boolean(),
  acts: fc.array(act, { maxLength: 25 }),
});

/** The state that the product would find in its tables, built by going through the history once. */
function factsOf({ rule: demanded, author, writers, owned, draft, acts }: Scene): Facts {
  const words = new Map<string, (LastWord & { change: number; dismissed: boolean }) | null>();
  const open = new Set<number>();
  let [change, pushedBy, behind, passed] = [0, author, 0, null as boolean | null];
  for (const one of acts)
    switch (one.kind) {
      case "push":
        change += 1;
        passed = null;
        pushedBy = one.by;
        break;
      case "update":
      case "rebase":
        passed = null;
        behind = 0;
        break;
      case "review":
        if (one.by === author) break;
        words.set(one.by, {
          byId: one.by,
          by: one.by,
          verdict: one.verdict,
          ofChange: true,
          counts: writers.includes(one.by),
          change,
          dismissed: false,
        });
        break;
      case "dismiss":
        words.set(one.of, null);
        break;
      case "talk":
        open.add(one.thread);
        break;
      case "settle":
        open.delete(one.thread);
        break;
      case "base-moves":
        behind += 1;
        break;
      case "check":
        passed = one.passed;
        break;
    }
  return {
    isDraft: draft,
    targetBranch: "main",
    targetExists: true,
    merge: { clean: true, reason: null },
    rule: demanded,
    authorId: author,
    pushedBy: { id: pushedBy, login: pushedBy },
    reviews: [...words.values()]
      .filter((word) => word !== null)
      .map((word) => ({ ...word, ofChange: word.change === change })),
    owned: owned
      .map((names) => names.filter((name) => writers.includes(name)))
      .filter((names) => names.length > 0)
      .map((names, index) => ({ owners: names, people: new Set(names), paths: [`file-${index}`] })),
    unresolved: open.size,
    behind,
    checksLacking: passed === true ? null : '"ci" has not been reported',
    checksFailing: passed === false,
    archived: false,
    allowsMerging: true,
    mayMerge: true,
  };
}

test("what is decided is what the texts of the rules say of the history", () => {
  fc.assert(
    fc.property(scene, (one) => {
      const { requirements, state } = decide(factsOf(one));
      const forbidden = oracle(one);
      const unmet = requirements.filter((requirement) => !requirement.met);
      expect(unmet.length > 0, JSON.stringify({ unmet, forbidden })).toBe(forbidden.length > 0);
      expect(new Set(unmet.map((requirement) => requirement.name))).toEqual(new Set(forbidden));
      expect(["clean", "unstable"].includes(state)).toBe(forbidden.length === 0);
      expect(mergeStateStatus(state)).toBe(state.toUpperCase());
    }),
    { numRuns: 20_000 },
  );
});

test("a conflict goes before a draft, a draft before what is blocked, that before what is behind", () => {
  const base: Scene = { rule: null, author: "ann", writers: [], owned: [], draft: false, acts: [] };
  const all = { ...factsOf(base), isDraft: true, archived: true, merge: { clean: false, reason: "no" } };
  expect(decide(all).state).toBe("dirty");
  expect(decide({ ...all, merge: { clean: true, reason: null } }).state).toBe("draft");
  expect(decide({ ...all, merge: { clean: true, reason: null }, isDraft: false }).state).toBe("blocked");
  const strict: MergeRule = {
    requirePullRequest: false,
    requiredReviewers: 0,
    requireStatusChecks: false,
    requireCodeOwnerReviews: false,
    requireLastPushApproval: false,
    requireConversationResolution: false,
    requireUpToDate: true,
  };
  expect(decide({ ...factsOf(base), rule: strict, behind: 2 }).state).toBe("behind");
  expect(decide({ ...factsOf(base), checksFailing: true }).state).toBe("unstable");
  const unsure = { ...strict, requireUpToDate: false, requireCodeOwnerReviews: true };
  expect(decide({ ...factsOf(base), rule: unsure, owned: null }).state).toBe("blocked");
});
