/** What concerns a person in all repositories: issues and pull requests in one series. */
import { expect, test } from "../../../tools/testing/world.ts";
import type { Client } from "../../../tools/testing/client.ts";
import { write } from "../pull-requests/test-branches.ts";

const demo = "/repos/alice/demo";

async function some(bob: Client): Promise<void> {
  for (const name of ["one", "two", "three"]) {
    await bob.post(`${demo}/issues`, { title: `Issue ${name}`, labels: name === "two" ? ["bug"] : [] });
    await write(bob, "alice/demo", name, `${name}.txt`, "x\n", "main");
    await bob.post(`${demo}/pulls`, { title: `Pull ${name}`, head: name, base: "main" });
  }
}

const titlesOf = (body: readonly { readonly title: string }[]) => body.map((one) => one.title);

test("a person's list holds issues and pull requests in one order, and pages lose and repeat nothing", async ({
  bob,
  carol,
}) => {
  await some(bob);
  await bob.post("/user/repos", { name: "own" });
  await bob.post("/repos/bob/own/issues", { title: "Elsewhere" });
  await bob.post(`${demo}/issues/1/comments`, { body: "more" });
  for (const order of ["", "&sort=updated", "&sort=created&direction=asc", "&sort=comments"]) {
    const all = await bob.get(`/issues?filter=created&per_page=100${order}`);
    expect(all.status, JSON.stringify(all.body)).toBe(200);
    expect(titlesOf(all.body).toSorted()).toEqual([
      "Elsewhere",
      "Issue one",
      "Issue three",
      "Issue two",
      "Pull one",
      "Pull three",
      "Pull two",
    ]);
    const walked: string[] = [];
    let next: string | undefined = `/issues?filter=created&per_page=2${order}`;
    while (next !== undefined) {
      const { body, headers }: Awaited<ReturnType<typeof bob.get<{ title: string }[]>>> = await bob.get(next);
      walked.push(...titlesOf(body));
      next = /<[^>]*\/api\/v3([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1];
    }
    expect(walked, order).toEqual(titlesOf(all.body));
    const second = await bob.get(`/issues?filter=created&per_page=3&page=2${order}`);
    expect(titlesOf(second.body), order).toEqual(titlesOf(all.body).slice(3, 6));
  }
  const newest = (await bob.get("/issues?filter=created")).body;
  expect(titlesOf(newest).slice(0, 3)).toEqual(["Elsewhere", "Pull three", "Issue three"]);
  expect(newest[1]).toMatchObject({
    pull_request: { url: expect.stringContaining("/pulls/") },
    repository: { full_name: "alice/demo" },
  });
  expect((await carol.get("/issues?filter=created")).body).toEqual([]);
  expect((await bob.get("/issues?page=9999")).status).toBe(422);
  expect((await bob.get("/issues?cursor=x")).status).toBe(422);
});

test("a person's list is narrowed by GitHub's parameters and by the query language alike", async ({
  bob,
}) => {
  await some(bob);
  await bob.patch(`${demo}/pulls/2`, { state: "closed" });
  const titles = async (query: string) =>
    titlesOf((await bob.get(`/user/issues?filter=created&${query}`)).body);
  expect(await titles("q=is:pr+is:open")).toEqual(["Pull three", "Pull two"]);
  expect(await titles("q=is:issue")).toEqual(["Issue three", "Issue two", "Issue one"]);
  expect(await titles("state=closed")).toEqual(["Pull one"]);
  expect(await titles("labels=bug")).toEqual(["Issue two"]);
  expect(await titles("q=three")).toEqual(["Pull three", "Issue three"]);
  expect((await bob.get("/user/issues?q=sort:wrong")).status).toBe(422);
});
