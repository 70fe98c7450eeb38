/** Speaks to the API as a person would with `curl`, and holds every answer against GitHub's own published schema. */
import { existsSync } from "node:fs";
import { apiRoutes } from "../../server/app.ts";

export interface Answer<T = any> {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON, or the text of anything else. */
  readonly body: T;
}

export class Client {
  readonly #send: (request: Request) => Promise<Response>;
  readonly #url: string;
  readonly token: string | null;

  constructor(send: (request: Request) => Promise<Response>, url: string, token: string | null) {
    this.#send = send;
    this.#url = url;
    this.token = token;
  }

  get<T = any>(path: string, headers?: Record<string, string>): Promise<Answer<T>> {
    return this.request("GET", path, undefined, headers);
  }
  post<T = any>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>> {
    return this.request("POST", path, body, headers);
  }
  put<T = any>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>> {
    return this.request("PUT", path, body, headers);
  }
  patch<T = any>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>> {
    return this.request("PATCH", path, body, headers);
  }
  delete<T = any>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>> {
    return this.request("DELETE", path, body, headers);
  }

  /** `path` stands below `/api/v3`. */
  async request<T = any>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const request = new Request(`${this.#url}/api/v3${path}`, {
      method,
      headers: {
        ...(this.token === null ? {} : { authorization: `token ${this.token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const response = await this.#send(request);
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
    const answer = {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== "" ? JSON.parse(text) : text,
    };
    if (isJson && response.ok && text !== "")
      await holdAgainstGitHub(method, path, answer.status, answer.body);
    return answer;
  }
}

const schemas = new URL("./github-schema.ts", import.meta.url);

interface GitHubSchemas {
  validateGitHubAnswer(operation: string, status: number, body: unknown): Promise<string[]> | string[];
}

async function holdAgainstGitHub(method: string, path: string, status: number, body: unknown): Promise<void> {
  const operation = operationOf(method, path);
  if (!operation || !existsSync(schemas)) return;
  const { validateGitHubAnswer } = (await import(schemas.href)) as GitHubSchemas;
  const problems = await validateGitHubAnswer(operation, status, body);
  if (problems.length > 0)
    throw new Error(
      `${method} ${path} breaks GitHub's schema of ${operation}:\n${problems.slice(0, 8).join("\n")}`,
    );
}

/** Paths with a rest parameter match most, the shorter the more, so they are asked last, as in the router. */
const looseness = (path: string): number =>
  (path.includes("*}") ? 100 - path.split("/").length : 0) + path.split("{").length;

const patterns = new Map<string, { expression: RegExp; operation: string }[]>();

/** The operation that a request means. */
function operationOf(method: string, path: string): string | undefined {
  if (patterns.size === 0) {
    for (const route of [...apiRoutes].toSorted((a, b) => looseness(a.path) - looseness(b.path))) {
      const expression = new RegExp(
        `^${route.path
          .replaceAll(".", "\\.")
          .replaceAll(/\{\w+\*\}/g, ".+")
          .replaceAll(/\{\w+\}/g, "[^/]+")}$`,
      );
      const list = patterns.get(route.method) ?? [];
      list.push({ expression, operation: route.operation });
      patterns.set(route.method, list);
    }
  }
  const bare = path.split("?")[0] ?? "";
  return patterns.get(method)?.find((one) => one.expression.test(bare))?.operation;
}
