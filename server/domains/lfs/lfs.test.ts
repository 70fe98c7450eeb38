import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, vi } from "vitest";
import { people, type PersonName } from "../../../tools/testing/people.ts";
import { createWorld, expect, test as base, type World } from "../../../tools/testing/world.ts";
import { domains } from "../../domains.ts";
import { systemContext } from "../../kernel/context.ts";
import { proposalBytes } from "../repositories/index.ts";
import { sweepContents } from "./commands/objects.ts";

const sha = (content: Uint8Array | string) => createHash("sha256").update(content).digest("hex");
const kind = "application/vnd.git-lfs+json";
const test = base;

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** Asks the door with a person's token, any `Authorization`, or as nobody. */
async function ask(world: World, who: string | null, path: string, { method, headers, body }: Asked = {}) {
  const bytes = body instanceof Uint8Array;
  const authorization =
    who === null
      ? {}
      : {
          authorization:
            who in people
              ? `Basic ${Buffer.from(`${who}:${people[who as PersonName].token}`).toString("base64")}`
              : who,
        };
  const response = await world.app.fetch(
    new Request(world.url + path, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: { ...(bytes ? {} : { accept: kind, "content-type": kind }), ...authorization, ...headers },
      ...(body === undefined ? {} : { body: bytes ? new Uint8Array(body) : JSON.stringify(body) }),
    }),
  );
  const content = Buffer.from(await response.arrayBuffer());
  const json = response.headers.get("content-type") === kind;
  return {
    status: response.status,
    headers: response.headers,
    content,
    body: json ? JSON.parse(content.toString()) : null,
  };
}

const at = (repository: string, path: string) => `/${repository}.git/info/lfs/${path}`;
const demo = "alice/demo";

function batch(world: World, who: string | null, operation: string, content: Uint8Array, repository = demo) {
  const objects = [{ oid: sha(content), size: content.length }];
  return ask(world, who, at(repository, "objects/batch"), {
    body: { operation, transfers: ["basic"], objects },
  });
}

const put = (
  world: World,
  who: string | null,
  oid: string,
  content: Uint8Array,
  more = "",
  repository = demo,
) => ask(world, who, at(repository, `objects/${oid}${more}`), { method: "PUT", body: content });

const get = (world: World, who: string | null, oid: string, repository = demo, headers = {}) =>
  ask(world, who, at(repository, `objects/${oid}`), { headers });

const rows = async (world: World, table: "lfs_objects" | "lfs_contents") => [
  ...(await world.services.database.execute(sql`select * from ${sql.identifier(table)}`)),
];

const content = Buffer.from("a large file, as large files go in tests");
const oid = sha(content);

/** A token of the person with these scopes only: made as people make them, in a session. */
async function tokenOf(world: World, who: PersonName, scopes: string[]) {
  const { password } = people[who];
  const session = await world.anonymous.post("/session", { login: who, password });
  const headers = { cookie: session.headers.get("set-cookie")?.split(";")[0] ?? "", origin: world.url };
  const body = { name: scopes.join(), scopes, current_password: password };
  return (await world.anonymous.post("/user/tokens", body, headers)).body;
}

