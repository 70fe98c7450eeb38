import { and, eq, sql } from "drizzle-orm";
import { describe } from "vitest";
import { readQuery } from "../../../language/query.ts";
import { countRows, fillTables } from "../../../tools/testing/rows-read.ts";
import { expect, test, type World } from "../../../tools/testing/world.ts";
import { compile, countStates } from "../lists/index.ts";
import { findRepository } from "../repositories/index.ts";
import { countAsked } from "./inbox/queries.ts";
import { pullKind } from "./kind.ts";
import { listPullRequests } from "./queries.ts";
import { pullRequests } from "./schema.ts";

const many = 6_000;
const page = { per_page: 30 };

/** Four in five open, a third with the label bug, one in six with a failed check. */
async function fill(world: World): Promise<void> {
  const repo = sql`(select r.id from repositories r join owners o on o.id = r.owner_id where o.login = 'alice' and r.name = 'demo')`;
  const alice = sql`(select id from owners where login = 'alice')`;
  await fillTables(
    world,
    sql`insert into pull_requests (id, repo_id, number, title, state, source_branch, target_branch, head_sha, base_sha, author_id,
        created_at, updated_at, closed_at)
      select gen_random_uuid(), ${repo}, n, 'Part ' || n, case when n % 5 = 0 then 'closed' else 'open' end::pr_state, 'part-' || n, 'main',
        left(encode(sha256(n::text::bytea), 'hex'), 40), repeat('0', 40), ${alice},
        now() - n * interval '1 minute', now() - n * interval '1 minute', case when n % 5 = 0 then now() end
      from generate_series(1, ${many}) n`,
    sql`insert into pr_labels (pr_id, label_id) select p.id, l.id from pull_requests p
      join labels l on l.repo_id = p.repo_id and l.name = 'bug' where p.number % 3 = 0`,
    sql`insert into commit_verdicts (repo_id, sha, verdict)
      select repo_id, head_sha, case when number % 6 = 0 then 'failure' else 'success' end::check_verdict from pull_requests`,
    sql`update repositories set open_prs_count = ${(many * 4) / 5} where id = ${repo}`,
  );
}

const repoOf = async (world: World) => {
  const found = await findRepository(countRows(world).ctx, "alice", "demo");
  if (!found) throw new Error("the cast has no repository");
  return found;
};

test("what waits for one person is found among the requests of thousands", async ({ world }) => {
  await fill(world);
  const person = (login: string) => sql`(select id from owners where login = ${login})`;
  await fillTables(
    world,
    sql`insert into pr_reviewers (id, pr_id, user_id)
      select gen_random_uuid(), id, case when number = 1 then ${person("carol")} else ${person("bob")} end from pull_requests`,
  );
  const { ctx, rowsRead } = countRows(world);
  const [carol] = await ctx.db.execute<{ id: string }>(sql`select id from owners where login = 'carol'`);
  await rowsRead("pr_reviewers");
  expect(await countAsked(ctx, carol?.id ?? "")).toBe(1);
  expect(await rowsRead("pr_reviewers")).toBeLessThan(10);
});

test("of the reviews that wait for one person, 99 are told exactly and more as more", async ({
  world,
  bob,
}) => {
  await fill(world);
  const waiting = (from: number, to: number) => sql`insert into pr_reviewers (id, pr_id, user_id)
    select gen_random_uuid(), id, (select id from owners where login = 'bob') from pull_requests
    where state = 'open' order by number offset ${from} limit ${to - from}`;
  const told = async () => (await bob.get("/_web/frame")).body.counts.reviews;
  await world.write(waiting(0, 99));
  expect(await told()).toBe(99);
  await world.write(waiting(99, 100));
  expect(await told()).toBe(100);
  await world.write(waiting(100, 150));
  expect(await told()).toBe(100);
});

describe("a list of thousands", () => {
  test("reads little more than its page, whatever narrows it", async ({ world }) => {
    await fill(world);
    const repo = await repoOf(world);
    const { ctx, rowsRead } = countRows(world);
    const read = async (q: string) => {
      const asked = await compile(ctx, pullKind, readQuery(q).terms, repo);
      await rowsRead("pull_requests");
      const found = await listPullRequests(
        ctx,
        and(eq(pullRequests.repoId, repo.id), asked.state, asked.rest),
        asked.order,
        page,
      );
      expect({ q, found: found.items.length }).toEqual({ q, found: 30 });
      return rowsRead("pull_requests");
    };
    expect(await read("is:open")).toBeLessThanOrEqual(31);
    expect(await read("is:open label:bug author:alice")).toBeLessThan(31 * 6);
    expect(await read("is:open checks:failing label:bug")).toBeLessThan(31 * 12);
    expect(await read("is:open updated:<2w sort:updated-desc")).toBeLessThan(31 * 3);
  });

  test("counts no further than anybody wants to know, and says so", async ({ world, alice }) => {
    await fill(world);
    const repo = await repoOf(world);
    const { ctx, rowsRead } = countRows(world);
    const counted = async (q: string, most: number) => {
      const { rest } = await compile(ctx, pullKind, readQuery(q).terms, repo);
      await rowsRead("pull_requests");
      const counts = await countStates(ctx, pullKind, and(eq(pullRequests.repoId, repo.id), rest), { most });
      return { counts, rows: await rowsRead("pull_requests") };
    };
    const all = await counted("author:alice", 100);
    expect(all.counts).toEqual({ open: 100, closed: 100, more: ["open", "closed"] });
    expect(all.rows).toBeLessThan(1_000);
    const some = await counted("label:bug", 500);
    expect(some.counts).toEqual({ open: 500, closed: 400, more: ["open"] });
    expect((await counted("label:bug", 1_600)).counts).toEqual({ open: 1_600, closed: 400, more: [] });
    const shown = (q: string) => alice.get(`/_web/repos/alice/demo/pulls?q=${encodeURIComponent(q)}`);
    // Of everything the open ones are counted already.
    expect((await shown("is:open")).body.counts).toEqual({ open: 4_800, closed: 1_200, more: [] });
    expect((await shown("is:open label:bug checks:failing")).body.counts).toEqual({
      open: 800,
      closed: 200,
      more: [],
    });
  });
});
