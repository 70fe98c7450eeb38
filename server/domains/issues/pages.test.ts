import { sql } from "drizzle-orm";
import { describe } from "vitest";
import { expect, test } from "../../../tools/testing/world.ts";
import { actingAs, systemContext } from "../../kernel/context.ts";
import { anonymous as nobody } from "../../kernel/actor.ts";
import { authenticate } from "../accounts/index.ts";
import { people } from "../../../tools/testing/people.ts";
import { countFound, searchIssues } from "./index.ts";
import { issues as issueRows } from "./schema.ts";

const issues = "/repos/alice/demo/issues";
const pages = "/_web/repos/alice/demo/issues";

describe("the page of an issue", () => {
  test("has everything in one call, rendered, with what the reader can do and why not", async ({
    alice,
    carol,
    anonymous,
  }) => {
    await alice.post(issues, { title: "x", body: "# Hello" });
    await carol.post(`${issues}/1/comments`, { body: "*yes*" });
    await alice.put(`${issues}/1/labels`, ["bug"]);
    const { body: mine } = await alice.get(`${pages}/1`);
    expect(mine).toMatchObject({
      repository: { full_name: "alice/demo" },
      issue: { number: 1, body_html: expect.stringContaining("Hello") },
      status: "backlog",
      timeline: {
        items: [
          {
            event: "commented",
            body_html: expect.stringContaining("<em>yes</em>"),
            can: { edit: "Only its author can change a comment", delete: true },
          },
          { event: "labeled", label: { name: "bug" } },
        ],
        next: null,
      },
      can: { edit: true, close: true, comment: true, triage: true },
    });
    expect(mine.participants.map((one: { login: string }) => one.login)).toEqual(["alice", "carol"]);
    expect(mine.choices.labels).toHaveLength(9);
    expect((await carol.get(`${pages}/1`)).body).toMatchObject({
      timeline: { items: [{ can: { edit: true, delete: true } }, {}] },
      can: {
        edit: "Only the author and people with write access can change this",
        comment: true,
        triage: "This needs write access to the repository",
      },
    });
    expect((await anonymous.get(`${pages}/1`)).body.can.comment).toBe("Sign in first");
    expect((await anonymous.get(`${pages}/2`)).status).toBe(404);
    expect((await carol.get(`${pages}/new`)).body.can).toMatchObject({ open: true });
  });

  test("continues a long conversation where it ended", async ({ alice }) => {
    await alice.post(issues, { title: "long" });
    for (let index = 0; index < 5; index += 1) await alice.post(`${issues}/1/comments`, { body: `${index}` });
    const first = (await alice.get(`${pages}/1?per_page=3`)).body.timeline;
    const second = (await alice.get(`${pages}/1?per_page=3&cursor=${first.next}`)).body.timeline;
    const bodies = [...first.items, ...second.items].map((one: { body: string }) => one.body);
    expect(bodies).toEqual(["0", "1", "2", "3", "4"]);
    expect(second.next).toBeNull();
  });

  test("stays quick and whole for a text made to be slow", async ({ alice }) => {
    const text = `${"[".repeat(20_000)}${"*a_".repeat(8_000)}${"> ".repeat(9_000)}`.slice(0, 65_536);
    expect((await alice.post(issues, { title: "slow", body: text })).status).toBe(201);
    const page = await alice.get(`${pages}/1`);
    expect(page.status).toBe(200);
    expect(page.body.issue.body_html.length).toBeGreaterThan(0);
  });
});

describe("the list of issues", () => {
  test("counts what fits, open and closed, and finds words", async ({ alice }) => {
    await alice.post(issues, { title: "The elephant is grey", labels: ["bug"] });
    await alice.post(issues, { title: "A mouse", body: "is afraid of an elephant" });
    await alice.post(issues, { title: "A cat" });
    await alice.patch(`${issues}/2`, { state: "closed" });
    const list = async (query: string) => (await alice.get(`${pages}?${query}`)).body;
    expect((await list("")).counts).toEqual({ open: 2, closed: 1, more: [] });
    const found = await list("q=elephant");
    expect(found.counts).toEqual({ open: 1, closed: 1, more: [] });
    expect(found.issues.map((one: { number: number }) => one.number)).toEqual([2, 1]);
    expect((await list("q=elephant -grey is:open")).counts).toEqual({ open: 0, closed: 1, more: [] });
    expect((await list("q=is:open label:bug")).counts).toEqual({ open: 1, closed: 0, more: [] });
    expect((await list("q=author:nobody")).counts).toEqual({ open: 0, closed: 0, more: [] });
    expect((await list("q=%22unclosed ' & | ! ( :*")).issues).toEqual([]);
    expect((await list("")).facets.labels).toHaveLength(9);
  });
});

describe("the search for issues", () => {
  test("finds across repositories what the reader may see, and counts nothing else", async ({
    world,
    alice,
  }) => {
    await alice.post(issues, { title: "public elephant" });
    await alice.post("/repos/alice/secret/issues", { title: "secret elephant" });
    const system = systemContext(world.services, "test");
    const search = sql`${issueRows.title} like '%elephant'`;
    const order = { sort: "created", direction: "asc" } as const;
    const titles = async (actor: Parameters<typeof actingAs>[1]) => {
      const ctx = actingAs(system, actor);
      const page = await searchIssues(ctx, search, order, { per_page: 10 });
      expect(await countFound(ctx, search)).toBe(page.items.length);
      return page.items.map(({ issue }) => issue.title);
    };
    const who = (token: string) => authenticate(world.services, { kind: "token", token });
    expect(await titles(await who(people.alice.token))).toEqual(["public elephant", "secret elephant"]);
    expect(await titles(await who(people.mallory.token))).toEqual(["public elephant"]);
    expect(await titles(nobody)).toEqual(["public elephant"]);
  });
});
