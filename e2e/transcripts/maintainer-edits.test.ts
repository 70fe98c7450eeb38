/** Pushing to the branch of a fork whose pull request lets maintainers do so: that branch, for as long, and nothing else. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { people, type PersonName } from "../../tools/testing/people.ts";
import { openDoors, type Doors } from "./test-doors.ts";

const demo = "alice/demo";
const fork = "carol/demo";

let doors: Doors;
let number: number;

/** Carol's fork has a branch `fix`, and a pull request of it that lets maintainers push. The machine is bob's, who writes to alice/demo. */
beforeEach(async () => {
  doors = await openDoors("bob");
  const { machine, world } = doors;
  const carol = world.as("carol");
  expect((await carol.post(`/repos/${demo}/forks`, {})).status).toBe(202);
  await machine.git("", "clone", "-q", httpAs("carol"), "work");
  await commit("fix.txt", "Fix");
  await machine.git("work", "push", "-q", "origin", "HEAD:fix", "HEAD:other");
  const made = await carol.post(`/repos/${demo}/pulls`, { title: "Fix", head: "carol:fix", base: "main" });
  expect(made.body, JSON.stringify(made.body)).toMatchObject({ maintainer_can_modify: true });
  ({ number } = made.body);
});
afterEach(() => doors.close());

const httpAs = (who: PersonName) =>
  `${doors.world.url.replace("://", `://git:${people[who].token}@`)}/${fork}`;
const pulls = () => `/repos/${demo}/pulls/${number}`;

async function commit(file: string, message: string) {
  const { machine } = doors;
  await machine.write(`work/${file}`, `${message}\n`);
  await machine.git("work", "add", ".");
  await machine.git("work", "commit", "-q", "-m", message);
  return machine.git("work", "rev-parse", "HEAD");
}

const refsOf = async (): Promise<string> =>
  doors.machine.git("work", "ls-remote", httpAs("carol"), "refs/heads/*", "refs/tags/*");

test("a maintainer pushes to the branch over both doors, also rewriting it, and the pull request follows", async () => {
  const { machine, world } = doors;
  for (const door of ["HTTP", "SSH"] as const) {
    const head = await commit("help.txt", `Help over ${door}`);
    await machine.git("work", "push", doors.at(door, fork), "HEAD:fix");
    await world.settle();
    expect((await world.as("alice").get(pulls())).body.head.sha).toBe(head);
  }
  await machine.git("work", "commit", "-q", "--amend", "-m", "Help, said better");
  await machine.git("work", "push", "-f", doors.at("SSH", fork), "HEAD:fix");
  await world.settle();
  const timeline = (await world.as("alice").get(`/repos/${demo}/issues/${number}/timeline`)).body;
  const pushes = timeline.filter(({ event }: { event: string }) => event !== "committed");
  expect(pushes.at(-1)).toMatchObject({ event: "head_ref_force_pushed", actor: { login: "bob" } });
});

test("a maintainer moves nothing else of the fork, and does not delete the branch", async () => {
  const { machine } = doors;
  const before = await refsOf();
  await commit("help.txt", "Help");
  const to = doors.at("SSH", fork);
  for (const ref of ["main", "other", "new", "refs/tags/v9", "refs/notes/x", "refs/pull/9/head"])
    expect(await machine.refused("work", "push", "-f", to, `HEAD:${ref}`)).toMatch(/write access|reserved/);
  expect(await machine.refused("work", "push", to, ":fix")).toContain("write access");
  const both = await machine.refused("work", "push", "--atomic", "-f", to, "HEAD:fix", "HEAD:main");
  expect(both).toContain("write access");
  expect(await refsOf()).toBe(before);
});

test("nobody else may, whether they read the target, or nothing binds them to it", async () => {
  const { machine } = doors;
  const before = await refsOf();
  await commit("help.txt", "Help");
  expect(await machine.refused("work", "push", httpAs("mallory"), "HEAD:fix")).toContain("write access");
  expect(await refsOf()).toBe(before);
});

test("it ends with the consent, with the pull request, and with write access to its target", async () => {
  const { machine, world } = doors;
  const to = doors.at("HTTP", fork);
  const before = await refsOf();
  await commit("help.txt", "Help");
  const [alice, carol] = [world.as("alice"), world.as("carol")];
  const refused = async () => {
    expect(await machine.refused("work", "push", to, "HEAD:fix")).toContain("write access");
    expect(await refsOf()).toBe(before);
  };
  await carol.patch(pulls(), { maintainer_can_modify: false });
  await refused();
  expect((await world.as("bob").patch(pulls(), { maintainer_can_modify: true })).status).toBe(403);
  await carol.patch(pulls(), { maintainer_can_modify: true });
  await alice.patch(pulls(), { state: "closed" });
  await refused();
  await carol.patch(pulls(), { state: "open" });
  await alice.put(`/repos/${demo}/collaborators/bob`, { permission: "pull" });
  await refused();
  await alice.put(`/repos/${demo}/collaborators/bob`, { permission: "push" });
  await carol.patch(`/repos/${fork}`, { archived: true });
  expect(await machine.refused("work", "push", to, "HEAD:fix")).toContain("archived");
  await carol.patch(`/repos/${fork}`, { archived: false });
  await machine.git("work", "push", "-q", to, "HEAD:fix");
});

