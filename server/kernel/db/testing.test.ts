import { expect, test } from "vitest";
import { connect } from "./client.ts";
import { cloneDatabase, emptyDatabase } from "./testing.ts";

test("a clone is a database of its own, and gone after it was dropped", async () => {
  const [first, second] = await Promise.all([cloneDatabase(), cloneDatabase()]);
  const client = connect({ url: first.url, poolSize: 1 });
  await client.sql`create table only_here (id int)`;
  const other = connect({ url: second.url, poolSize: 1 });
  await expect(other.sql`select * from only_here`).rejects.toThrow("does not exist");
  await Promise.all([client.close(), other.close()]);
  await Promise.all([first.drop(), second.drop()]);
  const gone = connect({ url: first.url, poolSize: 1 });
  await expect(gone.sql`select 1`).rejects.toThrow(`database "${first.name}" does not exist`);
  await gone.close();
});

test("ten clones can be taken of one template at once", async () => {
  const template = await emptyDatabase();
  const clones = await Promise.all(Array.from({ length: 10 }, () => cloneDatabase(template.name)));
  expect(new Set(clones.map((clone) => clone.name)).size).toBe(10);
  await Promise.all([...clones, template].map((database) => database.drop()));
});
