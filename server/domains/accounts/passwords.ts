/**
 * Passwords are hashed by Better Auth (scrypt, N=16384 r=16 p=1), loaded on first use. One hash takes about 70 ms and 32 MB,
 * so few run at a time: a flood of guesses waits here and not in the way of everything else.
 */
import { Refusal, invalid } from "../../kernel/errors.ts";

const atOnce = 2;
const waitingAtMost = 200;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= waitingAtMost)
      throw new Refusal("unavailable", "Too many people are signing in; try again in a moment", {
        retryAfter: 5,
      });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await work();
  } finally {
    // The place is handed over, so that nobody who comes now takes it before those who wait.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

const library = () => import("better-auth/crypto");

export const passwordLength = { min: 8, max: 128 };

/** @throws Refusal 422 for a password that is too short, too long or the name itself */
export function checkPassword(password: string, login: string): void {
  const length = [...password].length;
  if (length < passwordLength.min || length > passwordLength.max)
    throw invalid("User", "password", "A password has 8 to 128 characters");
  if (password.toLowerCase() === login.toLowerCase() || new Set(password).size < 3)
    throw invalid("User", "password", "This password is too easy to guess");
}

/**
 * The hash to store, with its own salt.
 *
 * @param permit throws when the hash is no longer wanted; asked once it is this one's turn, so that of many tries at the same
 *   thing those that came too late cost nothing
 */
export const hashPassword = (password: string, permit: () => Promise<void>): Promise<string> =>
  inTurn(async () => {
    await permit();
    return (await library()).hashPassword(password);
  });

/** A hash that no password has; it takes the same time to check. */
const nobodysHash = `${"0".repeat(32)}:${"0".repeat(128)}`;

/**
 * Whether the password is right. Without a stored hash it takes as long and is false.
 *
 * @param permit throws when too many tries failed, also those that ran while this one waited for its turn
 */
export async function verifyPassword(
  hash: string | null | undefined,
  password: string,
  permit: () => void,
): Promise<boolean> {
  // Longer ones cannot have been set, and hashing megabytes is work that anyone could ask for.
  const possible = password.length <= passwordLength.max * 4;
  const right = await inTurn(async () => {
    permit();
    return (await library()).verifyPassword({
      hash: hash ?? nobodysHash,
      password: possible ? password : "",
    });
  });
  return right && possible && typeof hash === "string";
}
