import { QueryClient, useQueryClient, useSuspenseQuery, type DataTag } from "@tanstack/react-query";
import { useCallback } from "react";
import { ApiError, type Api, type Links, type Query } from "./api.ts";

/** A list with what its `Link` header said: the search part of each neighbouring page. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly links: Links;
}

type ApiKey = readonly ["api", kind: "one" | "list", path: string, query: Query];

/** One read of the API. Its key is all of it, so that the server's answer can be handed to the browser. */
export interface ApiQuery<T> {
  readonly queryKey: DataTag<ApiKey, T, Error>;
}

/** Reads one object: `apiQuery<Repository>("/repos/alice/demo")`. */
export const apiQuery = <T>(path: string, query: Query = {}): ApiQuery<T> => asked("one", path, query);

/** Reads a page of a list, with the queries of its neighbours. */
export const apiListQuery = <T>(path: string, query: Query = {}): ApiQuery<Listed<T>> =>
  asked("list", path, query);

const asked = <T>(kind: ApiKey[1], path: string, query: Query): ApiQuery<T> => ({
  queryKey: ["api", kind, path, query] as unknown as DataTag<ApiKey, T, Error>,
});

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
          count < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503),
        queryFn: async ({ queryKey, signal }) => {
          const [, kind, path, query] = queryKey as unknown as ApiKey;
          const { data, links } = await api.send("GET", path, { query, signal });
          return kind === "list" ? { items: data, links } : (data ?? null);
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
export const useRead = <T>(query: ApiQuery<T>): T => useSuspenseQuery({ queryKey: query.queryKey }).data as T;

/** Marks every read whose path begins with one of `paths` as old; those on screen are read again. */
export function useInvalidate(): (...paths: readonly string[]) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    (...paths) =>
      client.invalidateQueries({
        predicate: ({ queryKey }) =>
          paths.length === 0 || paths.some((path) => String(queryKey[2] ?? "").startsWith(path)),
      }),
    [client],
  );
}
