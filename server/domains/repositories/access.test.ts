import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe } from "vitest";
import { anonymous, scopes, system, type Actor, type Scope } from "../../kernel/actor.ts";
import { actingAs, systemContext, transact, type Context } from "../../kernel/context.ts";
import { levels } from "../../kernel/grants.ts";
import { uuidv7 } from "../../kernel/ids.ts";
import { expect, test } from "../../../tools/testing/world.ts";
import { claimLogin } from "../accounts/index.ts";
import { owners } from "../accounts/schema.ts";
import { organizations, orgMembers, teamMembers, teams } from "../organizations/schema.ts";
import { findRepositoryById, repositoryRows, requireAccess } from "./access.ts";
import { isCollaborator, listCollaborators } from "./collaborators/queries.ts";
import { permissionOf } from "./queries.ts";
import { collaborators, repositories } from "./schema.ts";
import { visibleTo, writes } from "./standing.ts";
import { teamRepositories } from "./teams/schema.ts";

const people = ["alice", "bob", "carol"] as const;

const group = fc.record({
  members: fc.subarray([...people]),
  permission: fc.constantFrom(null, ...levels),
});

/** One repository and how everybody stands to it. */
const setting = fc.record({
  owner: fc.constantFrom("alice", "bob", "acme"),
  isPrivate: fc.boolean(),
  deleted: fc.boolean(),
  roles: fc.record({
    alice: fc.constantFrom(null, "member", "admin", "owner"),
    bob: fc.constantFrom(null, "member", "admin", "owner"),
    carol: fc.constantFrom(null, "member", "admin", "owner"),
  }),
  permissions: fc.record({
    alice: fc.constantFrom(null, ...levels),
    bob: fc.constantFrom(null, ...levels),
    carol: fc.constantFrom(null, ...levels),
  }),
  base: fc.constantFrom("none" as const, ...levels),
  /** Two of the organization that may own it, and one of an organization that has nothing to do with it. */
  teams: fc.tuple(group, group, group),
});

type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;

const credential = fc.oneof(fc.constant("all" as const), fc.subarray([...scopes]));

async function arrange(ctx: Context, ids: ReadonlyMap<string, string>, input: Setting) {
  const id = uuidv7();
  const at = (login: string) => ids.get(login) ?? "";
  await ctx.db.delete(repositories);
  await ctx.db.delete(orgMembers);
  await ctx.db.delete(teams);
  await ctx.db.update(organizations).set({ basePermission: input.base });
  await ctx.db.insert(repositories).values({
    id,
    ownerId: at(input.owner),
    ownerType: input.owner === "acme" ? "organization" : "user",
    name: "thing",
    isPrivate: input.isPrivate,
    deletedAt: input.deleted ? new Date() : null,
    diskPath: `v1/00/00/${id}.git`,
  });
  for (const person of people) {
    const role = input.roles[person];
    if (role) await ctx.db.insert(orgMembers).values({ orgId: at("acme"), userId: at(person), role });
    const permission = input.permissions[person];
    if (permission) await ctx.db.insert(collaborators).values({ repoId: id, userId: at(person), permission });
  }
  for (const [index, { members, permission }] of input.teams.entries()) {
    const team = uuidv7();
    const orgId = at(index === 2 ? "elsewhere" : "acme");
    await ctx.db.insert(teams).values({ id: team, orgId, name: `team-${index}` });
    for (const person of members)
      await ctx.db.insert(teamMembers).values({ teamId: team, userId: at(person) });
    if (permission) await ctx.db.insert(teamRepositories).values({ teamId: team, repoId: id, permission });
  }
  return id;
}

/** Who is who, with a second organization. */
async function everybody(ctx: Context): Promise<Map<string, string>> {
  const elsewhere = uuidv7();
  await transact(ctx, async (tx) => {
    await claimLogin(tx, { id: elsewhere, type: "organization", login: "elsewhere" });
    await tx.db.insert(organizations).values({ id: elsewhere, name: "elsewhere" });
  });
  const rows = await ctx.db.select({ id: owners.id, login: owners.login }).from(owners);
  return new Map(rows.map((row) => [row.login, row.id]));
}

const order = ["none", ...levels] as const;

