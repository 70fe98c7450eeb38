import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { repositories } from "../domains/repositories/schema.ts";
import { expect, test, type World } from "../../tools/testing/world.ts";
import { createWorld } from "../../tools/testing/world.ts";
import { people } from "../../tools/testing/people.ts";
import { systemContext, transact } from "../kernel/context.ts";
import { countWrites } from "../kernel/freshness.ts";
import { KeptPages, keyOf } from "./kept-pages.ts";

const run = promisify(execFile);

const home = "/alice/demo";
const visit = (world: World, path = home, headers: Record<string, string> = {}) =>
  world.app.request(path, { headers });
const text = async (world: World, path = home, headers: Record<string, string> = {}) =>
  (await visit(world, path, headers)).text();
/** One page drawn once has one `drawing`; two drawings never have the same. */
const drawingOf = (html: string) => /"drawing":"([^"]+)"/.exec(html)?.[1];

async function folderOf(world: World): Promise<string> {
  const [row] = await world.services.database
    .select({ diskPath: repositories.diskPath })
    .from(repositories)
    .where(eq(repositories.name, "demo"));
  return world.services.git.directory(row?.diskPath ?? "").dir;
}

test("a page is drawn once for two visitors, and anew as soon as anything is written", async ({
  world,
  alice,
}) => {
  const first = await text(world);
  expect(drawingOf(await text(world))).toBe(drawingOf(first));
  await alice.patch("/repos/alice/demo", { description: "Told a moment ago" });
  const second = await text(world);
  expect(second).toContain("Told a moment ago");
  expect(drawingOf(second)).not.toBe(drawingOf(first));
});

test("a repository that became private is gone for visitors with the answer that says so", async ({
  world,
  alice,
}) => {
  expect((await visit(world)).status).toBe(200);
  expect((await visit(world)).status).toBe(200);
  await alice.patch("/repos/alice/demo", { private: true });
  expect((await visit(world)).status).toBe(404);
});

test("a branch that another process moved in the folder shows at once", async ({ world }) => {
  const dir = await folderOf(world);
  const before = await text(world, `${home}/branches`);
  expect(drawingOf(await text(world, `${home}/branches`))).toBe(drawingOf(before));
  await run("git", ["-C", dir, "update-ref", "refs/heads/moved-by-hand", "HEAD"]);
  expect(await text(world, `${home}/branches`)).toContain("moved-by-hand");
});

test("what the checks of a commit come to shows at once, also on pages that were kept", async ({
  world,
  alice,
}) => {
  const sha = (await alice.get("/repos/alice/demo/git/ref/heads/main")).body.object.sha;
  const link = new RegExp(`href="/alice/demo/checks/${sha}"[^>]*aria-label="([^"]+)"`);
  const pages = [home, `${home}/commits/main`, `${home}/branches`];
  const said = () => Promise.all(pages.map(async (path) => link.exec(await text(world, path))?.[1]));
  const report = (state: string) =>
    alice.post(`/repos/alice/demo/statuses/${sha}`, { state, context: "test" });
  expect(await said()).toEqual([undefined, undefined, undefined]);
  for (const [state, words] of [
    ["pending", "Checks are running"],
    ["failure", "Checks failed"],
    ["success", "Checks passed"],
  ] as const) {
    expect((await report(state)).status).toBe(201);
    expect(await said()).toEqual([words, words, words]);
    const kept = drawingOf(await text(world));
    expect(drawingOf(await text(world))).toBe(kept);
  }
});

test("whoever is signed in, or brings a cookie that we do not know, has a page of their own", async ({
  world,
}) => {
  const shared = drawingOf(await text(world));
  for (const headers of [
    { authorization: `token ${people.alice.token}` },
    { cookie: "wit_session=wits_0000" },
    { cookie: "wit_theme=dark; other=1" },
  ])
    expect(drawingOf(await text(world, home, headers))).not.toBe(shared);
  expect(drawingOf(await text(world))).toBe(shared);
});

test("a page for one look is not shown to visitors with another", async ({ world }) => {
  const dark = await text(world, home, { cookie: "wit_theme=dark" });
  expect(dark).toContain('data-theme="dark"');
  expect(await text(world)).not.toContain('data-theme="dark"');
  expect(drawingOf(await text(world, home, { cookie: "wit_theme=dark" }))).toBe(drawingOf(dark));
});

