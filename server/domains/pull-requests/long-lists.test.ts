import { and, eq, sql } from "drizzle-orm";
import { describe } from "vitest";
import { readQuery } from "../../../language/query.ts";
import { countRows, fillTables } from "../../../tools/testing/rows-read.ts";
import { expect, test, type World } from "../../../tools/testing/world.ts";
import { verdictIs } from "../checks/index.ts";
import { compile, countStates } from "../lists/index.ts";
import { findRepository } from "../repositories/index.ts";
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
    sql`insert into commit_statuses (id, repo_id, sha, context, state)
      select gen_random_uuid(), repo_id, head_sha, 'test', case when number % 6 = 0 then 'failure' else 'success' end::commit_status_state
      from pull_requests`,
    sql`update repositories set open_prs_count = ${(many * 4) / 5} where id = ${repo}`,
  );
}

const repoOf = async (world: World) => {
  const found = await findRepository(countRows(world).ctx, "alice", "demo");
  if (!found) throw new Error("the cast has no repository");
  return found;
};

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

test("a verdict as a condition is the verdict on each commit, for every story of reports", async ({
  world,
}) => {
  const repo = await repoOf(world);
  const { ctx } = countRows(world);
  const states = ["failure", "error", "pending", "success"] as const;
  const reports = ["a", "b"].flatMap((context) => states.map((state) => ({ context, state })));
  const stories = [
    [],
    ...reports.map((one) => [one]),
    ...reports.flatMap((one) => reports.map((two) => [one, two])),
    ...reports.flatMap((one) =>
      states.map((state) => [one, { context: "a", state }, { context: "b", state: "success" } as const]),
    ),
  ];
  const shas = stories.map((_, n) => n.toString(16).padStart(40, "0"));
  for (const [n, story] of stories.entries())
    for (const { context, state } of story)
      await world.write(sql`insert into commit_statuses (id, repo_id, sha, context, state)
        values (gen_random_uuid(), ${repo.id}, ${shas[n]}, ${context}, ${state}::commit_status_state)`);
  const verdictOf = (story: readonly { context: string; state: string }[]) => {
    const last = Object.values(Object.fromEntries(story.map(({ context, state }) => [context, state])));
    if (last.length === 0) return null;
    if (last.includes("failure") || last.includes("error")) return "failure";
    return last.includes("pending") ? "pending" : "success";
  };
  for (const state of ["failure", "pending", "success", null] as const) {
    const rows = await ctx.db.execute<{ sha: string }>(
      sql`select sha from unnest(array[${sql.join(
        shas.map((sha) => sql`${sha}`),
        sql`, `,
      )}]) sha where ${verdictIs(state, sql`${repo.id}::uuid`, sql.raw("sha.sha"))}`,
    );
    const expected = shas.filter((_, n) => verdictOf(stories[n] ?? []) === state);
    expect(rows.map(({ sha }) => sha).toSorted(), String(state)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
  }
});
