import { actorId } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { usersByLogin } from "../accounts/index.ts";

/** The ids of users by name; who does not exist is nobody, and whose name is `@me` asks. */
export async function userIds(ctx: Context, names: readonly string[]): Promise<string[]> {
  const wanted = names.filter((name) => name !== "@me" && name !== "*");
  const found = wanted.length === 0 ? new Map() : await usersByLogin(ctx, wanted);
  const me = actorId(ctx.actor);
  const ids = names.map((name) => (name === "@me" ? me : found.get(name.toLowerCase())?.id));
  return ids.filter((id): id is string => typeof id === "string");
}

/** The names of users as they are written in texts; `@me` is who asks, and nobody when nobody is signed in. */
export const loginsOf = ({ actor }: Context, names: readonly string[]): string[] =>
  names.flatMap((name) => (name === "@me" ? (actor.kind === "user" ? [actor.user.login] : []) : [name]));
