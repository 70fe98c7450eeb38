/** The real server is stopped, or loses its life, while it imports from another one. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { refsOf, openPlace, type Place } from "../../server/domains/repositories/remotes/test-places.ts";
import { processesIn } from "../../server/git/protocol/testing.ts";
import { startForge, wit, type ForgeProcess } from "../../tools/testing/forge-process.ts";
import { createWorld, type World } from "../../tools/testing/world.ts";

const bounded = 120_000;
const patient = { timeout: 60_000, interval: 50 };

let there: World;
let between: Place;
/** From the second exchange on, answers wait for this. */
let gate: Promise<void>;
let open: () => void;
let reached: Promise<void>;
let dataDir: string;
let forge: ForgeProcess;
let token: string;

const start = () => startForge({ dataDir, deadlineMs: 120_000 });

beforeEach(async () => {
  there = await createWorld({ listen: true });
  ({ promise: gate, resolve: open } = Promise.withResolvers<void>());
  const waiting = Promise.withResolvers<void>();
  reached = waiting.promise;
  let exchanges = 0;
  between = await openPlace((incoming, outgoing) => {
    const pass = () => {
      // Whoever asked may have lost their life meanwhile.
      if (outgoing.destroyed) return;
      const { method = "GET", headers } = incoming;
      const onward = request(`${there.url}${incoming.url}`, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on("error", () => outgoing.destroy());
      outgoing.on("close", () => onward.destroy());
      incoming.pipe(onward);
    };
    if (incoming.method === "POST") exchanges += 1;
    if (exchanges < 2) return pass();
    waiting.resolve();
    void gate.then(pass);
  });
  dataDir = await mkdtemp(path.join(tmpdir(), "wit-elsewhere-"));
  forge = await start();
  const who = ["--username", "alice", "--email", "alice@example.test", "--password", "alice likes to import"];
  await wit(dataDir, "admin", "user", "create", ...who, "--admin");
  const scopes = "repo:read,repo:write,admin";
  token = await wit(dataDir, "admin", "token", "create", "--user", "alice", "--scopes", scopes);
  await api("PATCH", "/admin/settings", { outbound_allow: ["127.0.0.1"] });
}, bounded);

afterEach(async () => {
  open();
  await forge?.stop();
  await between?.close();
  await there?.close();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
}, bounded);

async function api(method: string, where: string, body?: object): Promise<any> {
  const answer = await fetch(`${forge.url}/api/v3${where}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const state = () => api("GET", "/repos/alice/copy/import");

/** The one repository on this server's disk. */
async function folder(): Promise<string> {
  const root = path.join(dataDir, "repositories");
  const found = (await readdir(root, { recursive: true })).filter((name) => name.endsWith(".git"));
  expect(found).toHaveLength(1);
  return path.join(root, found[0] ?? "");
}

/** Asks for an import and waits until it hangs in the middle. */
async function hangingImport(): Promise<string> {
  await api("POST", "/user/imports", { url: `${between.url}/alice/demo`, name: "copy" });
  await reached;
  expect(await state()).toMatchObject({ state: "running", phase: "fetching" });
  const dir = await folder();
  expect((await processesIn({ dir })).join()).toContain("git");
  return dir;
}

async function expectTheSame() {
  await vi.waitFor(async () => expect((await state()).state).toBe("done"), patient);
  const wanted = await refsOf(there, "alice", "demo");
  const branches: { name: string; commit: { sha: string } }[] = await api(
    "GET",
    "/repos/alice/copy/branches",
  );
  const heads = Object.entries(wanted).filter(([ref]) => ref.startsWith("refs/heads/"));
  const brought = branches.map(({ name, commit }) => [`refs/heads/${name}`, commit.sha]);
  expect(Object.fromEntries(brought)).toEqual(Object.fromEntries(heads));
}

test(
  "a server that is killed while it imports leaves no process, and goes on at its next start",
  async () => {
    const dir = await hangingImport();
    await forge.kill();
    await vi.waitFor(async () => expect(await processesIn({ dir })).toEqual([]), patient);
    open();
    forge = await start();
    await expectTheSame();
  },
  bounded,
);

test(
  "a server that is stopped while it imports ends at once and cleanly, and goes on at its next start",
  async () => {
    const dir = await hangingImport();
    const before = performance.now();
    expect(await forge.stop()).toBe(0);
    expect(performance.now() - before).toBeLessThan(20_000);
    expect(await processesIn({ dir })).toEqual([]);
    open();
    forge = await start();
    expect((await state()).state).not.toBe("failed");
    await expectTheSame();
  },
  bounded,
);
