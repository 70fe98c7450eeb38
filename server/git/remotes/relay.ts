/**
 * Between a git of ours and a server elsewhere. git speaks to a port of this machine, and only what belongs to one repository and
 * one service is asked of the other side (gitprotocol-http(5)): its greeting and its exchange. So git itself connects nowhere,
 * follows no redirect, sees no password, and takes no answer that is not git's.
 *
 * The connections are the caller's (`open`), who decides where one may go. A proxy that git tunnels through could not see
 * what is asked inside TLS; this is why git is not told of one.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { forgivenFlaws } from "../forgiven-flaws.ts";
import { Course } from "./course.ts";
import type { Remote, RemoteService } from "./remote.ts";
import { RemoteFailure } from "./remote-failure.ts";

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
