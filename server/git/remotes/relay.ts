/**
 * Between a git of ours and a server elsewhere. git speaks to a port of this machine, and only what belongs to one repository and
 * one service is asked of the other side (gitprotocol-http(5)): its greeting and its exchange. So git itself connects nowhere,
 * follows no redirect, sees no password, and takes no answer that is not git's.
 *
 * The connections are the caller's (`open`), who decides where one may go. A proxy that git tunnels through could not see
 * what is asked inside TLS; this is why git is not told of one.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Transform, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { forgivenFlaws } from "../forgiven-flaws.ts";
import { greet } from "./greeting.ts";
import { RemoteFailure } from "./remote-failure.ts";
import { authorization, type Credentials } from "./remote-url.ts";

export interface OpenRequest {
  readonly method: "GET" | "POST";
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Readable;
  readonly signal: AbortSignal;
}

/** Asks an address and answers its response. What it throws has a message for people. */
export type Open = (url: URL, request: OpenRequest) => Promise<IncomingMessage>;

export interface Remote {
  /** Without a name or password in it. */
  readonly url: string;
  readonly credentials: Credentials | null;
  readonly open: Open;
  /** Bytes that may come in, all that is asked of this remote together. */
  readonly maxBytes: number;
  /** Those that came in so far. */
  readonly came: { bytes: number };
  /** Milliseconds without a byte in any direction after which it is given up; two minutes unless told. */
  readonly silenceMs?: number;
  readonly signal: AbortSignal;
}

export type RemoteService = "git-upload-pack" | "git-receive-pack";

export interface Relay {
  /** The address that git is given. */
  readonly url: string;
  /** Configuration without which git is not let in, and which keeps it from going anywhere else. */
  readonly configuration: readonly (readonly [string, string])[];
  /** Why it failed, when the other side or our rules are the reason. */
  readonly failure: RemoteFailure | null;
  /** Bytes that came in so far. */
  readonly received: number;
  close(): Promise<void>;
}

const secretHeader = "x-wit-relay";
/** What a git client says that the other side must hear. No compression: what comes in is counted as what it is. */
const passedOn = ["content-type", "git-protocol", "accept"] as const;

