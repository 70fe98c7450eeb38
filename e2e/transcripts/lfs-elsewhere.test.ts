/** Large files go along with imports and mirrors: two forges, and the real `git lfs` at both ends. */
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { request, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test as base, vi } from "vitest";
import { eq, sql } from "drizzle-orm";
import { lfsObjects } from "../../server/domains/lfs/schema.ts";
import {
  forgeThatReaches,
  openPlace,
  type Place,
} from "../../server/domains/repositories/remotes/test-places.ts";
import type { Clock } from "../../server/kernel/clock.ts";
import { people } from "../../tools/testing/people.ts";
import { createWorld, type World } from "../../tools/testing/world.ts";
import { openMachine, type Machine } from "./machine.ts";

/** `npm test` installs it where it may: tools/setup/test-machine.mjs. */
const test = base.skipIf(spawnSync("git", ["lfs", "version"]).status !== 0);

let there: World;
let here: World;
let machine: Machine;
let ahead = 0;
const clock: Clock = { now: () => new Date(Date.now() + ahead) };
const places: Place[] = [];
const { token } = people.alice;
const credentials = { username: "alice", password: token };

beforeAll(async () => {
  there = await createWorld({ listen: true });
  here = await forgeThatReaches({ listen: true, clock });
  machine = await openMachine("alice");
  await machine.git("", "lfs", "install", "--skip-repo");
});
afterEach(async () => {
  await Promise.all(places.splice(0).map((place) => place.close()));
});
afterAll(async () => {
  await machine.remove();
  for (const world of [here, there]) {
    await world.settle();
    await world.close();
  }
});

const cloneUrl = (world: World, name: string) =>
  `${world.url.replace("://", `://alice:${token}@`)}/alice/${name}.git`;
const sha = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");
const held = async (world: World, name: string) => {
  const { body } = await world.as("alice").get(`/repos/alice/${name}`);
  const rows = await world.services.database.execute<{ oid: string }>(
    sql`select o.oid from lfs_objects o join repositories r on r.id = o.repo_id where r.api_id = ${body.id} order by 1`,
  );
  return [...rows].map(({ oid }) => oid);
};

/** A private repository with a large file on `main`, one that was replaced, and one on a branch. */
async function source(name: string) {
  await there.as("alice").post("/user/repos", { name, private: true });
  const contents = [randomBytes(200_000), randomBytes(300_000), randomBytes(1000)];
  await machine.git("", "clone", "-q", cloneUrl(there, name), name);
  await machine.git(name, "lfs", "track", "*.bin");
  for (const [index, content] of contents.entries()) {
    if (index === 2) await machine.git(name, "switch", "-qc", "topic");
    await machine.write(`${name}/large.bin`, content);
    await machine.git(name, "add", "-A");
    await machine.git(name, "commit", "-qm", `Large file ${index}`);
  }
  await machine.git(name, "push", "-q", "origin", "main", "topic");
  return { contents, url: `${there.url}/alice/${name}`, oids: contents.map(sha).toSorted() };
}

async function imported(name: string, url: string, more: Record<string, unknown> = {}) {
  const begun = await here
    .as("alice")
    .post("/user/imports", { url, name, private: true, ...credentials, ...more });
  expect(begun.status, JSON.stringify(begun.body)).toBe(201);
  await here.settle();
  return (await here.as("alice").get(`/repos/alice/${name}/import`)).body;
}

/** Something between the two forges, which may spoil what passes. */
async function between(spoil: (asked: IncomingMessage, answer: ServerResponse, pass: () => void) => void) {
  const place = await openPlace((incoming, outgoing) =>
    spoil(incoming, outgoing, () => {
      const onward = request(
        `${there.url}${incoming.url}`,
        { method: incoming.method ?? "GET", headers: incoming.headers },
        (response) => {
          outgoing.writeHead(response.statusCode ?? 500, response.headers);
          response.pipe(outgoing);
        },
      );
      onward.on("error", () => outgoing.destroy());
      incoming.pipe(onward);
    }),
  );
  places.push(place);
  return place.url;
}

const fileIn = (folder: string) => readFile(path.join(machine.home, folder, "large.bin"));

