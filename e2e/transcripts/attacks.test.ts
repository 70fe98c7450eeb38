/** What an attacker tries against a whole forge, door by door, and what it answers. Each title names the attack. */
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import type { Element, Root } from "hast";
import rehypeRaw from "rehype-raw";
import { afterAll, beforeAll, describe } from "vitest";
import { eq } from "drizzle-orm";
import { apiRoutes } from "../../server/app.ts";
import { personalAccessTokens } from "../../server/domains/accounts/schema.ts";
import { sha256Hex } from "../../server/kernel/crypto/index.ts";
import { people, type PersonName } from "../../tools/testing/people.ts";
import { createWorld, expect, test as inWorld, type World } from "../../tools/testing/world.ts";
import { openMachine, type Machine } from "./machine.ts";

const test = inWorld;
/** Pages are drawn by the built web application. */
const withPages = test.skipIf(!existsSync(new URL("../../web/dist/server/entry-server.js", import.meta.url)));

/** What no answer may hold: the inside of the server. */
const insides =
  /root:[x*]:0:|better-auth"|repositoryformatversion|node_modules|\/tmp\/wit-world|\.ts:\d+|at async|drizzle|\bselect "|Failed query/;

const put = (text: string, branch?: string) => ({
  message: "Change",
  content: Buffer.from(text).toString("base64"),
  ...(branch === undefined ? {} : { branch }),
});

async function ask(world: World, path: string, init: RequestInit = {}) {
  const response = await world.app.fetch(new Request(world.url + path, { redirect: "manual", ...init }));
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function signIn(world: World, who: PersonName): Promise<string> {
  const answer = await world.anonymous.post("/session", { login: who, password: people[who].password });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

const basic = (name: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`,
});

/** A token of the person with these scopes only: made as people make them, in a session. */
async function tokenOf(world: World, who: PersonName, scopes: string[]): Promise<string> {
  const headers = { cookie: await signIn(world, who), origin: world.url };
  const body = { name: scopes.join(), scopes, current_password: people[who].password };
  return (await world.anonymous.post("/user/tokens", body, headers)).body.token;
}

describe("over the wire", () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld({ listen: true });
  });
  afterAll(() => world.close());

  /** Sends bytes as they are, which no HTTP client would, and answers what comes back until the server closes or falls silent. */
  const speak = (bytes: string, wait = 3000) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(world.url).port), "127.0.0.1");
      let heard = "";
      const done = () => {
        socket.destroy();
        resolve(heard);
      };
      socket.setTimeout(wait, done);
      socket.on("data", (chunk) => (heard += chunk.toString("latin1")));
      socket.on("close", done);
      socket.on("error", done);
      socket.write(bytes);
    });
  const get = (path: string, headers = "") =>
    speak(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`);
  const statusOf = (heard: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1] ?? 0);

  const steps = ["..", "%2e%2e", "%2E.", "..%2f..", "..%5c..", "%252e%252e", "....//", "..;", "%c0%ae%c0%ae"];

  test("traversal, plain and encoded, leaves neither the assets, nor a repository, nor the forge", async () => {
    const token = `authorization: token ${people.alice.token}\r\n`;
    for (const step of steps) {
      const up = `${step}/${step}/${step}/${step}`;
      for (const path of [
        `/assets/${up}/package.json`,
        `/assets/${up}/etc/passwd`,
        `/assets/${step}/${step}/server/entry-server.js`,
        `/favicon.svg/${up}/package.json`,
        `/alice/demo/raw/main/${up}/config`,
        `/alice/demo/raw/${up}/HEAD`,
        `/${step}/${step}/raw/main/README.md`,
        `/alice/${step}/raw/main/README.md`,
        `/alice/demo.git/${up}/config`,
        `/${step}/demo.git/info/refs?service=git-upload-pack`,
        `/api/v3/repos/alice/demo/contents/${up}/config`,
        `/api/v3/repos/alice/demo/git/trees/${up}`,
        `/api/v3/repos/alice/demo/_web/tree/main/${up}`,
        `/api/v3/repos/${step}/${step}/contents/config`,
        `/api/v3/users/${step}/repos`,
      ]) {
        const heard = await get(path, token);
        expect([301, 302, 303, 400, 401, 403, 404, 422], path).toContain(statusOf(heard));
        expect(heard, path).not.toMatch(insides);
      }
    }
  }, 30_000);

  test("an asset with a NUL, an absolute path or a folder's name is not there", async () => {
    for (const path of ["/assets/%00", "/assets/%2fetc%2fpasswd", "/assets/C:%5cboot.ini"])
      expect([404, 400], path).toContain(statusOf(await get(path)));
  });

  test("line ends in an address put no header into the answer", async () => {
    for (const path of [
      "/alice%0d%0aSet-Cookie:%20a=b/demo.git",
      "/alice/demo%0d%0aSet-Cookie:%20a=b",
      "/%E5%98%8A%E5%98%8DSet-Cookie:a=b/demo.git",
      "/api/v3/repos/alice/demo%0d%0aSet-Cookie:%20a=b",
      "/api/v3/users?per_page=1&x=%0d%0aSet-Cookie:%20a=b",
      "/alice/demo/raw/main/x%0d%0aSet-Cookie:%20a=b",
      "/login?return_to=/%0d%0aSet-Cookie:%20a=b",
    ]) {
      const heard = await get(path);
      expect(heard.split("\r\n\r\n")[0], path).not.toMatch(/^set-cookie:/im);
      expect(statusOf(heard), path).toBeLessThan(500);
    }
  });

  test("a forged Host or forwarding header changes no address that the forge writes", async () => {
    for (const path of [
      "/api/v3/repos/alice/demo",
      "/api/v3/users?per_page=1",
      "/alice/demo.git",
      "/api/v3/nothing",
    ]) {
      const heard = await speak(
        `GET ${path} HTTP/1.1\r\nHost: evil.test\r\nX-Forwarded-Host: evil.test\r\nForwarded: host=evil.test\r\nX-Original-URL: /api/v3/admin/users\r\nConnection: close\r\n\r\n`,
      );
      expect(statusOf(heard), path).toBeLessThan(500);
      expect(heard, path).not.toContain("evil.test");
    }
    const broken = await speak("GET / HTTP/1.1\r\nHost: a/../b@evil.test:x\r\nConnection: close\r\n\r\n");
    expect(statusOf(broken)).toBeLessThan(500);
  });

  test("a request whose end can be read in two ways is refused (smuggling)", async () => {
    const inner = "GET /api/v3/user HTTP/1.1\r\nHost: x\r\n\r\n";
    for (const framing of [
      `Content-Length: ${inner.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
      `Content-Length: 1\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
      `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`,
      `Content-Length: +5\r\n\r\nhello`,
    ]) {
      const heard = await speak(`POST /api/v3/markdown HTTP/1.1\r\nHost: x\r\n${framing}`, 1500);
      expect(statusOf(heard), framing).toBe(400);
      expect(heard.match(/HTTP\/1\.1 /g), framing).toHaveLength(1);
    }
  });

  test("100 MB of JSON are refused by their announcement, or when the limit is passed, and never read whole", async () => {
    const post =
      "POST /api/v3/markdown HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n";
    expect(statusOf(await speak(`${post}Content-Length: 104857600\r\n\r\n{`))).toBe(413);
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        if (sent > 104_857_600) controller.close();
        else controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    const answer = await fetch(`${world.url}/api/v3/markdown`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: endless,
      duplex: "half",
    } as RequestInit).then(
      ({ status }) => status,
      () => 413,
    );
    expect(answer).toBe(413);
    expect(sent).toBeLessThan(50_000_000);
  });

  test("a small gzip body that unpacks to a huge one is refused at both doors of git", async () => {
    const packet = (text: string) => (text.length + 4).toString(16).padStart(4, "0") + text;
    const bomb = gzipSync(
      packet("command=ls-refs") + "0001" + packet(`ref-prefix ${"x".repeat(900)}`).repeat(12_000),
    );
    const change = (n: number) =>
      packet(`${"0".repeat(40)} ${"1".repeat(40)} refs/heads/${n}${"y".repeat(900)}`);
    const push = gzipSync(Array.from({ length: 36_000 }, (_, n) => change(n)).join(""));
    expect(bomb.length + push.length).toBeLessThan(3_000_000);
    for (const [service, body] of [
      ["git-upload-pack", bomb],
      ["git-receive-pack", push],
    ] as const) {
      const answer = await fetch(`${world.url}/alice/demo.git/${service}`, {
        method: "POST",
        headers: {
          "content-type": `application/x-${service}-request`,
          "content-encoding": "gzip",
          "git-protocol": "version=2",
          ...basic("bob", people.bob.token),
        },
        body: new Uint8Array(body),
      });
      const text = await answer.text();
      expect([400, 413], `${service}: ${text.slice(0, 200)}`).toContain(answer.status);
    }
    expect((await world.as("bob").get("/repos/alice/demo/branches")).body).toHaveLength(2);
  });
});

