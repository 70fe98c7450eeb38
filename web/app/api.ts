/** Sends one request: `globalThis.fetch` in the browser, the API called in-process on the server. */
export type Fetch = (request: Request) => Response | Promise<Response>;

/** Values that may stand in a query string; `undefined` is left out, a list repeats its name. */
export type Query = Readonly<Record<string, Scalar | readonly Scalar[] | undefined>>;
type Scalar = string | number | boolean;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One wrong field, as GitHub's API names it. */
export interface FieldError {
  readonly field: string;
  readonly code?: string;
  readonly message?: string;
}

/** The API's refusal. `message` is a sentence for people; `status` 0 means that no answer came at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldError[];
  readonly requestId: string | undefined;
  /** Seconds after which another try makes sense. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    message: string,
    more: { code?: string; errors?: readonly FieldError[]; requestId?: string; retryAfter?: number } = {},
  ) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = more.code ?? "";
    this.errors = more.errors ?? [];
    this.requestId = more.requestId;
    this.retryAfter = more.retryAfter;
  }
}

/** An answer with what its headers said. `links` are queries of neighbouring pages, from the `Link` header. */
export interface Answer<T> {
  readonly data: T;
  readonly status: number;
  readonly headers: Headers;
  readonly links: Links;
}

/** The search part (`?…`) of each neighbouring page that exists. */
export type Links = { readonly [rel in "first" | "prev" | "next" | "last"]?: string };

interface Options {
  readonly query?: Query | undefined;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** Talks to the REST API. Paths are relative to `/api/v3`, except those that begin with `/api/`. Every method throws `ApiError`. */
export interface Api {
  readonly send: <T>(method: Method, path: string, options?: Options) => Promise<Answer<T>>;
  readonly get: <T>(path: string, options?: Options) => Promise<T>;
  readonly post: <T>(path: string, options?: Options) => Promise<T>;
  readonly put: <T>(path: string, options?: Options) => Promise<T>;
  readonly patch: <T>(path: string, options?: Options) => Promise<T>;
  readonly delete: <T>(path: string, options?: Options) => Promise<T>;
}

/**
 * An API client on `fetch`. `origin` is needed where URLs are not relative to a page; `headers` go with every request (on the
 * server: the visitor's cookie). Writes carry `X-Wit-Client: web`, which no other site can send without asking first (CORS).
 */
export function createApi(
  fetch: Fetch,
  base: { readonly origin?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Api {
  const origin = base.origin ?? globalThis.location?.origin ?? "http://localhost";

  async function send<T>(method: Method, path: string, options: Options = {}): Promise<Answer<T>> {
    const headers = new Headers(base.headers);
    headers.set("accept", "application/json");
    if (method !== "GET") headers.set("x-wit-client", "web");
    if (options.body !== undefined) headers.set("content-type", "application/json");
    if (options.idempotencyKey !== undefined) headers.set("idempotency-key", options.idempotencyKey);
    const request = new Request(origin + apiPath(path) + search(options.query), {
      method,
      headers,
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: options.signal ?? null,
    });
    let response: Response;
    try {
      response = await fetch(request);
    } catch (cause) {
      if (options.signal?.aborted) throw cause;
      throw new ApiError(
        0,
        "The server did not answer. Nothing was changed that you can see here; try again.",
      );
    }
    if (!response.ok) throw await refusal(response);
    const data = (await body(response)) as T;
    return {
      data,
      status: response.status,
      headers: response.headers,
      links: parseLinks(response.headers.get("link")),
    };
  }

  const reading =
    (method: Method) =>
    async <T>(path: string, options?: Options): Promise<T> =>
      (await send<T>(method, path, options)).data;

  return {
    send,
    get: reading("GET"),
    post: reading("POST"),
    put: reading("PUT"),
    patch: reading("PATCH"),
    delete: reading("DELETE"),
  };
}

/** The path on the server of an API path. */
export const apiPath = (path: string): string => (path.startsWith("/api/") ? path : `/api/v3${path}`);

/** A query string with its `?`, or nothing. */
export function search(query: Query | undefined): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** Reads a `Link` header (RFC 8288) into the search parts of its targets. */
export function parseLinks(header: string | null): Links {
  const links: Record<string, string> = {};
  for (const [, target = "", rel = ""] of (header ?? "").matchAll(/<([^>]*)>\s*;[^,]*\brel="?(\w+)"?/g)) {
    const mark = target.indexOf("?");
    if (mark >= 0 && ["first", "prev", "next", "last"].includes(rel)) links[rel] = target.slice(mark);
  }
  return links;
}

async function body(response: Response): Promise<unknown> {
  if (response.status === 204 || response.status === 205) return undefined;
  const type = response.headers.get("content-type") ?? "";
  return type.includes("json") ? response.json() : response.text();
}

async function refusal(response: Response): Promise<ApiError> {
  const told = await body(response).catch(() => undefined);
  const said = (typeof told === "object" && told !== null ? told : {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  const requestId = text(said["request_id"]) ?? response.headers.get("x-request-id") ?? undefined;
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  const code = text(said["code"]);
  return new ApiError(response.status, text(said["message"]) ?? plainly(response.status), {
    errors: Array.isArray(said["errors"]) ? said["errors"].filter(isFieldError) : [],
    ...(code === undefined ? {} : { code }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(Number.isFinite(retryAfter) ? { retryAfter } : {}),
  });
}

const isFieldError = (error: unknown): error is FieldError =>
  typeof error === "object" && error !== null && typeof (error as { field?: unknown }).field === "string";

/** A sentence for an answer that said nothing itself. */
export const plainly = (status: number): string =>
  status === 401
    ? "Sign in first."
    : status === 403
      ? "You may not do this."
      : status === 404
        ? "There is nothing here, or you may not see it."
        : status === 429
          ? "Too many requests. Wait a moment."
          : status === 503
            ? "The server is not ready. Try again in a moment."
            : status >= 500
              ? "Something went wrong on the server."
              : "The server refused this.";
