/** How the generated client reaches a server: one function that sends a request and answers data, or throws `ApiError`. */

type Scalar = string | number | boolean;

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the API's root, its parameters encoded: `/repos/alice/demo/labels`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, Scalar | readonly Scalar[] | undefined>> | undefined;
  /** Sent as JSON; what `fetch` can send as it is (bytes, a stream, a form) is sent so. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ApiAnswer<T> {
  readonly status: number;
  readonly data: T;
  readonly headers: Headers;
}

/** @throws ApiError for an answer that is not 2xx, and when none came */
export type Call = <T>(request: ApiRequest) => Promise<ApiAnswer<T>>;

/** One wrong field, as the API names it. */
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
  /** What the refusal tells a program beside the sentence: the other side of a conflict. */
  readonly details: unknown;

  constructor(
    status: number,
    message: string,
    more: {
      code?: string;
      errors?: readonly FieldError[];
      requestId?: string;
      retryAfter?: number;
      details?: unknown;
      cause?: unknown;
    } = {},
  ) {
    super(message, more.cause === undefined ? {} : { cause: more.cause });
    this.name = "ApiError";
    this.status = status;
    this.code = more.code ?? "";
    this.errors = more.errors ?? [];
    this.requestId = more.requestId;
    this.retryAfter = more.retryAfter;
    this.details = more.details;
  }
}

export interface CallOptions {
  /** The API's root, `https://host/api/v3`. */
  readonly root: string;
  /** `globalThis.fetch` unless told: the application itself, when it runs in the same process. */
  readonly fetch?: (request: Request) => Response | Promise<Response>;
  /** Sent with every request: credentials. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A `Call` over `fetch`. */
export function createCall(options: CallOptions): Call {
  const { root, fetch = globalThis.fetch } = options;
  return async <T>(wanted: ApiRequest): Promise<ApiAnswer<T>> => {
    const headers = new Headers(options.headers);
    if (!headers.has("accept")) headers.set("accept", "application/json");
    const raw = isRaw(wanted.body);
    if (wanted.body !== undefined && !raw) headers.set("content-type", "application/json");
    for (const [name, value] of Object.entries(wanted.headers ?? {})) headers.set(name, value);
    const request = new Request(root + wanted.path + search(wanted.query), {
      method: wanted.method,
      headers,
      body: wanted.body === undefined ? null : raw ? (wanted.body as BodyInit) : JSON.stringify(wanted.body),
      signal: wanted.signal ?? null,
      ...(wanted.body instanceof ReadableStream ? { duplex: "half" } : {}),
    });
    let response: Response;
    try {
      response = await fetch(request);
    } catch (cause) {
      if (wanted.signal?.aborted) throw cause;
      throw new ApiError(0, "The server did not answer", { cause });
    }
    if (!response.ok) throw await apiError(response);
    return { status: response.status, data: (await readBody(response)) as T, headers: response.headers };
  };
}

const isRaw = (body: unknown): boolean =>
  body instanceof ReadableStream ||
  body instanceof FormData ||
  body instanceof Blob ||
  body instanceof ArrayBuffer ||
  ArrayBuffer.isView(body);

/** A query string with its `?`, or nothing. `undefined` is left out, a list repeats its name. */
export function search(query: ApiRequest["query"]): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** One segment of a path. */
export const segment = (value: string | number): string => encodeURIComponent(value);

/** The rest of a path: its slashes stay. */
export const segments = (value: string | number): string =>
  String(value).split("/").map(encodeURIComponent).join("/");

/** The refusal that an answer outside 2xx is, whoever gave it: a proxy speaks no JSON. */
export async function apiError(response: Response): Promise<ApiError> {
  const told = await readBody(response).catch(() => undefined);
  const said = (typeof told === "object" && told !== null ? told : {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  const requestId = text(said["request_id"]) ?? response.headers.get("x-request-id") ?? undefined;
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  const code = text(said["code"]);
  return new ApiError(response.status, text(said["message"]) ?? `The server answered ${response.status}`, {
    errors: Array.isArray(said["errors"]) ? said["errors"].filter(isFieldError) : [],
    ...(code === undefined ? {} : { code }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(said["details"] === undefined ? {} : { details: said["details"] }),
    ...(Number.isFinite(retryAfter) ? { retryAfter } : {}),
  });
}

const isFieldError = (error: unknown): error is FieldError =>
  typeof error === "object" && error !== null && typeof (error as { field?: unknown }).field === "string";

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204 || response.status === 205 || response.status === 304) return undefined;
  const type = response.headers.get("content-type") ?? "";
  return type.includes("json") ? response.json() : response.text();
}

/** The neighbouring pages that a `Link` header (RFC 8288) names, each as the query of its address. */
export function linksOf(headers: Headers): {
  readonly [rel in "first" | "prev" | "next" | "last"]?: URLSearchParams;
} {
  const links: Record<string, URLSearchParams> = {};
  const header = headers.get("link") ?? "";
  for (const [, target = "", rel = ""] of header.matchAll(/<([^>]*)>\s*;[^,]*\brel="?(\w+)"?/g)) {
    if (["first", "prev", "next", "last"].includes(rel))
      links[rel] = new URLSearchParams(target.includes("?") ? target.slice(target.indexOf("?")) : "");
  }
  return links;
}