test("the key of a page knows its whole address and nothing of who asks", () => {
  const key = (address: string, headers: Record<string, string> = {}) =>
    keyOf(new URL(address, "http://wit.test"), new Headers(headers));
  expect(key("/a/b?page=2")).not.toBe(key("/a/b"));
  expect(key("/a/b", { cookie: "wit_rail=narrow; wit_theme=dark" })).toBe(
    key("/a/b", { cookie: "wit_theme=dark;wit_rail=narrow" }),
  );
  expect(key("/a/b", { cookie: "__Host-wit_session=x" })).toBeNull();
  expect(key("/a/b", { cookie: 'wit_theme="><script>' })).toBeNull();
});

test("a page is sent small to whoever can unpack it, and not at all to whoever has it", async ({ world }) => {
  const plain = await text(world);
  const bytes = async (encoding: string) => {
    const answer = await visit(world, home, { "accept-encoding": encoding });
    return {
      encoding: answer.headers.get("content-encoding"),
      body: Buffer.from(await answer.arrayBuffer()),
      etag: answer.headers.get("etag") ?? "",
    };
  };
  const brotli = await bytes("gzip, br;q=0.9");
  expect(brotli.encoding).toBe("br");
  expect(brotliDecompressSync(brotli.body).toString() === plain).toBe(true);
  const gzip = await bytes("br;q=0, gzip");
  expect(gzip.encoding).toBe("gzip");
  expect(gunzipSync(gzip.body).toString() === plain).toBe(true);
  expect((await bytes("identity")).encoding).toBeNull();
  const again = await visit(world, home, { "if-none-match": brotli.etag });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  const own = await visit(world, home, {
    authorization: `token ${people.alice.token}`,
    "accept-encoding": "gzip",
  });
  expect(own.headers.get("content-encoding")).toBe("gzip");
  expect(gunzipSync(Buffer.from(await own.arrayBuffer())).toString()).toContain("</html>");
});

test("a page from the store counts against its visitor's hour like any other", async () => {
  const world = await createWorld({ listen: true, limits: { anonymousRequests: 3 } });
  try {
    const statuses = [];
    for (let visits = 0; visits < 5; visits += 1) statuses.push((await fetch(world.url + home)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  } finally {
    await world.close();
  }
});

test("scripts run by their digests, so no page holds a word that lets others' run", async ({ world }) => {
  const answer = await visit(world);
  const html = await answer.text();
  const policy = answer.headers.get("content-security-policy") ?? "";
  expect(html).not.toContain("nonce=");
  expect(policy).toMatch(/script-src 'self' 'sha256-[^']+'/);
  expect(policy).not.toContain("unsafe-inline'; script");
  const inline = [...html.matchAll(/<script>([^]*?)<\/script>/g)];
  expect(inline.length).toBeGreaterThan(0);
  expect(policy.match(/'sha256-/g)).toHaveLength(inline.length);
});

test("pages of before a write take no memory, though nobody asks for them again", () => {
  const freshness = countWrites();
  const kept = new KeptPages(freshness);
  const keep = (key: string) =>
    kept.keep(
      key,
      { status: 200, headers: new Headers(), html: "x".repeat(1000) },
      freshness.count,
      new Map(),
    );
  keep("/one");
  const one = kept.weight;
  expect(one).toBeGreaterThan(1000);
  freshness.written();
  keep("/two");
  expect(kept.weight).toBe(one);
});

test("what a job wrote shows at once, though nobody asked for it in a transaction", async ({
  world,
  alice,
}) => {
  await alice.post("/user/repos", { name: "newborn" });
  const labels = "/alice/newborn/labels";
  expect(await text(world, labels)).not.toContain("good first issue");
  await world.settle();
  expect(await text(world, labels)).toContain("good first issue");
});

test("a commit whose answer was lost on the way is no secret to visitors", async ({ world }) => {
  expect(await text(world)).not.toContain("Told by nobody");
  const system = systemContext(world.services, "test");
  const database = Object.create(system.database, {
    transaction: {
      value: async (work: Parameters<typeof system.database.transaction>[0]) => {
        await system.database.transaction(work);
        throw new Error("the connection was lost");
      },
    },
  }) as typeof system.database;
  const writing = transact({ ...system, database, db: database }, (tx) =>
    tx.db.update(repositories).set({ description: "Told by nobody" }).where(eq(repositories.name, "demo")),
  );
  await expect(writing).rejects.toThrow("the connection was lost");
  expect(await text(world)).toContain("Told by nobody");
});
