import { expect, test } from "vitest";
import { createWorld } from "../../../tools/testing/world.ts";
import { systemContext, transact } from "../context.ts";
import { connect } from "../db/client.ts";
import { cloneDatabase } from "../db/testing.ts";
import { silentLog } from "../log.ts";
import { createJobs, type JobType } from "./index.ts";

test("jobs that wait are done one after the other, without a pause between them", async () => {
  const [world, database] = await Promise.all([createWorld(), cloneDatabase()]);
  const client = connect({ url: database.url, poolSize: 4 });
  const jobs = createJobs({ driver: client.sql, log: silentLog, work: true, migrate: false });
  const services = { ...world.services, database: client.db, jobs };
  const done: number[] = [];
  const count: JobType = {
    name: "test.count",
    handle: async (_ctx, data) => void done.push(Number(data["n"])),
  };
  try {
    await jobs.start([count], (name) => systemContext(services, name));
    // So many that a worker which waited for its next look after each of them would take minutes.
    await transact(systemContext(services, "test"), async (tx) => {
      for (let n = 0; n < 100; n += 1) await jobs.enqueue(tx, count.name, { n });
    });
    await expect.poll(() => done.length, { timeout: 30_000 }).toBe(100);
    expect(new Set(done).size).toBe(100);
  } finally {
    await jobs.stop();
    await client.close();
    await Promise.all([database.drop(), world.close()]);
  }
}, 60_000);