export async function openRelay(remote: Remote, service: RemoteService): Promise<Relay> {
  const secret = randomBytes(32).toString("hex");
  const course = new Course(remote, service);
  const server = createServer((incoming, outgoing) => {
    const given = Buffer.from(String(incoming.headers[secretHeader] ?? ""));
    const known = given.length === secret.length && timingSafeEqual(given, Buffer.from(secret));
    if (!known) return void outgoing.writeHead(403).end();
    course.serve(incoming, outgoing).catch((error: unknown) => {
      course.fail(
        error instanceof RemoteFailure
          ? error
          : new RemoteFailure("ours", "The server failed", String(error)),
      );
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.destroy();
    });
  });
  // A large push takes longer than any request of a browser.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const cut = () => server.closeAllConnections();
  course.stopped.addEventListener("abort", cut, { once: true });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/repository`,
    configuration: [
      ["http.extraHeader", `${secretHeader}: ${secret}`],
      ["http.followRedirects", "false"],
      ["http.proxy", ""],
      ["http.emptyAuth", "false"],
      ["credential.helper", ""],
      ["protocol.http.allow", "always"],
      ["protocol.version", "2"],
      ["core.bigFileThreshold", "64m"],
      ["transfer.unpackLimit", "1"],
      ["fetch.fsckObjects", "true"],
      ...forgivenFlaws.map((flaw): [string, string] => [`fetch.fsck.${flaw}`, "ignore"]),
    ],
    get failure() {
      return course.failure;
    },
    get received() {
      return course.received;
    },
    async close() {
      course.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The requests of one git process. */
class Course {
  readonly #remote: Remote;
  readonly #service: RemoteService;
  readonly #stop = new AbortController();
  readonly #watch: NodeJS.Timeout;
  /** Where the repository really is, redirects followed. */
  #base: URL;
  #lastByte = performance.now();
  #open = 0;
  received = 0;
  failure: RemoteFailure | null = null;

  constructor(remote: Remote, service: RemoteService) {
    this.#remote = remote;
    this.#service = service;
    this.#base = new URL(remote.url);
    const silence = remote.silenceMs ?? 120_000;
    this.#watch = setInterval(
      () => {
        if (this.#open === 0 || performance.now() - this.#lastByte < silence) return;
        this.fail(
          new RemoteFailure(
            "silent",
            `The other server said nothing for ${Math.round(silence / 1000)} seconds`,
          ),
        );
      },
      Math.min(1000, silence / 4),
    ).unref();
    if (remote.signal.aborted) this.#cancel();
    else remote.signal.addEventListener("abort", this.#cancel, { once: true });
  }

  readonly #cancel = () => this.fail(new RemoteFailure("cancelled", "It was cancelled"));

  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /** The first reason counts. */
  fail(reason: RemoteFailure): void {
    this.failure ??= reason;
    this.#stop.abort();
  }

  end(): void {
    clearInterval(this.#watch);
    this.#remote.signal.removeEventListener("abort", this.#cancel);
    this.#stop.abort();
  }

  async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const greeting = `/repository/info/refs?service=${this.#service}`;
    this.#lastByte = performance.now();
    this.#open += 1;
    try {
      const headers = this.#headers(incoming);
      if (incoming.method === "GET" && incoming.url === greeting) {
        const { response, base } = await greet({
          base: new URL(this.#remote.url),
          service: this.#service,
          headers,
          credentials: this.#remote.credentials,
          open: this.#remote.open,
          signal: this.stopped,
        });
        this.#base = base;
        await this.#pass(response, outgoing);
      } else if (incoming.method === "POST" && incoming.url === `/repository/${this.#service}`) {
        const response = await this.#exchange(incoming, headers);
        await this.#pass(response, outgoing);
      } else outgoing.writeHead(404).end();
    } finally {
      this.#open -= 1;
    }
  }

  #headers(incoming: IncomingMessage): OutgoingHttpHeaders {
    const headers: OutgoingHttpHeaders = { "user-agent": "git/wit", "accept-encoding": "identity" };
    for (const name of passedOn) {
      const value = incoming.headers[name];
      if (typeof value === "string") headers[name] = value;
    }
    return headers;
  }

  async #exchange(incoming: IncomingMessage, headers: OutgoingHttpHeaders): Promise<IncomingMessage> {
    const url = new URL(this.#base);
    url.pathname = `${url.pathname}/${this.#service}`;
    const { credentials } = this.#remote;
    const length = incoming.headers["content-length"];
    const encoding = incoming.headers["content-encoding"];
    const heard = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.#lastByte = performance.now();
        done(null, chunk);
      },
    });
    incoming.on("error", (error) => heard.destroy(error)).pipe(heard);
    const response = await this.#remote.open(url, {
      method: "POST",
      headers: {
        ...headers,
        ...(length === undefined ? {} : { "content-length": length }),
        ...(encoding === undefined ? {} : { "content-encoding": encoding }),
        // Another server than the one they are for never hears them.
        ...(credentials && url.origin === new URL(this.#remote.url).origin
          ? { authorization: authorization(credentials) }
          : {}),
      },
      body: heard,
      signal: this.stopped,
    });
    const type = response.headers["content-type"] ?? "";
    if (response.statusCode !== 200 || !type.startsWith(`application/x-${this.#service}-result`)) {
      response.destroy();
      throw new RemoteFailure(
        response.statusCode === 401 || response.statusCode === 403 ? "credentials" : "broken",
        response.statusCode === 401 || response.statusCode === 403
          ? "The other server does not allow this with the user name and password it was given"
          : `The other server answered ${response.statusCode ?? "nothing"} in the middle of the exchange`,
      );
    }
    return response;
  }

  async #pass(response: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const encoding = response.headers["content-encoding"];
    if (encoding !== undefined && encoding !== "identity") {
      response.destroy();
      throw new RemoteFailure("broken", "The other server compressed its answer without being asked to");
    }
    outgoing.writeHead(200, {
      "content-type": response.headers["content-type"] ?? "",
      "cache-control": "no-cache",
    });
    const count = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.#lastByte = performance.now();
        this.received += chunk.length;
        this.#remote.came.bytes += chunk.length;
        if (this.#remote.came.bytes <= this.#remote.maxBytes) return done(null, chunk);
        const limit = sizeOf(this.#remote.maxBytes);
        done(new RemoteFailure("too-large", `The repository there is larger than ${limit}, the limit here`));
      },
    });
    try {
      await pipeline(response, count, outgoing);
    } catch (error) {
      if (error instanceof RemoteFailure) throw error;
      // Ended by us, or git went away: whoever did that knows why.
      if (this.failure || this.stopped.aborted || outgoing.destroyed) return;
      throw new RemoteFailure("broken", "The other server broke the connection off", String(error));
    }
  }
}

function sizeOf(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`;
}
