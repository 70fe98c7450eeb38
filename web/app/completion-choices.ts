/** What can be meant by `@al` or `#12` in a repository. What was read once serves the whole visit. */
import type { Api } from "./api.ts";
import { path } from "./paths.ts";

export interface Choice {
  /** `@alice`, `#12`. */
  readonly insert: string;
  readonly about: string;
}

type Kind = "people" | "numbers";

/** How many are offered. */
const most = 8;

const read = new Map<string, Promise<readonly Choice[]>>();

/** The choices for what was typed so far, the likeliest first; none where reading them failed. */
export async function choicesFor(
  api: Api,
  context: string | undefined,
  kind: Kind,
  word: string,
): Promise<readonly Choice[]> {
  const [owner, repo] = (context ?? "").split("/");
  const known =
    owner === undefined || repo === undefined
      ? []
      : await once(`${kind} ${context}`, () =>
          kind === "people" ? peopleOf(api, owner, repo) : numbersOf(api, owner, repo),
        );
  const wanted = word.toLowerCase();
  const fits = known.filter(
    ({ insert, about }) =>
      insert.slice(1).toLowerCase().startsWith(wanted) ||
      (wanted !== "" &&
        about
          .toLowerCase()
          .split(/\s+/)
          .some((part) => part.startsWith(wanted))),
  );
  if (kind === "numbers" || fits.length >= most || word.length < 2) return fits.slice(0, most);
  const others = await once(`users ${wanted}`, () => usersLike(api, word));
  const names = new Set(fits.map((one) => one.insert));
  return [...fits, ...others.filter((one) => !names.has(one.insert))].slice(0, most);
}

function once(key: string, ask: () => Promise<readonly Choice[]>): Promise<readonly Choice[]> {
  const there = read.get(key);
  if (there) return there;
  const asked = ask().catch(() => {
    // Failing to help is not failing: the next letter tries again.
    read.delete(key);
    return [];
  });
  read.set(key, asked);
  return asked;
}

interface Person {
  readonly login: string;
  readonly name?: string | null;
}

interface Numbered {
  readonly number: number;
  readonly title: string;
  readonly created_at: string;
}

async function get<T>(api: Api, place: string): Promise<T> {
  return (await api.send<T>("GET", place)).data;
}

const person = ({ login, name }: Person): Choice => ({ insert: `@${login}`, about: name ?? "" });

async function peopleOf(api: Api, owner: string, repo: string): Promise<readonly Choice[]> {
  const people = await get<readonly Person[]>(api, path`/repos/${owner}/${repo}/assignees?per_page=100`);
  return people.map(person);
}

async function usersLike(api: Api, word: string): Promise<readonly Choice[]> {
  const { items } = await get<{ readonly items: readonly Person[] }>(
    api,
    path`/search/users?q=${word}&per_page=8`,
  );
  return items.map(person);
}

/** The newest issues and pull requests, a hundred of each. */
async function numbersOf(api: Api, owner: string, repo: string): Promise<readonly Choice[]> {
  const lists = await Promise.all(
    ["issues", "pulls"].map((kind) =>
      get<readonly Numbered[]>(api, `${path`/repos/${owner}/${repo}`}/${kind}?state=all&per_page=100`),
    ),
  );
  const byNumber = new Map(lists.flat().map((one) => [one.number, one]));
  return [...byNumber.values()]
    .toSorted((a, b) => b.number - a.number)
    .map(({ number, title }) => ({ insert: `#${number}`, about: title }));
}
