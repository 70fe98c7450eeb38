/** Keep-alive load: so many connections, each asking again as soon as it was answered. */
import { request, type Agent, type IncomingHttpHeaders } from "node:http";
import { findProgram } from "./debian.ts";
import { loadWithNode } from "./load-node.ts";
import { loadWithWrk } from "./load-wrk.ts";

export interface Load {
  readonly perSecond: number;
  /** Milliseconds from asking to the last byte. */
  readonly p50: number;
  readonly p99: number;
}

export interface Target {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
}

export const connections = 16;

/** Asks once, and reads the answer to its end. */
export function ask(target: Target, agent?: Agent): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      target.url,
      {
        method: target.body ? "POST" : "GET",
        headers: { ...target.headers, ...(target.body ? { "content-length": target.body.length } : {}) },
        ...(agent ? { agent } : {}),
      },
      (incoming) => {
        let bytes = 0;
        incoming.on("data", (chunk: Buffer) => (bytes += chunk.length));
        incoming.on("end", () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, bytes }),
        );
        incoming.on("error", reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(target.body);
  });
}

/** What makes the load: wrk, which costs a small part of what any of the servers costs, or else Node, which costs more. */
export const loader = () => (findProgram("wrk") ? "wrk" : "node:http");

/**
 * Loads a target for about `seconds`, after a warm-up that does not count.
 *
 * @param run how long, and the folder for what a loader writes
 * @throws Error when an answer is a refusal or none: a fast refusal would look like a fast page
 */
export function load(
  target: Target,
  run: { readonly seconds: number; readonly folder: string },
): Promise<Load> {
  const wrk = findProgram("wrk");
  return wrk ? loadWithWrk(wrk, target, run) : loadWithNode(target, run.seconds);
}
