import { ApiError, createCall, linksOf, type ApiAnswer, type ApiRequest, type Call } from "../../api/call.ts";

export { ApiError, type ApiAnswer, type ApiRequest, type Call, type FieldError } from "../../api/call.ts";

/** Sends one request: `globalThis.fetch` in the browser, the API called in-process on the server. */
export type Fetch = (request: Request) => Response | Promise<Response>;

/** Values that may stand in a query string; `undefined` is left out, a list repeats its name. */
export type Query = NonNullable<ApiRequest["query"]>;

/** The search part (`?…`) of each neighbouring page that exists. */
export type Links = { readonly [rel in "first" | "prev" | "next" | "last"]?: string };

interface Options {
  readonly query?: Query | undefined;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** Talks to the REST API; paths are relative to `/api/v3`. Everything throws `ApiError`. */
export interface Api {
  /** For the generated client: `labelsCreate(api.call, { owner, repo }, { name })`. */
  readonly call: Call;
  readonly send: <T>(method: ApiRequest["method"], path: string, options?: Options) => Promise<ApiAnswer<T>>;
}

/**
 * An API client on `fetch`. `origin` is needed where addresses are not relative to a page; `headers` go with every request (on
 * the server: the visitor's cookie). That a write comes from our own pages the browser itself says, in `Origin`.
 */
export function createApi(
  fetch: Fetch,
  base: { readonly origin?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Api {
  const origin = base.origin ?? globalThis.location?.origin ?? "http://localhost";
  const call = createCall({ root: `${origin}/api/v3`, fetch, headers: base.headers ?? {} });
  return {
    call,
    send: (method, path, { idempotencyKey, ...options } = {}) => {
      const headers = idempotencyKey === undefined ? {} : { headers: { "idempotency-key": idempotencyKey } };
      return call({ method, path, ...options, ...headers });
    },
  };
}

/** What the `Link` header of an answer says, as plain data. */
export function linksIn(headers: Headers): Links {
  const links: Record<string, string> = {};
  for (const [rel, params] of Object.entries(linksOf(headers))) links[rel] = `?${params}`;
  return links;
}

/** A sentence for a refusal that needs one of ours. */
export const plainly = (status: number): string =>
  status === 404
    ? "There is nothing here, or it is not yours to see."
    : "Something went wrong on the server.";

/** What anything that was thrown is to a visitor. */
export const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError(500, plainly(500), { cause: error });
