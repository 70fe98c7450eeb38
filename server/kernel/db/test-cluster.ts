/** One fast server for a whole test run: in memory where there is room, and without any promise to keep data. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createCluster } from "./cluster.ts";
import { lockDataFolder } from "./data-lock.ts";
import { startEmbedded } from "./embedded.ts";
import { chooseLauncher } from "./launcher.ts";
import { findPrograms, layoutOf, makeFolders } from "./layout.ts";
import { readPidFile, stopServer } from "./postmaster.ts";

export type TestCluster = { url: string; stop(): Promise<void> };

const prefix = "wit-cluster-";
const memory = "/dev/shm";
const roomNeeded = 2 ** 31;
const silent = { info() {}, warn() {}, error() {} };
const cacheFolder = fileURLToPath(new URL("../../../node_modules/.cache/wit", import.meta.url));

/** Creating a database copies some 400 files: 20 ms in memory, 600 ms on a slow disk. */
export function testFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize > roomNeeded) return memory;
  } catch {
    // No such file system here.
  }
  return tmpdir();
}

/** Removes what a killed test run left behind: its server and its files. */
async function removeLeftovers(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name);
    if (!name.startsWith(prefix)) continue;
    try {
      if (statSync(folder).uid !== process.geteuid?.()) continue;
      const lock = lockDataFolder(folder);
      const { cluster } = layoutOf(folder);
      const server = readPidFile(cluster);
      if (server) await stopServer(server.pid, cluster, 1_000);
      lock.release();
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another run is using it, or is removing it at this moment.
    }
  }
}

/** Fresh database files, made once for each version of the code that makes them: copying is six times faster. */
async function preparedFolder(): Promise<string> {
  const programs = findPrograms();
  const maker = readFileSync(new URL("./cluster.ts", import.meta.url));
  const { mtimeMs, size } = statSync(programs.postgres);
  const key = createHash("sha256").update(`${mtimeMs} ${size}`).update(maker).digest("hex").slice(0, 16);
  const folder = join(cacheFolder, `cluster-${key}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder, { recursive: true });
  const fresh = mkdtempSync(`${folder}.`);
  try {
    const layout = layoutOf(fresh);
    const launcher = chooseLauncher(layout.folder, programs.postgres);
    makeFolders(layout, launcher);
    await createCluster(layout, programs, launcher, "test");
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another run was quicker.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Starts the server, or takes the one that `WIT_TEST_DATABASE_URL` names (its user must be able to create databases). */
export async function testCluster(): Promise<TestCluster> {
  const other = process.env["WIT_TEST_DATABASE_URL"];
  if (other) return { url: other, async stop() {} };
  const parent = testFolder();
  await removeLeftovers(parent);
  const prepared = await preparedFolder();
  const dataDir = mkdtempSync(join(parent, prefix));
  const lock = lockDataFolder(dataDir);
  const remove = () => {
    lock.release();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    // Node's own copy forgets the modes of folders, which PostgreSQL insists on.
    execFileSync("cp", ["-a", `${prepared}/.`, dataDir]);
    const server = await startEmbedded({ dataDir, log: silent, purpose: "test", stopDeadlineMs: 2_000 });
    return { url: server.url, stop: () => server.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}
