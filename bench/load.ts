/** Keep-alive load: so many connections, each asking again as soon as it was answered. */
import type { Load, Target } from "./asking.ts";
import { findProgram } from "./debian.ts";
import { loadWithNode } from "./load-node.ts";
import { loadWithWrk } from "./load-wrk.ts";

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
