/** The first request of a git client, `info/refs`, which alone may be led elsewhere (gitprotocol-http(5), http.followRedirects). */
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { Open, RemoteService } from "./remote.ts";
import { RemoteFailure } from "./remote-failure.ts";
import { authorization, type Credentials } from "./remote-url.ts";

export interface Greeting {
  readonly base: URL;
  readonly service: RemoteService;
  readonly headers: OutgoingHttpHeaders;
  readonly credentials: Credentials | null;
  readonly open: Open;
  readonly signal: AbortSignal;
}

const mostRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Asks for the greeting, hop by hop: each is a connection that `open` judges anew, none goes from https back to http, and
 * the name and password stay with the server they are for.
 *
 * @returns the answer, and where the repository is
 * @throws RemoteFailure
 */
export async function greet(greeting: Greeting): Promise<{ response: IncomingMessage; base: URL }> {
  const home = greeting.base.origin;
  let base = greeting.base;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const url = new URL(base);
    url.pathname = `${base.pathname}/info/refs`;
    url.search = `?service=${greeting.service}`;
    const known = greeting.credentials !== null && url.origin === home;
    const response = await greeting.open(url, {
      method: "GET",
      headers: {
        ...greeting.headers,
        ...(known && greeting.credentials ? { authorization: authorization(greeting.credentials) } : {}),
      },
      signal: greeting.signal,
    });
    const status = response.statusCode ?? 0;
    if (!redirects.has(status)) return { response: accepted(response, greeting, known), base };
    const location = response.headers.location;
    response.destroy();
    base = next(url, location, greeting.service);
  }
  throw new RemoteFailure("refused", `The address leads on more than ${mostRedirects} times`);
}

/** Where a redirect leads. git follows only where the end of the address stays what it was. */
function next(from: URL, location: string | undefined, service: RemoteService): URL {
  const nowhere = new RemoteFailure("refused", "The address leads to one that is not a repository's");
  if (location === undefined || !URL.canParse(location, from)) throw nowhere;
  const to = new URL(location, from);
  if (to.protocol !== "http:" && to.protocol !== "https:") throw nowhere;
  if (from.protocol === "https:" && to.protocol === "http:")
    throw new RemoteFailure("refused", "The address leads from https to http, which is not followed");
  const tail = "/info/refs";
  if (!to.pathname.endsWith(tail) || to.searchParams.get("service") !== service) throw nowhere;
  const base = new URL(to.origin);
  base.pathname = to.pathname.slice(0, -tail.length);
  return base;
}

function accepted(response: IncomingMessage, { service }: Greeting, known: boolean): IncomingMessage {
  const status = response.statusCode ?? 0;
  const type = response.headers["content-type"] ?? "";
  if (status === 200 && type.startsWith(`application/x-${service}-advertisement`)) return response;
  response.destroy();
  if (status === 401 || status === 403)
    throw new RemoteFailure(
      "credentials",
      known
        ? "The other server does not accept this user name and password for the repository"
        : "The other server wants a user name and a password for this repository",
    );
  if (status === 404 || status === 410)
    throw new RemoteFailure(
      "not-found",
      known
        ? "There is no repository at this address, or this user may not see it"
        : "There is no repository at this address, or it needs a user name and password",
    );
  if (status === 200) throw new RemoteFailure("not-found", "There is no git repository at this address");
  throw new RemoteFailure("broken", `The other server answered ${status}`);
}
