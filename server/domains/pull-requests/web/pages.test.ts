import { describe } from "vitest";
import { expect, test } from "../../../../tools/testing/world.ts";
import { open, write } from "../test-branches.ts";

const demo = "alice/demo";
const page = `/_web/repos/${demo}/pulls`;

describe("the pages of pull requests", () => {
  test("the page of a pull request tells in one call all that it shows", async ({
    alice,
    bob,
    anonymous,
  }) => {
    const { number } = await open(bob, demo, "feature", "main", { body: "See **this**, @alice." });
    const { status, body } = await alice.get(`${page}/${number}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      pull: { number, mergeable_state: "clean" },
      source: { repository: demo, branch: "feature", exists: true, behind: 0 },
      merge: {
        methods: [{ name: "merge" }, { name: "squash" }, { name: "rebase" }],
        messages: { merge: { title: `Merge pull request #${number} from alice/feature` } },
      },
      can: { edit: true, close: true, comment: true, judge: true, triage: true },
      reviews: { decision: null, latest: [], pending: null },
    });
    expect(body.body_html).toContain("<strong>this</strong>");
    expect(body.commits.map((commit: { subject: string }) => commit.subject)).toEqual([
      "Part with a goodbye",
      "Greet in two languages",
    ]);
    expect(body.merge.requirements.every((one: { met: boolean }) => one.met)).toBe(true);
    const stranger = (await anonymous.get(`${page}/${number}`)).body;
    expect(stranger.can.comment).toBe("Sign in first");
    expect(stranger.merge.requirements.find((one: { met: boolean }) => !one.met)).toMatchObject({
      name: "permission",
      sentence: "Only people with write access can merge this",
    });
    expect((await bob.get(`${page}/${number}`)).body.can.judge).toMatch(/Authors cannot/);
  });

  test("the files page shows highlighted lines, also of one file and since a commit", async ({ bob }) => {
    const { number, head } = await open(bob, demo, "feature");
    const { body } = await bob.get(`${page}/${number}/files`);
    expect(body.diff).toMatchObject({ total_files: 2 });
    // Colours that take their time are there at the next look.
    const first = async () => (await bob.get(`${page}/${number}/files`)).body.diff.files[1].hunks[0].lines[0];
    await expect.poll(first, { timeout: 30_000 }).toContain("<span");
    const one = await bob.get(`${page}/${number}/files?file=src/part.js`);
    expect(one.body.diff.files).toHaveLength(1);
    await write(bob, demo, "feature", "later.txt", "later\n");
    const since = await bob.get(`${page}/${number}/files?since=${head.sha}`);
    expect(since.body.diff.files.map((file: { path: string }) => file.path)).toEqual(["later.txt"]);
    const foreign = "0123456789012345678901234567890123456789";
    expect((await bob.get(`${page}/${number}/files?since=${foreign}`)).status).toBe(404);
  });

  test("the list counts, narrows and says how checks stand", async ({ alice, bob, mallory }) => {
    const { head } = await open(bob, demo, "feature");
    await write(alice, demo, "second", "second.txt", "2\n", "main");
    await open(alice, demo, "second");
    await bob.post(`/repos/${demo}/statuses/${head.sha}`, { state: "failure", context: "test" });
    const { body } = await alice.get(page);
    expect(body).toMatchObject({ counts: { open: 2, closed: 0 }, can: { open: true } });
    const shown = body.pulls.map((one: { number: number; checks: string }) => [one.number, one.checks]);
    expect(shown).toEqual([
      [2, null],
      [1, "failure"],
    ]);
    expect((await alice.get(`${page}?q=author:bob`)).body.pulls).toHaveLength(1);
    expect((await alice.get(`${page}?q=second`)).body.pulls[0].number).toBe(2);
    expect((await alice.get(`${page}?q=author:nobody-here`)).body.counts).toEqual({
      open: 0,
      closed: 0,
      more: [],
    });
    expect((await mallory.get("/_web/repos/alice/secret/pulls")).status).toBe(404);
  });

  test("before opening, the page says what the pull request would be, and why not", async ({
    alice,
    bob,
    carol,
  }) => {
    await write(bob, demo, "fix-the-greeting", "x.txt", "x\n", "main");
    const fresh = await bob.get(`${page}/new/main...fix-the-greeting`);
    expect(fresh.body).toMatchObject({
      base: "main",
      head: { branch: "fix-the-greeting", repository: { full_name: demo } },
      existing: null,
      suggestion: { title: "Write x.txt" },
      can: { open: true },
    });
    await write(bob, demo, "fix-the-greeting", "y.txt", "y\n");
    expect((await bob.get(`${page}/new/main...fix-the-greeting`)).body.suggestion.title).toBe(
      "Fix the greeting",
    );
    expect((await bob.get(`${page}/new/feature...main`)).body.can.open).toBe(
      "feature has everything that main has",
    );
    expect((await carol.get(`${page}/new/main...feature`)).body.can.open).toMatch(/people who can push/);
    const { number } = await open(bob, demo, "feature");
    expect((await alice.get(`${page}/new/main...feature`)).body.existing.number).toBe(number);
  });
});

test("the list of pull requests offers branches to complete with, the default one first", async ({ bob }) => {
  await write(bob, "alice/demo", "a-first", "a.txt", "x\n", "main");
  const { body } = await bob.get("/_web/repos/alice/demo/pulls");
  expect(body.branches[0]).toBe("main");
  expect(body.branches.filter((name: string) => name === "main")).toHaveLength(1);
  expect(body.branches).toContain("a-first");
  expect(body.branches.every((name: string) => !name.startsWith("refs/"))).toBe(true);
});
