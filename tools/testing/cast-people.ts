import { personalAccessTokens } from "../../server/domains/accounts/schema.ts";
import { changeAccount, createUser, findOwner } from "../../server/domains/accounts/index.ts";
import { addCollaborator, type RepoWith } from "../../server/domains/repositories/index.ts";
import { scopes, type UserActor } from "../../server/kernel/actor.ts";
import type { Context } from "../../server/kernel/context.ts";
import { sha256Hex } from "../../server/kernel/crypto/index.ts";
import { people, type PersonName } from "./people.ts";

export type Cast = Readonly<Record<PersonName, UserActor>>;

/** Signs everyone up, gives them the tokens that tests know, and suspends Sam. */
export async function signUpCast(ctx: Context): Promise<Cast> {
  const cast: Partial<Record<PersonName, UserActor>> = {};
  for (const login of Object.keys(people) as PersonName[]) {
    const person = people[login];
    const role = login === "root" ? "superadmin" : "user";
    const profile = await createUser(ctx, { login, role, emailVerified: true, ...person });
    await ctx.db.insert(personalAccessTokens).values({
      userId: profile.id,
      name: "tests",
      tokenHash: sha256Hex(person.token),
      tokenPrefix: person.token.slice(0, 8),
      scopes: [...scopes],
    });
    cast[login] = {
      kind: "user",
      user: { id: profile.id, apiId: profile.apiId, login, name: person.name, email: person.email, role },
      via: "session",
      scopes: "all",
    };
  }
  const sam = cast.sam;
  if (sam) await changeAccount(ctx, sam.user.id, { suspended: true, reason: "silence" });
  return cast as Cast;
}

export async function collaboratorsOf(ctx: Context, repo: RepoWith<"admin">, cast: Cast): Promise<void> {
  for (const [actor, permission] of [
    [cast.bob, "write"],
    [cast.carol, "read"],
  ] as const) {
    const owner = await findOwner(ctx, actor.user.login);
    if (owner) await addCollaborator(ctx, repo, owner, permission);
  }
}
