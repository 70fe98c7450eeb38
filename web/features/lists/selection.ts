import { useState } from "react";

export interface Selection {
  readonly numbers: readonly number[];
  readonly has: (number: number) => boolean;
  readonly toggle: (number: number) => void;
  readonly set: (numbers: readonly number[]) => void;
}

/** Which rows of a list are ticked. What is not on the page any more is not ticked either. */
export function useSelection(present: readonly number[]): Selection {
  const [ticked, setTicked] = useState<readonly number[]>([]);
  const numbers = ticked.filter((number) => present.includes(number));
  return {
    numbers,
    has: (number) => numbers.includes(number),
    toggle: (number) =>
      setTicked(numbers.includes(number) ? numbers.filter((one) => one !== number) : [...numbers, number]),
    set: setTicked,
  };
}
