/** Which references something depended on, so that it can be kept for as long as they stay. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { RefSnapshot } from "./ref-cache.ts";

/** The references that were read, by the folder of their repository. */
export type RefsRead = ReadonlyMap<string, RefSnapshot>;

interface Follower {
  readonly read: Map<string, RefSnapshot>;
  changed: boolean;
}

const followers = new AsyncLocalStorage<Follower>();

/**
 * Runs something and tells which references it depended on; `refs` is null when they moved meanwhile, so that it may have seen
 * some as they were and some as they are.
 */
export async function followRefs<Value>(
  run: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly refs: RefsRead | null }> {
  const follower: Follower = { read: new Map(), changed: false };
  const value = await followers.run(follower, run);
  return { value, refs: follower.changed ? null : follower.read };
}

/** Called for every reading. */
export function noteRead(dir: string, snapshot: RefSnapshot): void {
  const follower = followers.getStore();
  if (!follower) return;
  follower.changed ||= (follower.read.get(dir) ?? snapshot) !== snapshot;
  follower.read.set(dir, snapshot);
}
