import { sql } from "drizzle-orm";
import { bigint, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { afterEach, expect, test } from "vitest";
import {
  connect,
  constraintViolation,
  databaseFailure,
  isUnavailable,
  type ConnectOptions,
} from "./client.ts";
import { emptyDatabase } from "./testing.ts";

const cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of cleanUp.splice(0).toReversed()) await close();
});

async function client(options: Partial<ConnectOptions> = {}) {
  const made = await emptyDatabase();
  const opened = connect({ url: made.url, poolSize: 4, ...options });
  cleanUp.push(made.drop, () => opened.close(0));
  return { ...opened, url: made.url };
}

async function failure(work: PromiseLike<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("It did not fail");
}

const things = pgTable("things", {
  id: bigint({ mode: "number" }).primaryKey(),
  at: timestamp({ withTimezone: true }).notNull(),
  label: text().notNull(),
  extra: jsonb().$type<{ deep: number[] }>(),
});
const createThings = sql`
  create table things (
    id bigint primary key, at timestamptz not null, label text not null, extra jsonb, parent bigint,
    constraint things_label_unique unique (label),
    constraint things_label_short check (length(label) < 10),
    constraint things_parent_fk foreign key (parent) references things (id))`;

test("a process that is busy for seconds while it connects is late and not refused", async () => {
  const { db } = await client();
  const waiting = Array.from({ length: 4 }, async () => [...(await db.execute(sql`select 1 as one`))]);
  const cell = new Int32Array(new SharedArrayBuffer(4));
  // Between the steps of the greeting, as when pages are drawn: longer in all than any single attempt used to have.
  for (const busyMs of [10, 10, 5_500, 10]) {
    await new Promise((resolve) => setImmediate(resolve));
    Atomics.wait(cell, 0, 0, busyMs);
  }
  expect(await Promise.all(waiting)).toEqual(waiting.map(() => [{ one: 1 }]));
});

test("dates, large numbers and documents come back as they were stored, by builder and by hand", async () => {
  const { db } = await client();
  await db.execute(createThings);
  const at = new Date("2026-03-04T05:06:07.089Z");
  await db.insert(things).values({ id: 2 ** 53 - 1, at, label: "x", extra: { deep: [1, 2] } });
  const expected = { id: 2 ** 53 - 1, at, label: "x", extra: { deep: [1, 2] } };
  expect(await db.select().from(things)).toEqual([expected]);
  const [row] = await db.execute(
    sql`select id, at, label, extra, count(*) over () as n from things where at = ${at}`,
  );
  expect(row).toEqual({ ...expected, n: 1 });
  expect([...(await db.execute(sql`select 9007199254740993::bigint as big`))]).toEqual([
    { big: 9007199254740993n },
  ]);
});

test("every session counts time in UTC and carries the limits it was given", async () => {
  const { db } = await client({ statementTimeout: 1_234, lockTimeout: 567, idleInTransactionTimeout: 8_900 });
  const [row] = await db.execute(sql`
    select current_setting('TimeZone') as zone, current_setting('statement_timeout') as statement,
      current_setting('lock_timeout') as lock, current_setting('idle_in_transaction_session_timeout') as idle`);
  expect(row).toEqual({ zone: "UTC", statement: "1234ms", lock: "567ms", idle: "8900ms" });
});

test("a refusal names the constraint that refused, through the query builder as well", async () => {
  const { db } = await client();
  await db.execute(createThings);
  const at = new Date();
  await db.insert(things).values({ id: 1, at, label: "x" });
  const again = await failure(db.insert(things).values({ id: 2, at, label: "x" }));
  expect(constraintViolation(again)).toEqual({
    kind: "unique",
    constraint: "things_label_unique",
    table: "things",
  });
  const long = await failure(db.insert(things).values({ id: 2, at, label: "much too long" }));
  expect(constraintViolation(long)).toMatchObject({ kind: "check", constraint: "things_label_short" });
  const orphan = await failure(db.execute(sql`update things set parent = 99`));
  expect(constraintViolation(orphan)).toMatchObject({ kind: "foreign_key", constraint: "things_parent_fk" });
  const empty = await failure(db.execute(sql`update things set label = null`));
  expect(constraintViolation(empty)).toMatchObject({ kind: "not_null", constraint: "label" });
  expect(constraintViolation(new Error("x"))).toBeUndefined();
  expect(databaseFailure(again)).toBeUndefined();
});

test("a statement that runs too long and a lock that does not come are both told as a time-out", async () => {
  const { db } = await client({ statementTimeout: 50 });
  expect(databaseFailure(await failure(db.execute(sql`select pg_sleep(5)`)))).toBe("timeout");
  const { db: other } = await client({ lockTimeout: 50 });
  await other.execute(createThings);
  await other.transaction(async (tx) => {
    await tx.execute(sql`lock table things`);
    expect(databaseFailure(await failure(other.execute(sql`select * from things`)))).toBe("timeout");
  });
});

test("a deadlock is told as a conflict, which may be tried again", async () => {
  const { db, sql: driver } = await client();
  await driver`create table pair as select generate_series(1, 2) as id`;
  const lock = (first: number, second: number, arrived: () => void, other: Promise<void>) =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select * from pair where id = ${first} for update`);
      arrived();
      await other;
      await tx.execute(sql`select * from pair where id = ${second} for update`);
    });
  const one = Promise.withResolvers<void>();
  const two = Promise.withResolvers<void>();
  const results = await Promise.allSettled([
    lock(1, 2, one.resolve, two.promise),
    lock(2, 1, two.resolve, one.promise),
  ]);
  const lost = results.filter((result) => result.status === "rejected");
  expect(lost).toHaveLength(1);
  expect(databaseFailure(lost[0]?.reason)).toBe("conflict");
});

test("a connection that the server cuts off is told as unavailable, and the pool goes on", async () => {
  const { db, sql: driver } = await client({ poolSize: 1 });
  const other = await client();
  const [{ pid } = { pid: 0 }] = await driver<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const running = failure(db.execute(sql`select pg_sleep(20)`));
  await expect
    .poll(() => other.sql`select 1 from pg_stat_activity where pid = ${pid} and query like '%pg_sleep(20)%'`)
    .toHaveLength(1);
  await other.sql`select pg_terminate_backend(${pid})`;
  expect(isUnavailable(await running)).toBe(true);
  await expect
    .poll(() =>
      db.execute(sql`select 1 as one`).then(
        (rows) => rows.length,
        () => 0,
      ),
    )
    .toBe(1);
});

test("an address where nothing listens is told as unavailable, at once", async () => {
  for (const url of [
    "postgresql://wit:x@127.0.0.1:1/wit",
    "postgresql://wit:x@localhost/wit?host=%2Fnowhere",
    "postgresql://wit:x@nowhere.invalid/wit",
  ]) {
    const opened = connect({ url });
    expect(isUnavailable(await failure(opened.db.execute(sql`select 1`)))).toBe(true);
    await opened.close(0);
  }
});