describe("names", () => {
  test("a twin of a name in another case or in look-alike letters is not made", async ({
    alice,
    mallory,
  }) => {
    for (const name of ["Demo", "DEMO", "demo.git", "demo\u200b", "dеmo", "demo ", "demo\n"])
      expect((await alice.post("/user/repos", { name })).status, JSON.stringify(name)).toBe(422);
    for (const login of ["ALICE", "Acme", "alіce", "alice\u200d", "API", "Login", "assets"])
      for (const answer of [
        await mallory.patch("/user", { login }),
        await mallory.post("/user/orgs", { login }),
      ])
        expect([404, 422], JSON.stringify(login)).toContain(answer.status);
  });

  test("options, expressions and control characters in branches of a pull request or a merge name nothing", async ({
    bob,
    world,
  }) => {
    for (const name of [
      "-x",
      "--upload-pack=id",
      "--output=/tmp/x",
      "main^",
      "main..x",
      "@{-1}",
      "a\nb",
      "main:x",
      "$(id)",
      ";id",
      "refs/wit/x",
    ]) {
      const asked = [
        await bob.post("/repos/alice/demo/pulls", { title: "x", head: name, base: "main" }),
        await bob.post("/repos/alice/demo/pulls", { title: "x", head: "feature", base: name }),
        await bob.post("/repos/alice/demo/merges", { base: name, head: "feature" }),
        await bob.post("/repos/alice/demo/merges", { base: "main", head: name }),
        await bob.put("/repos/alice/demo/contents/x.txt", put("x", name)),
        await ask(world, `/alice/demo/raw/${encodeURIComponent(name)}/README.md`),
        await bob.get(`/repos/alice/demo/compare/${encodeURIComponent(`main...${name}`)}`),
        await bob.get(`/repos/alice/demo/commits?sha=${encodeURIComponent(name)}`),
        await bob.get(`/repos/alice/demo/commits?path=${encodeURIComponent(name)}`),
      ];
      for (const [index, answer] of asked.entries())
        expect(answer.status, `${JSON.stringify(name)} ${index}`).toBeLessThan(500);
      for (const answer of asked.slice(0, 7)) expect(answer.status).toBeGreaterThanOrEqual(400);
    }
    expect((await bob.get("/repos/alice/demo/branches")).body).toHaveLength(2);
  });

  test("a NUL is refused wherever text comes in", async ({ bob }) => {
    const nul = "a\0b";
    for (const answer of [
      await bob.post("/repos/alice/demo/issues", { title: nul }),
      await bob.post("/repos/alice/demo/labels", { name: nul, color: "ffffff" }),
      await bob.get("/repos/alice/demo/issues?q=a%00b"),
      await bob.get("/repos/alice/demo/labels/a%00b"),
      await bob.get("/users/a%00b"),
      await bob.get("/repos/alice/demo/contents/a%00b"),
      await bob.get("/orgs/a%00b"),
      await bob.get("/repos/alice/demo/collaborators/a%00b"),
    ])
      expect([403, 404, 422]).toContain(answer.status);
  });
});

