/** What one git process asks of the other side, and what may come back. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { greet } from "./greeting.ts";
import type { Remote, RemoteService } from "./remote.ts";
import { RemoteFailure } from "./remote-failure.ts";
import { authorization } from "./remote-url.ts";

/** What a git client says that the other side must hear. No compression: what comes in is counted as what it is. */
const passedOn = ["content-type", "git-protocol", "accept"] as const;

/** The requests of one git process. */
export class Course {
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
