/** Code owners and teams, asked for reviews and waited for. */
import { describe } from "vitest";
import type { Client } from "../../../../tools/testing/client.ts";
import { expect, test } from "../../../../tools/testing/world.ts";
import { open, write } from "../test-branches.ts";

const shop = "acme/shop";
const repo = `/repos/${shop}`;

/** A repository of the organization: alice owns it, bob and carol write, dave (mallory) is a stranger. */
async function makeShop(alice: Client, owners: string): Promise<void> {
  await alice.put("/orgs/acme/memberships/carol", { role: "member" });
  const made = await alice.post("/orgs/acme/repos", { name: "shop", auto_init: true });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  for (const name of ["bob", "carol"])
    await alice.put(`${repo}/collaborators/${name}`, { permission: "push" });
  await alice.post("/orgs/acme/teams", { name: "Core" });
  await alice.put("/orgs/acme/teams/core/memberships/carol");
  await write(alice, shop, "main", ".github/CODEOWNERS", owners);
}

const protect = (alice: Client, more: object) =>
  alice.post(`${repo}/protection-rules`, { pattern: "main", ...more });
const approve = (who: Client, number: number) =>
  who.post(`${repo}/pulls/${number}/reviews`, { event: "APPROVE" });
const merge = (who: Client, number: number) => who.put(`${repo}/pulls/${number}/merge`);
/** The teams that the timeline of a page says were asked, and whether the reader may see the page of each. */
const askedTeams = (page: any) =>
  page.timeline.items.flatMap((one: any) =>
    one.event === "review_requested" && one.requested_team ? [[one.requested_team.slug, one.team_seen]] : [],
  );
const askedOf = async (who: Client, number: number) => {
  const { users, teams } = (await who.get(`${repo}/pulls/${number}/requested_reviewers`)).body;
  return [...users.map((one: any) => one.login), ...teams.map((one: any) => one.slug)];
};

describe("owners", () => {
  test("are asked when a pull request is ready and when it touches new files, teams too, and the author never", async ({
    world,
    alice,
    bob,
    carol,
    mallory,
    anonymous,
  }) => {
    await makeShop(alice, "*.md @alice\n/src/ @acme/core @bob\n*.lock nobody@example.test @ghost\n");
    await write(bob, shop, "topic", "notes.md", "n\n", "main");
    const { number } = await open(bob, shop, "topic", "main", { draft: true });
    await world.settle();
    expect(await askedOf(bob, number)).toEqual([]);
    await bob.patch(`${repo}/pulls/${number}`, { draft: false });
    await world.settle();
    expect(await askedOf(bob, number)).toEqual(["alice"]);
    await bob.delete(`${repo}/pulls/${number}/requested_reviewers`, { reviewers: ["alice"] });
    await write(bob, shop, "topic", "src/x.ts", "x\n");
    await world.settle();
    expect(await askedOf(bob, number)).toEqual(["core"]);
    const page = (await bob.get(`/_web${repo}/pulls/${number}`)).body;
    expect(page.reviews.asked).toMatchObject([
      { user: null, team: { slug: "core" }, team_seen: true, as_owner: true, owns: 1 },
    ]);
    // The team has a page for the members of the organization; to others it is a name.
    for (const client of [mallory, anonymous]) {
      const others = (await client.get(`/_web${repo}/pulls/${number}`)).body;
      expect(others.reviews.asked).toMatchObject([{ team: { slug: "core" }, team_seen: false }]);
      expect(askedTeams(others)).toEqual([["core", false]]);
    }
    expect(askedTeams(page)).toEqual([["core", true]]);
    expect((await bob.get(`${repo}/pulls/${number}`)).body.requested_teams).toMatchObject([{ name: "Core" }]);
    await approve(carol, number);
    expect(await askedOf(bob, number)).toEqual([]);
    await write(bob, shop, "topic", "src/y.ts", "y\n");
    await world.settle();
    // Who has answered is not asked by a push; somebody may ask them again.
    expect(await askedOf(bob, number)).toEqual([]);
    await bob.post(`${repo}/pulls/${number}/requested_reviewers`, { team_reviewers: ["core"] });
    expect(await askedOf(bob, number)).toEqual(["core"]);
  });

  test("who are required must approve every file they own", async ({ alice, bob, carol }) => {
    await makeShop(alice, "*.md @alice\n/src/ @acme/core\n");
    await write(bob, shop, "topic", "notes.md", "n\n", "main");
    await write(bob, shop, "topic", "src/x.ts", "x\n");
    await protect(alice, { require_code_owner_reviews: true });
    const { number } = await open(bob, shop, "topic");
    const box = async () => (await bob.get(`/_web${repo}/pulls/${number}`)).body.merge;
    const requirement = async () => (await box()).requirements.find((one: any) => one.name === "owners");
    expect((await box()).status).toBe("BLOCKED");
    expect((await requirement()).missing).toEqual([
      { owners: ["@alice"], paths: ["notes.md"], count: 1 },
      { owners: ["@acme/core"], paths: ["src/x.ts"], count: 1 },
    ]);
    await approve(alice, number);
    expect((await merge(bob, number)).body.message).toContain(
      "An owner of 1 file has not approved: @acme/core",
    );
    await approve(carol, number);
    expect(await requirement()).toMatchObject({ met: true });
    expect((await merge(bob, number)).status).toBe(200);
  });

  test("are those of the target, whatever the branch writes into its own file", async ({ alice, bob }) => {
    await makeShop(alice, "* @alice\n");
    await protect(alice, { require_code_owner_reviews: true });
    await write(bob, shop, "topic", ".github/CODEOWNERS", "* @bob\n", "main");
    const { number } = await open(bob, shop, "topic");
    expect((await merge(bob, number)).body.message).toContain("@alice");
    await approve(alice, number);
    expect((await merge(bob, number)).status).toBe(200);
  });

  test("are asked for files that the merge changes under the name they have in the target by now", async ({
    alice,
    bob,
  }) => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join("");
    await makeShop(alice, "/vault/ @alice\n");
    await write(alice, shop, "main", "free.txt", lines);
    await write(bob, shop, "topic", "free.txt", lines.replace("line 3\n", "line three\n"), "main");
    await protect(alice, { require_code_owner_reviews: true });
    await alice.delete(
      `${repo}/protection-rules/${(await alice.get(`${repo}/protection-rules`)).body[0].id}`,
    );
    const free = await alice.get(`${repo}/contents/free.txt`);
    await alice.delete(`${repo}/contents/free.txt`, { message: "Move", sha: free.body.sha, branch: "main" });
    await write(alice, shop, "main", "vault/free.txt", lines);
    await protect(alice, { require_code_owner_reviews: true });
    const { number } = await open(bob, shop, "topic");
    expect((await merge(bob, number)).body.message).toContain("@alice");
  });
});

