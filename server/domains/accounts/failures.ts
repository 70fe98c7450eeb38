/** Wrong passwords of one account, whichever address they come from. What comes from one address is the router's count. */
import type { Services } from "../../kernel/context.ts";
import { Refusal } from "../../kernel/errors.ts";
import { RateLimiter } from "../../kernel/http/limits.ts";

const windowMs = 60_000;
/** One counter for each running server, found by what all its contexts share. */
const counters = new WeakMap<object, RateLimiter>();

function counter(services: Services): RateLimiter {
  let found = counters.get(services.config);
  if (!found)
    counters.set(services.config, (found = new RateLimiter(services.config.limits.signInTries, windowMs)));
  return found;
}

/** @throws Refusal 429 when the account had too many wrong tries in this minute */
export function checkTries(services: Services, account: string, now: Date): void {
  const state = counter(services).peek(account, now.getTime());
  if (state.remaining > 0) return;
  const seconds = Math.max(1, Math.ceil((state.reset.getTime() - now.getTime()) / 1000));
  throw new Refusal("rate_limited", `Too many wrong passwords for this account; try again in ${seconds} s`, {
    retryAfter: seconds,
  });
}

/** Counts a wrong try. */
export function countFailure(services: Services, account: string, now: Date): void {
  try {
    counter(services).use(account, now.getTime());
  } catch (error) {
    // Past the limit already: tries that ran at the same time. The wrong password is the answer, not the limit.
    if (!(error instanceof Refusal)) throw error;
  }
}
