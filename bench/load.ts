/** Keep-alive load: so many connections, each asking again as soon as it was answered. */
import { Agent, request, type IncomingHttpHeaders } from "node:http";

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
const warmUpShare = 0.25;

/** Asks once. */
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

/**
 * Loads a target for `seconds`, after a warm-up of a quarter of that which does not count.
 *
 * @throws Error when an answer is not 200: a fast refusal would look like a fast page
 */
export async function load(target: Target, seconds: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const begin = performance.now() + seconds * 1000 * warmUpShare;
  const end = begin + seconds * 1000;
  const took: number[] = [];
  const one = async () => {
    for (;;) {
      const asked = performance.now();
      if (asked >= end) return;
      const { status } = await ask(target, agent);
      if (status !== 200) throw new Error(`answered ${status} under load`);
      const answered = performance.now();
      if (asked >= begin && answered <= end) took.push(answered - asked);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, one));
  } finally {
    agent.destroy();
  }
  if (took.length === 0) throw new Error(`gave no answer within ${seconds} s`);
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return { perSecond: took.length / seconds, p50: at(0.5), p99: at(0.99) };
}
