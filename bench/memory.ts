/** Memory that the forge really holds. */
import { freePort } from "../tools/testing/forge-process.ts";
import { answering, startBareServer } from "./programs.ts";
import { heldBy, ownProcesses, withDescendants } from "./processes.ts";
import type { Scene } from "./scene.ts";
import { line, type Outcome } from "./table.ts";

/** @param when for the name of the lines: "idle", "after load" */
export async function* measureMemory(scene: Scene, when: string): AsyncGenerator<Outcome> {
  if (process.platform !== "linux") {
    yield { name: `memory ${when}`, why: "only Linux tells what processes share" };
    return;
  }
  const { pid } = scene.forge;
  const server = await heldBy(await ownProcesses(pid));
  const all = await heldBy(await withDescendants(pid));
  const port = await freePort();
  const bare = await startBareServer(port);
  try {
    await answering(`http://127.0.0.1:${port}/1`);
    const against = [{ of: "bare node:http", value: await heldBy([bare.pid]) }];
    yield line(`memory ${when}, server`, "MB", server, against);
    yield line(`memory ${when}, with git and PostgreSQL`, "MB", all, against);
  } finally {
    await bare.end();
  }
}
