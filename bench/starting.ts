/** From nothing to the first answered request: on an empty data folder, and on one that was used before. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { freePort, startForge } from "../tools/testing/forge-process.ts";
import { answering, median, startBareServer } from "./programs.ts";
import { line, type Line } from "./table.ts";

/** @param dataDir an empty folder, which is a used one afterwards */
export async function* measureStarts(folder: string, dataDir: string, times: number): AsyncGenerator<Line> {
  const variables = { NODE_COMPILE_CACHE: join(folder, "compile-cache") };
  const bare = {
    of: "bare node:http",
    value: await median(times, async () => {
      const port = await freePort();
      const server = await startBareServer(port);
      try {
        await answering(`http://127.0.0.1:${port}/1`);
      } finally {
        await server.end();
      }
    }),
  };
  const cold = await startForge({ dataDir, variables });
  await cold.stop();
  yield line("cold start to /healthz", "ms", cold.startedInMs, [bare]);
  const warm: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const forge = await startForge({ dataDir, variables });
    warm.push(forge.startedInMs);
    await forge.stop();
  }
  warm.sort((a, b) => a - b);
  yield line("warm start to /healthz", "ms", warm[Math.floor(warm.length / 2)] ?? 0, [bare]);
  await rm(variables.NODE_COMPILE_CACHE, { recursive: true, force: true });
}
