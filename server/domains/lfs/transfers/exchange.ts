/** One request to a server that keeps large files, and its answer, wherever the server leads on to. */
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { pipeline, Transform, type Readable } from "node:stream";
import type { Remote } from "../../../git/remotes/remote.ts";
import { RemoteFailure } from "../../../git/remotes/remote-failure.ts";
import { authorization } from "../../../git/remotes/remote-url.ts";

const mostRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);
const silenceMs = 120_000;

export interface Ask {
  readonly method: "GET" | "POST" | "PUT";
  readonly headers: OutgoingHttpHeaders;
  /** Sent anew to where a redirect leads. */
  readonly body?: () => Readable;
  /** Send our name and password, to the server they are for. */
  readonly known: boolean;
}

export class Exchange {
  readonly #remote: Remote;
  readonly #home: string;

  constructor(remote: Remote) {
    this.#remote = remote;
    this.#home = new URL(remote.url).origin;
  }

  /**
   * One request, led on where the other side says so: each hop is a connection that is judged anew.
   *
   * @throws RemoteFailure when no answer came
   */
  async ask(first: URL, { method, headers, body, known }: Ask): Promise<IncomingMessage> {
    const { credentials } = this.#remote;
    const watch = this.#watch();
    let url = first;
    let said = headers;
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      const tell = known && credentials !== null && url.origin === this.#home;
      let response: IncomingMessage;
      try {
        response = await this.#remote.open(url, {
          method,
          headers: {
            "user-agent": "git-lfs/wit",
            "accept-encoding": "identity",
            ...said,
            ...(tell && credentials ? { authorization: authorization(credentials) } : {}),
          },
          ...(body ? { body: overheard(body(), watch.heard) } : {}),
          signal: watch.signal,
        });
      } catch (error) {
        watch.end();
        throw this.#reason(error, watch);
      }
      watch.heard();
      if (!redirects.has(response.statusCode ?? 0)) {
        response.once("close", watch.end).on("data", watch.heard).pause();
        return response;
      }
      const { location } = response.headers;
      response.destroy();
      const next = location !== undefined && URL.canParse(location, url) ? new URL(location, url) : null;
      if (
        !next ||
        !/^https?:$/.test(next.protocol) ||
        (url.protocol === "https:" && next.protocol === "http:")
      ) {
        watch.end();
        throw new RemoteFailure("refused", "A large file leads to an address that is not followed");
      }
      // What one server is told about who asks is not for another.
      if (next.origin !== url.origin)
        said = Object.fromEntries(
          Object.entries(said).filter(([name]) => /^(?:accept|content-type|content-length)$/i.test(name)),
        );
      url = next;
    }
    watch.end();
    throw new RemoteFailure("refused", `A large file leads on more than ${mostRedirects} times`);
  }

  /** Ends an exchange in which nothing moves. */
  #watch() {
    const controller = new AbortController();
    const limit = this.#remote.silenceMs ?? silenceMs;
    const timer = setTimeout(() => controller.abort(), limit).unref();
    return {
      signal: AbortSignal.any([this.#remote.signal, controller.signal]),
      isSilent: () => controller.signal.aborted,
      heard: () => void timer.refresh(),
      end: () => clearTimeout(timer),
    };
  }

  #reason(error: unknown, watch?: { isSilent(): boolean }): unknown {
    if (this.#remote.signal.aborted) return new RemoteFailure("cancelled", "It was cancelled");
    if (watch?.isSilent()) return new RemoteFailure("silent", "The other server said nothing for too long");
    return error;
  }

  /** @throws RemoteFailure when it breaks off */
  async *bytes(response: IncomingMessage): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of response) yield chunk as Uint8Array;
    } catch (error) {
      if (this.#remote.signal.aborted) throw new RemoteFailure("cancelled", "It was cancelled");
      throw new RemoteFailure("broken", "The other server broke off in a large file", String(error));
    } finally {
      response.destroy();
    }
  }
}

/** The same bytes, each part of which is told while it passes. */
function overheard(content: Readable, heard: () => void): Readable {
  const through = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      heard();
      done(null, chunk);
    },
  });
  // What fails on one side ends the other, which tells it.
  pipeline(content, through, () => undefined);
  return through;
}
