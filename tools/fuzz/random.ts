/** Random numbers that a seed brings back (xorshift32). */
export interface Random {
  /** A whole number from 0 up to, but not including, `below`. */
  number(below: number): number;
  /** One of a list that is not empty. */
  one<Item>(items: readonly Item[]): Item;
}

/** @param seed any whole number */
export function randomFrom(seed: number): Random {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  const number = (below: number) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
  return { number, one: (items) => items[number(items.length)] as (typeof items)[number] };
}
