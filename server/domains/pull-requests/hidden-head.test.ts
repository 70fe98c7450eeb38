/** A pull request whose branch lies in a repository that the reader may not see: read everywhere, and nothing told of there. */
import { existsSync } from "node:fs";
import { describe } from "vitest";
import type { Client } from "../../../tools/testing/client.ts";
import { expect, test, type World } from "../../../tools/testing/world.ts";
import { open, write } from "./test-branches.ts";

const demo = "alice/demo";
const api = `/repos/${demo}`;
/** What nobody but carol may learn: the name and the words of her fork. */
const secret = "xyzzyplugh";
const pages = existsSync(new URL("../../../web/dist/server/entry-server.js", import.meta.url));

/** A pull request from carol's private fork. */
async function fromHidden(carol: Client) {
  expect((await carol.post(`${api}/forks`, { name: secret })).status).toBe(202);
  const fork = `carol/${secret}`;
  const made = await carol.patch(`/repos/${fork}`, { private: true, description: `${secret} words` });
  expect(made.status).toBe(200);
  await write(carol, fork, "idea", "idea.txt", "an idea\n", "main");
  return open(carol, demo, "carol:idea", "main", { head_repo: fork });
}

async function read(world: World, person: Client, path: string, accept = "*/*") {
  const authorization: Record<string, string> =
    person.token === null ? {} : { authorization: `token ${person.token}` };
  const answer = await world.app.fetch(
    new Request(world.url + path, { headers: { ...authorization, accept } }),
  );
  return { status: answer.status, text: `${JSON.stringify([...answer.headers])}\n${await answer.text()}` };
}

describe("a pull request from a hidden repository", () => {
  test("is answered in GitHub's shape to who sees its head and to who does not", async ({
    alice,
    carol,
    anonymous,
  }) => {
    const { number } = await fromHidden(carol);
    // The client holds each answer against GitHub's schema.
    const seen = (await carol.get(`${api}/pulls/${number}`)).body;
    expect(seen.head).toMatchObject({ label: "carol:idea", repo: { full_name: `carol/${secret}` } });
    for (const reader of [alice, anonymous]) {
      const { body } = await reader.get(`${api}/pulls/${number}`);
      expect(body.head).toMatchObject({ label: "idea", ref: "idea", repo: null, user: { login: "ghost" } });
      expect(body).toMatchObject({ commits: 1, changed_files: 1, head: { sha: seen.head.sha } });
      const listed = (await reader.get(`${api}/pulls`)).body;
      expect(listed).toMatchObject([{ number, head: { repo: null, user: { login: "ghost" } } }]);
    }
    await carol.delete(`/repos/carol/${secret}`);
    expect((await carol.get(`${api}/pulls/${number}`)).body.head).toMatchObject({
      repo: null,
      label: "idea",
    });
  });

  test("tells a reader nothing of it by any address, before the merge and after it", async ({
    world,
    alice,
    carol,
    bob,
    anonymous,
  }) => {
    const { number, head } = await fromHidden(carol);
    await carol.post(`${api}/issues/${number}/comments`, { body: "Please" });
    await bob.post(`${api}/pulls/${number}/reviews`, { event: "APPROVE", body: "Good" });
    await world.settle();
    const addresses = [
      `${api}/pulls/${number}`,
      `${api}/pulls?state=all`,
      `${api}/pulls?head=carol:idea&state=all`,
      `${api}/pulls/${number}/files`,
      `${api}/pulls/${number}/commits`,
      `${api}/pulls/${number}/reviews`,
      `${api}/pulls/${number}/revisions`,
      `${api}/pulls/${number}/revisions/1...1`,
      `${api}/issues/${number}`,
      `${api}/issues/${number}/events`,
      `${api}/issues/${number}/timeline`,
      `${api}/issues/events`,
      `${api}/issues?state=all`,
      `${api}/commits/${head.sha}`,
      `${api}/commits/${head.sha}/pulls`,
      `${api}/events`,
      `${api}/forks`,
      api,
      "/events",
      "/users/carol/events",
      "/users/carol/repos",
      `/search/issues?q=is:pr+repo:${demo}`,
      `/search/issues?q=is:pr+head:idea`,
      "/search/repositories?q=user:carol+fork:true",
      `/_web/repos/${demo}/pulls/${number}`,
      `/_web/repos/${demo}/pulls/${number}/files`,
      `/_web/repos/${demo}/pulls?state=all`,
      `/_web/repos/${demo}/compare/main...feature`,
    ].map((path) => `/api/v3${path}`);
    const web = [
      `/${demo}/pull/${number}`,
      `/${demo}/pull/${number}/files`,
      `/${demo}/pull/${number}/commits`,
      `/${demo}/pull/${number}/revisions`,
      `/${demo}/pull/${number}.diff`,
      `/${demo}/pull/${number}.patch`,
      `/${demo}/pulls`,
      `/${demo}`,
      "/carol",
      `/${demo}/commits/main`,
      `/${demo}/forks`,
    ];
    const expectSilence = async () => {
      for (const reader of [alice, bob, anonymous])
        for (const path of [...addresses, ...(pages ? web : [])]) {
          const { status, text } = await read(
            world,
            reader,
            path,
            path.startsWith("/api") ? "*/*" : "text/html",
          );
          expect(status, path).toBeLessThan(500);
          const at = text.indexOf(secret);
          expect(at < 0 ? "" : `${path}: ${text.slice(Math.max(0, at - 300), at + 60)}`).toBe("");
          if (path.includes(`/pull/${number}`) || path.includes(`/pulls/${number}`))
            expect(status, path).toBe(200);
        }
    };
    await expectSilence();
    expect((await alice.put(`${api}/pulls/${number}/merge`, {})).status).toBe(200);
    await world.settle();
    await expectSilence();
    const [merge] = (await anonymous.get(`${api}/commits`)).body;
    expect(merge.commit.message).toMatch(new RegExp(`^Merge pull request #${number} from idea\n`));
  }, 60_000);

  test.skipIf(!pages)(
    "has a page for everyone, on which its branch is a word and no link",
    async ({ world, alice, carol }) => {
      const { number } = await fromHidden(carol);
      const { status, text } = await read(world, alice, `/${demo}/pull/${number}`, "text/html");
      expect(status).toBe(200);
      expect(text).toContain("wants to merge");
      expect(text).not.toMatch(/href="\/[^"]*\/tree\/idea"/);
    },
  );
});
