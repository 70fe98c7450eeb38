/** Everyone who may knock at a route: the cast with all their rights, and Alice and Root with weaker tokens. */
import { owners, personalAccessTokens } from "../../../server/domains/accounts/schema.ts";
import type { Scope } from "../../../server/kernel/actor.ts";
import { mintToken, sha256Hex } from "../../../server/kernel/crypto/index.ts";
import { eq } from "drizzle-orm";
import { people, type PersonName } from "../../testing/people.ts";
import type { World } from "../../testing/world.ts";

export type Level = "none" | "read" | "write" | "admin";

export interface Persona {
  readonly title: string;
  readonly token: string | null;
  readonly scopes: ReadonlySet<Scope> | "all";
  readonly person: PersonName | null;
  /** What they are to Alice's repositories, whatever their token. */
  readonly part: Level;
  /** What they are to the organization. */
  readonly member: Level;
}

const parts: Readonly<Record<PersonName, Pick<Persona, "part" | "member">>> = {
  alice: { part: "admin", member: "admin" },
  bob: { part: "write", member: "read" },
  carol: { part: "read", member: "none" },
  mallory: { part: "none", member: "none" },
  sam: { part: "none", member: "none" },
  root: { part: "none", member: "none" },
};

const weakened: readonly (readonly [PersonName, readonly Scope[]])[] = [
  ["alice", []],
  ["alice", ["repo:read"]],
  ["alice", ["repo:write"]],
  ["alice", ["user:read"]],
  ["alice", ["user:write"]],
  ["root", ["repo:write", "user:write"]],
];

export async function personas(world: World): Promise<Persona[]> {
  const whole = (Object.keys(people) as PersonName[]).map((person): Persona => ({
    title: `${person} (${people[person].part})`,
    token: people[person].token,
    scopes: "all",
    person,
    ...parts[person],
  }));
  const weak = weakened.map(async ([person, scopes]): Promise<Persona> => ({
    title: `${person} with a token of ${scopes.join(" and ") || "no scope"}`,
    token: await tokenOf(world, person, scopes),
    scopes: new Set(scopes),
    person,
    ...parts[person],
  }));
  const nobody: Persona = {
    title: "anonymous",
    token: null,
    scopes: new Set(),
    person: null,
    part: "none",
    member: "none",
  };
  return [nobody, ...whole, ...(await Promise.all(weak))];
}

/** Written as it is, because nobody can create a token without a scope. */
export async function tokenOf(
  world: World,
  person: PersonName,
  scopes: readonly Scope[],
  name = scopes.join(" ") || "nothing",
): Promise<string> {
  const { database } = world.services;
  const [owner] = await database.select({ id: owners.id }).from(owners).where(eq(owners.login, person));
  if (!owner) throw new Error(`${person} is not in the template`);
  const token = mintToken("wit");
  await database.insert(personalAccessTokens).values({
    userId: owner.id,
    name,
    tokenHash: sha256Hex(token),
    tokenPrefix: token.slice(0, 8),
    scopes: [...scopes],
  });
  return token;
}
