import { describe } from "vitest";
import type { Answer, Client } from "../../../tools/testing/client.ts";
import { people } from "../../../tools/testing/people.ts";
import { expect, test } from "../../../tools/testing/world.ts";
import { actingAs, systemContext } from "../../kernel/context.ts";
import { uuidv7 } from "../../kernel/ids.ts";
import { authenticate } from "../accounts/index.ts";
import { findRepository, requireAccess } from "../repositories/index.ts";
import { openIssue } from "./index.ts";

const issues = "/repos/alice/demo/issues";
const full = { accept: "application/vnd.github.full+json" };

const open = async (client: Client, more: object = {}, path = issues) =>
  (await client.post(path, { title: "It is broken", ...more })).body;

/** Follows `Link` to the end. */
async function all(client: Client, path: string): Promise<any[]> {
  const seen: any[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const page: Answer = await client.get(next);
    seen.push(...page.body);
    next = /<[^>]*\/api\/v3([^>]*)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
  }
  return seen;
}

describe("an issue", () => {
  test("is opened with Markdown, labels, an assignee and a milestone, discussed and closed", async ({
    alice,
    bob,
    carol,
    anonymous,
  }) => {
    const { body: milestone } = await alice.post("/repos/alice/demo/milestones", { title: "v1" });
    const {
      status,
      headers,
      body: issue,
    } = await bob.post(issues, {
      title: "  Größe stimmt nicht 🐘  ",
      body: "It **is** broken.",
      labels: ["bug", { name: "HELP wanted" }],
      assignees: ["carol"],
      milestone: milestone.number,
    });
    expect(status).toBe(201);
    expect(headers.get("location")).toBe(issue.url);
    expect(issue).toMatchObject({
      number: 1,
      title: "Größe stimmt nicht 🐘",
      state: "open",
      state_reason: null,
      user: { login: "bob" },
      assignee: { login: "carol" },
      assignees: [{ login: "carol" }],
      milestone: { title: "v1", open_issues: 1, closed_issues: 0 },
      author_association: "COLLABORATOR",
      locked: false,
      comments: 0,
    });
    expect(issue.labels.map((label: { name: string }) => label.name)).toEqual(["bug", "help wanted"]);

    const comment = await carol.post(`${issues}/1/comments`, { body: "I see it too, @alice" });
    expect(comment.status).toBe(201);
    expect((await anonymous.get(`${issues}/1/comments`)).body).toEqual([comment.body]);
    expect((await anonymous.get(`${issues}/comments/${comment.body.id}`)).body).toEqual(comment.body);
    expect((await anonymous.get(`${issues}/comments`)).body).toEqual([comment.body]);

    const closed = await alice.patch(`${issues}/1`, { state: "closed", state_reason: "not_planned" });
    expect(closed.body).toMatchObject({
      state: "closed",
      state_reason: "not_planned",
      closed_by: { login: "alice" },
      comments: 1,
      milestone: { open_issues: 0, closed_issues: 1 },
    });
    expect((await alice.patch(`${issues}/1`, { state: "closed" })).body.state_reason).toBe("completed");
    const reopened = await alice.patch(`${issues}/1`, { state: "open" });
    expect(reopened.body).toMatchObject({
      state: "open",
      state_reason: null,
      closed_at: null,
      closed_by: null,
    });
    expect((await anonymous.get("/repos/alice/demo")).body.open_issues_count).toBe(1);
  });

  test("is numbered one after the other, also when fifty are opened at once and some fail", async ({
    alice,
    bob,
  }) => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        (index % 2 ? alice : bob).post(issues, {
          title: `n${index}`,
          ...(index % 6 === 0 ? { labels: ["no such label"] } : {}),
        }),
      ),
    );
    const made = answers.filter((answer) => answer.status === 201).map((answer) => answer.body.number);
    expect(answers.filter((answer) => answer.status === 422)).toHaveLength(10);
    expect(made.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect((await alice.get("/repos/alice/demo")).body.open_issues_count).toBe(50);
  });

  test("that fails after it has taken its number gives the number back", async ({ world, alice }) => {
    const { body: label } = await alice.get("/repos/alice/demo/labels/bug");
    const actor = await authenticate(world.services, { kind: "token", token: people.alice.token });
    const ctx = actingAs(systemContext(world.services, "test"), actor);
    const repo = requireAccess(ctx, await findRepository(ctx, "alice", "demo"), "read");
    const gone = { ...label, id: uuidv7(), name: "gone" };
    const input = { title: "x", body: null, assigneeId: null, milestoneId: null, labels: [gone] };
    await expect(openIssue(ctx, repo, input)).rejects.toThrow();
    expect((await open(alice)).number).toBe(1);
    expect((await alice.get("/repos/alice/demo")).body.open_issues_count).toBe(1);
    expect((await world.events({ type: "issue.%" })).map((row) => row.type)).toEqual(["issue.opened"]);
  });

  test("changes title, text, labels, assignee and milestone, and nothing that is not mentioned", async ({
    alice,
  }) => {
    const before = await open(alice, { body: "kept", labels: ["bug"], assignee: "bob" });
    const renamed = (await alice.patch(`${issues}/1`, { title: "Renamed" })).body;
    expect(renamed).toEqual({ ...before, title: "Renamed", updated_at: renamed.updated_at });
    const emptied = (await alice.patch(`${issues}/1`, { body: null, labels: [], assignees: [] })).body;
    expect(emptied).toMatchObject({ title: "Renamed", body: null, labels: [], assignee: null });
  });

  test("asked to be what it is, leaves no trace", async ({ world, alice }) => {
    const before = await open(alice, { labels: ["bug"], assignee: "bob" });
    const same = await alice.patch(`${issues}/1`, {
      title: before.title,
      body: before.body,
      state: "open",
      labels: ["BUG"],
      assignees: ["Bob"],
      milestone: null,
    });
    expect(same.body).toEqual(before);
    expect((await world.events({ type: "issue.%" })).map((row) => row.type)).toEqual(["issue.opened"]);
  });

  test("opened twice with one key is one issue", async ({ alice }) => {
    const key = { "idempotency-key": "issue-1" };
    const first = await alice.post(issues, { title: "once" }, key);
    const again = await alice.post(issues, { title: "once" }, key);
    expect(again.body).toEqual(first.body);
    expect((await alice.get(issues)).body).toHaveLength(1);
  });

  test("that is none is refused with the field that is wrong", async ({ alice }) => {
    const field = async (body: unknown) => {
      const answer = await alice.post(issues, body);
      expect(answer.status).toBe(422);
      return answer.body.errors?.[0]?.field;
    };
    expect(await field({})).toBe("title");
    expect(await field({ title: " \t " })).toBe("title");
    expect(await field({ title: "x".repeat(257) })).toBe("title");
    expect(await field({ title: "two\nlines" })).toBe("title");
    expect(await field({ title: "x", body: "x".repeat(65_537) })).toBe("body");
    expect(await field({ title: "x", milestone: 7 })).toBe("milestone");
    expect(await field({ title: "x", assignees: ["nobody-here"] })).toBe("assignees");
    expect(await field({ title: "x", labels: "bug" })).toBe("labels");
    expect((await alice.post(issues, { title: "x", body: "x".repeat(65_536) })).status).toBe(201);
    for (const wrong of ["0", "-1", "1e3", "99999999999", "x", "2147483648"])
      expect((await alice.get(`${issues}/${wrong}`)).status).toBe(404);
  });
});

