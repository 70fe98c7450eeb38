/** A list of ten thousand pull requests, narrowed by three filters, beside the same question in plain SQL. */
import { join } from "node:path";
import postgres from "postgres";
import { parseDatabaseUrl } from "../server/kernel/db/address.ts";
import { wit } from "../tools/testing/forge-process.ts";
import { ask } from "./asking.ts";
import { owner } from "./filling.ts";
import { attempt, type Benchmark, type Scene } from "./scene.ts";
import { line, type Figure, type Held } from "./table.ts";

const many = 10_000;
const rounds = 60;
/** Milliseconds, at the median. */
const goal = 30;

/** Each with the conditions that say the same of `pull_requests`. */
const questions = [
  {
    q: "is:open label:bug author:bench",
    sql: `state = 'open' and author_id = $2 and exists (select 1 from pr_labels join labels on labels.id = label_id
      where pr_id = pull_requests.id and labels.name = 'bug')`,
  },
  {
    q: "is:open updated:<2w -draft:true sort:updated-desc",
    sql: `state = 'open' and author_id = $2 and updated_at > now() - interval '14 days' and not is_draft`,
  },
  {
    q: "is:open checks:failing label:bug",
    sql: `state = 'open' and author_id = $2 and exists (select 1 from commit_statuses where repo_id = pull_requests.repo_id
      and sha = head_sha and state = 'failure') and exists (select 1 from pr_labels where pr_id = pull_requests.id)`,
  },
] as const;

export const measurePullLists: Benchmark = async function* (scene) {
  const address = parseDatabaseUrl(await wit(join(scene.folder, "data"), "db", "url"));
  const sql = postgres({ ...address, max: 1, onnotice: () => undefined });
  try {
    const place = await fillPulls(sql);
    for (const { q, sql: condition } of questions)
      yield await attempt(scene, `${many} pull requests, ${q}`, async () => {
        const url = `/api/v3/_web/repos/${owner}/small/pulls?${new URLSearchParams({ q })}`;
        const own = await median("wit", () => asked(scene, url));
        const bare = await median("plain SQL", async () => {
          await sql.unsafe(
            `select *, (select count(*) from pull_requests where repo_id = $1 and ${condition}) from pull_requests
             where repo_id = $1 and ${condition} order by created_at desc, id desc limit 31`,
            [place.repo, place.author],
            { prepare: true },
          );
        });
        const target: Held = {
          of: "target",
          value: goal,
          goal: { says: `≤ ${goal} ms`, most: 1, as: "cost" },
        };
        return line(`${many} pull requests, ${q}`, "ms", own, [target, bare]);
      });
  } finally {
    await sql.end();
  }
};

async function asked({ forge }: Scene, path: string): Promise<void> {
  const { status } = await ask({ url: `${forge.url}${path}` });
  if (status !== 200) throw new Error(`${path} answers ${status}`);
}

async function median(of: string, work: () => Promise<void>): Promise<Figure> {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await work();
    taken.push(performance.now() - began);
  }
  taken.sort((a, b) => a - b);
  return { of, value: taken[rounds / 2] ?? 0, p50: taken[rounds / 2] ?? 0, p99: taken[rounds - 1] ?? 0 };
}

/**
 * Puts them beneath the forge, behind those that are there already: four in five open, a third with the label, each with a
 * status.
 */
async function fillPulls(sql: postgres.Sql): Promise<{ repo: string; author: string }> {
  const [place] = await sql<{ repo: string; author: string }[]>`
    select r.id as repo, r.owner_id as author from repositories r join owners o on o.id = r.owner_id
    where o.login = ${owner} and r.name = 'small'`;
  if (!place) throw new Error("the forge has no repository small");
  const { repo, author } = place;
  const sha = sql`encode(sha256(n::text::bytea), 'hex')`;
  const number = sql`next_number - 1 + n`;
  await sql.begin(async (tx) => {
    await tx`insert into pull_requests (id, repo_id, number, title, body, state, source_branch, target_branch, source_repo_id,
        head_sha, base_sha, author_id, is_draft, created_at, updated_at, closed_at)
      select gen_random_uuid(), r.id, ${number}, 'Change part ' || n, 'It was slow, and is not any more.',
        case when n % 5 = 0 then 'closed' else 'open' end::pr_state, 'part-' || n, 'main', ${repo}, left(${sha}, 40),
        left(${sha}, 40), ${author}, n % 7 = 0, now() - n * interval '5 minutes', now() - n * interval '5 minutes',
        case when n % 5 = 0 then now() end from generate_series(1, ${many}) n, repositories r where r.id = ${repo}`;
    await tx`update repositories set next_number = next_number + ${many}, open_prs_count = open_prs_count + ${(many * 4) / 5}
      where id = ${repo}`;
    await tx`insert into pr_labels (pr_id, label_id) select p.id, l.id from pull_requests p join labels l on l.repo_id = p.repo_id
      and l.name = 'bug' where p.repo_id = ${repo} and p.number % 3 = 0`;
    await tx`insert into commit_statuses (id, repo_id, sha, context, state, creator_id)
      select gen_random_uuid(), p.repo_id, p.head_sha, 'test', case when p.number % 4 = 0 then 'failure' else 'success' end::commit_status_state, ${author}
      from pull_requests p where p.repo_id = ${repo}`;
    await tx`insert into commit_verdicts (repo_id, sha, verdict)
      select s.repo_id, s.sha, s.state::text::check_verdict from commit_statuses s where s.repo_id = ${repo} on conflict do nothing`;
  });
  await sql`analyze`;
  return place;
}
