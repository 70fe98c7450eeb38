/** Load made by Node, where wrk is missing: of two processors it takes one, so that fast servers look slower than they are. */
import { Agent } from "node:http";
import { ask, connections, type Load, type Target } from "./asking.ts";

const warmUpShare = 0.25;

/** @throws Error when an answer is not 200 */
export async function loadWithNode(target: Target, seconds: number): Promise<Load> {
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
