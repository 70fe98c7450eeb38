/** Load made by wrk. What it sends and what it tells goes through a script of its own (Lua, wrk's SCRIPTING). */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { connections, type Load, type Target } from "./asking.ts";

const execute = promisify(execFile);

/** wrk counts in whole seconds. */
const warmUpSeconds = 1;

/** @throws Error when an answer is a refusal, comes too late or not at all */
export async function loadWithWrk(
  wrk: string,
  target: Target,
  { seconds, folder }: { readonly seconds: number; readonly folder: string },
): Promise<Load> {
  const script = join(folder, "load.lua");
  await writeFile(script, scriptOf(target));
  const run = async (wholeSeconds: number) => {
    const words = ["-t1", `-c${connections}`, `-d${wholeSeconds}s`, "--timeout", "10s", "-s", script];
    const { stdout } = await execute(wrk, [...words, target.url]);
    return resultOf(stdout);
  };
  await run(warmUpSeconds);
  return run(Math.max(1, Math.round(seconds)));
}

function scriptOf({ headers, body }: Target): string {
  const lines = Object.entries(headers ?? {}).map(
    ([name, value]) => `wrk.headers[${quoted(Buffer.from(name))}] = ${quoted(Buffer.from(value))}`,
  );
  if (body) lines.push(`wrk.method = "POST"`, `wrk.body = ${quoted(body)}`);
  return `${lines.join("\n")}
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("TOLD %d %d %d %.0f %.0f\\n", summary.requests, summary.duration, e.status,
    latency:percentile(50), latency:percentile(99)))
  io.write(string.format("BROKEN %d\\n", e.connect + e.read + e.write + e.timeout))
end
`;
}

/** A string of Lua, byte by byte. */
const quoted = (bytes: Buffer) =>
  `"${[...bytes].map((byte) => `\\${String(byte).padStart(3, "0")}`).join("")}"`;

function resultOf(output: string): Load {
  const told = /^TOLD (\d+) (\d+) (\d+) (\d+) (\d+)$/m.exec(output);
  const broken = Number(/^BROKEN (\d+)$/m.exec(output)?.[1] ?? Number.NaN);
  if (!told || Number.isNaN(broken)) throw new Error(`wrk told nothing: ${output.slice(0, 500)}`);
  const [answers = 0, microseconds = 0, refusals = 0, p50 = 0, p99 = 0] = told.slice(1).map(Number);
  if (refusals > 0) throw new Error(`refused ${refusals} of ${answers} requests under load`);
  if (broken > 0) throw new Error(`left ${broken} requests without an answer under load`);
  if (answers === 0) throw new Error("gave no answer under load");
  return { perSecond: (answers * 1e6) / microseconds, p50: p50 / 1000, p99: p99 / 1000 };
}
