/** The database brought up to date: what a start waits for longest, apart so that it begins before the rest is loaded. */
import { mkdir } from "node:fs/promises";
import type { Config } from "./kernel/config.ts";
import { migrate } from "./kernel/db/migrate.ts";
import { startDatabase, type RunningDatabase } from "./kernel/db/start.ts";
import type { Log } from "./kernel/log.ts";

/** Takes the data folder, starts its database (or checks that of `databaseUrl`) and brings its schema up to date. */
export async function prepareDatabase(options: {
  readonly config: Config;
  readonly databaseUrl: string | undefined;
  readonly log: Log;
}): Promise<RunningDatabase> {
  const { config, databaseUrl, log } = options;
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const database = await startDatabase({ dataDir: config.dataDir, databaseUrl, log });
  try {
    await migrate(database.url);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}