test("an import brings the large files of all branches and of the history, and a clone of it has them", async () => {
  const { contents, url, oids } = await source("whole");
  const ended = await imported("whole", url);
  expect(ended).toMatchObject({
    state: "done",
    has_large_files: true,
    large_files_count: 3,
    large_files_size: 501_000,
    large_files_missing: 0,
    large_files_note: null,
  });
  expect(await held(here, "whole")).toEqual(oids);
  await machine.git("", "clone", "-q", cloneUrl(here, "whole"), "again");
  expect((await fileIn("again")).equals(contents[1] ?? randomBytes(1))).toBe(true);
  await machine.git("again", "switch", "-q", "topic");
  expect((await fileIn("again")).equals(contents[2] ?? randomBytes(1))).toBe(true);
  expect((await here.events({ type: "import.completed" })).at(-1)?.payload).toMatchObject({
    large_files: 3,
    large_files_missing: 0,
  });
});

test("other bytes than a file has are not taken, and what is missing is told and fails nothing", async () => {
  const { contents, oids } = await source("spoilt");
  const bad = sha(contents[0] ?? randomBytes(1));
  const otherwise = await openPlace((_asked, answer) => answer.end(randomBytes(200_000)));
  places.push(otherwise);
  const passing = await between((asked, answer, pass) => {
    if (!asked.url?.endsWith("/objects/batch")) return pass();
    const onward = request(
      `${there.url}${asked.url}`,
      { method: "POST", headers: asked.headers },
      async (got) => {
        let text = "";
        for await (const part of got) text += part;
        const told = JSON.parse(text);
        for (const one of told.objects)
          if (one.oid === bad) one.actions.download.href = `${otherwise.url}/bad`;
        answer.writeHead(200, { "content-type": "application/vnd.git-lfs+json" }).end(JSON.stringify(told));
      },
    );
    asked.pipe(onward);
  });
  const ended = await imported("spoilt", `${passing}/alice/spoilt`);
  expect(ended).toMatchObject({ state: "done", large_files_count: 2, large_files_missing: 1 });
  expect(ended.large_files_note).toBe("The other server sent other bytes than a large file has");
  expect(await held(here, "spoilt")).toEqual(oids.filter((oid) => oid !== bad));
});

test("an import that is cancelled amid the large files goes on with those that are not here yet", async () => {
  const { oids } = await source("cut");
  const downloads: string[] = [];
  let silent = true;
  const reached = Promise.withResolvers<void>();
  const passing = await between((asked, answer, pass) => {
    if (asked.url?.endsWith("/objects/batch")) {
      const onward = request(
        `${there.url}${asked.url}`,
        { method: "POST", headers: asked.headers },
        async (got) => {
          let text = "";
          for await (const part of got) text += part;
          answer.writeHead(200, { "content-type": "application/vnd.git-lfs+json" });
          answer.end(text.replaceAll(`"href":"${there.url}`, `"href":"${passing}`));
        },
      );
      return void asked.pipe(onward);
    }
    if (asked.method !== "GET" || !asked.url?.includes("/info/lfs/")) return pass();
    const oid = asked.url.split("/").at(-1) ?? "";
    downloads.push(oid);
    if (silent && oid === oids[1]) return reached.resolve();
    pass();
  });
  const begun = await here
    .as("alice")
    .post("/user/imports", { url: `${passing}/alice/cut`, name: "cut", private: true, ...credentials });
  expect(begun.status).toBe(201);
  const running = here.settle();
  await reached.promise;
  await vi.waitFor(async () => expect(await held(here, "cut")).toHaveLength(2), { timeout: 10_000 });
  const state = () => here.as("alice").get("/repos/alice/cut/import");
  expect((await state()).body.state).toBe("running");
  await here.as("alice").delete("/repos/alice/cut/import");
  await running;
  expect((await state()).body.state).toBe("cancelled");
  silent = false;
  downloads.length = 0;
  expect((await here.as("alice").patch("/repos/alice/cut/import", {})).status).toBe(200);
  await here.settle();
  expect((await state()).body).toMatchObject({ state: "done", large_files_count: 3, large_files_missing: 0 });
  expect(downloads).toEqual([oids[1]]);
  expect(await held(here, "cut")).toEqual(oids);
});

test("a server without large files is told, and the history comes all the same", async () => {
  await source("bare");
  for (const status of [404, 401, 500]) {
    const passing = await between((asked, answer, pass) =>
      asked.url?.includes("/info/lfs/") ? void answer.writeHead(status).end() : pass(),
    );
    const ended = await imported(`bare-${status}`, `${passing}/alice/bare`);
    expect(ended).toMatchObject({ state: "done", branches: 2, large_files_count: 0, large_files_missing: 3 });
    expect(ended.large_files_note).toMatch(
      status === 404 ? /keeps no large files/ : status === 401 ? /does not give this user/ : /answered 500/,
    );
  }
});

