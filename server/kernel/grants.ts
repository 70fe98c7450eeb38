/**
 * A grant is a row together with the proof that the actor may use it at a level. Commands accept grants and nothing less, and
 * only `grant` makes one, so a forgotten check does not compile. A stronger grant is assignable to a weaker one.
 */
import type { Actor, UserActor } from "./actor.ts";
import { forbidden, unauthorized } from "./errors.ts";

declare const proof: unique symbol;

interface Proofs {
  read: { readonly read: true };
  write: { readonly read: true; readonly write: true };
  admin: { readonly read: true; readonly write: true; readonly admin: true };
}

export type Level = keyof Proofs;
export const levels: readonly Level[] = ["read", "write", "admin"];

export type Granted<Row, L extends Level> = Row & { readonly [proof]: Proofs[L] };

/** Whether holding `held` is enough where `needed` is asked. */
export const reaches = (held: Level | "none", needed: Level): boolean =>
  held !== "none" && levels.indexOf(held) >= levels.indexOf(needed);

/** Mints a grant. Called only by the function that decides access to rows of this kind. */
export function grant<Row extends object, L extends Level>(row: Row, _level: L): Granted<Row, L> {
  return row as Granted<Row, L>;
}

/** The actor as a signed-in user, or 401 for anonymous and 403 for the system. */
export function requireUser(actor: Actor): UserActor {
  if (actor.kind === "user") return actor;
  if (actor.kind === "anonymous") throw unauthorized();
  throw forbidden("This needs a person");
}

/** The answer of a finer rule: true, or the reason why not in a sentence that people are shown. */
export type Verdict = true | string;

/** @throws Refusal 403 with the reason */
export function enforce(verdict: Verdict): void {
  if (verdict !== true) throw forbidden(verdict);
}
