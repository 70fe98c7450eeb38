import { eq } from "drizzle-orm";
import type { UserActor } from "../../../kernel/actor.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { userRenamed, userUpdated } from "../events.ts";
import { renameLogin } from "../names.ts";
import { getProfile, type Profile } from "../queries.ts";
import { user } from "../schema.ts";

export interface ProfileChanges {
  readonly login?: string;
  readonly name?: string | null;
  readonly bio?: string | null;
  readonly location?: string | null;
  readonly website?: string | null;
}

/** @throws Refusal 422 for a new name that is reserved; a taken one is refused by its constraint */
export async function updateProfile(ctx: Context, me: UserActor, changes: ProfileChanges): Promise<Profile> {
  return transact(ctx, async (tx) => {
    const { login, name, ...rest } = changes;
    const before = await getProfile(tx, me.user.id);
    const renamed = login !== undefined && login !== before.login;
    if (renamed) await renameLogin(tx, me.user.id, login);
    await tx.db
      .update(user)
      .set({
        ...rest,
        // A user without a display name is shown by the login.
        ...(name === undefined ? {} : { name: name || (login ?? before.login) }),
        ...(renamed ? { username: login.toLowerCase(), displayUsername: login } : {}),
        updatedAt: tx.clock.now(),
      })
      .where(eq(user.id, me.user.id));
    const after = await getProfile(tx, me.user.id);
    const who = { user_id: after.id, login: after.login };
    if (renamed)
      await emit(tx, userRenamed, { subjectId: after.id }, { ...who, previous_login: before.login });
    await emit(tx, userUpdated, { subjectId: after.id }, who);
    return after;
  });
}
