/** Opening pull requests by a push to `refs/for/<branch>`, with the real git, and what must not work that way. */
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { reconcile } from "../../server/domains/repositories/git/reconcile.ts";
import { systemContext } from "../../server/kernel/context.ts";
import { people, type PersonName } from "../../tools/testing/people.ts";
import { openDoors, type Doors } from "./test-doors.ts";

const demo = "alice/demo";

let doors: Doors;

beforeEach(async () => {
  doors = await openDoors("carol");
  await doors.machine.git("", "clone", "-q", doors.at("HTTP", demo), "work");
});
afterEach(() => doors.close());

const as = (who: PersonName) => doors.world.as(who);
const httpAs = (who: PersonName, repo = demo) =>
  `${doors.world.url.replace("://", `://git:${people[who].token}@`)}/${repo}`;
const pull = async (number: number) => (await as("alice").get(`/repos/${demo}/pulls/${number}`)).body;
const open = async (): Promise<{ number: number; title: string }[]> =>
  (await as("alice").get(`/repos/${demo}/pulls?per_page=100`)).body;

async function commit(file: string, message: string) {
  await doors.machine.write(`work/${file}`, `${message}\n`);
  await doors.machine.git("work", "add", ".");
  await doors.machine.git("work", "commit", "-q", "-m", message);
  return doors.machine.git("work", "rev-parse", "HEAD");
}

/** The number at the end of the address that the push was answered. */
const numberIn = (said: string): number => Number(/\/pull\/(\d+)/.exec(said)?.[1]);

