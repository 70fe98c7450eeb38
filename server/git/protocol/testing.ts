/** For tests: a store in a throwaway folder, a real git client, and the smallest server that speaks smart HTTP. */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import type { ObjectFormat } from "../names.ts";
import type { Repository } from "../object-ids.ts";
import type { PushHandlers, ReceiveLimits, ReceiveResult } from "../receive/push.ts";
import { createGitStore, diskPath, type GitStore } from "../store.ts";
import type { FetchCache } from "./fetch-cache.ts";
import { gitHttp, gitHttpAction, type GitHttpRequest } from "./http.ts";
import { lendConnection } from "./late-answer.ts";

export interface ClientAnswer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Scratch {
  readonly dir: string;
  readonly store: GitStore;
  /** A new empty bare repository of the store. */
  repository(objectFormat?: ObjectFormat): Promise<Repository>;
  /** A real git as a user runs it; rejects unless it ends with 0. */
  git(cwd: string, args: readonly string[], input?: string | Uint8Array): Promise<string>;
  /** The same, for runs that may fail. */
  tryGit(cwd: string, args: readonly string[], input?: string | Uint8Array): Promise<ClientAnswer>;
  remove(): Promise<void>;
}

export async function openScratch(): Promise<Scratch> {
  const dir = await mkdtemp(path.join(tmpdir(), "wit git "));
  const store = createGitStore({ root: path.join(dir, "repositories") });
  const tryGit = (cwd: string, args: readonly string[], input: string | Uint8Array = "") =>
    runClient(dir, cwd, args, input);
  return {
    dir,
    store,
    repository: (objectFormat) =>
      store.init(diskPath("main", randomUUID()), {
        defaultBranch: "main",
        ...(objectFormat ? { objectFormat } : {}),
      }),
    tryGit,
    async git(cwd, args, input) {
      const answer = await tryGit(cwd, args, input);
      if (answer.code !== 0) throw new Error(`git ${args.join(" ")}: ${answer.err}`);
      return answer.out.trim();
    },
    remove: () => rm(dir, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function runClient(
  home: string,
  cwd: string,
  args: readonly string[],
  input: string | Uint8Array,
): Promise<ClientAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", [...args], {
      cwd,
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: home,
        LC_ALL: "C.UTF-8",
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_TERMINAL_PROMPT: "0",
        GIT_AUTHOR_NAME: "Alice",
        GIT_AUTHOR_EMAIL: "alice@example.com",
        GIT_COMMITTER_NAME: "Alice",
        GIT_COMMITTER_EMAIL: "alice@example.com",
        ...(process.env["GIT_TRACE_PACKET"] ? { GIT_TRACE_PACKET: "1" } : {}),
      },
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString("utf8")));
    child.stdin.on("error", () => undefined);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}

export interface GitServer {
  readonly url: string;
  /** What the next pushes meet; everything is allowed unless set. */
  handlers: PushHandlers;
  limits: Partial<ReceiveLimits>;
  readonly pushes: ReceiveResult[];
  readonly lateErrors: unknown[];
  /** `/path HTTP-version headers` of each request so far. */
  readonly requests: string[];
  close(): Promise<void>;
}

export const allowEverything: PushHandlers = { authorize: async () => "ok" };

/** Serves one repository below `/repo.git/`. */
export async function serveRepository(
  repository: Repository,
  { cache, lends = false }: { readonly cache?: FetchCache; readonly lends?: boolean } = {},
): Promise<GitServer> {
  const http = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      served.lateErrors.push(error);
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    });
  });
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const url = new URL(incoming.url ?? "/", "http://localhost");
    served.requests.push(`${incoming.method} ${url.pathname}`);
    const action = gitHttpAction(
      incoming.method ?? "",
      url.pathname.replace(/^\/repo\.git\//, ""),
      url.searchParams,
    );
    if (!action) {
      outgoing.writeHead(404).end();
      return;
    }
    const leaving = new AbortController();
    outgoing.on("close", () => leaving.abort());
    const asked: GitHttpRequest = {
      repository,
      action,
      request: asRequest(url, incoming, leaving.signal),
      ...(cache ? { cache } : {}),
      push: {
        handlers: served.handlers,
        identity: { name: "Alice", email: "alice@example.com" },
        limits: served.limits,
      },
      ...(lends
        ? {
            open: (headers: Headers) => outgoing.writeHead(200, Object.fromEntries(headers)),
            lend: (headers: Headers) => lendConnection(outgoing, headers),
          }
        : {}),
      onPushed: (result) => served.pushes.push(result),
      onLateError: (error) => served.lateErrors.push(error),
    };
    const response = await gitHttp(asked);
    if (response === "sent") return;
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body)
      await pipeline(Readable.fromWeb(response.body as WebStream), outgoing).catch(() => undefined);
    else outgoing.end();
  };
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const served: GitServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/repo.git`,
    handlers: allowEverything,
    limits: {},
    pushes: [],
    lateErrors: [],
    requests: [],
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return served;
}

function asRequest(url: URL, incoming: IncomingMessage, signal: AbortSignal): Request {
  const hasBody = incoming.method === "POST";
  return new Request(url, {
    method: incoming.method ?? "GET",
    headers: new Headers(
      Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
    ),
    signal,
    ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" } : {}),
  } as RequestInit);
}

/** The processes that work in a repository, whoever started them (Linux); a dead one that nobody has buried does not count. */
export async function processesIn({ dir }: Repository): Promise<string[]> {
  const found: string[] = [];
  for (const pid of await readdir("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => "");
    if (cwd !== dir) continue;
    const command = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ");
    // The pool that reads objects stays on purpose.
    if (!command.includes("cat-file --batch-command")) found.push(`${pid} ${command}`);
  }
  return found;
}
