/** Which patterns are searched for. A regular expression is compiled by the C library, which some can make eat all memory. */

/** Letters of a pattern. */
export const longestPattern = 256;

/** Measured: repetitions up to here compile in 45 MB and half a second, ten times as many in gigabytes. */
const mostRepeated = 4_000;

/** Why a pattern is not searched for, as a sentence, or null when it is. */
export function patternProblem(pattern: string, regex: boolean): string | null {
  if (pattern === "") return "Say what to look for.";
  if (pattern.length > longestPattern) return `A search is at most ${longestPattern} characters long.`;
  // git takes each line for a pattern of its own.
  // oxlint-disable-next-line no-control-regex
  if (/[\0\n\r]/.test(pattern) || !pattern.isWellFormed()) return "A search is one line of text.";
  if (!regex) return null;
  const plain = pattern.replaceAll(/\\[^0-9]/gs, "  ");
  if (/\\[0-9]/.test(plain)) return "A regular expression cannot refer back (\\1): that can take for ever.";
  const counts = [...plain.matchAll(/\{\s*(\d*)\s*,?\s*(\d*)/g)].map(([, least, most]) =>
    Math.max(1, Number(least), Number(most)),
  );
  if (counts.length === 0) return null;
  const repeated = counts.reduce((product, count) => product * count, pattern.length);
  return repeated > mostRepeated ? "The repetitions ({…}) in this expression are too many." : null;
}