describe("objects", () => {
  test("a writer uploads what a batch told to, and readers download it", async ({ world }) => {
    const asked = await batch(world, "bob", "upload", content);
    expect(asked.status).toBe(200);
    expect(asked.body).toMatchObject({ transfer: "basic", hash_algo: "sha256" });
    const { upload, verify } = asked.body.objects[0].actions;
    const bearer = upload.header.Authorization;
    const before = await ask(world, bearer, new URL(verify.href).pathname, {
      body: { oid, size: content.length },
    });
    expect(before.status).toBe(404);
    const url = new URL(upload.href);
    expect(
      (await ask(world, bearer, url.pathname + url.search, { method: "PUT", body: content })).status,
    ).toBe(200);
    const verified = { oid, size: content.length };
    expect((await ask(world, bearer, at(demo, "verify"), { body: verified })).status).toBe(200);
    expect((await ask(world, bearer, at(demo, "verify"), { body: { oid, size: 3 } })).status).toBe(422);
    expect((await batch(world, "bob", "upload", content)).body.objects).toEqual([
      { oid, size: content.length },
    ]);
    const found = await batch(world, "carol", "download", content);
    const { download } = found.body.objects[0].actions;
    const got = await ask(world, download.header.Authorization, new URL(download.href).pathname);
    expect([got.status, got.content.equals(content)]).toEqual([200, true]);
    expect(got.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await get(world, null, oid)).content.equals(content)).toBe(true);
  });

  test("a download goes on where it broke off", async ({ world }) => {
    await put(world, "bob", oid, content);
    const part = await get(world, "carol", oid, demo, { range: "bytes=7-" });
    expect([part.status, part.content.toString()]).toEqual([206, content.subarray(7).toString()]);
    expect(part.headers.get("content-range")).toBe(`bytes 7-${content.length - 1}/${content.length}`);
    expect((await get(world, "carol", oid, demo, { range: "bytes=2-4" })).content.toString()).toBe("lar");
    expect((await get(world, "carol", oid, demo, { range: "bytes=999-" })).status).toBe(416);
    const head = await ask(world, "carol", at(demo, `objects/${oid}`), { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(content.length)]);
    expect((await get(world, "carol", oid, demo, { "if-none-match": `"${oid}"` })).status).toBe(304);
  });

  test("other bytes than announced are refused and leave nothing", async ({ world }) => {
    const other = Buffer.from("something else");
    expect((await put(world, "bob", oid, other)).status).toBe(422);
    expect((await put(world, "bob", oid, content, `?size=${content.length + 1}`)).status).toBe(422);
    expect((await put(world, "bob", oid, content, `?size=${content.length - 1}`)).status).toBe(422);
    expect((await put(world, "bob", oid, content.subarray(0, 5), `?size=${content.length}`)).status).toBe(
      422,
    );
    expect((await put(world, "bob", "nonsense", content)).status).toBe(422);
    expect((await put(world, "bob", sha(""), content)).status).toBe(422);
    expect(await rows(world, "lfs_objects")).toEqual([]);
    expect(await world.services.blobs.has(oid)).toBe(false);
    expect(await world.services.blobs.has(sha(other))).toBe(false);
    expect((await get(world, "alice", oid)).status).toBe(404);
  });

  test("an empty object is one too", async ({ world }) => {
    expect((await put(world, "bob", sha(""), Buffer.alloc(0))).status).toBe(200);
    expect((await get(world, "carol", sha(""))).content.length).toBe(0);
  });

  test("an object that two upload at once is held once, and both are told that it went well", async ({
    world,
  }) => {
    const large = randomBytes(300_000);
    const answers = await Promise.all(
      ["alice", "bob", "alice", "bob"].map((who) => put(world, who, sha(large), large)),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(await rows(world, "lfs_objects")).toHaveLength(1);
    expect((await get(world, "carol", sha(large))).content.equals(large)).toBe(true);
  });

  test("a batch says for each object what is wrong with it", async ({ world }) => {
    const body = {
      operation: "upload",
      objects: [
        { oid: "../../etc/passwd", size: 1 },
        { oid, size: -1 },
        { oid, size: 1e15 },
        { oid, size: 1 },
      ],
    };
    const { body: answer } = await ask(world, "bob", at(demo, "objects/batch"), { body });
    expect(answer.objects.map((one: { error?: { code: number } }) => one.error?.code)).toEqual([
      422,
      422,
      422,
      undefined,
    ]);
    const absent = await batch(world, "bob", "download", content);
    expect(absent.body.objects[0]).toMatchObject({ oid, error: { code: 404 } });
  });

  test("a batch that cannot be answered is refused as the specification says", async ({ world }) => {
    const refused = async (body: object) => {
      const answer = await ask(world, "bob", at(demo, "objects/batch"), { body });
      expect(answer.body).toMatchObject({ message: expect.any(String), request_id: expect.any(String) });
      return answer.status;
    };
    const objects = [{ oid, size: 1 }];
    const many = Array.from({ length: 101 }, () => objects[0]);
    expect(await refused({ operation: "download", objects: many })).toBe(413);
    expect(await refused({ operation: "download", objects, hash_algo: "sha512" })).toBe(409);
    expect(await refused({ operation: "download", objects, transfers: ["tus"] })).toBe(422);
    expect(await refused({ operation: "delete", objects })).toBe(422);
    expect(await refused({})).toBe(422);
    expect((await ask(world, "bob", at(demo, "nothing"))).status).toBe(404);
  });

  test("an object may not be larger than the limit, announced or not", async () => {
    const world = await createWorld({ limits: { lfsBytes: 20 } });
    expect((await batch(world, "bob", "upload", content)).body.objects[0].error.code).toBe(422);
    expect((await put(world, "bob", oid, content)).status).toBe(413);
    expect((await put(world, "bob", oid, content, `?size=${content.length}`)).status).toBe(413);
    expect(await world.services.blobs.has(oid)).toBe(false);
    await world.close();
  });
});

