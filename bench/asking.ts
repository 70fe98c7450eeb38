/** What is asked of a server, and asking it once. */
import { request, type Agent, type IncomingHttpHeaders } from "node:http";

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
