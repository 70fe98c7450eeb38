/** Finding a repository and proving what the actor may do with it: REST, git over HTTP and SSH, jobs and search all ask here. */
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { actorId, type Actor, type Scope, type UserActor } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import type { Database, Transaction } from "../../kernel/db/client.ts";
import { keptBeside } from "../../kernel/freshness.ts";
import { Moved, forbidden, notFound, unauthorized } from "../../kernel/errors.ts";
import { grant, reaches, requireUser, type Granted, type Level } from "../../kernel/grants.ts";
import { requireScope, type Access } from "../../kernel/http/route.ts";
import { isUuid } from "../../kernel/ids.ts";
import { owners } from "../accounts/schema.ts";
import { organizations, orgMembers } from "../organizations/schema.ts";
import { formerlyAt } from "./redirects.ts";
import { collaborators, repositories } from "./schema.ts";
import { repoAccess, teamLevel } from "./standing.ts";

export interface Owner {
  readonly id: string;
  readonly apiId: number;
  readonly login: string;
  readonly type: "user" | "organization";
  readonly siteAdmin: boolean;
}

/** A repository's row with its owner, and what the actor may do with it. */
export interface Repository extends Readonly<typeof repositories.$inferSelect> {
  readonly owner: Owner;
  readonly access: Level;
}

export type RepoWith<L extends Level> = Granted<Repository, L>;

/** The organization that an event about a repository concerns, as a part of its subject. */
export const orgOf = (repo: Pick<Repository, "owner">): { readonly orgId?: string } =>
  repo.owner.type === "organization" ? { orgId: repo.owner.id } : {};

type Reader = Database | Transaction;

/** Rows from which `judged` decides. Conditions go on top; `visibleTo` must be among them where a list is paged. */
export function repositoryRows(db: Reader, actor: Actor) {
  const id = actorId(actor);
  return db
    .select({
      repository: repositories,
      owner: {
        id: owners.id,
        apiId: owners.apiId,
        login: owners.login,
        type: owners.type,
        siteAdmin: owners.siteAdmin,
      },
      orgRole: orgMembers.role,
      base: organizations.basePermission,
      team: teamLevel(id),
      collaborator: collaborators.permission,
    })
    .from(repositories)
    .innerJoin(owners, eq(owners.id, repositories.ownerId))
    .leftJoin(
      orgMembers,
      and(sql`${orgMembers.orgId}::text = ${repositories.ownerId}`, sql`${orgMembers.userId} = ${id}`),
    )
    .leftJoin(organizations, eq(organizations.id, orgMembers.orgId))
    .leftJoin(
      collaborators,
      and(eq(collaborators.repoId, repositories.id), sql`${collaborators.userId} = ${id}`),
    )
    .$dynamic();
}

export type RepositoryRow = Awaited<ReturnType<typeof repositoryRows>>[number];

/** The repository of a row if the actor may read it. */
export function judged(actor: Actor, row: RepositoryRow | undefined): Repository | null {
  if (!row) return null;
  const access = repoAccess(actor, {
    isPrivate: row.repository.isPrivate,
    ownerId: row.repository.ownerId,
    orgRole: row.orgRole,
    base: row.base,
    team: row.team,
    collaborator: row.collaborator,
  });
  return access === "none" ? null : { ...row.repository, owner: row.owner, access };
}

const plain = /^[A-Za-z0-9._-]{1,100}$/;

/** The repository at a place, if the actor may read it. One query at most: nobody's row is read twice while nothing is written. */
export async function findRepository(ctx: Context, owner: string, name: string): Promise<Repository | null> {
  if (!plain.test(owner) || !plain.test(name)) return null;
  const place = `${owner}/${name}`.toLowerCase();
  const read = () => rowAt(ctx, owner.toLowerCase(), name.toLowerCase());
  // What an open transaction sees is its own.
  const row =
    ctx.db === ctx.database ? await keptRows(ctx).get(`${actorId(ctx.actor)} ${place}`, read) : await read();
  return judged(ctx.actor, row ?? undefined);
}