describe("labels and assignees of an issue", () => {
  test("are added, replaced and removed one by one and all together", async ({ alice, bob }) => {
    await open(alice);
    const names = (answer: Answer) => answer.body.map((label: { name: string }) => label.name);
    expect(names(await bob.post(`${issues}/1/labels`, { labels: ["bug", "wontfix"] }))).toEqual([
      "bug",
      "wontfix",
    ]);
    expect(names(await bob.post(`${issues}/1/labels`, ["question", "bug"]))).toEqual([
      "bug",
      "question",
      "wontfix",
    ]);
    expect(names(await bob.delete(`${issues}/1/labels/bug`))).toEqual(["question", "wontfix"]);
    expect(names(await bob.put(`${issues}/1/labels`, { labels: ["invalid"] }))).toEqual(["invalid"]);
    expect(names(await bob.get(`${issues}/1/labels`))).toEqual(["invalid"]);
    expect((await bob.delete(`${issues}/1/labels`)).status).toBe(204);
    expect((await bob.get(`${issues}/1`)).body.labels).toEqual([]);
  });

  test("added at the same time are all there", async ({ alice }) => {
    await open(alice);
    const names = ["bug", "documentation", "duplicate", "enhancement", "invalid", "question", "wontfix"];
    await Promise.all(names.map((name) => alice.post(`${issues}/1/labels`, [name])));
    const { body } = await alice.get(`${issues}/1/labels`);
    expect(body.map((label: { name: string }) => label.name)).toEqual(names);
  });

  test("go to people who belong to the repository or take part", async ({ alice, anonymous, mallory }) => {
    const { body: people } = await anonymous.get("/repos/alice/demo/assignees");
    expect(people.map((person: { login: string }) => person.login)).toEqual(["alice", "bob", "carol"]);
    const check = async (name: string) => (await anonymous.get(`/repos/alice/demo/assignees/${name}`)).status;
    expect([await check("bob"), await check("mallory"), await check("sam"), await check("acme")]).toEqual([
      204, 404, 404, 404,
    ]);
    await open(alice);
    const assign = async (...assignees: string[]) =>
      (await alice.post(`${issues}/1/assignees`, { assignees })).body.assignee?.login;
    expect(await assign("mallory", "sam", "CAROL", "bob")).toBe("carol");
    expect(await assign("mallory")).toBe("carol");
    await mallory.post(`${issues}/1/comments`, { body: "I can do that" });
    expect(await assign("mallory")).toBe("mallory");
    const removed = await alice.delete(`${issues}/1/assignees`, { assignees: ["bob"] });
    expect(removed.body.assignee.login).toBe("mallory");
    expect((await alice.delete(`${issues}/1/assignees`, { assignees: ["mallory"] })).body.assignee).toBe(
      null,
    );
  });
});

