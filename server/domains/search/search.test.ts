import fc from "fast-check";
import { describe } from "vitest";
import type { Client } from "../../../tools/testing/client.ts";
import { expect, test } from "../../../tools/testing/world.ts";

const ask = (client: Client, what: string, q: string, more = "") =>
  client.get(`/search/${what}?q=${encodeURIComponent(q)}${more}`);

const titles = async (client: Client, q: string, more = ""): Promise<string[]> => {
  const { status, body } = await ask(client, "issues", q, more);
  expect(status).toBe(200);
  expect(body.total_count).toBe(body.items.length);
  return body.items.map((one: { title: string }) => one.title);
};

const logins = async (client: Client, q: string) =>
  (await ask(client, "users", q)).body.items.map((one: { login: string }) => one.login).toSorted();

const repositoryNames = async (client: Client, q: string, more = "") =>
  (await ask(client, "repositories", q, more)).body.items.map((one: { full_name: string }) => one.full_name);

const demo = "/repos/alice/demo";

async function someIssues(alice: Client, carol: Client): Promise<void> {
  await alice.post(`${demo}/labels`, { name: "Far away" });
  await carol.post(`${demo}/issues`, { title: "The moon is late", body: "By seven hours" });
  await alice.post(`${demo}/issues`, {
    title: "The sun is early",
    body: "Unlike the moon",
    labels: ["Far away"],
  });
  await alice.post(`${demo}/issues`, { title: "Stars", assignees: ["bob"], labels: ["Far away"] });
  await alice.patch(`${demo}/issues/3`, { state: "closed" });
  await alice.post("/repos/alice/secret/issues", { title: "The moon is hollow" });
  const pull = { title: "Mend the moon", head: "feature", base: "main", draft: true };
  await alice.post(`${demo}/pulls`, pull);
}

