import { and, eq, sql } from "drizzle-orm";
import { readQuery } from "../../../language/query.ts";
import { countRows, fillTables } from "../../../tools/testing/rows-read.ts";
import { expect, test } from "../../../tools/testing/world.ts";
import { compile, countStates } from "../lists/index.ts";
import { findRepository } from "../repositories/index.ts";
import { issueKind } from "./kind.ts";
import { listIssues } from "./queries.ts";
import { issues } from "./schema.ts";

test("a list of thousands reads little more than its page, and counts no further than is shown", async ({
  world,
  alice,
}) => {
  await alice.post("/repos/alice/demo/issues", { title: "Part 1" });
  const { ctx, rowsRead } = countRows(world);
  const repo = await findRepository(ctx, "alice", "demo");
  if (!repo) throw new Error("the cast has no repository");
  await fillTables(
    world,
    sql`insert into issues (id, repo_id, number, title, author_id, stage_id, state, status, created_at, updated_at)
      select gen_random_uuid(), ${repo.id}, n, 'Part ' || n, ${repo.ownerId}, first.stage_id, first.state, first.status, now() - n * interval '1 minute',
        now() - n * interval '1 minute'
      from generate_series(2, 6000) n, issues first`,
    sql`insert into issue_labels (issue_id, label_id) select i.id, l.id from issues i
      join labels l on l.repo_id = i.repo_id and l.name = 'bug' where i.number % 3 = 0`,
  );
  const scope = eq(issues.repoId, repo.id);
  const { terms } = readQuery("is:open label:bug author:alice");
  const asked = await compile(ctx, issueKind, terms, repo);
  await rowsRead("issues");
  const condition = and(scope, asked.state, asked.rest);
  const { items } = await listIssues(ctx, condition, asked.order, { per_page: 30 });
  expect(items.length).toBe(30);
  expect(await rowsRead("issues")).toBeLessThan(31 * 6);
  const counts = await countStates(ctx, issueKind, and(scope, asked.rest), { most: 100 });
  expect(counts).toEqual({ open: 100, closed: 0, more: ["open"] });
  expect(await rowsRead("issues")).toBeLessThan(1_000);
});