async function rowAt(ctx: Context, owner: string, name: string): Promise<RepositoryRow | null> {
  const [row] = await repositoryRows(ctx.db, ctx.actor).where(
    and(
      sql`lower(${owners.login}) = ${owner}`,
      sql`lower(${repositories.name}) = ${name}`,
      isNull(repositories.deletedAt),
    ),
  );
  return row ?? null;
}

const keptRows = keptBeside<RepositoryRow | null>(5_000);

/** The repository of an id, if the actor may read it. */
export async function findRepositoryById(ctx: Context, id: string): Promise<Repository | null> {
  return (await repositoriesById(ctx, [id])).get(id) ?? null;
}

/** The repositories of these ids that the actor may read, by id. */
export async function repositoriesById(
  ctx: Context,
  ids: Iterable<string | null | undefined>,
): Promise<Map<string, Repository>> {
  const wanted = [...new Set(ids)].filter((id) => typeof id === "string" && isUuid(id));
  if (wanted.length === 0) return new Map();
  const rows = await repositoryRows(ctx.db, ctx.actor).where(
    and(inArray(repositories.id, wanted as string[]), isNull(repositories.deletedAt)),
  );
  const found = rows.map((row) => judged(ctx.actor, row)).filter((one) => one !== null);
  return new Map(found.map((one) => [one.id, one]));
}

/** The repository at a place or, after a rename or transfer, the one that used to be there. */
export async function locateRepository(
  ctx: Context,
  owner: string,
  name: string,
): Promise<{ readonly repository: Repository; readonly moved: boolean } | null> {
  const present = await findRepository(ctx, owner, name);
  if (present) return { repository: present, moved: false };
  if (!plain.test(owner) || !plain.test(name)) return null;
  const id = await formerlyAt(ctx, owner, name);
  const former = id === null ? null : await findRepositoryById(ctx, id);
  return former && { repository: former, moved: true };
}

/**
 * Mints the grant. @throws Refusal 404 when the repository cannot be seen, 401 or 403 when it can but the level is not reached
 */
export function requireAccess<L extends Level>(
  ctx: Context,
  repository: Repository | null,
  level: L,
): RepoWith<L> {
  if (!repository) throw notFound();
  if (!reaches(repository.access, level)) {
    if (ctx.actor.kind === "anonymous") throw unauthorized();
    throw forbidden(
      level === "admin" ? "Must have admin rights to Repository" : "Must have write access to the repository",
    );
  }
  if (level === "write" && repository.archivedAt) throw forbidden("Repository was archived so is read-only");
  return grant(repository, level);
}

/** Which parts of a path name a repository. */
export interface Placed {
  readonly owner: string;
  readonly repo: string;
}

const usually: Placed = { owner: "owner", repo: "repo" };

/** Access to the repository that `{owner}` and `{repo}` of the path name; its former places redirect. */
export function withRepository<L extends Level>(
  level: L,
  parts: Placed = usually,
): Access<{ repo: RepoWith<L> }> {
  return {
    name: `repository:${level}`,
    resolve: async (ctx, params) => {
      const found = await locateRepository(ctx, params[parts.owner] ?? "", params[parts.repo] ?? "");
      if (found?.moved) throw movedTo(found.repository);
      return { repo: requireAccess(ctx, found?.repository ?? null, level) };
    },
  };
}

/** As `withRepository`, for a signed-in person whose credential carries a scope besides. */
export function asPerson<L extends Level>(
  level: L,
  scope: Scope,
  parts: Placed = usually,
): Access<{ repo: RepoWith<L>; me: UserActor }> {
  const repository = withRepository(level, parts);
  return {
    name: `${repository.name}+signed-in:${scope}`,
    resolve: async (ctx, params) => {
      const granted = await repository.resolve(ctx, params);
      const me = requireUser(ctx.actor);
      requireScope(me, scope);
      return { ...granted, me };
    },
  };
}

const movedTo = ({ owner, name }: Repository) =>
  new Moved((path) => path.replace(/\/(repos|starred)\/[^/]+\/[^/]+/, `/$1/${owner.login}/${name}`));
