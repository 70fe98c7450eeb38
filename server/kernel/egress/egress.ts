/**
 * The one way out to places that people name. A name is resolved once, every address it has is judged, and the connection goes
 * to an address that was judged and to no other: a name that answers differently the second time is never asked a second time.
 */
import { lookup } from "node:dns/promises";
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isMetadata, isPublic, plainAddress } from "./addresses.ts";
import type { AllowList } from "./allow-list.ts";

/** Why no answer came. The message is a sentence for people; it names no address that was found. */
export class EgressError extends Error {
  override readonly name = "EgressError";
  readonly kind: "refused" | "not-found" | "unreachable" | "certificate" | "silent" | "stopped";

  constructor(kind: EgressError["kind"], message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** All addresses of a name. The resolver of the machine, given from outside so that tests can be a hostile one. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

export interface EgressRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly headers: OutgoingHttpHeaders;
  /** Sent as it comes; ends the request. */
  readonly body?: Readable;
  readonly signal: AbortSignal;
}

export interface Egress {
  /**
   * Asks one http or https address and answers its response, whatever its status: redirects are the caller's to follow, each
   * a request of its own. @throws EgressError
   */
  request(url: URL, request: EgressRequest): Promise<IncomingMessage>;
}

export interface EgressOptions {
  readonly resolve: Resolve;
  readonly allowed: () => Promise<AllowList>;
  /** The ports of this very server: nobody sends it to itself. */
  readonly ownPorts: readonly number[];
}

const connectMs = 15_000;
const resolveMs = 10_000;

export function createEgress(options: EgressOptions): Egress {
  return {
    async request(url, request) {
      const addresses = await judgedAddresses(options, url);
      let failure: unknown;
      for (const address of addresses) {
        try {
          return await ask(url, address, request);
        } catch (error) {
          failure = error;
          // Only what was never connected may be tried elsewhere: the body of the others has begun to flow.
          if (!(error instanceof EgressError && error.kind === "unreachable")) throw error;
        }
      }
      throw failure;
    },
  };
}

/** The addresses of a URL's host, all of which may be reached. @throws EgressError */
async function judgedAddresses(options: EgressOptions, url: URL): Promise<string[]> {
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new EgressError("refused", "Only http and https addresses can be reached");
  const host = url.hostname;
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  const literal = plainAddress(host);
  const found = literal === null ? await resolveInTime(options.resolve, host) : [literal];
  if (found.length === 0) throw new EgressError("not-found", `There is no host ${host}`);
  const allowed = await options.allowed();
  for (const one of found) {
    const address = plainAddress(one);
    // One address inside is enough: who controls the name chooses which of them is tried.
    if (address === null || !mayReach(allowed, host, address))
      throw new EgressError(
        "refused",
        `${host} leads to an address that this server does not connect to; an administrator can allow it`,
      );
    if (options.ownPorts.includes(port) && isThisMachine(address))
      throw new EgressError("refused", `${host} is this server itself`);
  }
  return [...found];
}

function mayReach(allowed: AllowList, host: string, address: string): boolean {
  if (isPublic(address) || allowed.allowsAddress(address)) return true;
  return allowed.allowsHost(host) && !isMetadata(address);
}

function isThisMachine(address: string): boolean {
  if (address.startsWith("127.") || address === "::1" || address === "0.0.0.0" || address === "::")
    return true;
  return Object.values(networkInterfaces()).some((list) =>
    list?.some((one) => plainAddress(one.address) === address),
  );
}

async function resolveInTime(resolve: Resolve, host: string): Promise<readonly string[]> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new EgressError("not-found", `${host} could not be looked up in time`)),
    resolveMs,
  );
  try {
    return await Promise.race([resolve(host), late]);
  } catch (error) {
    if (error instanceof EgressError) throw error;
    throw new EgressError("not-found", `There is no host ${host}`, error);
  } finally {
    clearTimeout(timer);
  }
}

function ask(url: URL, address: string, request: EgressRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let connected = false;
    const secure = url.protocol === "https:";
    const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
    const outgoing = (secure ? httpsRequest : httpRequest)({
      // The address that was judged. The name is only said, never resolved again.
      host: address,
      port: url.port || (secure ? 443 : 80),
      path: `${url.pathname}${url.search}`,
      method: request.method,
      headers: { ...request.headers, host: url.host },
      ...(isIP(host) === 0 ? { servername: host } : {}),
      agent: false,
      signal: request.signal,
    });
    const timer = setTimeout(
      () => outgoing.destroy(new EgressError("unreachable", `${url.hostname} does not answer`)),
      connectMs,
    );
    outgoing.once("socket", (socket) => {
      const ready = () => {
        connected = true;
        clearTimeout(timer);
        // Not before: what was sent to one address cannot be sent again to the next.
        if (request.body) pipeline(request.body, outgoing).catch(() => undefined);
        else outgoing.end();
      };
      socket.once(secure ? "secureConnect" : "connect", ready);
    });
    outgoing.once("response", resolve);
    outgoing.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(told(error, url, connected, request.signal));
    });
  });
}

function told(error: NodeJS.ErrnoException, url: URL, connected: boolean, signal: AbortSignal): EgressError {
  if (error instanceof EgressError) return error;
  if (signal.aborted) return new EgressError("stopped", "The connection was ended", error);
  if (isCertificate(error.code))
    return new EgressError(
      "certificate",
      `The certificate of ${url.hostname} is not one that this server trusts`,
      error,
    );
  if (connected)
    return new EgressError("silent", `${url.hostname} ended the connection without an answer`, error);
  return new EgressError("unreachable", `${url.hostname} cannot be reached`, error);
}

const isCertificate = (code: string | undefined): boolean =>
  code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ALTNAME/.test(code);
