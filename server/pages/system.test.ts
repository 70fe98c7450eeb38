import { createWorld, expect, test } from "../../tools/testing/world.ts";
import { people } from "../../tools/testing/people.ts";

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

test("health is for everybody, metrics are for administrators", async ({ world }) => {
  expect((await world.app.request("/healthz")).status).toBe(200);
  const ask = async (init: RequestInit = {}) => (await world.app.request("/metrics", init)).status;
  expect(await ask()).toBe(404);
  expect(await ask(bearer(people.alice.token))).toBe(404);
  expect(await ask(bearer("wit_nothing"))).toBe(401);
  const answer = await world.app.request("/metrics", bearer(people.root.token));
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain("wit_http_request_duration_seconds");
});

test("metrics are for programs on the machine itself, not for who comes through its proxy", async () => {
  const world = await createWorld({ listen: true });
  try {
    expect((await fetch(`${world.url}/metrics`)).status).toBe(200);
    for (const name of ["x-forwarded-for", "forwarded", "via"])
      expect((await fetch(`${world.url}/metrics`, { headers: { [name]: "203.0.113.9" } })).status).toBe(404);
  } finally {
    await world.close();
  }
});

test("behind a proxy that does not say that it is one, nobody is taken for a program on the machine", async () => {
  for (const url of ["https://forge.test", "http://forge.test", "http://forge.test:8080"]) {
    const world = await createWorld({ listen: true, config: { url } });
    try {
      const here = `http://127.0.0.1:${world.services.config.port}/metrics`;
      expect((await fetch(here)).status, url).toBe(404);
      expect((await fetch(here, bearer(people.root.token))).status, url).toBe(200);
    } finally {
      await world.close();
    }
  }
});

test("the hour's limit counts the API, pages and files together, a page as one", async () => {
  const world = await createWorld({ limits: { anonymousRequests: 6 } });
  try {
    const doors = ["/alice/demo", "/alice/demo/raw/main/README.md", "/alice/demo/commit/main.diff"];
    const statuses: number[] = [];
    for (const door of [...doors, ...doors, "/alice/demo"])
      statuses.push((await world.app.request(door)).status);
    const refused = await world.app.request("/api/v3/repos/alice/demo");
    expect(statuses.slice(0, 6)).not.toContain(429);
    expect(statuses[6]).toBe(429);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
    expect((await world.as("bob").get("/repos/alice/demo")).status).toBe(200);
  } finally {
    await world.close();
  }
});

test("clients that look for an API find where everything is, with and without a slash", async ({ world }) => {
  for (const path of ["/api/v3/", "/api/v3"]) {
    const answer = await world.app.request(path);
    expect([answer.status, (await answer.json()).current_user_url]).toEqual([
      200,
      "http://wit.test/api/v3/user",
    ]);
  }
  const meta = await (await world.app.request("/api/v3/meta")).json();
  expect(meta.installed_version).toMatch(/^\d+\.\d+\.\d+/);
});
