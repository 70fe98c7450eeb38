/** Memory that the forge really holds: pages that processes share are counted once (Pss of Linux). */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { freePort } from "../tools/testing/forge-process.ts";
import { answering, startBareServer } from "./programs.ts";
import type { Scene } from "./scene.ts";
import type { Outcome } from "./table.ts";

const execute = promisify(execFile);

/** @param when for the name of the lines: "idle", "after load" */
export async function* measureMemory(scene: Scene, when: string): AsyncGenerator<Outcome> {
  if (process.platform !== "linux") {
    yield { name: `memory ${when}`, why: "only Linux tells what processes share" };
    return;
  }
  const server = await heldBy([scene.forge.pid]);
  const all = await heldBy(await withDescendants(scene.forge.pid));
  const port = await freePort();
  const bare = await startBareServer(port);
  try {
    await answering(`http://127.0.0.1:${port}/1`);
    const against = [{ of: "bare node:http", value: await heldBy([bare.pid]) }];
    yield { name: `memory ${when}, server`, unit: "MB", wit: { of: "wit", value: server }, against };
    yield { name: `memory ${when}, with PostgreSQL`, unit: "MB", wit: { of: "wit", value: all }, against };
  } finally {
    await bare.end();
  }
}

async function withDescendants(root: number): Promise<number[]> {
  const { stdout } = await execute("ps", ["-eo", "pid=,ppid="]);
  const children = new Map<number, number[]>();
  for (const row of stdout.trim().split("\n")) {
    const [pid = 0, parent = 0] = row.trim().split(/\s+/).map(Number);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** Megabytes. A process that ended meanwhile holds nothing. */
async function heldBy(pids: readonly number[]): Promise<number> {
  let kilobytes = 0;
  for (const pid of pids) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  }
  return kilobytes / 1024;
}
