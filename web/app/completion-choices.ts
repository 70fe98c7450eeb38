/** What can be meant by `@al`, `@acme/co` or `#12` in a repository. What was read once serves the whole visit. */
import type { Api } from "./api.ts";
import { path } from "./paths.ts";

export interface Choice {
  /** `@alice`, `@acme/core`, `#12`. */
  readonly insert: string;
  readonly about: string;
}

/** How many are offered. */
const most = 8;
/** Of these so many places are kept for teams while people would take all. */
const forTeams = 3;

const read = new Map<string, Promise<readonly Choice[]>>();

/** The issues and pull requests that what was typed so far may mean, the newest first; none where reading them failed. */
export async function numbersFor(
  api: Api,
  context: string | undefined,
  word: string,
): Promise<readonly Choice[]> {
  const known = await here(context, "numbers", (owner, repo) => numbersOf(api, owner, repo));
  return known.filter(fits(word)).slice(0, most);
}

/** Likewise people and teams, the likeliest first. */
export async function namesFor(
  api: Api,
  context: string | undefined,
  word: string,
  hasTeams: boolean,
): Promise<readonly Choice[]> {
  const [people, teams] = await Promise.all([
    // Nobody's own name has a slash in it.
    word.includes("/") ? [] : peopleFor(api, context, word),
    hasTeams ? once(`teams ${context} ${word.toLowerCase()}`, () => teamsLike(api, context, word)) : [],
  ]);
  return [...people.slice(0, most - Math.min(teams.length, forTeams)), ...teams].slice(0, most);
}

async function peopleFor(api: Api, context: string | undefined, word: string): Promise<readonly Choice[]> {
  const known = await here(context, "people", (owner, repo) => peopleOf(api, owner, repo));
  const near = known.filter(fits(word));
  if (near.length >= most || word.length < 2) return near;
  const others = await once(`users ${word.toLowerCase()}`, () => usersLike(api, word));
  const names = new Set(near.map((one) => one.insert));
  return [...near, ...others.filter((one) => !names.has(one.insert))];
}

/** Reads what belongs to the repository in which somebody writes; nothing where it is none. */
async function here(
  context: string | undefined,
  kind: string,
  ask: (owner: string, repo: string) => Promise<readonly Choice[]>,
): Promise<readonly Choice[]> {
  const [owner, repo] = (context ?? "").split("/");
  return owner === undefined || repo === undefined ? [] : once(`${kind} ${context}`, () => ask(owner, repo));
}

const fits = (word: string) => {
  const wanted = word.toLowerCase();
  return ({ insert, about }: Choice): boolean =>
    insert.slice(1).toLowerCase().startsWith(wanted) ||
    (wanted !== "" &&
      about
        .toLowerCase()
        .split(/\s+/)
        .some((part) => part.startsWith(wanted)));
};

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

interface Offered {
  readonly mention: string;
  readonly description: string | null;
}

/** Those that the visitor may mention, of the repository's organization first. */
async function teamsLike(api: Api, context: string | undefined, word: string): Promise<readonly Choice[]> {
  const [first = ""] = (context ?? "").split("/");
  const teams = await get<readonly Offered[]>(api, path`/_web/teams?begun=${word}&first=${first}`);
  return teams.map(({ mention, description }) => ({ insert: `@${mention}`, about: description ?? "Team" }));
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
