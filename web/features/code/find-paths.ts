/**
 * The paths that hold the letters of a text in order, best first: runs of letters count, more so at the beginning of a name
 * and in the file's own name.
 */
export function findPaths(paths: readonly string[], text: string, most: number): readonly string[] {
  const wanted = text.toLowerCase().replaceAll(/\s+/g, "");
  if (wanted === "") return paths.slice(0, most);
  return paths
    .map((path) => ({ path, score: scoreOf(path, wanted) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.path.length - b.path.length)
    .slice(0, most)
    .map(({ path }) => path);
}

/** 0 when a letter is missing. Matched from the end, where the file's own name is. */
function scoreOf(path: string, wanted: string): number {
  const lower = path.toLowerCase();
  const name = lower.lastIndexOf("/") + 1;
  const whole = lower.lastIndexOf(wanted);
  if (whole >= 0)
    return 1000 + (whole >= name ? 500 : 0) + (isStart(lower, whole) ? 200 : 0) - lower.length / 100;
  let at = lower.length;
  let score = 0;
  let before = -2;
  for (let index = wanted.length - 1; index >= 0; index--) {
    at = lower.lastIndexOf(wanted[index] ?? "", at - 1);
    if (at < 0) return 0;
    score += at === before - 1 ? 5 : 1;
    if (at >= name) score += 2;
    if (isStart(lower, at)) score += 3;
    before = at;
    if (at === 0 && index > 0) return 0;
  }
  return score;
}

const isStart = (path: string, at: number): boolean => at === 0 || /[/._-]/.test(path[at - 1] ?? "");
