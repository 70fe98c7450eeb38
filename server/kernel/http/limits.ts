import { Refusal } from "../errors.ts";

export interface LimitState {
  readonly limit: number;
  readonly remaining: number;
  /** When the count starts anew. */
  readonly reset: Date;
}

/**
 * Counts in fixed windows, in memory: one process serves the instance, and a restart that forgives a window harms nobody.
 * The number of remembered identities is bounded; when full, windows that ended are dropped first.
 */
export class RateLimiter {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #capacity: number;
  readonly #windows = new Map<string, { start: number; count: number }>();

  constructor(limit: number, windowMs: number, capacity = 100_000) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#capacity = capacity;
  }

  /** Counts one use. @throws Refusal 429 past the limit */
  use(identity: string, now: number): LimitState {
    const state = this.#count(identity, now, 1);
    if (state.remaining < 0) {
      const seconds = Math.max(1, Math.ceil((state.reset.getTime() - now) / 1000));
      throw new Refusal("rate_limited", `Too many requests; try again in ${seconds} s`, {
        retryAfter: seconds,
      });
    }
    return state;
  }

  /** The state without counting. */
  peek(identity: string, now: number): LimitState {
    const state = this.#count(identity, now, 0);
    return { ...state, remaining: Math.max(0, state.remaining) };
  }

  #count(identity: string, now: number, cost: number): LimitState {
    let window = this.#windows.get(identity);
    if (!window || now - window.start >= this.#windowMs) {
      window = { start: now, count: 0 };
      if (this.#windows.size >= this.#capacity) this.#forget(now);
      this.#windows.set(identity, window);
    }
    window.count += cost;
    return {
      limit: this.#limit,
      remaining: this.#limit - window.count,
      reset: new Date(window.start + this.#windowMs),
    };
  }

  #forget(now: number): void {
    for (const [key, window] of this.#windows) {
      if (now - window.start >= this.#windowMs || this.#windows.size >= this.#capacity)
        this.#windows.delete(key);
      if (this.#windows.size < this.#capacity * 0.9) return;
    }
  }
}

/** The part of an address that stands for one customer: IPv4 whole, IPv6 its /64. */
export function addressIdentity(address: string): string {
  const plain = address.startsWith("::ffff:") ? address.slice(7) : address;
  if (!plain.includes(":")) return plain;
  const [head = "", tail = ""] = plain.split("::", 2);
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const groups = plain.includes("::")
    ? [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0"), ...right]
    : left;
  return `${groups.slice(0, 4).join(":")}::/64`;
}
