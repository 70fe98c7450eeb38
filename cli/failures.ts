/** Why a command ends without having done what was asked, and the exit code that says so to a program. */
import { ApiError } from "../api/call.ts";

export const exitCodes = { done: 0, refused: 1, usage: 2, signIn: 4 } as const;

/** What was typed cannot be meant; the usage of the command is shown with it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Nobody is signed in, and the command needs somebody. */
export class SignInNeeded extends Error {
  override readonly name = "SignInNeeded";
}

/** Refused, with a sentence for people. */
export class Refused extends Error {
  override readonly name = "Refused";
}

export interface Failure {
  readonly sentence: string;
  readonly code: number;
}

/** What to say of whatever was thrown, and the exit code. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UsageError) return { sentence: error.message, code: exitCodes.usage };
  if (error instanceof SignInNeeded) return { sentence: error.message, code: exitCodes.signIn };
  if (error instanceof ApiError) return apiFailure(error);
  return { sentence: error instanceof Error ? error.message : String(error), code: exitCodes.refused };
}

function apiFailure(error: ApiError): Failure {
  const details = error.errors.map((one) =>
    one.message === undefined
      ? `${one.field} is ${(one.code ?? "wrong").replaceAll("_", " ")}`
      : `${one.field}: ${one.message}`,
  );
  const sentence = [error.message, ...details].join("\n  ");
  if (error.status === 401)
    return { sentence: `${sentence}\nSign in with: wit auth login`, code: exitCodes.signIn };
  if (error.status === 0) return { sentence: `${sentence}; is it running?`, code: exitCodes.refused };
  return { sentence, code: exitCodes.refused };
}