test("a download led to an inner address is refused as every connection is", async () => {
  const { contents } = await source("inward");
  const asked: string[] = [];
  const passing = await between((incoming, answer, pass) => {
    if (incoming.url?.includes("/info/lfs/objects/") && incoming.method === "GET") {
      asked.push(incoming.url);
      return void answer.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end();
    }
    if (!incoming.url?.endsWith("/objects/batch")) return pass();
    const objects = contents.map((one) => ({
      oid: sha(one),
      size: one.length,
      actions: { download: { href: `${passing}/info/lfs/objects/${sha(one)}` } },
    }));
    answer.writeHead(200, { "content-type": "application/vnd.git-lfs+json" });
    answer.end(JSON.stringify({ transfer: "basic", objects }));
  });
  const ended = await imported("inward", `${passing}/alice/inward`);
  expect(ended).toMatchObject({ state: "done", large_files_missing: 3 });
  expect(ended.large_files_note).toContain("does not connect to");
  expect(asked).toHaveLength(3);
  expect(await held(here, "inward")).toEqual([]);
});

test("a pull mirror brings new large files, and later those that were missing at first", async () => {
  const { url, contents } = await source("followed");
  const [first] = contents;
  const repo = (await there.as("alice").get("/repos/alice/followed")).body;
  const lost = sha(first ?? randomBytes(1));
  const row = await there.services.database.execute<{ id: string }>(
    sql`select id from repositories where api_id = ${repo.id}`,
  );
  const id = [...row][0]?.id ?? "";
  await there.services.database.delete(lfsObjects).where(eq(lfsObjects.oid, lost));
  expect(await imported("followed", url, { mirror: true })).toMatchObject({ large_files_missing: 1 });
  const mirrors = async () => (await here.as("alice").get("/repos/alice/followed/mirrors")).body;
  const [mirror] = await mirrors();
  expect(mirror).toMatchObject({ error: null, large_files_missing: 1 });
  expect(mirror.large_files_note).toContain("does not have all large files");

  const fresh = randomBytes(2000);
  await machine.git("followed", "switch", "-q", "main");
  await machine.write("followed/large.bin", fresh);
  await machine.git("followed", "commit", "-qam", "Another");
  await machine.git("followed", "push", "-q", "origin", "main");
  await there.services.database
    .insert(lfsObjects)
    .values({ repoId: id, oid: lost, size: first?.length ?? 0 });
  ahead += 1000;
  expect((await here.as("alice").post(`/repos/alice/followed/mirrors/${mirror.id}/sync`, {})).status).toBe(
    202,
  );
  await here.settle();
  expect((await mirrors())[0]).toMatchObject({ error: null, large_files_missing: 0, large_files_note: null });
  expect(await held(here, "followed")).toEqual([...contents, fresh].map(sha).toSorted());
});

test("a push mirror sends large files before the branches, and only those that the other side lacks", async () => {
  const { contents, url, oids } = await source("origin");
  await imported("outgoing", url);
  await there.as("alice").post("/user/repos", { name: "copy", private: true });
  const uploads: string[] = [];
  const passing = await between((asked, _answer, pass) => {
    if (asked.method === "PUT") uploads.push(asked.url ?? "");
    if (asked.url?.endsWith("/git-receive-pack")) uploads.push("branches");
    pass();
  });
  // The actions name the forge itself: they are asked there, not here.
  const made = await here.as("alice").post("/repos/alice/outgoing/mirrors", {
    direction: "push",
    url: `${passing}/alice/copy`,
    ...credentials,
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  await here.settle();
  const [mirror] = (await here.as("alice").get("/repos/alice/outgoing/mirrors")).body;
  expect(mirror).toMatchObject({ error: null, state: "ok", large_files_missing: 0 });
  expect(await held(there, "copy")).toEqual(oids);
  expect(uploads).toEqual(["branches"]);
  await machine.git("", "clone", "-q", cloneUrl(there, "copy"), "sent");
  expect((await fileIn("sent")).equals(contents[1] ?? randomBytes(1))).toBe(true);
});
