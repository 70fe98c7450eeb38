import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { sampleApi } from "./sample-api.ts";

type Entry = typeof import("../app/entry-server.tsx");

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/**
 * Serves a build of the web by itself, with an API made of samples: for looking at components, and for the tests of this folder.
 * The product's own server does the same with the real API and more care.
 */
export async function servePreview(
  options: { readonly dist?: string; readonly port?: number; readonly api?: typeof sampleApi } = {},
): Promise<{ readonly url: string; readonly errors: unknown[]; readonly close: () => Promise<void> }> {
  const dist = options.dist ?? join(import.meta.dirname, "../dist");
  const api = options.api ?? sampleApi;
  const entry = (await import(pathToFileURL(join(dist, "server/entry-server.js")).href)) as Entry;
  const errors: unknown[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? "/";
    const path = normalize(new URL(url, "http://localhost").pathname);
    const file = join(dist, "client", path);
    if ((path.startsWith("/assets/") || path === "/favicon.svg") && existsSync(file)) {
      response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
      createReadStream(file).pipe(response);
      return;
    }
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers))
      if (typeof value === "string") headers.set(name, value);
    const body = await readBody(request);
    if (path.startsWith("/api/")) {
      const answered = await api(
        new Request(`http://localhost${url}`, {
          method: request.method ?? "GET",
          headers,
          body: body === "" ? null : body,
        }),
      );
      response.writeHead(answered.status, Object.fromEntries(answered.headers));
      response.end(await answered.text());
      return;
    }
    const page = {
      url,
      headers,
      fetch: api,
      development: true,
      onError: (error: unknown) => void errors.push(error),
    };
    const drawn = await (request.method === "POST"
      ? entry.handleAction({ ...page, body })
      : entry.render(page));
    for (const [name, value] of drawn.headers) response.appendHeader(name, value);
    response.setHeader(
      "content-security-policy",
      `default-src 'none'; script-src 'self' ${(drawn.scripts ?? []).map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`).join(" ")}; style-src 'self'; style-src-attr 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    response.writeHead(drawn.status);
    response.end(drawn.html ?? "");
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      errors.push(error);
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((done) => void server.listen(options.port ?? 0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    errors,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

if (process.argv[1] === import.meta.filename) {
  const { url } = await servePreview({ port: Number(process.argv[2] ?? 4173) });
  process.stdout.write(`${url}/_gallery\n`);
}
