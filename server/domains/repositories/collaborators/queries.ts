import { eq, sql } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import type { Level } from "../../../kernel/grants.ts";
import { readPage, where, type Page, type PageRequest } from "../../../kernel/paging.ts";
import { ownerColumns, type Owner } from "../../accounts/index.ts";
import { owners } from "../../accounts/schema.ts";
import type { RepoWith } from "../access.ts";

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
  const added = sql`select user_id, case permission when 'admin' then 3 when 'write' then 2 else 1 end as level
    from collaborators where repo_id = ${repo.id}`;
  const members = sql`select user_id, case when role = 'member' then 1 else 3 end from org_members
    where org_id::text = ${repo.ownerId}`;
  const owner = sql`select ${repo.ownerId}::text, 3`;
  const sources = {
    all: sql`${added} union all ${members} union all ${owner}`,
    direct: sql`${added} union all ${owner}`,
    outside: sql`${added} and not exists (select 1 from org_members m where m.org_id::text = ${repo.ownerId} and m.user_id = collaborators.user_id)`,
  };
  const people = sql`(select user_id, max(level) as level from (${sources[scope]}) held group by user_id) people`;
  const byName = sql`lower(${owners.login})`;
  return readPage<CollaboratorRow>(
    page,
    [{ column: byName, value: (row) => row.login.toLowerCase() }],
    "asc",
    async (part) => {
      const rows = await ctx.db
        .select({ ...ownerColumns, level: sql<number>`people.level` })
        .from(owners)
        .innerJoin(people, sql`people.user_id = ${owners.id}`)
        .where(where(eq(owners.type, "user"), part.where))
        .orderBy(...part.orderBy)
        .limit(part.limit)
        .offset(part.offset);
      return rows.map(({ level, ...person }) => ({ ...person, permission: levelOf(Number(level)) }));
    },
  );
}

/** Whether a person has rights of their own: as owner, as a member of the organization, or added. */
export async function isCollaborator(ctx: Context, repo: RepoWith<"read">, userId: string): Promise<boolean> {
  if (repo.ownerId === userId) return true;
  const [row] = await ctx.db.execute<{ found: boolean }>(
    sql`select exists (select 1 from collaborators where repo_id = ${repo.id} and user_id = ${userId})
      or exists (select 1 from org_members where org_id::text = ${repo.ownerId} and user_id = ${userId}) as found`,
  );
  return row?.found ?? false;
}

const levelOf = (level: number): Level => (level === 3 ? "admin" : level === 2 ? "write" : "read");