test("the default branch of a fork stays its people's own, also when a pull request comes from it", async () => {
  const { machine, world } = doors;
  await machine.git("work", "push", "-q", httpAs("carol"), "HEAD:main");
  const carol = world.as("carol");
  await carol.patch(pulls(), { state: "closed" });
  const made = await carol.post(`/repos/${demo}/pulls`, { title: "All", head: "carol:main", base: "main" });
  expect(made.body.maintainer_can_modify).toBe(true);
  await commit("help.txt", "Help");
  expect(await machine.refused("work", "push", doors.at("HTTP", fork), "HEAD:main")).toContain(
    "write access",
  );
  const update = await world.as("bob").put(`/repos/${demo}/pulls/${made.body.number}/update-branch`, {});
  expect(update.status).toBe(403);
});

test("a rule of the fork holds for a maintainer too", async () => {
  const { machine, world } = doors;
  await world.as("carol").put(`/repos/${fork}/branches/fix/protection`, {
    required_status_checks: null,
    enforce_admins: true,
    required_pull_request_reviews: null,
    restrictions: null,
    allow_force_pushes: false,
  });
  await machine.git("work", "commit", "-q", "--amend", "-m", "Rewritten");
  expect(await machine.refused("work", "push", "-f", doors.at("HTTP", fork), "HEAD:fix")).toContain(
    "protected",
  );
});

test("a maintainer writes, replaces and deletes files of the branch in the browser and through the API, and nothing else", async () => {
  const { world } = doors;
  const [bob, carol, mallory] = [world.as("bob"), world.as("carol"), world.as("mallory")];
  const file = `/repos/${fork}/contents`;
  const content = Buffer.from("Help\n").toString("base64");
  const write = { message: "Help", content, branch: "fix" };
  const made = await bob.put(`${file}/help.txt`, write);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  await world.settle();
  expect((await world.as("alice").get(pulls())).body.head.sha).toBe(made.body.commit.sha);

  const place = (await bob.get(`/_web/repos/${fork}/edit/fix/help.txt`)).body;
  expect(place.can).toMatchObject({ write: true, edit: true, direct: true });
  expect(place.can.branch).not.toBe(true);
  expect((await bob.get(`/_web/repos/${fork}/blob/fix/help.txt`)).body.edit).toBe(true);
  const change = { path: "help.txt", text: "More help\n" };
  const set = { branch: "fix", expected_head: place.head, message: "More", change };
  expect((await bob.post(`/_web/repos/${fork}/commits/preview`, set)).status).toBe(200);
  const changed = await bob.post(`/_web/repos/${fork}/commits`, set);
  expect(changed.status, JSON.stringify(changed.body)).toBe(201);
  const { sha } = (await bob.get(`${file}/help.txt?ref=fix`)).body;
  expect((await bob.delete(`${file}/help.txt`, { message: "Enough", branch: "fix", sha })).status).toBe(200);

  const before = await refsOf();
  for (const branch of [undefined, "main", "other", "new", "fix/more"])
    expect((await bob.put(`${file}/no.txt`, { ...write, branch })).status, branch).toBe(403);
  const elsewhere = { ...set, expected_head: changed.body.commit };
  const forks = [
    { ...elsewhere, branch: "main" },
    { ...elsewhere, target: "new_branch", new_branch: "mine" },
  ];
  for (const other of forks) expect((await bob.post(`/_web/repos/${fork}/commits`, other)).status).toBe(403);
  expect((await mallory.put(`${file}/no.txt`, write)).status).toBe(403);
  expect((await world.anonymous.put(`${file}/no.txt`, write)).status).toBe(401);
  expect((await bob.get(`/_web/repos/${fork}/edit/main/README.md`)).body.can.write).not.toBe(true);
  await carol.patch(pulls(), { maintainer_can_modify: false });
  expect((await bob.put(`${file}/no.txt`, write)).status).toBe(403);
  await carol.patch(pulls(), { maintainer_can_modify: true });
  await carol.patch(`/repos/${fork}`, { archived: true });
  expect((await bob.put(`${file}/no.txt`, write)).status).toBe(403);
  expect(await refsOf()).toBe(before);
});