describe("an upload that is cut off", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld({ listen: true });
  });
  afterEach(() => world.close());

  test.each(["content-length: 40000", "transfer-encoding: chunked"])(
    "leaves nothing behind (%s)",
    async (framing) => {
      const large = randomBytes(40_000);
      const drafts = join(world.dataDir, "blobs", "drafts");
      const waiting = () => readdir(drafts).catch(() => []);
      const socket = connect(Number(new URL(world.url).port), "127.0.0.1");
      await once(socket, "connect");
      const half = large.subarray(0, 20_000);
      const basic = Buffer.from(`bob:${people.bob.token}`).toString("base64");
      socket.write(
        `PUT ${at(demo, `objects/${sha(large)}`)} HTTP/1.1\r\nhost: x\r\nauthorization: Basic ${basic}\r\n${framing}\r\n\r\n`,
      );
      socket.write(
        framing.startsWith("transfer")
          ? Buffer.concat([Buffer.from("4e20\r\n"), half, Buffer.from("\r\n")])
          : half,
      );
      await expect.poll(waiting, { timeout: 10_000 }).toHaveLength(1);
      socket.destroy();
      await expect.poll(waiting, { timeout: 10_000 }).toEqual([]);
      expect(await world.services.blobs.has(sha(large))).toBe(false);
      expect(await rows(world, "lfs_objects")).toEqual([]);
      expect((await put(world, "bob", sha(large), large)).status).toBe(200);
    },
  );
});

