/**
 * Keeps the answers that were used last, up to a total weight, in memory. Calls for one key that overlap share
 * one computation.
 */
export class BoundedCache<Value> {
  readonly #kept = new Map<string, { value: Value; weight: number; until: number }>();
  readonly #pending = new Map<string, Promise<Value>>();
  readonly #limit: number;
  readonly #weigh: (value: Value) => number;
  #weight = 0;

  /** `limit` and `weigh` share a unit, usually bytes. A value heavier than a quarter of the limit is not kept. */
  constructor(limit: number, weigh: (value: Value) => number) {
    this.#limit = limit;
    this.#weigh = weigh;
  }

  /** The total weight of what is kept. */
  get weight(): number {
    return this.#weight;
  }

  /** The value kept under `key`, which thereby counts as just used. */
  get(key: string): Value | undefined {
    const entry = this.#kept.get(key);
    if (!entry) return undefined;
    this.#kept.delete(key);
    if (entry.until <= performance.now()) {
      this.#weight -= entry.weight;
      return undefined;
    }
    this.#kept.set(key, entry);
    return entry.value;
  }

  /** Keeps a value for so many milliseconds, instead of the one that was kept under `key`. */
  set(key: string, value: Value, lifeMs: number): void {
    const entry = this.#kept.get(key);
    if (entry) this.#weight -= entry.weight;
    this.#kept.delete(key);
    this.#set(key, value, performance.now() + lifeMs);
  }

  /**
   * The value kept under `key`, or the one that `make` answers. `life` says for how many milliseconds that is kept:
   * Infinity for what never changes under its key, 0 for what must not be kept.
   */
  async remember(key: string, make: () => Promise<Value>, life: (value: Value) => number): Promise<Value> {
    const known = this.get(key) ?? this.#pending.get(key);
    if (known !== undefined) return known;
    const pending = make();
    this.#pending.set(key, pending);
    try {
      const value = await pending;
      const kept = life(value);
      if (kept > 0) this.#set(key, value, performance.now() + kept);
      return value;
    } finally {
      this.#pending.delete(key);
    }
  }

  #set(key: string, value: Value, until: number): void {
    const weight = this.#weigh(value) + key.length;
    if (weight > this.#limit / 4) return;
    this.#kept.set(key, { value, weight, until });
    this.#weight += weight;
    for (const [oldest, entry] of this.#kept) {
      if (this.#weight <= this.#limit) break;
      this.#kept.delete(oldest);
      this.#weight -= entry.weight;
    }
  }
}