describe("lists of issues", () => {
  test("are narrowed by state, label, assignee, author, milestone and time", async ({
    alice,
    bob,
    carol,
  }) => {
    const { body: milestone } = await alice.post("/repos/alice/demo/milestones", { title: "v1" });
    await open(alice, { title: "one", labels: ["bug", "question"], assignee: "bob" });
    await open(bob, { title: "two", labels: ["bug"], milestone: milestone.number });
    await open(carol, { title: "three" });
    await alice.patch(`${issues}/3`, { state: "closed" });
    const titles = async (query: string) =>
      (await alice.get(`${issues}?direction=asc&${query}`)).body.map((one: { title: string }) => one.title);
    expect(await titles("")).toEqual(["one", "two"]);
    expect(await titles("state=closed")).toEqual(["three"]);
    expect(await titles("state=all")).toEqual(["one", "two", "three"]);
    expect(await titles("labels=bug")).toEqual(["one", "two"]);
    expect(await titles("labels=bug,QUESTION")).toEqual(["one"]);
    expect(await titles("labels=bug,no such")).toEqual([]);
    expect(await titles("assignee=bob")).toEqual(["one"]);
    expect(await titles("assignee=none")).toEqual(["two"]);
    expect(await titles("assignee=*")).toEqual(["one"]);
    expect(await titles("creator=Bob")).toEqual(["two"]);
    expect(await titles("creator=nobody")).toEqual([]);
    expect(await titles(`milestone=${milestone.number}`)).toEqual(["two"]);
    expect(await titles("milestone=none")).toEqual(["one"]);
    expect(await titles("milestone=*")).toEqual(["two"]);
    expect(await titles("since=2000-01-01T00:00:00Z")).toEqual(["one", "two"]);
    expect(await titles("since=2100-01-01T00:00:00Z")).toEqual([]);
    await bob.post(`${issues}/1/comments`, { body: "more" });
    expect(await titles("sort=comments")).toEqual(["two", "one"]);
    expect(await titles("sort=updated")).toEqual(["two", "one"]);
    expect((await alice.get(`${issues}?state=odd`)).status).toBe(422);
    expect((await alice.get(`${issues}?since=yesterday`)).status).toBe(422);
  });

  test("of mine cross repositories that I still see", async ({ alice, bob, anonymous }) => {
    await open(alice, { title: "public", assignee: "bob" });
    await alice.put("/repos/alice/secret/collaborators/bob", { permission: "write" });
    await open(alice, { title: "private", assignee: "bob" }, "/repos/alice/secret/issues");
    const titles = async (path: string) =>
      (await bob.get(path)).body.map((one: { title: string }) => one.title);
    expect(await titles("/issues")).toEqual(["private", "public"]);
    await alice.delete("/repos/alice/secret/collaborators/bob");
    expect(await titles("/issues")).toEqual(["public"]);
    expect(await titles("/user/issues?filter=created")).toEqual([]);
    expect((await alice.get("/user/issues?filter=created&labels=bug")).body).toEqual([]);
    expect((await alice.get("/user/issues?filter=all")).body).toHaveLength(2);
    expect((await anonymous.get("/issues")).status).toBe(401);
  });

  test("come in pages that lose and repeat nothing, also when all were opened in the same moment", async ({
    alice,
    world,
  }) => {
    for (let index = 0; index < 23; index += 1) await open(alice, { title: `n${index}` });
    await world.services.database.execute(
      "update issues set created_at = '2030-01-01', updated_at = '2030-01-01'",
    );
    for (const sort of ["created", "updated", "comments"]) {
      const numbers = (await all(alice, `${issues}?per_page=5&sort=${sort}`)).map((one) => one.number);
      expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, index) => index + 1));
    }
  });
});