describe("search", () => {
  test("issues and pull requests are found by words, phrases and exclusions in one series", async ({
    alice,
    carol,
  }) => {
    await someIssues(alice, carol);
    const mine = "repo:alice/demo";
    expect(await titles(carol, `moon ${mine}`)).toEqual([
      "Mend the moon",
      "The sun is early",
      "The moon is late",
    ]);
    expect(await titles(carol, `moon in:title ${mine}`)).toEqual(["Mend the moon", "The moon is late"]);
    expect(await titles(carol, `moon in:body ${mine}`)).toEqual(["The sun is early"]);
    expect(await titles(carol, `"seven hours" ${mine}`)).toEqual(["The moon is late"]);
    expect(await titles(carol, `moon -early ${mine}`)).toEqual(["Mend the moon", "The moon is late"]);
    expect(await titles(carol, `moon -early in:title ${mine}`)).toEqual([
      "Mend the moon",
      "The moon is late",
    ]);
    expect(await titles(carol, `moon ${mine} sort:created-asc`)).toEqual([
      "The moon is late",
      "The sun is early",
      "Mend the moon",
    ]);
    expect(await titles(carol, `moon ${mine}`, "&sort=created&order=asc")).toHaveLength(3);
  });

  test("every qualifier cuts down to what it says, and its opposite to the rest", async ({
    alice,
    carol,
  }) => {
    await someIssues(alice, carol);
    const all = await titles(alice, "user:alice");
    expect(all).toHaveLength(5);
    for (const [qualifier, expected] of [
      ["is:issue", ["Stars", "The moon is hollow", "The moon is late", "The sun is early"]],
      ["is:pr", ["Mend the moon"]],
      ["type:pr", ["Mend the moon"]],
      ["is:open,closed", all],
      ["is:closed", ["Stars"]],
      ["state:closed", ["Stars"]],
      ["is:merged", []],
      ["is:draft", ["Mend the moon"]],
      ["draft:true", ["Mend the moon"]],
      ["draft:false", []],
      ["is:locked", []],
      ["is:private", ["The moon is hollow"]],
      ["author:carol", ["The moon is late"]],
      ["author:nobody-here", []],
      ["assignee:bob", ["Stars"]],
      ["assignee:*", ["Stars"]],
      ["no:assignee", all.filter((title) => title !== "Stars")],
      ["has:label", ["Stars", "The sun is early"]],
      ['label:"far away"', ["Stars", "The sun is early"]],
      ['label:bug,"far away"', ["Stars", "The sun is early"]],
      ["label:bug", []],
      ["no:milestone", all],
      ["comments:>0", []],
      ["created:>2020-01-01", all],
      ["created:2020-01-01..2020-02-01", []],
      ["closed:>2020-01-01", ["Stars"]],
    ] as const) {
      const found = (await titles(alice, `user:alice ${qualifier}`)).toSorted();
      expect({ qualifier, found }).toEqual({ qualifier, found: [...expected].toSorted() });
      const rest = (await titles(alice, `user:alice -${qualifier}`)).toSorted();
      const others = all.filter((title) => !(expected as readonly string[]).includes(title));
      expect({ not: qualifier, rest }).toEqual({ not: qualifier, rest: others.toSorted() });
    }
    expect(await titles(alice, "repo:alice/secret")).toEqual(["The moon is hollow"]);
    expect(await titles(alice, "user:alice -repo:alice/demo")).toEqual(["The moon is hollow"]);
    expect(await titles(alice, "org:acme repo:alice/secret")).toEqual(["The moon is hollow"]);
    expect(await titles(alice, "org:acme")).toEqual([]);
    expect(await titles(carol, "author:@me")).toEqual(["The moon is late"]);
  });

  test("a stranger neither finds nor counts what is private, however they ask", async ({
    alice,
    carol,
    mallory,
    anonymous,
  }) => {
    await someIssues(alice, carol);
    for (const client of [mallory, anonymous]) {
      for (const q of [
        "hollow",
        "repo:alice/secret",
        "user:alice hollow",
        "is:private",
        "author:alice hollow",
        "-is:public",
      ]) {
        const { body } = await ask(client, "issues", q);
        expect({ q, ...body }).toMatchObject({ q, total_count: 0, items: [] });
      }
      for (const q of [
        "secret",
        "repo:alice/secret",
        "user:alice is:private",
        "alice/secret",
        "-is:public",
      ]) {
        const { body } = await ask(client, "repositories", q);
        expect({ q, ...body }).toMatchObject({ q, total_count: 0, items: [] });
      }
      const same = await ask(client, "repositories", "repo:alice/there-is-none");
      expect((await ask(client, "repositories", "repo:alice/secret")).body).toEqual(same.body);
    }
    expect(await titles(alice, "hollow")).toEqual(["The moon is hollow"]);
  });

  test("repositories are found by name, owner and description, forks only when asked for", async ({
    world,
    alice,
    carol,
  }) => {
    await carol.put("/user/starred/alice/demo");
    await carol.post("/repos/alice/demo/forks", {});
    await world.settle();
    expect(await repositoryNames(alice, "dem user:alice")).toEqual(["alice/demo"]);
    expect(await repositoryNames(alice, "alice/dem")).toEqual(["alice/demo"]);
    expect(await repositoryNames(alice, '"real history"')).toEqual(["alice/demo"]);
    expect(await repositoryNames(alice, '"real history" in:name')).toEqual([]);
    expect((await repositoryNames(alice, "demo fork:true")).toSorted()).toEqual(["alice/demo", "carol/demo"]);
    expect(await repositoryNames(alice, "demo fork:only")).toEqual(["carol/demo"]);
    expect(await repositoryNames(alice, "stars:>0")).toEqual(["alice/demo"]);
    expect(await repositoryNames(alice, "user:alice stars:0")).toEqual(["alice/secret"]);
    expect(await repositoryNames(alice, "user:alice -demo")).toEqual(["alice/secret"]);
    expect(await repositoryNames(alice, "user:alice archived:true")).toEqual([]);
    expect(await repositoryNames(alice, "user:alice", "&sort=updated&order=asc")).toHaveLength(2);
    expect(await repositoryNames(alice, "100%_")).toEqual([]);
  });

  test("people are found by name and never by address", async ({ anonymous }) => {
    expect(await logins(anonymous, "ali")).toEqual(["alice"]);
    expect(await logins(anonymous, "Archer")).toEqual(["alice"]);
    expect(await logins(anonymous, "Archer in:login")).toEqual([]);
    expect(await logins(anonymous, "alice@example.test")).toEqual([]);
    expect(await logins(anonymous, "example.test")).toEqual([]);
    expect(await logins(anonymous, "acme type:org")).toEqual(["acme"]);
    expect(await logins(anonymous, "acme type:user")).toEqual([]);
    expect(await logins(anonymous, "repos:>0")).toEqual(["alice"]);
  });

  test("pages are counted and end where it hurts", async ({ alice }) => {
    for (let index = 0; index < 5; index += 1) await alice.post(`${demo}/issues`, { title: `Page ${index}` });
    const seen: string[] = [];
    for (let page = 1; page <= 3; page += 1) {
      const { body, headers } = await ask(alice, "issues", "page in:title", `&per_page=2&page=${page}`);
      expect(body.total_count).toBe(5);
      seen.push(...body.items.map((one: { title: string }) => one.title));
      expect(headers.get("link")?.includes('rel="next"')).toBe(page < 3);
    }
    expect(seen).toEqual(["Page 4", "Page 3", "Page 2", "Page 1", "Page 0"]);
    expect((await ask(alice, "issues", "page", "&per_page=100&page=11")).status).toBe(422);
    expect((await ask(alice, "users", "a", "&page=35")).status).toBe(422);
  });

  test("what cannot be meant is refused in a sentence", async ({ alice }) => {
    for (const [what, q] of [
      ["issues", "is:beautiful"],
      ["issues", "created:yesterday"],
      ["issues", "comments:many"],
      ["issues", "repo:alice"],
      ["issues", "sort:size"],
      ["issues", "in:colours"],
      ["repositories", "stars:>x"],
      ["users", "type:robot"],
      ["issues", "x".repeat(1001)],
      ["issues", "a\0b"],
    ] as const) {
      const { status, body } = await ask(alice, what, q);
      expect({ q, status }).toEqual({ q, status: 422 });
      expect(body.message).toEqual(expect.any(String));
    }
    expect((await alice.get("/search/issues")).status).toBe(422);
  });

  test("no line, whatever it holds, brings the search down", async ({ alice }) => {
    const piece = fc.oneof(
      fc.constantFrom(
        "is:",
        "repo:",
        "label:",
        "-",
        '"',
        ":",
        "..",
        ">",
        "a",
        "OR",
        "&|!()<->",
        "\\",
        "%",
        "'",
        "author:",
      ),
      fc.string({ unit: "grapheme", maxLength: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("issues", "repositories", "users"),
        fc.array(piece, { maxLength: 8 }),
        async (what, pieces) => {
          expect([200, 422]).toContain((await ask(alice, what, pieces.join(" "))).status);
          expect([200, 422]).toContain((await ask(alice, what, pieces.join(""))).status);
        },
      ),
      { numRuns: 40 },
    );
  });
});