test("a child of one repository is not reached through another, on any route and by any method (IDOR)", async ({
  alice,
  bob,
  mallory,
}) => {
  const demo = "/repos/alice/demo";
  const issue = (await alice.post(`${demo}/issues`, { title: "Theirs" })).body;
  const comment = (await alice.post(`${demo}/issues/${issue.number}/comments`, { body: "Theirs" })).body;
  const pull = (await bob.post(`${demo}/pulls`, { title: "Theirs", head: "feature", base: "main" })).body;
  const review = (
    await alice.post(`${demo}/pulls/${pull.number}/reviews`, {
      event: "COMMENT",
      body: "Theirs",
      comments: [{ path: "src/part.js", line: 1, side: "RIGHT", body: "Theirs" }],
    })
  ).body;
  const [line] = (await alice.get(`${demo}/pulls/${pull.number}/comments`)).body;
  await alice.post(`${demo}/labels`, { name: "theirs", color: "ffffff" });
  const milestone = (await alice.post(`${demo}/milestones`, { title: "Theirs" })).body;
  await mallory.post("/user/repos", { name: "mine", auto_init: true });

  const ids: Record<string, readonly unknown[]> = {
    comment_id: [comment.id, line.id],
    review_id: [review.id],
    issue_number: [issue.number, pull.number],
    pull_number: [pull.number],
    milestone_number: [milestone.number],
    label_name: ["theirs"],
  };
  const before = await Promise.all([
    alice.get(`${demo}/issues/comments/${comment.id}`),
    alice.get(`${demo}/pulls/comments/${line.id}`),
    alice.get(`${demo}/pulls/${pull.number}/reviews/${review.id}`),
  ]);
  let tried = 0;
  for (const route of apiRoutes) {
    const names = [...route.path.matchAll(/\{(\w+)\*?\}/g)].map(([, name = ""]) => name);
    const last =
      names.find((name) => name in ids && name.endsWith("_id")) ?? names.find((name) => name in ids);
    if (!route.path.startsWith("/repos/{owner}/{repo}") || last === undefined) continue;
    for (const id of ids[last] ?? []) {
      const path = route.path
        .replace("{owner}/{repo}", "mallory/mine")
        .replaceAll(/\{(\w+)\*?\}/g, (_, name: string) =>
          String(name === last ? id : name in ids ? ids[name]?.[0] : "alice"),
        );
      const body =
        route.method === "GET" || route.method === "DELETE" ? undefined : { body: "Owned", name: "Owned" };
      const answer = await mallory.request(route.method, encodeURI(path), body);
      expect(answer.status, `${route.method} ${path}`).toBe(404);
      tried += 1;
    }
  }
  expect(tried).toBeGreaterThan(30);
  const after = await Promise.all([
    alice.get(`${demo}/issues/comments/${comment.id}`),
    alice.get(`${demo}/pulls/comments/${line.id}`),
    alice.get(`${demo}/pulls/${pull.number}/reviews/${review.id}`),
  ]);
  expect(after.map(({ body }) => body)).toEqual(before.map(({ body }) => body));
});

describe("other sites", () => {
  const foreign: readonly Record<string, string>[] = [
    { origin: "https://evil.test" },
    { origin: "null" },
    { origin: "http://wit.test.evil.test" },
    { origin: "http://wit.test:81" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    {},
  ];

  withPages(
    "a form that another site sends with the visitor's cookie does nothing",
    async ({ world, alice }) => {
      const cookie = await signIn(world, "alice");
      const body = "_action=PATCH+/user&name=Owned";
      for (const headers of foreign)
        for (const type of [
          "application/x-www-form-urlencoded",
          "text/plain",
          "multipart/form-data; boundary=x",
        ]) {
          const answer = await ask(world, "/settings/profile", {
            method: "POST",
            headers: { ...headers, cookie, "content-type": type },
            body,
          });
          expect(answer.status, JSON.stringify(headers)).toBe(403);
        }
      for (const type of ["text/plain", "multipart/form-data; boundary=x", "application/json"]) {
        const headers = { origin: world.url, cookie, "content-type": type };
        expect((await ask(world, "/settings/profile", { method: "POST", headers, body })).status).toBe(415);
      }
      expect((await alice.get("/user")).body.name).toBe("Alice Archer");
      const own = { origin: world.url, cookie, "content-type": "application/x-www-form-urlencoded" };
      expect((await ask(world, "/settings/profile", { method: "POST", headers: own, body })).status).toBe(
        303,
      );
    },
  );

  test("neither a header nor a field turns one method into another", async ({ world, alice }) => {
    const cookie = await signIn(world, "alice");
    for (const name of ["x-http-method-override", "x-http-method", "x-method-override"]) {
      for (const method of ["GET", "HEAD", "OPTIONS"])
        await ask(world, "/api/v3/repos/alice/demo?_method=DELETE", {
          method,
          headers: { cookie, [name]: "DELETE" },
        });
      await ask(world, "/alice/demo?_method=DELETE", { headers: { cookie, [name]: "DELETE" } });
    }
    expect((await alice.get("/repos/alice/demo")).status).toBe(200);
  });

  test("git takes no push on a cookie that another site sends along", async ({ world }) => {
    const cookie = await signIn(world, "alice");
    for (const headers of foreign) {
      const answer = await ask(world, "/alice/demo.git/git-receive-pack", {
        method: "POST",
        headers: { ...headers, cookie, "content-type": "application/x-git-receive-pack-request" },
        body: "0000",
      });
      expect(answer.status, JSON.stringify(headers)).toBe(403);
    }
  });

  const elsewhere = [
    "//evil.test",
    "///evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "https://evil.test",
    "https:evil.test",
    "javascript:alert(1)",
    "/\t/evil.test",
    "\t//evil.test",
    "/%0a//evil.test\n",
    " //evil.test",
    "@evil.test",
    "/{nothing}/evil.test",
    "/{nothing}\\evil.test",
    "{html_url}",
  ];

  /** Where a browser on the forge would go. */
  const leadsTo = (world: World, location: string) => new URL(location, world.url).origin;

  withPages("no form and no sign-in leads to another site afterwards (open redirect)", async ({ world }) => {
    const cookie = await signIn(world, "alice");
    const headers = { origin: world.url, cookie, "content-type": "application/x-www-form-urlencoded" };
    for (const target of elsewhere) {
      const form = new URLSearchParams({ _action: "PATCH /user", name: "Alice", _redirect: target });
      const sent = await ask(world, "/settings/profile", { method: "POST", headers, body: form.toString() });
      expect(sent.status, target).toBe(303);
      expect(leadsTo(world, sent.headers.get("location") ?? ""), target).toBe(world.url);
      const back = await ask(world, `/login?return_to=${encodeURIComponent(target)}`, {
        headers: { cookie },
      });
      expect(back.status, target).toBe(302);
      expect(leadsTo(world, back.headers.get("location") ?? ""), target).toBe(world.url);
      const login = await ask(world, `/login?return_to=${encodeURIComponent(target)}`);
      for (const element of parse(login.text))
        for (const name of ["href", "action", "value"] as const) {
          const value = element.properties[name === "href" ? "href" : name];
          if (typeof value === "string" && element.properties["name"] === "_redirect")
            expect(leadsTo(world, value.replaceAll(/\{[^}]*\}/g, "x")), target).toBe(world.url);
        }
    }
    for (const path of [
      "//evil.test",
      "//evil.test/",
      "//evil.test/%2e%2e",
      "/\\evil.test",
      "//evil.test/x.git",
      "//evil.test//",
    ]) {
      const location = (await ask(world, path)).headers.get("location");
      if (location !== null) expect(leadsTo(world, location), path).toBe(world.url);
    }
  });

  withPages("a form names an operation of this API and nothing else", async ({ world }) => {
    const cookie = await signIn(world, "alice");
    const headers = { origin: world.url, cookie, "content-type": "application/x-www-form-urlencoded" };
    for (const action of [
      "DELETE /../../repos/alice/demo",
      "DELETE /x/%2e%2e/repos/alice/demo",
      "DELETE //evil.test/x",
      "DELETE /repos/alice/demo?x",
      "DELETE /repos/alice/demo#x",
      "GET /repos/alice/demo",
      "CONNECT /x",
      "DELETE http://evil.test/",
      "DELETE /\\evil.test",
    ]) {
      const body = new URLSearchParams({ _action: action }).toString();
      expect((await ask(world, "/", { method: "POST", headers, body })).status, action).toBe(400);
    }
    expect((await world.as("alice").get("/repos/alice/demo")).status).toBe(200);
  });
});

