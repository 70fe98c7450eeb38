/** The database of this process: the embedded one in the data folder, or one of your own. */
import { redactDatabaseUrl } from "./address.ts";
import { connectDriver } from "./client.ts";
import { DataFolderInUse, lockDataFolder } from "./data-lock.ts";
import { embeddedUrl, startEmbedded, type DatabaseLog } from "./embedded.ts";

export type { DatabaseLog } from "./embedded.ts";

/** The database that `DATABASE_URL` names cannot be used; the message says why and hides the password. */
export class DatabaseRefused extends Error {
  override readonly name = "DatabaseRefused";
}

export type RunningDatabase = {
  url: string;
  kind: "embedded" | "external";
  /** For instance "18.4". */
  version: string;
  /** Called after the embedded server died and before it is started again. */
  onCrash(listener: () => void): void;
  /** Stops the embedded server and gives the data folder free. Close the pools first. */
  stop(): Promise<void>;
};

export type StartOptions = {
  dataDir: string;
  /** Unset or empty: the embedded server. */
  databaseUrl?: string | undefined;
  log: DatabaseLog;
};

const oldestVersion = 150_000;

/** One connection's worth of questions. Throws `DatabaseRefused`. */
async function inspect(url: string): Promise<string> {
  const sql = connectDriver({ url, poolSize: 1, applicationName: "wit start" });
  const shown = redactDatabaseUrl(url);
  try {
    const [row] = await sql<{ number: string; version: string; encoding: string }[]>`
      select current_setting('server_version_num') as number, current_setting('server_version') as version,
        current_setting('server_encoding') as encoding`;
    if (!row || Number(row.number) < oldestVersion) {
      throw new DatabaseRefused(`${shown} is PostgreSQL ${row?.version}; version 15 or newer is needed.`);
    }
    if (row.encoding !== "UTF8") {
      throw new DatabaseRefused(
        `${shown} stores text as ${row.encoding}; a database with encoding UTF8 is needed.`,
      );
    }
    return row.version.split(" ")[0] ?? row.version;
  } catch (error) {
    if (error instanceof DatabaseRefused) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatabaseRefused(`${shown} cannot be used: ${reason}`, { cause: error });
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/**
 * Takes the data folder for this process and starts or checks its database. Throws `DataFolderInUse`,
 * `BadDataFolder`, `DatabaseRefused`, or an error whose message says what to do.
 */
export async function startDatabase(options: StartOptions): Promise<RunningDatabase> {
  const lock = lockDataFolder(options.dataDir);
  try {
    if (options.databaseUrl) {
      const version = await inspect(options.databaseUrl);
      return {
        url: options.databaseUrl,
        kind: "external",
        version,
        onCrash() {},
        stop: async () => lock.release(),
      };
    }
    const server = await startEmbedded(options);
    if (server.adopted)
      options.log.info({ pid: server.pid() }, "Adopted the database server that was still running");
    return {
      url: server.url,
      kind: "embedded",
      version: server.version,
      onCrash: server.onCrash,
      async stop() {
        await server.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * For the command line beside a running server: the same database, whoever runs it. Starts the embedded server
 * when nobody does, and then `stop` stops it.
 */
export async function openDatabase(options: StartOptions): Promise<RunningDatabase> {
  if (options.databaseUrl) return attached(options.databaseUrl, "external");
  try {
    return await startDatabase(options);
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    return attached(embeddedUrl(options.dataDir), "embedded");
  }
}

async function attached(url: string, kind: RunningDatabase["kind"]): Promise<RunningDatabase> {
  return { url, kind, version: await inspect(url), onCrash() {}, async stop() {} };
}
