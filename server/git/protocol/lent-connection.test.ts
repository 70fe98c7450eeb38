import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Repository } from "../object-ids.ts";
import { FetchCache } from "./fetch-cache.ts";
import { flushPacket, packet } from "./pkt-line.ts";
import { openScratch, processesIn, serveRepository, type GitServer, type Scratch } from "./testing.ts";

const patience = { timeout: 15_000 };
let scratch: Scratch;
let repository: Repository;
let server: GitServer;
let cache: FetchCache;
let tip = "";
const bytes = 20_000_000;

beforeAll(async () => {
  scratch = await openScratch();
  repository = await scratch.repository();
  const work = path.join(scratch.dir, "work");
  await scratch.git(scratch.dir, ["init", "-q", "-b", "main", "work"]);
  // More than what the system itself takes for a client that reads nothing.
  const blob = await scratch.git(
    work,
    ["-c", "core.compression=0", "hash-object", "-w", "--stdin"],
    randomBytes(bytes),
  );
  await scratch.git(work, ["update-index", "--add", "--cacheinfo", `100644,${blob},large`]);
  await scratch.git(work, ["commit", "-q", "-m", "large"]);
  await scratch.git(repository.dir, ["fetch", "-q", work, "+refs/*:refs/*"]);
  tip = await scratch.git(work, ["rev-parse", "HEAD"]);
  cache = new FetchCache({ folder: path.join(scratch.dir, "cache"), maxBytes: 256 * 1024 * 1024 });
  server = await serveRepository(repository, { cache, lends: true });
});

afterAll(async () => {
  await server.close();
  await cache.close();
  await scratch.remove();
});

test("a clone that is not kept is written by git itself, whole, with any client", async () => {
  const to = path.join(scratch.dir, "clone");
  await scratch.git(scratch.dir, ["clone", "-q", "--bare", server.url, to]);
  await scratch.git(to, ["fsck", "--strict"]);
  expect(await scratch.git(to, ["rev-parse", "HEAD"])).toBe(tip);
  const first = await raw("again");
  const written = await raw("again");
  const kept = await raw("again");
  expect(first.head).not.toMatch(/transfer-encoding/i);
  expect(written.head).toMatch(/transfer-encoding: chunked/i);
  expect(kept.body.equals(written.body)).toBe(true);
  expect(first.body.subarray(-4).toString()).toBe("0000");
  expect(server.lateErrors).toEqual([]);
});

test("a client that takes nothing and goes on sending holds up nobody else", async () => {
  const slow = await asked("slow");
  await works();
  // As many bytes as a server reads at once, so that one that waits for more would wait for ever.
  for (let piece = 0; piece < 4; piece += 1) slow.write(Buffer.alloc(65_536, "x"));
  expect((await raw("meanwhile")).body.length).toBeGreaterThan(bytes);
  slow.destroy();
  await expect.poll(() => processesIn(repository), patience).toEqual([]);
});

test("a client that leaves in the middle leaves no process and no place behind", async () => {
  for (let round = 0; round < 10; round += 1) {
    const leaving = await asked(`leaving-${round}`);
    // Some before the connection can be lent, some after.
    if (round % 2) await once(leaving, "readable");
    leaving.destroy();
  }
  await expect.poll(() => processesIn(repository), patience).toEqual([]);
  expect((await raw("after")).body.length).toBeGreaterThan(bytes);
  expect(server.lateErrors).toEqual([]);
});

test("an answer that git does not finish does not look like a whole one", async () => {
  const cut = await asked("cut");
  await works();
  for (const line of await processesIn(repository)) process.kill(Number.parseInt(line, 10), "SIGKILL");
  const chunks: Buffer[] = [];
  cut.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(cut, "close");
  expect(Buffer.concat(chunks).subarray(-4).toString("latin1")).not.toBe("0000");
  await expect.poll(() => server.lateErrors.length, patience).toBe(1);
});

test("what git would not understand still gets a status of its own", async () => {
  const answer = await raw("odd", ["filter what:ever\n"]);
  expect(answer.head).toMatch(/^HTTP\/1\.1 400/);
});

const works = () => expect.poll(() => processesIn(repository), patience).not.toEqual([]);

/** Asks for everything and reads nothing yet. @param name makes the question one of its own */
async function asked(name: string, lines: readonly string[] = []): Promise<Socket> {
  const { hostname, port, pathname } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  await once(socket, "connect");
  const body = Buffer.concat([
    ...["command=fetch\n", `agent=test\n`].map((line) => packet(line)),
    Buffer.from("0001"),
    // Named twice as often: the same for git, another question for what is kept.
    ...[
      ...lines,
      ...Array.from({ length: 1 + order(name) }, () => `want ${tip}\n`),
      "ofs-delta\n",
      "done\n",
    ].map((line) => packet(line)),
    flushPacket,
  ]);
  const head = [
    `POST ${pathname}/git-upload-pack HTTP/1.1`,
    `Host: ${hostname}`,
    "Content-Type: application/x-git-upload-pack-request",
    "Git-Protocol: version=2",
    `Content-Length: ${body.length}`,
  ];
  socket.write(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]));
  return socket;
}

const names = new Map<string, number>();

function order(name: string): number {
  const known = names.get(name) ?? names.size;
  names.set(name, known);
  return known;
}

async function raw(name: string, lines: readonly string[] = []): Promise<{ head: string; body: Buffer }> {
  const socket = await asked(name, lines);
  let all = Buffer.alloc(0);
  const pieces: Buffer[] = [];
  for await (const piece of socket) {
    pieces.push(piece as Buffer);
    const end = (piece as Buffer).subarray(-5).toString("latin1");
    // A connection that stays open says by its last chunk that it is done.
    if (end === "0\r\n\r\n" || end === "est.\n" || String(pieces[0]).startsWith("HTTP/1.1 4")) break;
  }
  all = Buffer.concat(pieces);
  const at = all.indexOf("\r\n\r\n");
  const head = all.subarray(0, at).toString("latin1");
  const body = all.subarray(at + 4);
  return { head, body: /chunked/i.test(head) ? unchunked(body) : body };
}

function unchunked(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const end = bytes.indexOf("\r\n", at);
    const length = Number.parseInt(bytes.subarray(at, end).toString("latin1"), 16);
    if (!(length > 0)) return Buffer.concat(parts);
    parts.push(bytes.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
}
