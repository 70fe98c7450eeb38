/** Who the owners named in a CODEOWNERS file are. Only who can write owns: others could not let a change pass. */
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { reaches } from "../../../kernel/grants.ts";
import { usersByLogin } from "../../accounts/index.ts";
import { user } from "../../accounts/schema.ts";
import { membersOfTeams, teamsByName } from "../../organizations/index.ts";
import { permissionsOfUsers, type Repository } from "../../repositories/index.ts";

export interface KnownOwner {
  /** Of the two one is set. */
  readonly userId: string | null;
  readonly teamId: string | null;
  /** Whose approval is the owner's: the person, or the members of the team, if they can write. */
  readonly people: ReadonlySet<string>;
}

/** By name as written; null for a name that stands for nobody who can write. */
export type KnownOwners = ReadonlyMap<string, KnownOwner | null>;

/** Looks all names up together. A team is one of the organization that owns the repository. */
export async function knownOwners(
  ctx: Context,
  repo: Repository,
  names: Iterable<string>,
): Promise<KnownOwners> {
  const all = [...new Set(names)];
  const [users, addresses, teams] = await Promise.all([
    usersByLogin(
      ctx,
      all.filter((name) => isPerson(name)).map((name) => name.slice(1)),
    ),
    usersByAddress(
      ctx,
      all.filter((name) => !name.startsWith("@")),
    ),
    teamsNamed(
      ctx,
      repo,
      all.filter((name) => isTeam(name)),
    ),
  ]);
  const members = await membersOfTeams(ctx, [...teams.values()]);
  const people = new Map(
    all.map((name) => [
      name,
      isPerson(name)
        ? users.get(name.slice(1).toLowerCase())?.id
        : name.startsWith("@")
          ? undefined
          : addresses.get(name.toLowerCase()),
    ]),
  );
  const rights = await permissionsOfUsers(
    ctx,
    repo,
    [...people.values(), ...[...members.values()].flat()].filter((id) => id !== undefined),
  );
  const canWrite = (id: string) => reaches(rights.get(id) ?? "none", "write");
  return new Map(
    all.map((name): [string, KnownOwner | null] => {
      const userId = people.get(name) ?? null;
      const teamId = teams.get(name.toLowerCase()) ?? null;
      const ids = userId !== null ? [userId] : teamId !== null ? (members.get(teamId) ?? []) : [];
      const writers = new Set(ids.filter(canWrite));
      return [name, writers.size === 0 ? null : { userId, teamId, people: writers }];
    }),
  );
}

const isTeam = (name: string) => name.startsWith("@") && name.includes("/");
const isPerson = (name: string) => name.startsWith("@") && !name.includes("/");

/** Only a confirmed address makes an owner: anybody may claim one that is not. */
async function usersByAddress(ctx: Context, addresses: readonly string[]): Promise<Map<string, string>> {
  if (addresses.length === 0) return new Map();
  const wanted = addresses.map((one) => one.toLowerCase());
  const rows = await ctx.db
    .select({ id: user.id, email: user.email })
    .from(user)
    .where(and(inArray(sql`lower(${user.email})`, wanted), eq(user.emailVerified, true)));
  return new Map(rows.map((row) => [row.email.toLowerCase(), row.id]));
}

/** By name as mentioned, in lower case. */
async function teamsNamed(
  ctx: Context,
  repo: Repository,
  names: readonly string[],
): Promise<Map<string, string>> {
  const prefix = `@${repo.owner.login}/`.toLowerCase();
  const own = names.map((name) => name.toLowerCase()).filter((name) => name.startsWith(prefix));
  if (repo.owner.type !== "organization" || own.length === 0) return new Map();
  const found = await teamsByName(
    ctx,
    repo.owner.id,
    own.map((name) => name.slice(prefix.length)),
  );
  return new Map([...found].map(([name, team]) => [`${prefix}${name}`, team.id]));
}