describe("who may", () => {
  test("knowing an oid opens nothing in another repository, nor in a fork", async ({ world, mallory }) => {
    await put(world, "alice", oid, content, "", "alice/secret");
    await mallory.post("/user/repos", { name: "mine" });
    await mallory.post("/repos/alice/demo/forks");
    await world.settle();
    for (const repository of ["mallory/mine", "mallory/demo", demo]) {
      expect((await get(world, "mallory", oid, repository)).status).toBe(404);
      const asked = await batch(world, "mallory", "download", content, repository);
      expect(asked.body.objects[0].error.code).toBe(404);
    }
    const claim = await batch(world, "mallory", "upload", content, "mallory/mine");
    expect(claim.body.objects[0].actions.upload).toBeDefined();
    const verify = { oid, size: content.length };
    expect((await ask(world, "mallory", at("mallory/mine", "verify"), { body: verify })).status).toBe(404);
    expect((await put(world, "mallory", oid, Buffer.alloc(0), "", "mallory/mine")).status).toBe(422);
    expect((await put(world, "mallory", oid, Buffer.from("guess"), "", "mallory/mine")).status).toBe(422);
    expect((await get(world, "mallory", oid, "mallory/mine")).status).toBe(404);
    await put(world, "alice", oid, content);
    expect((await get(world, "mallory", oid, "mallory/demo")).status).toBe(404);
  });

  test("a private repository is not there for strangers, and asks visitors to sign in", async ({ world }) => {
    await put(world, "alice", oid, content, "", "alice/secret");
    const body = { operation: "download", objects: [{ oid, size: 1 }] };
    for (const [method, path, sent] of [
      ["POST", "objects/batch", body],
      ["GET", `objects/${oid}`, undefined],
      ["PUT", `objects/${oid}`, content],
      ["POST", "verify", { oid, size: 1 }],
      ["GET", "locks", undefined],
      ["POST", "locks", { path: "a" }],
      ["POST", "locks/verify", {}],
      ["POST", "locks/0190b1a0-0000-7000-8000-000000000000/unlock", {}],
    ] as const) {
      const asked = { method, body: sent };
      expect((await ask(world, "mallory", at("alice/secret", path), asked)).status).toBe(404);
      expect((await ask(world, "alice", at("alice/absent", path), asked)).status).toBe(404);
      const visitor = await ask(world, null, at("alice/secret", path), asked);
      expect([visitor.status, visitor.headers.get("lfs-authenticate")]).toEqual([401, 'Basic realm="wit"']);
    }
  });

  test("readers, readers' tokens and visitors upload nothing, nor does anybody to an archive", async ({
    world,
    alice,
  }) => {
    const reading = `token ${(await tokenOf(world, "bob", ["repo:read"])).token}`;
    const attempts = async (who: string | null) => [
      (await batch(world, who, "upload", content)).status,
      (await put(world, who, oid, content)).status,
      (await ask(world, who, at(demo, "locks"), { body: { path: "a" } })).status,
      (await ask(world, who, at(demo, "locks/verify"), { body: {} })).status,
    ];
    expect(await attempts("carol")).toEqual([403, 403, 403, 403]);
    expect(await attempts(reading)).toEqual([403, 403, 403, 403]);
    expect(await attempts(null)).toEqual([401, 401, 401, 401]);
    expect((await batch(world, reading, "download", content)).status).toBe(200);
    await put(world, "bob", oid, content);
    await alice.patch("/repos/alice/demo", { archived: true });
    expect(await attempts("alice")).toEqual([403, 403, 403, 403]);
    expect((await get(world, "carol", oid)).status).toBe(200);
    expect(await rows(world, "lfs_objects")).toHaveLength(1);
  });

  test("a right that is withdrawn while an object comes in ends the upload before the repository holds it", async ({
    world,
    alice,
  }) => {
    const withdrawn = async (who: string, withdraw: () => Promise<unknown>) => {
      let sent = 0;
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          sent += 1;
          if (sent === 2) await withdraw();
          controller.enqueue(sent === 1 ? content.subarray(0, 10) : content.subarray(10));
          if (sent === 2) controller.close();
        },
      });
      const request = { method: "PUT", headers: { authorization: who }, body, duplex: "half" } as const;
      return (await world.app.fetch(new Request(world.url + at(demo, `objects/${oid}`), request))).status;
    };
    const { token } = await tokenOf(world, "bob", ["repo:write"]);
    const revoke = () => world.write(sql`delete from personal_access_tokens where name = 'repo:write'`);
    expect(await withdrawn(`token ${token}`, revoke)).toBe(403);
    const remove = () => alice.delete("/repos/alice/demo/collaborators/bob");
    expect(await withdrawn(`token ${people.bob.token}`, remove)).toBe(403);
    const archive = () => alice.patch("/repos/alice/demo", { archived: true });
    expect(await withdrawn(`token ${people.alice.token}`, archive)).toBe(403);
    expect(await rows(world, "lfs_objects")).toEqual([]);
    expect((await get(world, "alice", oid)).status).toBe(404);
  });

  test("what a reader brings for a proposal is nobody's until a pull request points to it, and is gone after a day", async ({
    world,
    alice,
  }) => {
    const proposed = (who: string | null, repository = demo) =>
      ask(world, who, at(repository, "objects/batch"), {
        body: {
          operation: "upload",
          ref: { name: "refs/for/main" },
          objects: [{ oid, size: content.length }],
        },
      });
    const asked = await proposed("carol");
    const { upload, verify } = asked.body.objects[0].actions;
    const send = (bytes: Uint8Array) => {
      const url = new URL(upload.href);
      return ask(world, upload.header.Authorization, url.pathname + url.search, {
        method: "PUT",
        body: bytes,
      });
    };
    const verified = async () => {
      const url = new URL(verify.href);
      const body = { oid, size: content.length };
      return (await ask(world, verify.header.Authorization, url.pathname + url.search, { body })).status;
    };
    expect((await send(Buffer.from("other bytes of the same length, not so!"))).status).toBe(422);
    expect(await verified()).toBe(404);
    expect((await send(content)).status).toBe(200);
    expect(await verified()).toBe(200);
    expect((await proposed("carol")).body.objects).toEqual([{ oid, size: content.length }]);
    expect(await rows(world, "lfs_objects")).toEqual([]);
    for (const who of ["carol", "bob", "alice", null]) expect((await get(world, who, oid)).status).toBe(404);
    // Another one who knows the oid brings all of the bytes too.
    expect((await proposed("mallory")).body.objects[0].actions.upload).toBeDefined();
    expect((await batch(world, "bob", "upload", content)).body.objects[0].actions.upload).toBeDefined();
    // Who reads nothing there, who may only read, and who did not sign in propose nothing.
    expect((await proposed("mallory", "alice/secret")).status).toBe(404);
    expect((await proposed(`token ${(await tokenOf(world, "carol", ["repo:read"])).token}`)).status).toBe(
      403,
    );
    expect((await proposed(null)).status).toBe(401);
    const now = world.services.clock.now().getTime();
    const later = (hours: number) => ({
      ...systemContext(world.services, "test"),
      clock: { now: () => new Date(now + hours * 3_600_000) },
    });
    await sweepContents(later(23));
    expect(await verified()).toBe(200);
    await sweepContents(later(25));
    expect(await verified()).toBe(404);
    await sweepContents(later(50));
    expect(await world.services.blobs.has(oid)).toBe(false);
    await alice.patch("/repos/alice/demo", { archived: true });
    expect((await proposed("carol")).status).toBe(403);
  });

  test("what waits for somebody's proposals has room for so much, also when it comes at once", async ({
    world,
  }) => {
    const filled = Buffer.from("filled");
    const propose = (who: string, bytes: Uint8Array, size = bytes.length) =>
      put(world, who, sha(bytes), bytes, `?size=${size}&for=proposal`);
    expect((await propose("carol", filled)).status).toBe(200);
    await world.services.database.execute(
      sql`update lfs_proposed set size = ${proposalBytes - content.length}`,
    );
    const many = Array.from({ length: 8 }, (_, index) => {
      const bytes = Buffer.from(content);
      bytes[0] = index;
      return bytes;
    });
    const answers = await Promise.all(many.map((bytes) => propose("carol", bytes)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array(7).fill(413),
    ]);
    expect((await propose("carol", Buffer.from("1"))).status).toBe(413);
    expect((await propose("mallory", content)).status).toBe(200);
  });

  /** An upload for a proposal of which nothing has come yet, with its room taken. */
  const beginUpload = async (world: World, who: PersonName, bytes: Uint8Array) => {
    const reserved = async () => [
      ...(await world.services.database.execute(sql`select id from lfs_reserved`)),
    ];
    const before = (await reserved()).length;
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const request = new Request(
      world.url + at(demo, `objects/${sha(bytes)}?size=${bytes.length}&for=proposal`),
      {
        method: "PUT",
        body: readable,
        duplex: "half",
        headers: {
          authorization: `Basic ${Buffer.from(`${who}:${people[who].token}`).toString("base64")}`,
        },
      } as RequestInit,
    );
    const answer = Promise.resolve(world.app.fetch(request));
    await vi.waitFor(async () => expect(await reserved()).toHaveLength(before + 1), { timeout: 10_000 });
    return { answer, writer: writable.getWriter() };
  };

  test("has room for a proposal before a byte of it comes, and gives that back when it fails", async ({
    world,
  }) => {
    const propose = (bytes: Uint8Array) =>
      put(world, "carol", sha(bytes), bytes, `?size=${bytes.length}&for=proposal`);
    const other = content.toReversed();
    const filled = Buffer.from("filled");
    expect((await propose(filled)).status).toBe(200);
    await world.services.database.execute(
      sql`update lfs_proposed set size = ${proposalBytes - content.length}`,
    );
    const first = await beginUpload(world, "carol", content);
    // Nothing of the first was written, and there is room for none beside it, however many ask at once.
    const beside = await Promise.all(Array.from({ length: 6 }, () => propose(other)));
    expect(beside.map(({ status }) => status)).toEqual(Array(6).fill(413));
    expect(await world.services.blobs.has(sha(other))).toBe(false);
    await first.writer.abort(new Error("gone"));
    expect((await first.answer).status).toBe(400);
    const second = await beginUpload(world, "carol", other);
    expect((await propose(content)).status).toBe(413);
    await second.writer.write(other);
    await second.writer.close();
    expect((await second.answer).status).toBe(200);
    expect((await propose(Buffer.from("1"))).status).toBe(413);
    expect([...(await world.services.database.execute(sql`select id from lfs_reserved`))]).toEqual([]);
  });

  test("has room again where an upload died with its process", async ({ world }) => {
    const propose = () => put(world, "carol", oid, content, `?size=${content.length}&for=proposal`);
    const reserve = (seconds: number) =>
      world.services.database.execute(
        sql`insert into lfs_reserved (id, repo_id, user_id, size, renewed_at)
          select gen_random_uuid(), r.id, u.id, ${proposalBytes}, now() - ${seconds} * interval '1 second'
          from repositories r join owners o on o.id = r.owner_id, owners u
          where o.login = 'alice' and r.name = 'demo' and u.login = 'carol'`,
      );
    await reserve(60);
    expect((await propose()).status).toBe(413);
    await world.services.database.execute(sql`delete from lfs_reserved`);
    await reserve(600);
    expect((await propose()).status).toBe(200);
    expect([...(await world.services.database.execute(sql`select id from lfs_reserved`))]).toEqual([]);
  });

  test("wrong credentials are refused, and a suspended person's as well", async ({ world }) => {
    expect((await batch(world, "token wit_wrong", "download", content)).status).toBe(401);
    expect((await batch(world, "sam", "download", content)).status).toBe(403);
  });
});