/** What somebody may do, said a second time: every way that leads to the repository, and the most that any of them gives. */
function most(input: Setting, person: (typeof people)[number]): (typeof order)[number] {
  const ways: (typeof order)[number][] = [];
  if (!input.isPrivate) ways.push("read");
  if (input.owner === person) ways.push("admin");
  const added = input.permissions[person];
  if (added) ways.push(added);
  if (input.owner === "acme") {
    const role = input.roles[person];
    if (role) ways.push(role === "member" ? input.base : "admin");
    for (const { members, permission } of input.teams.slice(0, 2))
      if (permission && members.includes(person)) ways.push(permission);
  }
  return order[Math.max(0, ...ways.map((way) => order.indexOf(way)))] ?? "none";
}

function actorOf(login: string, id: string, held: "all" | Scope[]): Actor {
  const user = { id, apiId: 1, login, name: login, email: `${login}@example.test`, role: "user" as const };
  return { kind: "user", user, via: "token", scopes: held === "all" ? "all" : new Set(held) };
}

describe("access is decided once", () => {
  test("what a list shows is exactly what may be opened, for every standing, visibility and scope", async ({
    world,
  }) => {
    const ctx = systemContext(world.services, "test");
    const ids = await everybody(ctx);
    await fc.assert(
      fc.asyncProperty(setting, credential, async (input, held) => {
        const id = await arrange(ctx, ids, input);
        const actors = [
          anonymous,
          system("test"),
          ...people.map((login) => actorOf(login, ids.get(login) ?? "", held)),
        ];
        for (const actor of actors) {
          const as = actingAs(ctx, actor);
          const listed = await repositoryRows(ctx.db, actor).where(visibleTo(actor));
          const opened = await findRepositoryById(as, id);
          expect(listed.length === 1).toBe(opened !== null);
          if (actor.kind === "user" && held === "all" && !input.deleted)
            expect(await permissionOf(ctx, { id }, actor.user.id)).toBe(opened?.access ?? "none");
        }
      }),
      { numRuns: 80 },
    );
  });

  test("of all the ways to a repository the one that gives most decides", async ({ world }) => {
    const ctx = systemContext(world.services, "test");
    const ids = await everybody(ctx);
    await fc.assert(
      fc.asyncProperty(setting, async (input) => {
        const id = await arrange(ctx, ids, { ...input, deleted: false });
        for (const person of people) {
          const as = actingAs(ctx, actorOf(person, ids.get(person) ?? "", "all"));
          const expected = most(input, person);
          expect((await findRepositoryById(as, id))?.access ?? "none").toBe(expected);
          expect(await permissionOf(ctx, { id }, ids.get(person) ?? "")).toBe(expected);
          const repo = requireAccess(ctx, await findRepositoryById(ctx, id), "admin");
          const listed = await listCollaborators(ctx, repo, "all", { per_page: 100 });
          const own = listed.items.find(({ login }) => login === person)?.permission ?? "none";
          // Without rights of their own people may do what everybody may.
          expect(own === "none" && !input.isPrivate ? "read" : own).toBe(expected);
          expect(await isCollaborator(ctx, repo, ids.get(person) ?? "")).toBe(own !== "none");
        }
      }),
      { numRuns: 80 },
    );
  });

  test("who may write is the same in a query as in an answer, for every standing", async ({ world }) => {
    const ctx = systemContext(world.services, "test");
    const ids = await everybody(ctx);
    await fc.assert(
      fc.asyncProperty(setting, async (input) => {
        const id = await arrange(ctx, ids, input);
        for (const login of people) {
          const userId = ids.get(login) ?? "";
          const [row] = await ctx.db.execute<{ may: boolean }>(
            sql`select ${writes(sql`${id}::uuid`, sql`${userId}::text`)} as may`,
          );
          const level = await permissionOf(ctx, { id }, userId);
          expect(row?.may).toBe(level === "write" || level === "admin");
        }
      }),
      { numRuns: 60 },
    );
  });

  test("a credential never gives more than its scopes, whoever holds it", async ({ world }) => {
    const ctx = systemContext(world.services, "test");
    const [row] = await ctx.db.execute<{ id: string; owner: string }>(
      sql`select id, owner_id as owner from repositories where name = 'secret'`,
    );
    const seen = async (held: Scope[]) =>
      (await findRepositoryById(actingAs(ctx, actorOf("alice", row?.owner ?? "", held)), row?.id ?? ""))
        ?.access;
    expect(await seen([])).toBeUndefined();
    expect(await seen(["user:read", "user:write", "admin"])).toBeUndefined();
    expect(await seen(["repo:read"])).toBe("read");
    expect(await seen(["repo:write"])).toBe("admin");
  });
});