describe("a push to refs/for", () => {
  for (const door of ["HTTP", "SSH"] as const)
    test(`over ${door} opens a pull request of a reader and leads there, and a second one goes on with it`, async () => {
      const { machine } = doors;
      const first = await commit("greeting.txt", "Greet people\n\nThey like it.");
      const said = await machine.git("work", "push", doors.at(door, demo), "HEAD:refs/for/main");
      const number = numberIn(said);
      expect(said).toContain(`Opened the pull request #${number}:`);
      expect(said).toContain(`* [new reference]   HEAD -> refs/pull/${number}/head`);
      expect(await pull(number)).toMatchObject({
        state: "open",
        title: "Greet people",
        body: "They like it.",
        user: { login: "carol" },
        draft: false,
        commits: 1,
        maintainer_can_modify: false,
        head: {
          sha: first,
          ref: `refs/pull/${number}/head`,
          label: "carol:proposal",
          repo: { full_name: demo },
        },
        base: { ref: "main" },
      });
      const second = await commit("greeting.txt", "Greet more people");
      const again = await machine.git("work", "push", doors.at(door, demo), "HEAD:refs/for/main");
      expect(again).toContain(`Updated the pull request #${number}:`);
      expect(again).toMatch(new RegExp(`[0-9a-f]+\\.\\.[0-9a-f]+ +HEAD -> refs/pull/${number}/head`));
      expect((await pull(number)).head.sha).toBe(second);
      const nothing = await machine.git("work", "push", doors.at(door, demo), "HEAD:refs/for/main");
      expect(nothing).toContain(`Nothing is new in the pull request #${number}`);
      const told = (await doors.world.events({ type: "pull-request.%" })).map((one) => [
        one.type,
        one.actorLogin,
      ]);
      expect(told.slice(-2)).toEqual([
        ["pull-request.opened", "carol"],
        ["pull-request.synchronized", "carol"],
      ]);
      await machine.git("work", "fetch", "-q", doors.at("HTTP", demo), `refs/pull/${number}/head`);
      expect(await machine.git("work", "rev-parse", "FETCH_HEAD")).toBe(second);
      expect(
        await machine.git("work", "ls-remote", doors.at(door, demo), "refs/for/*", "refs/heads/*"),
      ).not.toContain("refs/for");
    });

  test("hears topic, title, description and draft, in the name or as options", async () => {
    const { machine } = doors;
    const to = doors.at("HTTP", demo);
    await commit("a.txt", "A");
    const first = numberIn(
      await machine.git(
        "work",
        "push",
        "-o",
        "topic=better-words",
        "-o",
        "title=Better words",
        "-o",
        "draft",
        "-o",
        "description=First line.\\n\\nCloses nothing.",
        to,
        "HEAD:refs/for/main",
      ),
    );
    expect(await pull(first)).toMatchObject({
      title: "Better words",
      body: "First line.\n\nCloses nothing.",
      draft: true,
      head: { label: "carol:better-words" },
    });
    const second = numberIn(await machine.git("work", "push", to, "HEAD:refs/for/main/another/topic"));
    expect(second).not.toBe(first);
    expect((await pull(second)).head.label).toBe("carol:another/topic");
    await machine.git(
      "work",
      "push",
      "-o",
      "title=Best words",
      "-o",
      "draft=false",
      to,
      "HEAD:refs/for/main/better-words",
    );
    expect(await pull(first)).toMatchObject({ title: "Best words", draft: false });
    const third = numberIn(await machine.git("work", "push", to, "HEAD:refs/drafts/main/later"));
    expect((await pull(third)).draft).toBe(true);
  });

  test("replaces other commits of the topic only when it is told to", async () => {
    const { machine } = doors;
    const to = doors.at("HTTP", demo);
    await commit("a.txt", "A");
    const number = numberIn(await machine.git("work", "push", to, "HEAD:refs/for/main"));
    await machine.git("work", "commit", "-q", "--amend", "-m", "A, said better");
    const refused = await machine.refused("work", "push", to, "HEAD:refs/for/main");
    expect(refused).toContain("has other commits under the topic proposal");
    const said = await machine.git("work", "push", "-o", "force-push", to, "HEAD:refs/for/main");
    expect(said).toMatch(
      new RegExp(`\\+ [0-9a-f]+\\.\\.\\.[0-9a-f]+ HEAD -> refs/pull/${number}/head \\(forced update\\)`),
    );
    const timeline = (await as("alice").get(`/repos/${demo}/issues/${number}/timeline`)).body;
    const pushes = timeline.filter(({ event }: { event: string }) => event !== "committed");
    expect(pushes.at(-1)).toMatchObject({ event: "head_ref_force_pushed", actor: { login: "carol" } });
  });

  test("can be reviewed, merged, closed and opened again like any other", async () => {
    const { machine } = doors;
    const to = doors.at("HTTP", demo);
    await commit("a.txt", "A");
    const number = numberIn(await machine.git("work", "push", to, "HEAD:refs/for/main"));
    const at = `/repos/${demo}/pulls/${number}`;
    expect((await as("bob").post(`${at}/reviews`, { event: "APPROVE" })).status).toBe(200);
    expect((await as("carol").patch(at, { state: "closed" })).body.state).toBe("closed");
    const fresh = await machine.git("work", "push", to, "HEAD:refs/for/main");
    expect(numberIn(fresh)).not.toBe(number);
    expect(
      (await as("carol").patch(`/repos/${demo}/pulls/${numberIn(fresh)}`, { state: "closed" })).status,
    ).toBe(200);
    expect((await as("carol").patch(at, { state: "open" })).body).toMatchObject({ state: "open" });
    const merged = await as("bob").put(`${at}/merge`, { merge_method: "merge" });
    expect(merged.status, JSON.stringify(merged.body)).toBe(200);
    await doors.world.settle();
    expect((await pull(number)).merged).toBe(true);
    expect(await machine.refused("work", "push", to, "HEAD:refs/for/main")).toContain(
      "has all of these commits",
    );
  });

  test("is set to merge by itself like any other; a push of its author goes on with that only if they may write", async () => {
    const { machine, world } = doors;
    const [alice, bob] = [as("alice"), as("bob")];
    const rule = { pattern: "main", require_status_checks: true, required_status_checks: ["ci"] };
    expect((await alice.post(`/repos/${demo}/protection-rules`, rule)).status).toBe(201);
    const green = (sha: string) =>
      alice.post(`/repos/${demo}/statuses/${sha}`, { context: "ci", state: "success" });
    const propose = (who: PersonName, topic: string) =>
      machine.git("work", "push", httpAs(who), `HEAD:refs/for/main/${topic}`);
    const set = (number: number) => bob.put(`/repos/${demo}/pulls/${number}/auto-merge`, {});

    const agreed = await commit("a.txt", "A");
    const first = numberIn(await propose("carol", "one"));
    expect((await set(first)).status).toBe(200);
    await green(agreed);
    await world.settle();
    expect(await pull(first)).toMatchObject({ merged: true, merged_by: { login: "bob" }, auto_merge: null });

    await commit("b.txt", "B");
    const second = numberIn(await propose("carol", "two"));
    await set(second);
    const unseen = await commit("b.txt", "What nobody agreed to");
    await propose("carol", "two");
    await green(unseen);
    await world.settle();
    expect(await pull(second)).toMatchObject({ merged: false, auto_merge: null });

    const third = numberIn(await propose("bob", "three"));
    await set(third);
    const more = await commit("c.txt", "C");
    await propose("bob", "three");
    await green(more);
    await world.settle();
    expect(await pull(third)).toMatchObject({ merged: true, head: { sha: more } });
  });
});

