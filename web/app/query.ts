import { QueryClient, QueryObserver, useQueryClient, type DataTag } from "@tanstack/react-query";
import { use, useMemo, useSyncExternalStore } from "react";
import {
  ApiError,
  linksIn,
  type Api,
  type ApiAnswer,
  type ApiRequest,
  type Call,
  type Links,
  type Query,
} from "./api.ts";

/** A list with what its `Link` header said: the search part of each neighbouring page. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly links: Links;
}

type ApiKey = readonly ["api", kind: "one" | "list" | "tried", path: string, query: Query];

/** One read of the API. Its key is all of it, so that the server's answer can be handed to the browser. */
export interface ApiQuery<T> {
  readonly queryKey: DataTag<ApiKey, T, Error>;
}

/** An operation of the generated client that reads: `(call) => reposGet(call, { owner, repo })`. */
type Operation<T> = (call: Call) => Promise<ApiAnswer<T>>;

/** Reads one thing: `apiQuery((call) => reposGet(call, params))`, or by its path: `apiQuery<Overview>("/_web/overview")`. */
export const apiQuery = <T>(ask: Operation<T> | string, query: Query = {}): ApiQuery<T> =>
  asked("one", ask, query);

/** Reads a page of a list, with the queries of its neighbours: `apiListQuery((call) => labelsList(call, { owner, repo }))`. */
export const apiListQuery = <T>(
  ask: Operation<readonly T[]> | string,
  query: Query = {},
): ApiQuery<Listed<T>> => asked("list", ask, query);

/** What a read of what somebody typed came to: the answer, or why the words were refused. */
export type Tried<T> = { readonly found: T } | { readonly refused: string };

/** Reads one thing by words that somebody typed. What is wrong with them (422) is an answer, for the page that holds the words. */
export const triedQuery = <T>(ask: Operation<T> | string, query: Query = {}): ApiQuery<Tried<T>> =>
  asked("tried", ask, query);

function asked<T>(kind: ApiKey[1], ask: Operation<unknown> | string, query: Query): ApiQuery<T> {
  const request = typeof ask === "string" ? { path: ask, query } : requestOf(ask);
  // Left-out parameters must not make two keys of one read.
  const given = Object.fromEntries(
    Object.entries(request.query ?? {}).filter(([, value]) => value !== undefined),
  );
  return { queryKey: ["api", kind, request.path, given] as unknown as DataTag<ApiKey, T, Error> };
}

/** What an operation would send. */
function requestOf(ask: Operation<unknown>): ApiRequest {
  let asked: ApiRequest | undefined;
  void ask((request) => {
    asked = request;
    return new Promise(() => undefined);
  });
  if (asked?.method !== "GET") throw new TypeError("A query reads one thing, at once, by GET");
  return asked;
}

/** The type of what a query reads. */
export type Read<Q> = Q extends ApiQuery<infer T> ? T : never;

/** A query client that reads through `api`. One for each request on the server, one for each page load in the browser. */
export function createQueryClient(api: Api): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: typeof document === "undefined" ? Infinity : 5 * 60_000,
        retry: (count, error) =>
          typeof document !== "undefined" &&
          count < 2 &&
          error instanceof ApiError &&
          [0, 503].includes(error.status),
        queryFn: async ({ queryKey, signal }) => {
          const [, kind, path, query] = queryKey as unknown as ApiKey;
          try {
            const { data, headers } = await api.send("GET", path, { query, signal });
            if (kind === "tried") return { found: data };
            return kind === "list" ? { items: data, links: linksIn(headers) } : (data ?? null);
          } catch (error) {
            if (kind === "tried" && error instanceof ApiError && error.status === 422)
              return { refused: error.message };
            throw error;
          }
        },
      },
    },
  });
}

/** What the server read, in the order it was read: key and data. */
export type ReadState = readonly (readonly [key: readonly unknown[], data: unknown])[];

/** Everything the client has read, to be handed to the browser. */
export const takeReads = (client: QueryClient): ReadState =>
  client
    .getQueryCache()
    .getAll()
    .filter((query) => query.state.status === "success")
    .map((query) => [query.queryKey, query.state.data]);

/** Puts the server's reads into a fresh client. */
export function giveReads(client: QueryClient, reads: ReadState): void {
  for (const [key, data] of reads) client.setQueryData(key, data);
}

/** What is read now, live: the page's loader has read it already, a change invalidates it. */
export const useRead = <T>(query: ApiQuery<T>): T => useReads([query])[0] as T;

/** Several reads, live, in their order. Their number may change between two drawings. */
export function useReads(queries: readonly ApiQuery<unknown>[]): readonly unknown[] {
  const client = useQueryClient();
  // Pages make their queries anew with every drawing: what they say decides whether they are the same.
  const keys = JSON.stringify(queries.map(({ queryKey }) => queryKey));
  const watched = useMemo(() => watch(client, JSON.parse(keys) as (readonly unknown[])[]), [client, keys]);
  const data = useSyncExternalStore(watched.subscribe, watched.read, watched.read);
  const missing = data.indexOf(undefined);
  if (missing >= 0) use(watched.load(missing));
  return data;
}

/** Some reads of a client as one thing that React can watch. Watching keeps them and reads anew what has become stale. */
function watch(client: QueryClient, keys: readonly (readonly unknown[])[]) {
  let last: readonly unknown[] = [];
  return {
    /** The same array while nothing has changed; undefined for what was forgotten. */
    read: (): readonly unknown[] => {
      const now = keys.map((key) => client.getQueryData(key));
      if (now.length !== last.length || now.some((data, index) => data !== last[index])) last = now;
      return last;
    },
    subscribe: (changed: () => void): (() => void) => {
      const leave = keys.map((queryKey) => new QueryObserver(client, { queryKey }).subscribe(changed));
      return () => leave.forEach((left) => left());
    },
    /** Resolves when a forgotten read is there again. Throws what it failed with, instead of asking for ever. */
    load: (index: number): Promise<unknown> => {
      const queryKey = keys[index] ?? [];
      const failed = client.getQueryState(queryKey)?.error;
      if (failed) throw failed;
      return client.fetchQuery({ queryKey });
    },
  };
}

/** Picks the reads whose path begins with one of `paths`, in the API or in the answers made for pages (`/_web`); all, without. */
export const touches =
  (paths: readonly string[] | undefined) =>
  ({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean => {
    const path = queryKey[2];
    if (typeof path !== "string") return false;
    const read = path.replace(/^\/_web(?=\/)/, "");
    return paths === undefined || paths.length === 0 || paths.some((start) => read.startsWith(start));
  };
