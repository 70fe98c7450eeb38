/**
 * Brings a database to the schema of `migrations/`, drizzle-kit's folder, in drizzle's own journal table, so
 * that drizzle-kit's commands agree with what was applied.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readMigrationFiles, type MigrationMeta } from "drizzle-orm/migrator";
import type postgres from "postgres";
import { connectDriver } from "./client.ts";
import { sqlState } from "./errors.ts";

/** The folder of the product's own migrations. */
export const migrationsFolder: string = fileURLToPath(new URL("../../../migrations", import.meta.url));

/** The database and the migrations do not fit together; the message says what to do. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

type Applied = { hash: string; created_at: number };

/** "wit" and "migr" as two ints: the advisory lock that only one migrating process holds. */
const lockKey = [0x00776974, 0x6d696772] as const;
const lockTries = 10;

async function appliedMigrations(sql: postgres.Sql): Promise<Applied[]> {
  try {
    return await sql<
      Applied[]
    >`select hash, created_at from drizzle.__drizzle_migrations order by created_at, id`;
  } catch (error) {
    const missing = sqlState(error);
    if (missing === "42P01" || missing === "3F000") return [];
    throw error;
  }
}

/** What is still to do, in the journal's order; throws `MigrationError` when the two histories differ. */
function pendingMigrations(all: readonly MigrationMeta[], applied: readonly Applied[]): MigrationMeta[] {
  const hashAt = new Map(applied.map((row) => [Number(row.created_at), row.hash]));
  const known = new Set(all.map((migration) => migration.folderMillis));
  const stranger = applied.find((row) => !known.has(Number(row.created_at)));
  if (stranger) {
    throw new MigrationError(
      `The database holds a migration of ${new Date(Number(stranger.created_at)).toISOString()} that this version ` +
        "does not know. It was last used by a newer version: start that one, or restore an older backup.",
    );
  }
  return all.filter((migration) => {
    const hash = hashAt.get(migration.folderMillis);
    if (hash === undefined) return true;
    if (hash === migration.hash) return false;
    throw new MigrationError(
      `The migration of ${new Date(migration.folderMillis).toISOString()} was changed after this database applied ` +
        "it. Restore the file, or start from an empty database (npm run db:reset).",
    );
  });
}

async function apply(
  connection: postgres.ReservedSql,
  migration: MigrationMeta,
  lockWaitMs: number,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await connection`begin`;
      await connection`select set_config('lock_timeout', ${`${lockWaitMs}ms`}, true)`;
      for (const statement of migration.sql) {
        if (statement.trim() !== "") await connection.unsafe(statement);
      }
      await connection`
        insert into drizzle.__drizzle_migrations (hash, created_at)
        values (${migration.hash}, ${migration.folderMillis})`;
      await connection`commit`;
      return;
    } catch (error) {
      await connection`rollback`.catch(() => undefined);
      // Someone's long transaction holds a table: step aside, so that those who queue behind us get through.
      if (sqlState(error) === "55P03" && attempt < lockTries) {
        await pause(lockWaitMs);
        continue;
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new MigrationError(
        `The migration of ${new Date(migration.folderMillis).toISOString()} failed: ${reason}`,
        { cause: error },
      );
    }
  }
}

/** `lockWaitMs`: how long one try may wait for a table that others use; ten tries are made. */
export type MigrateOptions = { folder?: string; lockWaitMs?: number };

/**
 * Applies what is missing, each migration in its own transaction, and answers how many were applied.
 * One query when nothing is to do. Safe to run in several processes at once: one applies, the others wait.
 * Throws `MigrationError`.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<number> {
  const { folder = migrationsFolder, lockWaitMs = 5_000 } = options;
  if (!existsSync(join(folder, "meta", "_journal.json"))) {
    throw new MigrationError(`There are no migrations in ${folder}`);
  }
  const all = readMigrationFiles({ migrationsFolder: folder });
  const sql = connectDriver({
    url,
    poolSize: 1,
    applicationName: "wit migrate",
    statementTimeout: 0,
    lockTimeout: 0,
    idleInTransactionTimeout: 0,
  });
  try {
    if (pendingMigrations(all, await appliedMigrations(sql)).length === 0) return 0;
    const connection = await sql.reserve();
    try {
      // Held by the session, so that a killed process releases it and others never wait for a ghost.
      await connection`select pg_advisory_lock(${lockKey[0]}::int, ${lockKey[1]}::int)`;
      await connection`create schema if not exists drizzle`;
      await connection`
        create table if not exists drizzle.__drizzle_migrations (
          id serial primary key, hash text not null, created_at bigint)`;
      const pending = pendingMigrations(all, await appliedMigrations(connection));
      for (const migration of pending) await apply(connection, migration, lockWaitMs);
      return pending.length;
    } finally {
      connection.release();
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}