describe("what a push to refs/for must not do", () => {
  test("a reader moves no branch, no tag and no reference of the product with it", async () => {
    const { machine } = doors;
    const to = doors.at("HTTP", demo);
    const refs = () => machine.git("work", "ls-remote", httpAs("alice"));
    const before = await refs();
    await commit("a.txt", "A");
    for (const ref of ["refs/heads/main", "refs/heads/mine", "refs/tags/v9", "refs/notes/commits"])
      expect(await machine.refused("work", "push", to, `HEAD:${ref}`)).toContain("Must have write access");
    for (const ref of ["refs/pull/1/head", "refs/wit/kept"])
      expect(await machine.refused("work", "push", to, `HEAD:${ref}`)).toMatch(/write access|reserved/);
    const both = await machine.refused("work", "push", to, "HEAD:refs/for/main", "HEAD:refs/heads/mine");
    expect(both).toContain("push a proposal by itself");
    expect(await machine.refused("work", "push", to, ":refs/for/main")).toMatch(
      /does not exist|write access/,
    );
    expect(await machine.refused("work", "push", to, "HEAD:refs/for/nowhere")).toContain(
      "there is no branch nowhere",
    );
    expect(await machine.refused("work", "push", to, "HEAD:refs/for/main/a..b")).toMatch(
      /topic|invalid|not.*name/i,
    );
    expect(await refs()).toBe(before);
    expect(await doors.world.events({ type: "pull-request.opened" })).toHaveLength(0);
  });

  test("nobody reaches into the topic of somebody else, not even who may write", async () => {
    const { machine } = doors;
    await commit("a.txt", "A");
    const carols = numberIn(await machine.git("work", "push", httpAs("carol"), "HEAD:refs/for/main/shared"));
    const before = (await pull(carols)).head.sha;
    await commit("evil.txt", "Evil");
    for (const who of ["bob", "mallory"] as const) {
      const theirs = numberIn(
        await machine.git("work", "push", "-o", "force-push", httpAs(who), "HEAD:refs/for/main/shared"),
      );
      expect(theirs).not.toBe(carols);
    }
    expect((await pull(carols)).head.sha).toBe(before);
  });

  test("a stranger learns nothing of a private repository, and its reader's token without the scope opens nothing", async () => {
    const { machine } = doors;
    await commit("a.txt", "A");
    expect(
      await machine.refused("work", "push", httpAs("mallory", "alice/secret"), "HEAD:refs/for/main"),
    ).toContain("not found");
    expect(
      await machine.refused("work", "push", `${doors.world.url}/${demo}`, "HEAD:refs/for/main"),
    ).toContain("could not read Username");
    await doors.world.write(sql`update personal_access_tokens set scopes = '["repo:read"]'`);
    expect(await machine.refused("work", "push", httpAs("carol"), "HEAD:refs/for/main")).toContain(
      "repo:write",
    );
  });

  test("commits without a common past, commits that are there, and things that are no commits are refused", async () => {
    const { machine } = doors;
    const to = doors.at("HTTP", demo);
    expect(await machine.refused("work", "push", to, "HEAD:refs/for/main")).toContain(
      "has all of these commits",
    );
    await commit("a.txt", "A");
    await machine.git("work", "tag", "-a", "-m", "tag", "t");
    expect(await machine.refused("work", "push", to, "t:refs/for/main")).toContain(
      "only commits can be proposed",
    );
    expect(await machine.refused("work", "push", to, "HEAD^{tree}:refs/for/main")).toMatch(
      /only commits|objects/,
    );
    await machine.git("work", "checkout", "-q", "--orphan", "island");
    await commit("island.txt", "Island");
    expect(await machine.refused("work", "push", to, "HEAD:refs/for/main")).toContain(
      "entirely different histories",
    );
    expect(await open()).toHaveLength(0);
  });

  test("of fifty pushes to one topic at once one opens it, and it ends where the last of them went", async () => {
    const { machine, world } = doors;
    const commits: string[] = [];
    for (let index = 0; index < 50; index += 1) commits.push(await commit("a.txt", `Step ${index}`));
    const to = doors.at("HTTP", demo);
    const answers = await Promise.all(
      commits.map((sha) => machine.run("work", "git", ["push", to, `${sha}:refs/for/main`])),
    );
    const taken = commits.filter((_, index) => answers[index]?.code === 0);
    expect(taken.length).toBeGreaterThan(0);
    for (const { code, said } of answers)
      if (code !== 0) expect(said).toMatch(/was quicker; push again|other commits|rejected/);
    await world.settle();
    const [one, ...others] = await open();
    expect(others).toEqual([]);
    const { head } = await pull(one?.number ?? 0);
    const refs = await machine.git("work", "ls-remote", to, "refs/pull/*");
    expect(refs).toBe(`${head.sha}\trefs/pull/${one?.number}/head`);
    // Each that was taken is part of where it ended: nothing went back behind what somebody was told.
    for (const sha of taken) await machine.git("work", "merge-base", "--is-ancestor", sha, head.sha);
    expect(await world.events({ type: "pull-request.opened" })).toHaveLength(1);
  }, 240_000);

  test("of two first pushes of one topic at once one opens and the other goes on with it or is told to come again", async () => {
    const { machine } = doors;
    await commit("a.txt", "A");
    const push = () => machine.run("work", "git", ["push", doors.at("HTTP", demo), "HEAD:refs/for/main"]);
    const answers = await Promise.all([push(), push(), push(), push()]);
    expect(answers.some(({ code }) => code === 0)).toBe(true);
    for (const { code, said } of answers) if (code !== 0) expect(said).toMatch(/was quicker; push again/);
    expect(await open()).toHaveLength(1);
    const [one] = await open();
    const refs = await machine.git("work", "ls-remote", doors.at("HTTP", demo), "refs/pull/*");
    expect(refs.split("\n").map((line) => line.split("\t")[1])).toEqual([`refs/pull/${one?.number}/head`]);
  });

  test("a push that arrives as its pull request is closed leaves the head where it was", async () => {
    const { machine, world } = doors;
    const to = doors.at("HTTP", demo);
    const first = await commit("a.txt", "A");
    const number = numberIn(await machine.git("work", "push", to, "HEAD:refs/for/main"));
    await commit("a.txt", "B");
    const answers = await Promise.all([
      machine.run("work", "git", ["push", to, "HEAD:refs/for/main"]),
      as("alice").patch(`/repos/${demo}/pulls/${number}`, { state: "closed" }),
    ]);
    await world.settle();
    const refs = await machine.git("work", "ls-remote", to, `refs/pull/${number}/head`);
    const { head, state } = await pull(number);
    expect(state).toBe("closed");
    expect(refs.split("\t")[0]).toBe(head.sha);
    if (answers[0].code !== 0) expect(head.sha).toBe(first);
  });

  test("one whose process died between the reference and the row is there after the next start", async () => {
    const { machine, world } = doors;
    const head = await commit("a.txt", "A\n\nWhy.");
    // The row cannot be written, as if the process had died just there.
    await world.services.database.execute(
      sql`alter table pull_requests add constraint no_more check (topic is null) not valid`,
    );
    const said = await machine.git("work", "push", doors.at("HTTP", demo), "HEAD:refs/for/main/late");
    expect(said).toContain("what depends on it will follow a little later");
    await world.services.database.execute(sql`alter table pull_requests drop constraint no_more`);
    expect(await open()).toHaveLength(0);
    expect(
      await machine.refused("work", "push", doors.at("HTTP", demo), "HEAD:refs/for/main/late"),
    ).toContain("was quicker");
    const system = systemContext(world.services, "test");
    expect(await reconcile(system, new Date(Date.now() + 60_000))).toBe(1);
    const [found] = await open();
    expect(found).toMatchObject({ title: "A", body: "Why.", user: { login: "carol" }, head: { sha: head } });
    expect(await reconcile(system, new Date(Date.now() + 60_000))).toBe(0);
  });
});
