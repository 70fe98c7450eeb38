/**
 * The database by hand, the embedded one or the one that DATABASE_URL names:
 *
 *   node tools/setup/db.ts migrate        applies the migrations that are missing
 *   node tools/setup/db.ts studio         opens drizzle's studio on it
 *   node tools/setup/db.ts reset [--yes]  empties it and migrates it anew
 */
import { spawn } from "node:child_process";
import { configFromEnvironment } from "../../server/environment.ts";
import { redactDatabaseUrl } from "../../server/kernel/db/address.ts";
import { connectDriver } from "../../server/kernel/db/client.ts";
import { migrate } from "../../server/kernel/db/migrate.ts";
import { openDatabase, startDatabase, type RunningDatabase } from "../../server/kernel/db/start.ts";
import { silentLog } from "../../server/kernel/log.ts";

async function applyMigrations(database: RunningDatabase): Promise<void> {
  const applied = await migrate(database.url);
  if (applied > 0) console.log(`${applied} ${applied === 1 ? "migration" : "migrations"} applied`);
}

async function openStudio(database: RunningDatabase): Promise<void> {
  const studio = spawn("drizzle-kit", ["studio"], {
    stdio: "inherit",
    env: { ...process.env, DATABASE_URL: database.url },
  });
  // Ctrl-C reaches the studio as well; we go on until it has ended, and then stop the database.
  process.on("SIGINT", () => {}).on("SIGTERM", () => studio.kill());
  await new Promise((resolve, reject) => studio.once("error", reject).once("close", resolve));
}

async function empty(database: RunningDatabase): Promise<void> {
  const sql = connectDriver({ url: database.url, poolSize: 1, applicationName: "wit reset" });
  try {
    await sql.begin(async (tx) => {
      const schemas = await tx<{ name: string }[]>`
        select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`;
      for (const { name } of schemas) await tx`drop schema ${tx(name)} cascade`;
      await tx`create schema public`;
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

const [command, ...flags] = process.argv.slice(2);
const { config, databaseUrl } = configFromEnvironment(process.env);
const options = { dataDir: config.dataDir, databaseUrl, log: silentLog };

async function run(open: typeof startDatabase, ...work: ((database: RunningDatabase) => Promise<void>)[]) {
  const database = await open(options);
  try {
    for (const step of work) await step(database);
  } finally {
    await database.stop();
  }
}

async function main(): Promise<void> {
  switch (command) {
    case "migrate":
      return run(openDatabase, applyMigrations);
    case "studio":
      return run(openDatabase, openStudio);
    case "reset":
      if (databaseUrl && !flags.includes("--yes")) {
        throw new Error(
          `This deletes everything in ${redactDatabaseUrl(databaseUrl)}. If that is what you want: npm run db:reset -- --yes`,
        );
      }
      // Not beside a running server, so never `openDatabase`.
      await run(startDatabase, empty, applyMigrations);
      console.log("The database is empty. Repositories and files in the data folder were left alone.");
      return;
    default:
      throw new Error("Say what to do: migrate, studio or reset");
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
