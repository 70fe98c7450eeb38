/** Where a request really came from. */
import type { HttpBindings } from "@hono/node-server";

/** What the server hands to the application beside the request. */
export interface Bindings extends Partial<HttpBindings> {
  readonly requestId?: string;
  /** Shared by the requests that one of our pages makes in process: counted together as one, address already known. */
  readonly internal?: { readonly address: string | null; counted: boolean };
}

/**
 * The client's address: the peer's, or what a trusted proxy says of it. `X-Forwarded-For` is read from the right, so that
 * what a client wrote itself is never believed.
 */
export function clientAddress(
  headers: Headers,
  bindings: Bindings | undefined,
  trusted: readonly string[],
): string | null {
  if (bindings?.internal) return bindings.internal.address;
  let address = bindings?.incoming?.socket.remoteAddress ?? null;
  const chain = (headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
  while (address !== null && trusted.includes(plain(address)) && chain.length > 0)
    address = chain.pop() ?? null;
  return address === null ? null : plain(address);
}

/**
 * Whether a program on this machine asks by itself and for nobody else. Not every proxy says that it is one (nginx does not unless
 * told), so where people reach the forge on another port than it listens on, nothing counts as asked from here.
 */
export function comesFromHere(
  headers: Headers,
  bindings: Bindings | undefined,
  config: { readonly url: string; readonly port: number },
): boolean {
  const { protocol, port } = new URL(config.url);
  if (protocol !== "http:" || Number(port || 80) !== config.port) return false;
  const peer = plain(bindings?.incoming?.socket.remoteAddress ?? "");
  const forwarded = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];
  return (peer === "::1" || peer.startsWith("127.")) && !forwarded.some((name) => headers.has(name));
}

const plain = (address: string) => (address.startsWith("::ffff:") ? address.slice(7) : address);

/**
 * Whether a request that carries a session cookie was sent by our own pages: the browser says so in `Sec-Fetch-Site` or
 * `Origin`, which scripts of other sites cannot set.
 */
export function originIsOurs(headers: Headers, url: string): boolean {
  const origin = headers.get("origin");
  if (origin !== null) {
    const host = headers.get("host");
    return (
      origin === new URL(url).origin ||
      (host !== null && URL.canParse(origin) && new URL(origin).host === host)
    );
  }
  return headers.get("sec-fetch-site") === "same-origin";
}