describe("a pass", () => {
  const headerOf = async (world: World, who: string, operation: string, repository = demo) => {
    const { body } = await batch(world, who, operation, content, repository);
    const [action] = Object.values<{ header: { Authorization: string } }>(body.objects[0].actions);
    return action?.header.Authorization ?? "";
  };

  test("opens one repository for one operation", async ({ world }) => {
    await put(world, "alice", oid, content);
    await put(world, "alice", oid, content, "", "alice/secret");
    const download = await headerOf(world, "alice", "download", "alice/secret");
    expect((await get(world, download, oid, "alice/secret")).status).toBe(200);
    expect((await get(world, download, oid, demo)).status).toBe(404);
    expect((await put(world, download, oid, content, "", "alice/secret")).status).toBe(403);
    expect((await ask(world, download, at("alice/secret", "locks"), { body: { path: "a" } })).status).toBe(
      403,
    );
    expect((await world.anonymous.get("/user", { authorization: download })).status).toBe(401);
  });

  test("is worth nothing when forged", async ({ world }) => {
    const more = Buffer.from("more of it");
    const { body } = await batch(world, "bob", "upload", more);
    const header: string = body.objects[0].actions.upload.header.Authorization;
    const [head = "", text = "", mac = ""] = header.split(".");
    const forged = JSON.parse(Buffer.from(text, "base64url").toString());
    forged.user = (await world.anonymous.get("/users/alice")).body.node_id;
    const other = Buffer.from(JSON.stringify(forged)).toString("base64url");
    for (const wrong of [
      `${head}.${other}.${mac}`,
      `${head}.${text}.${"0".repeat(64)}`,
      `${head}.${text}`,
      `${head}..${mac}`,
    ])
      expect((await put(world, wrong, sha(more), more)).status).toBe(401);
    expect((await put(world, header, sha(more), more)).status).toBe(200);
  });

  test("ends with its time, with its token, and with its person's rights", async () => {
    let now = Date.now();
    const world = await createWorld({ clock: { now: () => new Date(now) } });
    await put(world, "alice", oid, content, "", "alice/secret");
    const minutes = await headerOf(world, "alice", "download", "alice/secret");
    now += 14 * 60_000;
    expect((await get(world, minutes, oid, "alice/secret")).status).toBe(200);
    now += 2 * 60_000;
    expect((await get(world, minutes, oid, "alice/secret")).status).toBe(401);
    const { token } = await tokenOf(world, "alice", ["repo:write"]);
    const withToken = await headerOf(world, `token ${token}`, "download", "alice/secret");
    expect((await get(world, withToken, oid, "alice/secret")).status).toBe(200);
    await world.write(sql`delete from personal_access_tokens where name = 'repo:write'`);
    expect((await get(world, withToken, oid, "alice/secret")).status).toBe(401);
    const upload = (await batch(world, "bob", "upload", Buffer.from("x"))).body.objects[0].actions.upload;
    await world.as("alice").delete("/repos/alice/demo/collaborators/bob");
    expect((await put(world, upload.header.Authorization, sha("x"), Buffer.from("x"))).status).toBe(403);
    await world.close();
  });
});

