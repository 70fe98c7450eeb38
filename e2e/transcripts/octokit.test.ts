/** The journey of a team through GitHub's own client, unmodified. */
import { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
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

const as = (person: PersonName | null) =>
  new Octokit({
    baseUrl: `${world.url}/api/v3`,
    ...(person === null ? {} : { auth: people[person].token }),
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });

const text = (content: string) => Buffer.from(content).toString("base64");
const refusal = async (request: Promise<unknown>): Promise<number> =>
  request.then(
    () => 0,
    (error: { status: number }) => error.status,
  );

describe("a team with Octokit", () => {
  test("takes a change from an idea to the main branch", async () => {
    const [alice, bob, carol] = [as("alice"), as("bob"), as("carol")];
    expect((await alice.users.getAuthenticated()).data.login).toBe("alice");
    const { data: made } = await alice.repos.createForAuthenticatedUser({
      name: "kettle",
      description: "Boils",
      auto_init: true,
    });
    expect(made.full_name).toBe("alice/kettle");
    const repo = { owner: "alice", repo: "kettle" };
    await alice.repos.addCollaborator({ ...repo, username: "bob", permission: "push" });

    await alice.issues.createLabel({ ...repo, name: "hot", color: "ff0000" });
    const { data: milestone } = await alice.issues.createMilestone({ ...repo, title: "1.0" });
    const { data: issue } = await carol.issues.create({
      ...repo,
      title: "It does not whistle",
      body: "cc @bob",
    });
    await alice.issues.update({
      ...repo,
      issue_number: issue.number,
      labels: ["hot"],
      assignees: ["bob"],
      milestone: milestone.number,
    });
    await bob.issues.createComment({ ...repo, issue_number: issue.number, body: "On it" });
    const { data: mine } = await bob.issues.listForRepo({ ...repo, assignee: "bob", labels: "hot" });
    expect(mine.map((one) => one.title)).toEqual(["It does not whistle"]);

    const { data: main } = await bob.git.getRef({ ...repo, ref: "heads/main" });
    await bob.git.createRef({ ...repo, ref: "refs/heads/whistle", sha: main.object.sha });
    const { data: file } = await bob.repos.createOrUpdateFileContents({
      ...repo,
      path: "src/whistle.js",
      branch: "whistle",
      message: "Whistle",
      content: text("export const whistle = () => 'fiu';\n"),
    });
    const { data: pull } = await bob.pulls.create({
      ...repo,
      title: "Whistle",
      head: "whistle",
      base: "main",
      body: `Closes #${issue.number}`,
    });
    const at = { ...repo, pull_number: pull.number };
    expect((await alice.pulls.listFiles(at)).data).toMatchObject([
      { filename: "src/whistle.js", status: "added" },
    ]);
    expect((await alice.pulls.listCommits(at)).data.map((one) => one.sha)).toEqual([file.commit.sha]);

    await alice.repos.createCommitStatus({ ...repo, sha: pull.head.sha, state: "success", context: "ci" });
    await alice.pulls.createReview({
      ...at,
      event: "COMMENT",
      comments: [{ path: "src/whistle.js", line: 1, side: "RIGHT", body: "Louder?" }],
    });
    const { data: comments } = await bob.pulls.listReviewComments(at);
    expect(comments).toMatchObject([{ body: "Louder?", line: 1 }]);
    await bob.pulls.createReplyForReviewComment({ ...at, comment_id: comments[0]?.id ?? 0, body: "Yes" });
    const { data: louder } = await bob.repos.createOrUpdateFileContents({
      ...repo,
      path: "src/whistle.js",
      branch: "whistle",
      message: "Louder",
      content: text("export const whistle = () => 'FIU';\n"),
      sha: file.content?.sha ?? "",
    });
    await world.settle();
    await alice.pulls.createReview({ ...at, event: "APPROVE" });
    const { data: ready } = await alice.pulls.get(at);
    expect(ready).toMatchObject({ mergeable: true, head: { sha: louder.commit.sha }, commits: 2 });

    expect(await refusal(alice.pulls.merge({ ...at, sha: file.commit.sha ?? "" }))).toBe(409);
    const { data: merge } = await alice.pulls.merge({
      ...at,
      merge_method: "squash",
      sha: louder.commit.sha ?? "",
    });
    expect(merge.merged).toBe(true);
    await world.settle();
    expect((await carol.issues.get({ ...repo, issue_number: issue.number })).data.state).toBe("closed");
    const { data: content } = await carol.repos.getContent({ ...repo, path: "src/whistle.js" });
    expect("content" in content && Buffer.from(content.content, "base64").toString()).toContain("FIU");
    const { data: history } = await carol.repos.listCommits(repo);
    expect(history[0]?.sha).toBe(merge.sha);
    const { data: events } = await carol.activity.listRepoEvents(repo);
    expect(events.map((one) => one.type)).toContain("PullRequestEvent");
  });

  test("reads long lists to their end", async () => {
    const alice = as("alice");
    const repo = { owner: "alice", repo: "demo" };
    for (let index = 0; index < 7; index += 1)
      await alice.issues.create({ ...repo, title: `Issue ${index}` });
    const all = await alice.paginate(alice.issues.listForRepo, { ...repo, per_page: 3 });
    expect(all.map((one) => one.title)).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `Issue ${index}`));
    const found = await alice.paginate(alice.search.issuesAndPullRequests, {
      q: "issue repo:alice/demo",
      per_page: 3,
    });
    expect(found).toHaveLength(7);
  });

  test("hears the same numbers as from GitHub when it may not", async () => {
    const secret = { owner: "alice", repo: "secret" };
    expect(await refusal(as(null).repos.get(secret))).toBe(404);
    expect(await refusal(as("mallory").repos.get(secret))).toBe(404);
    expect(await refusal(as("carol").issues.createLabel({ owner: "alice", repo: "demo", name: "x" }))).toBe(
      403,
    );
    expect(await refusal(as(null).issues.create({ owner: "alice", repo: "demo", title: "x" }))).toBe(401);
    expect(await refusal(as("alice").issues.create({ owner: "alice", repo: "demo", title: "" }))).toBe(422);
    expect((await as("mallory").search.repos({ q: "secret" })).data.total_count).toBe(0);
  });

  test("is led by a refusal to what the operation asks for", async () => {
    const asked = await fetch(`${world.url}/api/v3/repos/alice/secret/contents/a/b`);
    expect(asked.status).toBe(404);
    const { documentation_url: link } = (await asked.json()) as { documentation_url: string };
    const { pathname, hash } = new URL(link);
    let place = (await (await fetch(world.url + pathname)).json()) as Record<string, unknown>;
    for (const step of decodeURIComponent(hash).split("/").slice(1))
      place = place[step.replaceAll("~1", "/")] as Record<string, unknown>;
    expect(place["operationId"]).toBe("repos/get-content");
  });
});
