/** A transaction of references that stops between locking and moving, so that its caller can look once more. */
import { startLong } from "./long-process.ts";
import type { Repository } from "./object-ids.ts";
import { ProcessSlots } from "./process.ts";

/**
 * Called when every reference is locked where it was said to be. They move when it calls `commit`, which resolves once they
 * have; when it throws instead, nothing moves. What happens after `commit` undoes nothing.
 */
export type RefGuard = (commit: () => Promise<void>) => Promise<void>;

/** Apart from all others: a guard starts git processes of its own while it holds one of these. */
const slots = new ProcessSlots(8);

/**
 * Runs `update-ref --stdin` as far as `prepare`, then the guard. Answers what git said on both of its outputs; throws what the
 * guard threw. A process that ends before `commit` undoes everything by itself.
 */
export async function guardedUpdate(
  repository: Repository,
  args: readonly string[],
  prepared: string,
  options: {
    readonly env: Readonly<Record<string, string>>;
    readonly deadline: number;
    readonly guard: RefGuard;
  },
): Promise<readonly [said: string, complaint: string]> {
  const { env, deadline, guard } = options;
  const child = await startLong(repository.dir, args, { env, deadline, slots });
  let said = "";
  const ready = new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString("latin1");
      if (said.includes("prepare: ok")) resolve();
    });
    child.end.then(
      () => resolve(),
      () => resolve(),
    );
  });
  let committing = false;
  const commit = async () => {
    committing = true;
    child.stdin.end("commit\0");
    await child.end;
    if (!said.includes("commit: ok")) throw new Error("the references could not be moved");
  };
  child.stdin.write(prepared);
  await ready;
  try {
    if (said.includes("prepare: ok")) await guard(commit);
  } catch (error) {
    if (!committing) throw error;
  } finally {
    if (!committing) child.stdin.end();
    await child.end;
  }
  const { stderr, stopped } = await child.end;
  return [committing ? said : said.replace("prepare: ok", ""), stopped?.message ?? stderr];
}