describe("locks", () => {
  const lock = (world: World, who: string, path: string) =>
    ask(world, who, at(demo, "locks"), { body: { path, ref: { name: "refs/heads/main" } } });
  const unlock = (world: World, who: string, id: string, force = false) =>
    ask(world, who, at(demo, `locks/${id}/unlock`), { body: { force } });

  test("a file is locked by one person, and everyone sees by whom", async ({ world }) => {
    const made = await lock(world, "bob", "art/big.psd");
    expect(made.status).toBe(201);
    expect(made.body.lock).toEqual({
      id: expect.any(String),
      path: "art/big.psd",
      locked_at: expect.stringMatching(/^\d{4}-.*Z$/),
      owner: { name: "bob" },
    });
    const again = await lock(world, "alice", "art/big.psd");
    expect([again.status, again.body.lock]).toEqual([409, made.body.lock]);
    expect(again.body.message).toContain("bob has locked");
    expect((await ask(world, "carol", at(demo, "locks"))).body).toEqual({ locks: [made.body.lock] });
    const verified = await ask(world, "alice", at(demo, "locks/verify"), { body: {} });
    expect(verified.body).toEqual({ ours: [], theirs: [made.body.lock] });
    const own = await ask(world, "bob", at(demo, "locks/verify"), { body: {} });
    expect(own.body).toEqual({ ours: [made.body.lock], theirs: [] });
  });

  test("ten people lock one file at once and one of them does", async ({ world }) => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => lock(world, index % 2 ? "alice" : "bob", "raced")),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201,
      ...Array(9).fill(409),
    ]);
  });

  test("one unlocks one's own; another's only an administrator of the repository by force", async ({
    world,
  }) => {
    const { id } = (await lock(world, "alice", "hers")).body.lock;
    expect((await unlock(world, "bob", id)).status).toBe(403);
    const forced = await unlock(world, "bob", id, true);
    expect([forced.status, forced.body.message]).toEqual([403, expect.stringContaining("administrators")]);
    expect((await unlock(world, "carol", id, true)).status).toBe(403);
    expect((await unlock(world, "alice", id)).status).toBe(200);
    expect((await unlock(world, "alice", id)).status).toBe(404);
    const his = (await lock(world, "bob", "his")).body.lock;
    expect((await unlock(world, "alice", his.id)).status).toBe(403);
    expect((await unlock(world, "alice", his.id, true)).body.lock).toEqual(his);
    const told = await world.events({ type: "file.%" });
    expect(told.map(({ type, actorLogin }) => [type, actorLogin])).toEqual([
      ["file.locked", "alice"],
      ["file.unlocked", "alice"],
      ["file.locked", "bob"],
      ["file.unlocked", "alice"],
    ]);
    expect(told.at(-1)?.payload).toMatchObject({ path: "his", forced: true });
  });

  test("a lock is not reached through another repository", async ({ world }) => {
    const { id } = (await lock(world, "bob", "here")).body.lock;
    const there = at("alice/secret", `locks/${id}/unlock`);
    expect((await ask(world, "alice", there, { body: { force: true } })).status).toBe(404);
    expect((await ask(world, "alice", at("alice/secret", `locks?id=${id}`))).body).toEqual({ locks: [] });
    expect((await ask(world, "carol", at(demo, `locks?id=${id}`))).body.locks).toHaveLength(1);
  });

  test("locks are found by path and id, and listed in pages that lose nothing", async ({ world }) => {
    const long = "ü".repeat(500);
    for (const path of ["a", "b", "c", "d", long]) await lock(world, "bob", path);
    const found = await ask(world, "carol", at(demo, "locks?path=c"));
    expect(found.body.locks.map((one: { path: string }) => one.path)).toEqual(["c"]);
    expect((await ask(world, "carol", at(demo, "locks?id=nonsense"))).body).toEqual({ locks: [] });
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = await ask(world, "carol", at(demo, `locks?limit=2&cursor=${cursor}`));
      seen.push(...page.body.locks.map((one: { path: string }) => one.path));
      cursor = page.body.next_cursor ?? "";
    } while (cursor !== "");
    expect(seen).toEqual(["a", "b", "c", "d", long]);
    const strange = Buffer.from('["x"]').toString("base64url");
    for (const wrong of ["nonsense", strange])
      expect((await ask(world, "carol", at(demo, `locks?cursor=${wrong}`))).status).toBe(422);
  });

  test("only the path of a file can be locked", async ({ world }) => {
    for (const path of ["", "/etc", "a//b", "../a", "a/./b", "a/", "x".repeat(1001), "a\0b"])
      expect((await lock(world, "bob", path)).status).toBe(422);
  });
});

