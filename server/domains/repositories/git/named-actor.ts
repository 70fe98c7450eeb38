import { eq } from "drizzle-orm";
import { system, type Actor } from "../../../kernel/actor.ts";
import type { Context } from "../../../kernel/context.ts";
import { owners, user } from "../../accounts/schema.ts";

/**
 * The person who asked for what a job does, whose name its events carry; the forge itself, under `otherwise`, when they are gone.
 * It may do nothing: what the job may is proved apart.
 */
export async function namedActor(ctx: Context, userId: string | null, otherwise: string): Promise<Actor> {
  const [found] =
    userId === null
      ? []
      : await ctx.db
          .select({
            id: user.id,
            apiId: owners.apiId,
            login: owners.login,
            name: user.name,
            email: user.email,
            role: user.role,
          })
          .from(user)
          .innerJoin(owners, eq(owners.id, user.id))
          .where(eq(user.id, userId));
  if (!found) return system(otherwise);
  return {
    kind: "user",
    user: { ...found, role: found.role === "user" ? "user" : "admin" },
    via: "session",
    scopes: new Set(),
  };
}