test("what is wrong with the file is told by line, unknown owners included", async ({
  alice,
  bob,
  mallory,
}) => {
  await makeShop(alice, "*.md @alice @nobody-here\n!x @alice\nsrc @acme/none @acme/core\n");
  const { body, status } = await bob.get(`${repo}/codeowners/errors`);
  expect(status).toBe(200);
  expect(body.errors.map((one: any) => [one.line, one.column, one.kind])).toEqual([
    [1, 13, "Unknown owner"],
    [2, 1, "Invalid pattern"],
    [3, 5, "Unknown owner"],
  ]);
  expect(body.errors[0].path).toBe(".github/CODEOWNERS");
  expect((await bob.get(`${repo}/codeowners/errors?ref=none`)).status).toBe(404);
  expect((await mallory.get("/repos/alice/secret/codeowners/errors")).status).toBe(404);
});

test("a team is asked by who may ask, if it is of the owner, and a member's review answers", async ({
  alice,
  bob,
  carol,
  mallory,
}) => {
  await makeShop(alice, "");
  await write(bob, shop, "topic", "a.txt", "a\n", "main");
  const { number } = await open(bob, shop, "topic");
  const path = `${repo}/pulls/${number}/requested_reviewers`;
  expect((await mallory.post(path, { team_reviewers: ["core"] })).status).toBe(403);
  expect((await bob.post(path, { team_reviewers: ["none"] })).status).toBe(422);
  expect((await bob.post(path, { reviewers: ["evil/core"] })).status).toBe(422);
  expect((await bob.post(path, { reviewers: ["alice", "acme/Core"] })).status).toBe(201);
  expect((await bob.post(path, { team_reviewers: ["core"] })).status).toBe(201);
  expect(await askedOf(bob, number)).toEqual(["alice", "core"]);
  await bob.post(`${repo}/pulls/${number}/reviews`, { event: "COMMENT", body: "mine" });
  expect(await askedOf(bob, number)).toEqual(["alice", "core"]);
  await carol.post(`${repo}/pulls/${number}/reviews`, { event: "COMMENT", body: "I see" });
  expect(await askedOf(bob, number)).toEqual(["alice"]);
  await bob.post(path, { team_reviewers: ["core"] });
  await alice.delete("/orgs/acme/teams/core");
  expect(await askedOf(bob, number)).toEqual(["alice"]);
  expect((await bob.get(`${repo}/issues/${number}/timeline`)).status).toBe(200);
});