describe("contents", () => {
  const tidy = (world: World, hours: number) => {
    const ctx = systemContext(world.services, "test");
    const late = { ...ctx, clock: { now: () => new Date(Date.now() + hours * 3_600_000) } };
    const run = (name: string) => {
      const job = domains.flatMap(({ jobs = [] }) => jobs).find((one) => one.name === name);
      if (!job) throw new Error(`no job is named ${name}`);
      return job.handle(late, {});
    };
    return {
      sweep: () => run("lfs.sweep"),
      purge: () => run("repositories.purge"),
    };
  };

  test("a repository that is purged takes its rows with it, and a day later what nobody else holds", async ({
    world,
    alice,
  }) => {
    const shared = Buffer.from("held by two");
    await put(world, "alice", oid, content, "", "alice/secret");
    await put(world, "alice", sha(shared), shared, "", "alice/secret");
    await put(world, "alice", sha(shared), shared);
    await alice.delete("/repos/alice/secret");
    const month = 31 * 24;
    await tidy(world, 48).sweep();
    expect(await world.services.blobs.has(oid)).toBe(true);
    await tidy(world, month).purge();
    expect(await rows(world, "lfs_objects")).toHaveLength(1);
    await tidy(world, month).sweep();
    await tidy(world, month + 23).sweep();
    expect(await world.services.blobs.has(oid)).toBe(true);
    await tidy(world, month + 25).sweep();
    expect(await world.services.blobs.has(oid)).toBe(false);
    expect(await rows(world, "lfs_contents")).toHaveLength(1);
    expect((await get(world, "carol", sha(shared))).content.equals(shared)).toBe(true);
  });

  test("what a crash left between the bytes and the row is swept, and an upload after it stores anew", async ({
    world,
  }) => {
    await put(world, "bob", oid, content);
    await world.services.database.execute(sql`delete from lfs_objects`);
    await tidy(world, 0).sweep();
    await tidy(world, 25).sweep();
    expect(await world.services.blobs.has(oid)).toBe(false);
    expect((await put(world, "bob", oid, content)).status).toBe(200);
    await tidy(world, 100).sweep();
    expect((await get(world, "carol", oid)).content.equals(content)).toBe(true);
  });

  test("an upload at the moment of the sweep is either held with its bytes or told to come again", async ({
    world,
  }) => {
    const contents = Array.from({ length: 25 }, (_, index) => Buffer.from(`content ${index}`));
    for (const one of contents) await put(world, "bob", sha(one), one);
    await world.services.database.execute(sql`delete from lfs_objects`);
    await tidy(world, 0).sweep();
    const uploads = contents.map((one) => put(world, "bob", sha(one), one));
    const [answers] = await Promise.all([Promise.all(uploads), tidy(world, 25).sweep()]);
    const held = new Set((await rows(world, "lfs_objects")).map((row) => row["oid"]));
    for (const [index, one] of contents.entries()) {
      const status = answers[index]?.status ?? 0;
      expect([200, 503]).toContain(status);
      expect(held.has(sha(one))).toBe(status === 200);
      if (status === 200) expect((await get(world, "carol", sha(one))).content.equals(one)).toBe(true);
    }
  });

  test("the raw address of a pointer answers the content once it is there, and the page says so", async ({
    world,
    bob,
    mallory,
  }) => {
    const image = Buffer.concat([Buffer.from("\x89PNG\r\n\0", "latin1"), randomBytes(20_000)]);
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha(image)}\nsize ${image.length}\n`;
    const file = { message: "Add", content: Buffer.from(pointer).toString("base64") };
    for (const name of ["big.png", "big.bin"])
      expect((await bob.put(`/repos/alice/demo/contents/${name}`, file)).status).toBe(201);
    const raw = (name: string, headers = {}) =>
      ask(world, "carol", `/alice/demo/raw/main/${name}`, { headers });
    const page = async () => (await bob.get("/_web/repos/alice/demo/blob/main/big.png")).body;
    const before = await raw("big.png");
    expect(before.content.toString()).toBe(pointer);
    expect((await page()).lfs).toEqual({ oid: sha(image), size: image.length, held: false });
    await put(world, "bob", sha(image), image);
    const etag = before.headers.get("etag") ?? "";
    const after = await raw("big.png", { "if-none-match": etag });
    expect([after.status, after.content.equals(image)]).toEqual([200, true]);
    expect(after.headers.get("content-type")).toBe("image/png");
    expect(after.headers.get("content-security-policy")).toContain("sandbox");
    expect((await raw("big.bin")).headers.get("content-disposition")).toBe("attachment");
    expect((await page()).lfs.held).toBe(true);
    const fork = await mallory.post("/repos/alice/demo/forks");
    expect(fork.status).toBe(202);
    await world.settle();
    const forked = await ask(world, "mallory", "/mallory/demo/raw/main/big.png");
    expect(forked.content.toString()).toBe(pointer);
  });
});
