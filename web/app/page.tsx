import type { QueryClient } from "@tanstack/react-query";
import {
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
  useParams,
  useRouterState,
  useSearch,
  type AnyRoute,
} from "@tanstack/react-router";
import { useMemo, type ComponentType, type ReactNode } from "react";
import { ApiError } from "./api.ts";
import { frameQuery, type Frame } from "./frame.ts";
import { useLive } from "./live.ts";
import { useReads, type ApiQuery, type Read } from "./query.ts";
import { rootRoute } from "./root.tsx";
import { signInHref } from "./site.ts";

/** The names that a path gives: `/$owner/$repo/tree/$` → `{ owner, repo, rest }`. */
export type Params<Path extends string> = { readonly [Name in ParamName<Path>]: string };

type ParamName<Path extends string> = Path extends `${infer Head}/${infer Rest}`
  ? ParamName<Head> | ParamName<Rest>
  : Path extends "$"
    ? "rest"
    : Path extends `$${infer Name}`
      ? Name
      : never;

type Queries = Readonly<Record<string, ApiQuery<unknown>>>;
type Data<Q extends Queries> = { readonly [Name in keyof Q]: Read<Q[Name]> };

/** Where a page is: the names in its path, decoded, and its query. */
export interface Here<P> {
  readonly params: P;
  readonly search: URLSearchParams;
}

/** What a page's `before` may do besides: read, and throw `ApiError` or go elsewhere with `goTo`. */
export interface Before<P> extends Here<P> {
  readonly read: <T>(query: ApiQuery<T>) => Promise<T>;
  readonly development: boolean;
}

interface Definition<Path extends string, P, Q extends Queries> {
  /** `/settings/keys`, `/$owner`; below a parent without a leading slash: `issues/$number`. A last `$` takes the rest. */
  readonly path: Path;
  /** What it reads, all at once, before it shows; stays live while it shows. */
  readonly queries?: (here: Here<P>) => Q;
  /** What was read earlier will not do, not even for a moment: what is written here begins from what is true now. */
  readonly fresh?: boolean;
  /** Runs first: guards, redirects, reads on which `queries` depend. */
  readonly before?: (here: Before<P>) => void | Promise<void>;
  /** Stands after `queries`, whose types it is given. */
  readonly title: string | ((page: Here<P> & { readonly data: Data<Q> }) => string);
}

/** A page as those within it see it. */
export interface Layout<P> {
  readonly route: AnyRoute;
  /** Only a type: the names in its path. */
  readonly params?: P;
}

/** A page before its component is known; components take `PageProps<typeof thatPage>`. */
export interface Page<P, Q extends Queries> extends Layout<P> {
  readonly parent: AnyRoute;
  /** Gives the page its component, which becomes a chunk of its own: `shows(() => import("./labels-page.tsx"))`. */
  readonly shows: (component: () => Promise<{ default: ComponentType<Shown<P, Q>> }>) => AppRoute;
}

/** A route of a feature, ready for the tree. */
export interface AppRoute {
  readonly route: AnyRoute;
  readonly parent: AnyRoute;
}

interface Shown<P, Q extends Queries> extends Here<P> {
  readonly data: Data<Q>;
  /** In a layout: the page within it. */
  readonly children: ReactNode;
}

/** What a page's component is given. */
export type PageProps<T> = T extends Page<infer P, infer Q> ? Shown<P, Q> : never;

/** Declares a page (or, when others name it as their parent, a layout, which shows `children`). */
export function page<const Path extends string, Q extends Queries = Record<never, never>>(
  definition: Definition<Path, Params<Path>, Q>,
): Page<Params<Path>, Q> {
  return declare(rootRoute, definition);
}

/** Declares a page inside a layout. Its params are the layout's and its own. */
export function pageIn<P, const Path extends string, Q extends Queries = Record<never, never>>(
  parent: Layout<P>,
  definition: Definition<Path, P & Params<Path>, Q>,
): Page<P & Params<Path>, Q> {
  return declare(parent.route, definition);
}

/** Throw it in `before` to show another page instead. */
export const goTo = (href: string): unknown => redirect({ href });

function declare<P, Q extends Queries>(parent: AnyRoute, definition: Definition<string, P, Q>): Page<P, Q> {
  const route = createRoute({
    getParentRoute: () => parent as typeof rootRoute,
    path: definition.path,
    loaderDeps: ({ search }: { search: { raw?: string } }) => ({ raw: search.raw ?? "" }),
    loader: async ({ params, deps, context, location }) => {
      const here = { params: named(params) as P, search: new URLSearchParams(deps.raw) };
      const read = reader(context.queries, definition.fresh ?? false);
      try {
        await definition.before?.({ ...here, read, development: context.state.development });
        const entries = Object.entries(definition.queries?.(here) ?? {});
        const data = await Promise.all(
          entries.map(async ([name, query]) => [name, await read(query)] as const),
        );
        const { title } = definition;
        if (typeof title === "string") return { title };
        return { title: title({ ...here, data: Object.fromEntries(data) as Data<Q> }) };
      } catch (error) {
        if (error instanceof ApiError && error.status === 401 && (await isSignedOut(context.queries)))
          throw redirect({ href: signInHref(location.href) });
        throw error;
      }
    },
  }) as AnyRoute;

  return {
    route,
    parent,
    shows: (component) => {
      route.update({
        staticData: { chunk: (component as { chunk?: string }).chunk },
        component: lazyRouteComponent(async () => ({
          default: shown(route, definition, (await component()).default),
        })),
      });
      return { route, parent };
    },
  };
}

/** Asked anew: what was known of the visitor may be older than the end of their session. */
async function isSignedOut(client: QueryClient): Promise<boolean> {
  const queryKey = frameQuery.queryKey as readonly unknown[];
  const frame = (await client.fetchQuery({ queryKey, staleTime: 0 })) as Frame;
  return frame.viewer === null;
}

/** So long ago the server, or a look ahead, may have read what must be fresh. In ms. */
const justNow = 2_000;

const reader =
  (client: QueryClient, fresh: boolean) =>
  <T,>(query: ApiQuery<T>): Promise<T> => {
    const queryKey = query.queryKey as readonly unknown[];
    return (
      fresh
        ? client.fetchQuery({ queryKey, staleTime: justNow })
        : client.ensureQueryData({ queryKey, revalidateIfStale: true })
    ) as Promise<T>;
  };

const named = ({ _splat, "*": _, ...params }: Record<string, string | undefined>) =>
  _splat === undefined ? params : { ...params, rest: _splat };

const nothing: Queries = {};

function shown<P, Q extends Queries>(
  route: AnyRoute,
  definition: Definition<string, P, Q>,
  Component: ComponentType<Shown<P, Q>>,
): ComponentType {
  return function ShownPage() {
    const raw = (useSearch({ strict: false }) as { raw?: string }).raw ?? "";
    const given = useParams({ strict: false }) as Record<string, string | undefined>;
    const here = useMemo(
      () => ({ params: named(given) as P, search: new URLSearchParams(raw) }),
      [given, raw],
    );
    const queries = useMemo(() => definition.queries?.(here) ?? nothing, [here]);
    const names = Object.keys(queries);
    const results = useReads(Object.values(queries));
    useLive(useRouterState({ select: ({ matches }) => matches.at(-1)?.routeId === route.id }));
    const data = Object.fromEntries(names.map((name, index) => [name, results[index]])) as Data<Q>;
    return (
      <Component {...here} data={data}>
        <Outlet />
      </Component>
    );
  };
}
