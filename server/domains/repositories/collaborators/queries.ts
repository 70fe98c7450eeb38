import { eq, sql } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import type { Level } from "../../../kernel/grants.ts";
import { readPage, where, type Page, type PageRequest } from "../../../kernel/paging.ts";
import { ownerColumns, type Owner } from "../../accounts/index.ts";
import { owners } from "../../accounts/schema.ts";
import type { RepoWith } from "../access.ts";
import { holds } from "../standing.ts";

export type CollaboratorRow = Owner & { readonly permission: Level };

/** `direct`: the owner and those who were added; `outside`: those who were added and are not in the organization. */
export type CollaboratorScope = "all" | "direct" | "outside";

/** Who has rights of their own in a repository, by name, each with the most that they have. */
export function listCollaborators(
  ctx: Context,
  repo: RepoWith<"read">,
  scope: CollaboratorScope,
  page: PageRequest,
): Promise<Page<CollaboratorRow>> {
  const added = sql`select user_id, permission as level from collaborators where repo_id = ${repo.id}`;
  const members = sql`select m.user_id, case when m.role <> 'member' then 'admin'::permission
      when o.base_permission <> 'none' then o.base_permission::text::permission end
    from org_members m inner join organizations o on o.id = m.org_id
    where m.org_id::text = ${repo.ownerId} and (m.role <> 'member' or o.base_permission <> 'none')`;
  const inTeams = sql`select tm.user_id, tr.permission from team_repositories tr
    inner join team_members tm on tm.team_id = tr.team_id inner join teams t on t.id = tr.team_id
    where tr.repo_id = ${repo.id} and t.org_id::text = ${repo.ownerId}`;
  const owner = sql`select ${repo.ownerId}::text, 'admin'::permission`;
  const sources = {
    all: sql`${added} union all ${members} union all ${inTeams} union all ${owner}`,
    direct: sql`${added} union all ${owner}`,
    outside: sql`${added} and not exists (select 1 from org_members m where m.org_id::text = ${repo.ownerId} and m.user_id = collaborators.user_id)`,
  };
  const people = sql`(select user_id, max(level) as level from (${sources[scope]}) held group by user_id) people`;
  const byName = sql`lower(${owners.login})`;
  return readPage<CollaboratorRow>(
    page,
    [{ column: byName, value: (row) => row.login.toLowerCase() }],
    "asc",
    (part) =>
      ctx.db
        .select({ ...ownerColumns, permission: sql<Level>`people.level` })
        .from(owners)
        .innerJoin(people, sql`people.user_id = ${owners.id}`)
        .where(where(eq(owners.type, "user"), part.where))
        .orderBy(...part.orderBy)
        .limit(part.limit)
        .offset(part.offset),
  );
}

/** Whether a person has rights of their own: as owner, as a member of the organization or of a team, or added. */
export async function isCollaborator(ctx: Context, repo: RepoWith<"read">, userId: string): Promise<boolean> {
  const [row] = await ctx.db.execute<{ found: boolean }>(sql`select ${holds(repo, userId, "read")} as found`);
  return row?.found ?? false;
}
