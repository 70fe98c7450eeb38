/** What tests of races need: many people at once, and a moment at which all of them have looked and none has written. */
import { sql } from "drizzle-orm";
import type { Client } from "./client.ts";
import type { World } from "./world.ts";
import { scopes } from "../../server/kernel/actor.ts";
import { systemContext, transact } from "../../server/kernel/context.ts";
import { mintToken, sha256Hex } from "../../server/kernel/crypto/index.ts";
import { uuidv7 } from "../../server/kernel/ids.ts";
import { claimLogin } from "../../server/domains/accounts/index.ts";
import { personalAccessTokens, user } from "../../server/domains/accounts/schema.ts";

export interface Stranger {
  readonly login: string;
  readonly client: Client;
}

/** People without a password, whose hashes would take most of a test's time, each with a token of all scopes. */
export async function crowd(
  world: World,
  size: number,
  role: "user" | "superadmin" = "user",
): Promise<Stranger[]> {
  const people: Stranger[] = [];
  await transact(systemContext(world.services, "test"), async (tx) => {
    for (let number = 0; number < size; number += 1) {
      const id = uuidv7();
      const login = `${role}-${number}`;
      const token = mintToken("wit");
      await claimLogin(tx, { id, type: "user", login, siteAdmin: role !== "user" });
      const email = `${login}@example.test`;
      await tx.db
        .insert(user)
        .values({ id, name: login, email, username: login, displayUsername: login, role });
      await tx.db.insert(personalAccessTokens).values({
        userId: id,
        name: "test",
        tokenHash: sha256Hex(token),
        tokenPrefix: token.slice(0, 8),
        scopes: [...scopes],
      });
      people.push({ login, client: world.withToken(token) });
    }
  });
  return people;
}

/**
 * Starts `act` while nobody can write to a table, and lets go once at least two of its transactions wait: both have read what
 * they decide on, so only a lock or a condition of the write keeps the second from doing what the first did.
 */
export async function racing<T>(world: World, table: string, act: () => Promise<T>): Promise<T> {
  const { running } = await world.services.database.transaction(async (tx) => {
    await tx.execute(sql`lock table ${sql.identifier(table)} in share mode`);
    const running = act();
    const deadline = Date.now() + 20_000;
    for (;;) {
      const [row] = await tx.execute<{ waiting: number }>(
        sql`select count(*)::int as waiting, pg_sleep(0.02) from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()`,
      );
      if ((row?.waiting ?? 0) >= 2) return { running };
      if (Date.now() > deadline) throw new Error("nothing raced");
    }
  });
  return running;
}