/** All elements of a page, as a browser would build them. */
function parse(html: string): Element[] {
  const tree: Root = {
    type: "root",
    children: [{ type: "doctype" }, { type: "raw", value: html.replace(/^<!doctype html>/i, "") } as never],
  };
  const found: Element[] = [];
  const walk = (node: { children?: unknown[] }) => {
    for (const child of node.children ?? []) {
      if ((child as Element).type === "element") found.push(child as Element);
      walk(child as Element);
    }
  };
  walk((rehypeRaw() as (tree: Root, file: unknown) => Root)(tree, { value: html }) as never);
  return found;
}

/** A file of ours, or a text whose digest the page's policy names. */
function isOurs({ properties, children }: Element, policy: string): boolean {
  if (properties["src"] !== undefined) return String(properties["src"]).startsWith("/assets/");
  const text = children.map((child) => (child.type === "text" ? child.value : "")).join("");
  return policy.includes(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
}

/** Everything on a page by which a browser would run something. */
function runs(html: string, policy: string): string[] {
  return parse(html).flatMap((element) => {
    const { tagName, properties } = element;
    const wrong: string[] = [];
    if (tagName === "script" && properties["type"] !== "application/json" && !isOurs(element, policy))
      wrong.push("script that is not ours");
    if (["iframe", "object", "embed", "base", "frame", "applet"].includes(tagName)) wrong.push(tagName);
    if (tagName === "meta" && properties["httpEquiv"] !== undefined) wrong.push("meta http-equiv");
    for (const [name, value] of Object.entries(properties)) {
      if (/^on[a-z]/i.test(name)) wrong.push(`${tagName} ${name}`);
      if (name === "srcDoc") wrong.push("srcdoc");
      if (
        /^(?:href|src|action|formAction|xLinkHref)$/.test(name) &&
        /^\s*(?:javascript|vbscript|data:text)/i.test(String(value))
      )
        wrong.push(`${tagName} ${name}=${String(value)}`);
    }
    return wrong;
  });
}

describe("script in what people write", () => {
  const evil = `"'><script>alert(1)</script><img src=x onerror=alert(1)></title></script><svg/onload=alert(1)>`;
  const evilName = `"'><img src=x onerror=alert(1)>`;

  test("is found by the reader of pages that the tests below rely on", () => {
    expect(runs(`<!doctype html><html><head></head><body><p>${evil}</p></body></html>`, "")).toEqual(
      expect.arrayContaining(["script that is not ours", "img onError", "svg onLoad"]),
    );
    const empty = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
    const page = `<!doctype html><a href=" javascript:x">x</a><script></script><script src="/assets/a.js"></script>`;
    expect(runs(page, empty)).toHaveLength(1);
  });

  withPages(
    "runs on no page, wherever it stands",
    async ({ world, alice, anonymous }) => {
      const demo = "/repos/alice/demo";
      const branch = `x"'><img/src=x/onerror=alert(1)>`;
      await alice.patch("/user", { name: evil.slice(0, 60), bio: evil, location: evilName });
      await alice.patch(demo, { description: evil, homepage: "https://example.test/?x=%22%3E%3Cscript%3E" });
      const main = (await alice.get(`${demo}/git/ref/heads/main`)).body.object.sha;
      expect((await alice.post(`${demo}/git/refs`, { ref: `refs/heads/${branch}`, sha: main })).status).toBe(
        201,
      );
      const file = encodeURIComponent(`${evilName.replaceAll("/", "")}.md`);
      const content = { ...put(`# ${evil}\n\n[x](javascript:alert(1))\n\n${evil}\n`, branch), message: evil };
      expect((await alice.put(`${demo}/contents/${file}`, content)).status).toBe(201);
      expect(
        (
          await alice.put(`${demo}/contents/README.md`, {
            ...content,
            sha: (await alice.get(`${demo}/contents/README.md?ref=${encodeURIComponent(branch)}`)).body.sha,
          })
        ).status,
      ).toBe(200);
      await alice.post(`${demo}/labels`, {
        name: evilName.slice(0, 50),
        color: "ffffff",
        description: evil.slice(0, 90),
      });
      const milestone = (await alice.post(`${demo}/milestones`, { title: evil, description: evil })).body;
      const issue = (
        await alice.post(`${demo}/issues`, {
          title: evil,
          body: `${evil}\n\n[x](javascript:alert(1)) <a href="data:text/html,x">y</a>`,
          labels: [evilName.slice(0, 50)],
          milestone: milestone.number,
        })
      ).body;
      await alice.post(`${demo}/issues/${issue.number}/comments`, { body: evil });
      const pull = (
        await alice.post(`${demo}/pulls`, { title: evil, body: evil, head: branch, base: "main" })
      ).body;
      expect([issue.number, pull.number].every(Number.isInteger)).toBe(true);
      const head = (await anonymous.get(`${demo}/commits?sha=${encodeURIComponent(branch)}`)).body[0].sha;
      const deep = branch.split("/").map(encodeURIComponent).join("/");
      const cookie = await signIn(world, "alice");
      for (const path of [
        "/",
        "/explore",
        "/alice/demo",
        `/alice/demo/tree/${deep}`,
        `/alice/demo/blob/${deep}/${file}`,
        `/alice/demo/blame/${deep}/${file}`,
        `/alice/demo/commits/${deep}`,
        `/alice/demo/commit/${head}`,
        `/alice/demo/compare/main...${deep}`,
        "/alice/demo/branches",
        "/alice/demo/issues",
        `/alice/demo/issues?q=${encodeURIComponent(evil)}`,
        `/alice/demo/issues/${issue.number}`,
        "/alice/demo/issues/new",
        "/alice/demo/labels",
        "/alice/demo/milestones",
        `/alice/demo/milestone/${milestone.number}`,
        "/alice/demo/pulls",
        `/alice/demo/pull/${pull.number}`,
        `/alice/demo/pull/${pull.number}/commits`,
        `/alice/demo/pull/${pull.number}/files`,
        "/alice/demo/settings",
        "/settings/profile",
        `/${encodeURIComponent(evil)}`,
        `/alice/demo/tree/${encodeURIComponent(evil)}`,
        `/login?return_to=${encodeURIComponent(evil)}`,
        `/search?q=${encodeURIComponent(evil)}`,
      ]) {
        const page = await ask(world, path, { headers: { cookie } });
        const policy = page.headers.get("content-security-policy") ?? "";
        expect(page.status, path).toBeLessThan(500);
        if (!page.headers.get("content-type")?.startsWith("text/html")) continue;
        expect(policy, path).toMatch(/default-src 'none'; script-src 'self'(?: 'sha256-[\w+/=]+')+;/);
        expect(runs(page.text, policy), path).toEqual([]);
      }
    },
    60_000,
  );

  test("stays bytes when it is asked for raw, as SVG, HTML or XML", async ({ world, alice }) => {
    for (const name of [
      "a.svg",
      "a.html",
      "a.xhtml",
      "a.xml",
      "a.htm",
      "a.svgz",
      "a.pdf",
      "a.js",
      "a.wasm",
      "a.mht",
    ]) {
      await alice.put(
        `/repos/alice/demo/contents/${name}`,
        put(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`),
      );
      for (const path of [`/alice/demo/raw/main/${name}`, `/api/v3/repos/alice/demo/contents/${name}`]) {
        const { status, headers } = await ask(world, path, {
          headers: { accept: "application/vnd.github.raw" },
        });
        expect(status, path).toBe(200);
        expect(headers.get("x-content-type-options"), path).toBe("nosniff");
        expect(headers.get("content-security-policy"), path).toMatch(/default-src 'none'.*sandbox$/);
        expect(headers.get("content-type"), path).toMatch(
          /^(?:text\/plain|image\/svg\+xml|application\/(?:octet-stream|vnd\.github\.raw))/,
        );
      }
    }
  });
});

describe("who is out", () => {
  /** The answers of every door to these headers. */
  async function doors(world: World, headers: Record<string, string>, repository: string) {
    const own = { origin: world.url, ...headers };
    const packs = { ...own, "content-type": "application/x-git-upload-pack-request" };
    return {
      api: (await ask(world, `/api/v3/repos/${repository}`, { headers })).status,
      contents: (await ask(world, `/api/v3/repos/${repository}/contents/README.md`, { headers })).status,
      raw: (await ask(world, `/${repository}/raw/main/README.md`, { headers })).status,
      refs: (await ask(world, `/${repository}.git/info/refs?service=git-upload-pack`, { headers })).status,
      fetch: (
        await ask(world, `/${repository}.git/git-upload-pack`, {
          method: "POST",
          headers: packs,
          body: "0000",
        })
      ).status,
      push: (await ask(world, `/${repository}.git/info/refs?service=git-receive-pack`, { headers })).status,
      write: (
        await ask(world, `/api/v3/repos/${repository}/issues`, {
          method: "POST",
          headers: { ...own, "content-type": "application/json" },
          body: '{"title":"In"}',
        })
      ).status,
    };
  }

  test("a suspended person passes no door by cookie, token or password, also where they owned the thing", async ({
    world,
    root,
    alice,
  }) => {
    const cookie = await signIn(world, "alice");
    const ways = {
      cookie: { cookie },
      token: { authorization: `Bearer ${alice.token}` },
      password: basic("alice", people.alice.password),
    };
    for (const [name, headers] of Object.entries(ways))
      expect(Object.values(await doors(world, headers, "alice/secret")), name).toEqual([
        200, 200, 200, 200, 200, 200, 201,
      ]);
    expect((await root.patch("/admin/users/alice", { suspended: true })).status).toBe(200);
    for (const [name, headers] of Object.entries(ways))
      for (const [door, status] of Object.entries(await doors(world, headers, "alice/secret")))
        expect([401, 403, 404], `${name} ${door}`).toContain(status);
  });

  test("a token opens a private repository at no door without the scope, and changes nothing with reading alone", async ({
    world,
  }) => {
    const bare = await tokenOf(world, "alice", ["user:read"]);
    for (const [door, status] of Object.entries(
      await doors(world, { authorization: `token ${bare}` }, "alice/secret"),
    ))
      expect([401, 403, 404], door).toContain(status);
    const reading = await tokenOf(world, "alice", ["repo:read"]);
    for (const headers of [
      { authorization: `token ${reading}` },
      basic("x", reading),
      basic(reading, "x-oauth-basic"),
    ]) {
      const { push, write, ...read } = await doors(world, headers as Record<string, string>, "alice/secret");
      expect(Object.values(read)).toEqual([200, 200, 200, 200, 200]);
      expect([push, write]).toEqual([403, 403]);
    }
  });

  test("a token that expired or was revoked passes no door, and is not taken for a visitor", async ({
    world,
  }) => {
    const cookie = await signIn(world, "alice");
    const token = await tokenOf(world, "alice", ["repo:write"]);
    const list = (await world.anonymous.get("/user/tokens", { cookie })).body;
    const { id } = list.find((one: { name: string }) => one.name === "repo:write");
    expect(
      (await world.anonymous.delete(`/user/tokens/${id}`, undefined, { cookie, origin: world.url })).status,
    ).toBe(204);
    const late = await tokenOf(world, "alice", ["repo:read", "repo:write"]);
    await world.services.database
      .update(personalAccessTokens)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(personalAccessTokens.tokenHash, sha256Hex(late)));
    for (const dead of [token, late])
      for (const repository of ["alice/secret", "alice/demo"])
        for (const headers of [{ authorization: `token ${dead}` }, basic("alice", dead)])
          expect(new Set(Object.values(await doors(world, headers, repository)))).toEqual(new Set([401]));
  });

  withPages("a suspended person's pages are a visitor's", async ({ world, root, alice }) => {
    const cookie = await signIn(world, "alice");
    expect((await ask(world, "/alice/secret", { headers: { cookie } })).status).toBe(200);
    await root.patch("/admin/users/alice", { suspended: true });
    const hidden = await ask(world, "/alice/secret", { headers: { cookie } });
    expect([hidden.status, hidden.text.includes(alice.token ?? "")]).toEqual([404, false]);
    expect((await ask(world, "/alice/demo", { headers: { cookie } })).text).not.toContain(
      "alice@example.test",
    );
    const settings = await ask(world, "/settings/profile", { headers: { cookie } });
    expect(settings.status).toBe(302);
    expect(settings.headers.get("location")).toMatch(/^\/login/);
    const form = new URLSearchParams({ _action: "PATCH /user", name: "Still here" }).toString();
    await ask(world, "/settings/profile", {
      method: "POST",
      headers: { origin: world.url, cookie, "content-type": "application/x-www-form-urlencoded" },
      body: form,
    });
    expect((await root.get("/users/alice")).body.name).toBe("Alice Archer");
  });

  test("a token in the address opens nothing", async ({ world, alice }) => {
    for (const name of ["access_token", "token", "private_token", "api_key"]) {
      expect((await ask(world, `/api/v3/repos/alice/secret?${name}=${alice.token}`)).status).toBe(404);
      expect((await ask(world, `/alice/secret/raw/main/README.md?${name}=${alice.token}`)).status).toBe(404);
    }
  });
});

describe("what is private", () => {
  const mark = "xyzzyplugh";

  /** A private repository of alice's that has to do with everything public. */
  async function hide(world: World) {
    const alice = world.as("alice");
    await alice.patch("/repos/alice/secret", { description: mark, name: mark });
    await alice.post(`/repos/alice/${mark}/issues`, { title: `${mark} issue`, body: "See alice/demo#1" });
    await alice.post("/repos/alice/demo/issues", { title: "Public", body: `See alice/${mark}#1` });
    await alice.post(`/repos/alice/${mark}/labels`, { name: mark, color: "ffffff" });
    await alice.put(`/repos/alice/${mark}/contents/${mark}.txt`, put(mark));
    await alice.post(`/repos/alice/${mark}/pulls`, {
      title: `${mark} pull`,
      head: "feature",
      base: "main",
      body: "alice/demo#1",
    });
    await alice.put(`/user/starred/alice/${mark}`);
    await alice.put(`/repos/alice/${mark}/subscription`, { subscribed: true });
    await alice.post(`/repos/alice/${mark}/forks`, { organization: "acme" });
    await world.settle();
  }

  test("is named by no list, feed, search, fork, reference or event that a stranger reads", async ({
    world,
    mallory,
  }) => {
    await hide(world);
    expect((await mallory.get("/repos/alice/demo/issues/1")).status).toBe(200);
    let told = 0;
    for (const route of apiRoutes) {
      if (route.method !== "GET") continue;
      const values: Record<string, string> = {
        owner: "alice",
        repo: "demo",
        username: "alice",
        org: "acme",
        issue_number: "1",
        pull_number: "1",
        number: "1",
        basehead: "main...feature",
        path: "README.md",
        ref: "main",
        rest: "main",
      };
      const path = route.path.replaceAll(/\{(\w+)\*?\}/g, (_, name: string) => values[name] ?? "main");
      for (const headers of [{ authorization: `token ${mallory.token}` }, {}] as Record<string, string>[]) {
        for (const query of ["", `?q=${mark}&type=all&state=all&filter=all`]) {
          const answer = await ask(world, `/api/v3${path}${query}`, { headers });
          expect(answer.status, path).toBeLessThan(500);
          // What alice wrote in public herself, and what the question said, is no secret.
          const text = answer.text.replaceAll(`See alice/${mark}#1`, "").replaceAll(`q=${mark}`, "");
          expect(
            text.includes(mark)
              ? `${path}: ${text.slice(Math.max(0, text.indexOf(mark) - 200), text.indexOf(mark) + 50)}`
              : "",
            path,
          ).toBe("");
          if (answer.status === 200) told += 1;
        }
      }
    }
    expect(told).toBeGreaterThan(100);
  }, 60_000);

  withPages(
    "is on no page and in no title that a stranger sees",
    async ({ world }) => {
      await hide(world);
      const cookie = await signIn(world, "mallory");
      for (const headers of [{ cookie }, {}] as Record<string, string>[])
        for (const path of [
          "/",
          "/explore",
          `/explore?q=${mark}`,
          "/alice",
          "/acme",
          "/alice/demo",
          "/alice/demo/forks",
          "/alice/demo/issues/1",
          `/alice/${mark}`,
          `/alice/${mark}/issues/1`,
          `/alice/${mark}/pull/2`,
          `/alice/${mark}/settings`,
          `/search?q=${mark}`,
        ]) {
          const { text } = await ask(world, path, { headers });
          const missing = await ask(world, path.replaceAll(mark, "nothingthere"), { headers });
          // A private repository looks exactly as one that does not exist.
          if (path.startsWith(`/alice/${mark}`))
            expect((await ask(world, path, { headers })).status).toBe(missing.status);
          expect(text, path).not.toMatch(
            new RegExp(`${mark} (?:issue|pull)|"description":"${mark}|${mark}\\.txt`),
          );
          if (!path.includes(mark))
            expect(
              text.replaceAll(new RegExp(`alice/${mark}#1|alice\\\\?/${mark}/issues/1`, "g"), ""),
              path,
            ).not.toContain(mark);
        }
    },
    60_000,
  );

  test("is in no answer that a shared cache may keep, and a validator tells a stranger nothing", async ({
    world,
    alice,
  }) => {
    const own = { authorization: `token ${alice.token}` };
    const raw = { accept: "application/vnd.github.raw" };
    for (const path of [
      "/api/v3/repos/alice/secret",
      "/api/v3/user",
      "/api/v3/repos/alice/secret/contents/README.md",
      "/alice/secret/raw/main/README.md",
      "/alice/secret.git/info/refs?service=git-upload-pack",
    ])
      for (const accept of [{}, raw]) {
        const answer = await ask(world, path, { headers: { ...own, ...accept } });
        expect(answer.status, path).toBe(200);
        expect(answer.headers.get("cache-control") ?? "none", path).toMatch(/^(?:private|no-cache|no-store)/);
        const etag = answer.headers.get("etag");
        for (const known of [etag ?? "*", "*"]) {
          const probe = await ask(world, path, { headers: { ...accept, "if-none-match": known } });
          expect([401, 404], path).toContain(probe.status);
          expect(probe.headers.get("cache-control") ?? "none", path).not.toContain("public");
        }
      }
    for (const [path, body] of [
      ["/session", { login: "alice", password: people.alice.password }],
      ["/session", { login: "alice", password: "wrong" }],
    ] as const) {
      const answer = await world.anonymous.post(path, body);
      expect(answer.headers.get("cache-control"), `${answer.status}`).toMatch(/private|no-store/);
    }
  });

  test("goes on to nobody who lost sight of it, also not by a pull request that was opened before", async ({
    world,
    alice,
    mallory,
  }) => {
    await alice.put("/repos/alice/secret/collaborators/mallory", { permission: "pull" });
    expect((await mallory.post("/repos/alice/secret/forks", {})).status).toBe(202);
    await world.settle();
    await alice.put("/repos/alice/secret/contents/old.txt", put("seen"));
    const opened = await mallory.post("/repos/mallory/secret/pulls", {
      title: "Follow",
      head: "alice:main",
      base: "main",
    });
    await alice.delete("/repos/alice/secret/collaborators/mallory");
    await alice.put("/repos/alice/secret/contents/new.txt", put("not for mallory"));
    const { sha } = (await alice.get("/repos/alice/secret/commits/main")).body;
    await world.settle();
    expect(opened.status).toBe(201);
    const number = opened.body.number;
    const headers = { authorization: `token ${mallory.token}` };
    const seen = await ask(world, `/api/v3/repos/mallory/secret/pulls/${number}`, { headers });
    expect([seen.status, JSON.parse(seen.text).head.sha === sha]).toEqual([200, false]);
    for (const path of [
      `pulls/${number}/files`,
      `pulls/${number}/commits`,
      `commits/${sha}`,
      `git/commits/${sha}`,
      `contents/new.txt?ref=${sha}`,
    ])
      expect((await ask(world, `/api/v3/repos/mallory/secret/${path}`, { headers })).text, path).not.toMatch(
        /new\.txt|bm90IGZvciBt/,
      );
    expect((await mallory.post("/repos/mallory/secret/merge-upstream", { branch: "main" })).status).toBe(422);
    expect((await mallory.get("/repos/mallory/secret/compare/main...alice:main")).status).toBe(404);
    const fork = (await mallory.get("/repos/mallory/secret")).body;
    expect([fork.parent, fork.source]).toEqual([undefined, undefined]);
  });
});

describe("floods and odd bodies", () => {
  test("guesses from one address are cut off at every door, however many names they spread over", async () => {
    const world = await createWorld({ listen: true, limits: { signInTries: 3 } });
    try {
      const doors: Record<string, (name: string) => Promise<Response>> = {
        form: (login) =>
          fetch(`${world.url}/api/v3/session`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ login, password: "wrong guess" }),
          }),
        git: (name) =>
          fetch(`${world.url}/alice/demo.git/info/refs?service=git-upload-pack`, {
            headers: basic(name, "wrong guess"),
          }),
      };
      for (const [door, guess] of Object.entries(doors)) {
        const answers = await Promise.all(Array.from({ length: 25 }, (_, n) => guess(`${door}${n}`)));
        const statuses = answers.map(({ status }) => status);
        expect(statuses.filter((status) => status === 401).length, door).toBeLessThanOrEqual(15);
        expect(statuses, door).toContain(429);
        expect(answers.find(({ status }) => status === 429)?.headers.get("retry-after"), door).toMatch(
          /^\d+$/,
        );
      }
      // A token is no guess: who has one goes on working from the same address.
      expect(
        (await fetch(`${world.url}/api/v3/user`, { headers: basic("bob", people.bob.token) })).status,
      ).toBe(200);
    } finally {
      await world.close();
    }
  }, 60_000);

  test("deep, cyclic-looking, poisoned and huge JSON is refused or harmless, and tells nothing of the inside", async ({
    bob,
    world,
  }) => {
    const deep = 500_000;
    for (const text of [
      "[".repeat(deep) + "]".repeat(deep),
      `${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`,
      `{"title":${"[".repeat(deep)}${"]".repeat(deep)}}`,
      '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}',
      '{"title":"x","__proto__":{"state":"closed"},"assignees":{"length":1e9}}',
      '{"title":1e999}',
      '{"title":"\\ud800\\u0000"}',
      '{"title":["a"],"title":{"toString":"x"}}',
      "null",
      '"text"',
      "{",
      "",
    ])
      for (const headers of [{}, { "idempotency-key": randomBytes(8).toString("hex") }] as Record<
        string,
        string
      >[]) {
        const answer = await bob.request("POST", "/repos/alice/demo/issues", text, headers);
        expect(answer.status, text.slice(0, 60)).toBeGreaterThanOrEqual(400);
        expect(answer.status, text.slice(0, 60)).toBeLessThan(500);
        expect(JSON.stringify(answer.body)).not.toMatch(insides);
      }
    expect(({} as Record<string, unknown>)["isAdmin"]).toBeUndefined();
    const zipped = await ask(world, "/api/v3/repos/alice/demo/issues", {
      method: "POST",
      headers: {
        authorization: `token ${bob.token}`,
        "content-type": "application/json",
        "content-encoding": "gzip",
      },
      body: new Uint8Array(gzipSync(Buffer.alloc(10_000_000, 0x20))),
    });
    expect([400, 415]).toContain(zipped.status);
  });

  test("numbers, cursors and dates out of every range are refused without a word of the inside", async ({
    bob,
  }) => {
    const all = ["-1", "99999999999999999999", "0x10", "%27", "%00", "🙂", "__proto__"];
    for (const route of apiRoutes) {
      if (route.method !== "GET" || !/_id\}|number\}|_sha\}|username\}|label/.test(route.path)) continue;
      for (const value of all) {
        const names = [...route.path.matchAll(/\{(\w+)\*?\}/g)].map(([, name = ""]) => name);
        const last = names.at(-1);
        const path = route.path.replaceAll(/\{(\w+)\*?\}/g, (_, name: string) =>
          name === last ? value : name === "owner" ? "alice" : name === "repo" ? "demo" : "1",
        );
        const answer = await bob.get(path);
        expect(answer.status, path).toBeLessThan(500);
        expect(JSON.stringify(answer.body), path).not.toMatch(insides);
      }
    }
    for (const path of [
      "/repos/alice/demo/issues",
      "/repos/alice/demo/commits",
      "/users",
      "/repos/alice/demo/pulls",
      "/repos/alice/demo/branches",
      "/user/repos",
      "/repos/alice/demo/milestones",
      "/repos/alice/demo/labels",
    ])
      for (const query of [
        "page",
        "per_page",
        "cursor",
        "since",
        "until",
        "after",
        "before",
        "sort",
        "direction",
        "state",
        "milestone",
        "labels",
        "assignee",
      ])
        for (const value of ["-1", "1e309", "99999999999999999999", "%00", "%ff", "__proto__"]) {
          const answer = await bob.get(`${path}?${query}=${value}`);
          expect(answer.status, `${path}?${query}=${value}`).toBeLessThan(500);
          expect(JSON.stringify(answer.body), path).not.toMatch(insides);
        }
  }, 60_000);
});

