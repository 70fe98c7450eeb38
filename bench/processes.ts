/** What the kernel knows of the forge's processes, read from proc(5), from outside the product. Linux only. */
import { readdir, readFile, readlink } from "node:fs/promises";

/** Fields of `/proc/PID/stat` by their numbers in proc(5); undefined once the process has ended. */
async function statOf(pid: number): Promise<((field: number) => number) | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (stat === undefined) return undefined;
  // The second field is a name and may hold anything; the third follows its last bracket.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (field) => Number(fields[field - 3]);
}

/** A process and everything below it. */
export async function withDescendants(root: number): Promise<number[]> {
  const children = new Map<number, number[]>();
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  await Promise.all(
    pids.map(async (pid) => {
      const parent = (await statOf(pid))?.(4);
      if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
    }),
  );
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** The forge itself and its helpers: what runs the same program as it, without git and without PostgreSQL. */
export async function ownProcesses(root: number): Promise<number[]> {
  const programOf = (pid: number) => readlink(`/proc/${pid}/exe`).catch(() => undefined);
  const program = await programOf(root);
  const own: number[] = [];
  for (const pid of await withDescendants(root)) if ((await programOf(pid)) === program) own.push(pid);
  return own;
}

/** Megabytes that processes really hold: pages that they share are counted once (Pss). One that ended holds nothing. */
export async function heldBy(pids: readonly number[]): Promise<number> {
  let kilobytes = 0;
  for (const pid of pids) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  }
  return kilobytes / 1024;
}

/** Milliseconds of user and system time of a process, of all below it, and of those of them that have ended and were waited for. */
export async function processorMs(root: number): Promise<number> {
  let ticks = 0;
  for (const pid of await withDescendants(root)) {
    const stat = await statOf(pid);
    if (stat) for (const field of [14, 15, 16, 17]) ticks += stat(field);
  }
  // The kernel tells processes of a hundred ticks a second, whatever it counts in itself.
  return ticks * 10;
}

/** Two of these are alike exactly when the forge started no process in between that ended or still runs. */
export async function startsOf(root: number): Promise<string> {
  const own = await ownProcesses(root);
  // Page faults of children that were waited for: no process lives and dies without some hundred of them.
  let faults = 0;
  for (const pid of own) {
    const stat = await statOf(pid);
    if (stat) faults += stat(11) + stat(13);
  }
  const living: number[] = [];
  for (const pid of await withDescendants(root)) {
    const parent = (await statOf(pid))?.(4);
    if (parent !== undefined && own.includes(parent)) living.push(pid);
  }
  return `${faults} ${living.toSorted((a, b) => a - b).join(",")}`;
}

/**
 * Waits until a process and all below it have almost nothing left to do for two seconds, for at most a minute: work in the
 * background is not what is measured, and a job may wait two seconds before it is begun. Answers how many ms it waited.
 */
export async function quiet(pid: number): Promise<number> {
  if (process.platform !== "linux") return 0;
  const began = performance.now();
  const end = began + 60_000;
  let before = await processorMs(pid);
  let calm = 0;
  while (calm < 4 && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const now = await processorMs(pid);
    // Less than a tenth of one processor.
    calm = now - before < 50 ? calm + 1 : 0;
    before = now;
  }
  return performance.now() - began;
}
