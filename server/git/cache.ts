/**
 * A cache for what never changes: answers named by content ids.
 *
 * Least recently used entries leave when the sum of the stated sizes passes the bound. Keys carry the repository,
 * so that an id known from one repository opens nothing in another.
 */
export class ContentCache<Value> {
  readonly #maxBytes: number;
  readonly #entries = new Map<string, { readonly value: Value; readonly bytes: number }>();
  readonly #loading = new Map<string, Promise<Value>>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Keeps a value; one that alone takes more than an eighth of the cache is not worth the others it would push out. */
  set(key: string, value: Value, bytes: number): void {
    this.delete(key);
    if (bytes > this.#maxBytes / 8) return;
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#entries.delete(oldest);
      this.#bytes -= entry.bytes;
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }

  /** Answers from the cache or loads once for all who ask meanwhile. A value whose size is null is not kept. */
  async load(
    key: string,
    read: () => Promise<Value>,
    sizeOf: (value: Value) => number | null,
  ): Promise<Value> {
    const known = this.get(key);
    if (known !== undefined) return known;
    const underway = this.#loading.get(key);
    if (underway) return underway;
    const loading = read();
    this.#loading.set(key, loading);
    try {
      const value = await loading;
      const bytes = sizeOf(value);
      if (bytes !== null) this.set(key, value, bytes + key.length * 2 + 100);
      return value;
    } finally {
      this.#loading.delete(key);
    }
  }
}
