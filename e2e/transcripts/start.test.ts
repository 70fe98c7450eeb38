/** A start that is stopped, or that cannot be finished: nothing of it goes on running. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { layoutOf } from "../../server/kernel/db/layout.ts";
import { isServerOf, readPidFile, stopServer } from "../../server/kernel/db/postmaster.ts";
import { connect } from "../../server/kernel/db/client.ts";
import { startForge, wit } from "../../tools/testing/forge-process.ts";

const place = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const bounded = 240_000;
const soon = { timeout: 60_000, interval: 2 };

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "wit-start-"));
});
afterEach(async () => {
  const pid = databasePid();
  if (pid !== null) await stopServer(pid, layoutOf(dataDir).cluster, 5_000);
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
}, bounded);

/** The database server that runs on this data folder, if one does. */
function databasePid(): number | null {
  const { cluster } = layoutOf(dataDir);
  const file = readPidFile(cluster);
  return file && isServerOf(file.pid, cluster) ? file.pid : null;
}

function begin(port: number) {
  const child = spawn(place("node_modules/.bin/node"), [place("server/main.ts")], {
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      WIT_DATA: dataDir,
      PORT: String(port),
      SSH_PORT: "0",
      WIT_LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, ended, said: () => said };
}

test(
  "a stop in the middle of a start, the first or a later one, leaves no database behind and no folder that is taken",
  async () => {
    const { cluster } = layoutOf(dataDir);
    const moments: Record<string, () => boolean> = {
      "its files are being made": () => existsSync(cluster) || existsSync(`${cluster}.new`),
      "it has begun": () => readPidFile(cluster) !== undefined,
      "it accepts connections": () => readPidFile(cluster)?.status === "ready",
    };
    for (const [moment, isNow] of Object.entries(moments)) {
      const { child, ended, said } = begin(0);
      await vi.waitFor(() => expect(isNow(), said()).toBe(true), soon);
      child.kill("SIGTERM");
      expect(await ended, `${moment}: ${said()}`).toBe(0);
      expect(databasePid(), moment).toBeNull();
      expect(said(), moment).not.toMatch(/cannot start|ready at/);
    }
    const forge = await startForge({ dataDir, deadlineMs: 120_000 });
    expect(await forge.stop()).toBe(0);
    expect(databasePid()).toBeNull();
  },
  bounded,
);

test(
  "a start that finds its port taken says so in a sentence and leaves no database behind",
  async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) =>
      other.listen(0, () => resolve((other.address() as AddressInfo).port)),
    );
    try {
      const { ended, said } = begin(port);
      expect(await ended).toBe(1);
      expect(said()).toBe(`wit cannot start: port ${port} is taken; set PORT to another\n`);
      expect(databasePid()).toBeNull();
    } finally {
      other.close();
    }
  },
  bounded,
);

test(
  "what the command line writes beside a running forge shows in it at once",
  async () => {
    const forge = await startForge({ dataDir });
    try {
      const status = async (token: string) =>
        (await fetch(`${forge.url}/api/v3/user`, { headers: { authorization: `token ${token}` } })).status;
      await wit(
        dataDir,
        "admin",
        "user",
        "create",
        "--username",
        "ann",
        "--email",
        "ann@wit.test",
        "--password",
        "a long password",
      );
      const token = (
        await wit(dataDir, "admin", "token", "create", "--user", "ann", "--scopes", "repo:read")
      ).trim();
      // Known by now, and known no longer once it is gone.
      expect([await status(token), await status(token)]).toEqual([200, 200]);
      const database = connect({ url: (await wit(dataDir, "db", "url")).trim(), poolSize: 1 });
      try {
        await database.sql.begin(async (sql) => {
          await sql`delete from personal_access_tokens`;
          await sql`insert into events (id, type, payload) values (gen_random_uuid(), 'token.deleted', '{}')`;
        });
      } finally {
        await database.close();
      }
      await vi.waitFor(async () => expect(await status(token)).toBe(401), soon);
      // The forge hears of writes through one connection; until it has another it believes nothing that it knew.
      expect(await status("wit_nothing")).toBe(401);
    } finally {
      await forge.stop();
    }
  },
  bounded,
);
