/** What may follow the caret: names of filters and their values. Pure; names that live in the database are handed in. */
import { filterNamed, filters, type Filter } from "./filters.ts";
import { isSpace } from "./read.ts";
import { valueWritten } from "./write.ts";

/** What a place has of each kind. */
export interface Known {
  readonly people: readonly string[];
  readonly labels: readonly string[];
  readonly milestones: readonly string[];
  readonly branches?: readonly string[];
}

export interface Suggestion {
  /** What stands in the list. */
  readonly label: string;
  readonly about: string;
  /** The whole line with it, and where the caret then stands. */
  readonly line: string;
  readonly caret: number;
}

const most = 12;

/**
 * @param caret where the person types
 * @param kind what the list holds; null where it holds both
 * @param across whether several repositories are searched
 */
export function complete(
  line: string,
  caret: number,
  known: Known,
  { kind, across = false }: { readonly kind: "issue" | "pr" | null; readonly across?: boolean },
): Suggestion[] {
  const start = startOfTerm(line, caret);
  const end = endOfTerm(line, caret);
  const typed = line.slice(start, caret);
  const sign = typed.startsWith("-") ? "-" : "";
  const body = typed.slice(sign.length);
  if (body.startsWith('"')) return [];
  const fits = (filter: Filter) => (kind !== "issue" || !filter.pulls) && (across || !filter.across);
  const colon = body.indexOf(":");
  const put = (text: string, closed: boolean): Pick<Suggestion, "line" | "caret"> => {
    const tail = line.slice(end);
    const gap = closed && !isSpace(tail[0]) ? " " : "";
    const at = start + text.length + (closed ? 1 : 0);
    return { line: `${line.slice(0, start)}${text}${gap}${tail}`, caret: at };
  };
  if (colon < 0) {
    const begun = body.toLowerCase();
    return filters
      .filter((filter) => fits(filter) && offers(filter) && filter.name.startsWith(begun))
      .slice(0, begun === "" ? 10 : most)
      .map(({ name, about }) => ({ label: `${sign}${name}:`, about, ...put(`${sign}${name}:`, false) }));
  }
  const filter = filterNamed(body.slice(0, colon).toLowerCase());
  if (!filter || !fits(filter)) return [];
  const given = body.slice(colon + 1);
  const comma = given.startsWith('"') ? -1 : given.lastIndexOf(",");
  const begun = given
    .slice(comma + 1)
    .replaceAll('"', "")
    .toLowerCase();
  const before = `${sign}${filter.name}:${given.slice(0, comma + 1)}`;
  return candidates(filter, known, kind)
    .filter(({ word }) => word.toLowerCase().includes(begun))
    .toSorted(
      (a, b) =>
        Number(b.word.toLowerCase().startsWith(begun)) - Number(a.word.toLowerCase().startsWith(begun)),
    )
    .slice(0, most)
    .map(({ word, about }) => ({ label: word, about, ...put(`${before}${valueWritten(word)}`, true) }));
}

const offers = ({ values }: Filter) => values.of !== "choice" || values.words.some((one) => !one.silent);

function candidates(
  { values, name }: Filter,
  known: Known,
  kind: "issue" | "pr" | null,
): { readonly word: string; readonly about: string }[] {
  const plain = (list: readonly string[]) => list.map((word) => ({ word, about: "" }));
  switch (values.of) {
    case "choice":
      return values.words.filter(
        (one) => !one.silent && (kind !== "issue" || !one.pulls) && !(name === "linked" && kind === one.word),
      );
    case "person":
      return [{ word: "@me", about: "You" }, ...plain(known.people)];
    case "label":
      return plain(known.labels);
    case "milestone":
      return plain(known.milestones);
    case "branch":
      return plain(known.branches ?? []);
    case "time":
      return [
        { word: "<1d", about: "Within a day" },
        { word: "<1w", about: "Within a week" },
        { word: "<2w", about: "Within two weeks" },
        { word: ">1m", about: "Longer ago than a month" },
        { word: ">=@today", about: "Today" },
      ];
    case "number":
      return [
        { word: "0", about: "None" },
        { word: ">0", about: "Some" },
        { word: ">10", about: "Many" },
      ];
    default:
      return [];
  }
}

/** Where the term around the caret begins: behind the last space that stands outside of quotes. */
function startOfTerm(line: string, caret: number): number {
  let start = 0;
  let inQuotes = false;
  for (let at = 0; at < caret; at += 1) {
    if (line[at] === '"') inQuotes = !inQuotes;
    else if (!inQuotes && isSpace(line[at])) start = at + 1;
  }
  return start;
}

function endOfTerm(line: string, caret: number): number {
  const start = startOfTerm(line, caret);
  let inQuotes = line.slice(start, caret).split('"').length % 2 === 0;
  let at = caret;
  while (at < line.length && (inQuotes || !isSpace(line[at]))) {
    if (line[at] === '"') inQuotes = !inQuotes;
    at += 1;
  }
  return at;
}