describe("Markdown of issues", () => {
  test("is shown as HTML on request, and script in any field is inert", async ({ alice, anonymous }) => {
    const evil = "<script>alert(1)</script><img src=x onerror=alert(1)>[x](javascript:alert(1))";
    await open(alice, { title: evil, body: `**bold** ${evil}` });
    await alice.post(`${issues}/1/comments`, { body: evil });
    const { body: issue } = await anonymous.get(`${issues}/1`, full);
    const [comment] = (await anonymous.get(`${issues}/1/comments`, full)).body;
    expect(issue.title).toBe(evil);
    expect(issue.body_html).toContain("<strong>bold</strong>");
    for (const html of [issue.body_html, comment.body_html])
      expect(html).not.toMatch(/<script|onerror|href="javascript/i);
    expect((await anonymous.get(`${issues}/1`)).body.body_html).toBeUndefined();
  });

  test("is previewed as it will be shown", async ({ alice, mallory }) => {
    await open(alice, { title: "Hidden" }, "/repos/alice/secret/issues");
    const preview = (client: Client) =>
      client.post("/markdown", { text: "see #1 <script>x</script>", mode: "gfm", context: "alice/secret" });
    expect((await preview(alice)).body).toContain('title="Hidden"');
    const strange = await preview(mallory);
    expect(strange.body).not.toContain("Hidden");
    expect(strange.body).not.toContain("<script");
    expect(strange.headers.get("content-type")).toMatch("text/html");
    const raw = await mallory.post("/markdown/raw", "# Title", { "content-type": "text/x-markdown" });
    expect(raw.body).toMatch(/<h1[^>]*>.*Title/);
  });
});
