import { webSearchCode } from "../../../api/client.gen.ts";
import { path } from "../../app/paths.ts";
import { triedQuery, type Read, type Tried } from "../../app/query.ts";
import type { At } from "./hrefs.ts";

const flag = (search: URLSearchParams, name: string) => (search.get(name) === "1" ? "1" : undefined);

export const pageOf = (search: URLSearchParams): number => {
  const page = Number(search.get("page") ?? 1);
  return Number.isInteger(page) && page >= 1 ? page : 1;
};

/** What the address asks for. */
export const codeFound = (at: At, search: URLSearchParams) =>
  triedQuery((call) =>
    webSearchCode(call, {
      ...at,
      q: search.get("q") ?? "",
      ref: search.get("ref") ?? undefined,
      path: search.get("path") ?? undefined,
      regex: flag(search, "regex"),
      case: flag(search, "case"),
      word: flag(search, "word"),
      page: pageOf(search),
    }),
  );

type Answer = Read<ReturnType<typeof codeFound>>;
export type FoundCode = Answer extends Tried<infer T> ? T : never;
export type FoundFile = FoundCode["files"][number];

/** The page that searches a repository's code; words, a branch and a folder where there are some. */
export function codeSearchHref(
  { owner, repo }: At,
  asked: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return path`/${owner}/${repo}/search` + (given.length > 0 ? `?${new URLSearchParams(given)}` : "");
}