describe("with git itself", () => {
  let world: World;
  let machine: Machine;
  beforeAll(async () => {
    world = await createWorld({ listen: true });
    machine = await openMachine("bob");
    const remote = `${world.url.replace("://", `://git:${people.bob.token}@`)}/alice/demo.git`;
    await machine.git("", "clone", "-q", remote, "work");
  });
  afterAll(async () => {
    await machine.remove();
    await world.settle();
    await world.close();
  });

  test("a commit whose tree would harm who checks it out is refused (.git, traversal, submodule tricks)", async () => {
    const blob = (text: string) =>
      machine
        .run("work", "git", ["hash-object", "-w", "--stdin"], text)
        .then(({ stdout }) => stdout.toString().trim());
    const hello = await blob("x\n");
    const modules = async (line: string) =>
      `100644 blob ${await blob(`[submodule "x"]\n\tpath = x\n\t${line}\n`)}\t.gitmodules\n`;
    const trees = [
      `100644 blob ${hello}\t.git\n`,
      `100644 blob ${hello}\t.GIT\n`,
      `100644 blob ${hello}\tgit~1\n`,
      `100644 blob ${hello}\t..\n`,
      `120000 blob ${hello}\t.gitmodules\n`,
      await modules("url = -u./payload"),
      await modules("url = --upload-pack=touch /tmp/x"),
      `100644 blob ${await blob('[submodule "../../x"]\n\tpath = x\n\turl = https://example.test/x\n')}\t.gitmodules\n`,
    ];
    for (const [index, tree] of trees.entries()) {
      const made = await machine.run("work", "git", ["mktree"], tree);
      const oid = made.stdout.toString().trim();
      if (made.code !== 0) continue;
      const commit = await machine.git("work", "commit-tree", oid, "-m", "Trap");
      const said = await machine.refused("work", "push", "origin", `${commit}:refs/heads/trap${index}`);
      expect(said, tree).toMatch(/not acceptable|rejected|refused/);
      expect(said, tree).not.toMatch(insides);
    }
    expect((await world.as("bob").get("/repos/alice/demo/branches")).body).toHaveLength(2);
  }, 60_000);

  test("control characters in a commit's author and message reach neither a header nor a terminal", async () => {
    const name = "Eve \u001b]0;owned\u0007";
    await machine.git(
      "work",
      "-c",
      `user.name=${name}`,
      "commit",
      "-q",
      "--allow-empty",
      "-m",
      "\u001b[2J\r\nX-Evil: 1\u202e",
    );
    await machine.git("work", "push", "-q", "origin", "HEAD:refs/heads/colour");
    const patch = await ask(world, "/alice/demo/compare/main...colour.patch");
    expect(patch.status).toBeLessThan(500);
    expect([...patch.headers.keys()]).not.toContain("x-evil");
  });

  test("an object that no reference holds any more is not fetched by its id in the older versions of the protocol", async () => {
    await machine.git("work", "commit", "-q", "--allow-empty", "-m", "Gone");
    const gone = await machine.git("work", "rev-parse", "HEAD");
    await machine.git("work", "push", "-q", "origin", "HEAD:refs/heads/gone");
    await machine.git("work", "push", "-q", "origin", ":gone");
    await machine.git("", "init", "-q", "thief");
    // Version 2 has no such check in git itself (git-config(1), uploadpack.allowAnySHA1InWant).
    for (const version of ["0", "1"])
      await machine.refused(
        "thief",
        "-c",
        `protocol.version=${version}`,
        "fetch",
        `${world.url}/alice/demo.git`,
        gone,
      );
  });
});
