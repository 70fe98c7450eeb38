/** The forge as a process of its own, as `npm start` runs it: to be measured, killed and started again. */
import { spawn } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export interface ForgeProcess {
  readonly url: string;
  readonly pid: number;
  /** From the start of the process to the first 200 of `/healthz`. */
  readonly startedInMs: number;
  /** What it said so far, for failures. */
  said(): string;
  /** Asks it to stop, and waits until it has. Answers its exit code. */
  stop(): Promise<number | null>;
  /** Ends it without a warning (kill -9), as a power failure would. */
  kill(): Promise<void>;
}

const place = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const node = place("node_modules/.bin/node");

/** @throws Error with what the process said when it ends before it is ready, or is not ready in time */
export async function startForge(options: {
  readonly dataDir: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly deadlineMs?: number;
}): Promise<ForgeProcess> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(node, [place("server/main.ts")], {
    cwd: place("."),
    env: {
      ...plainEnvironment(),
      WIT_LOG_LEVEL: "warn",
      ...options.variables,
      WIT_DATA: options.dataDir,
      PORT: String(port),
      SSH_PORT: "0",
      WIT_URL: `http://127.0.0.1:${port}`,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-20_000)));
  let code: number | null | undefined;
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      said += error.message;
      resolve((code = 1));
    });
    child.once("exit", (status) => resolve((code = status)));
  });
  const url = `http://127.0.0.1:${port}`;
  const deadline = began + (options.deadlineMs ?? 60_000);
  while (!(await isHealthy(url))) {
    if (code !== undefined) throw new Error(`the forge ended with ${code} before it was ready: ${said}`);
    if (performance.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`the forge was not ready in time: ${said}`);
    }
    await pause(5);
  }
  return {
    url,
    pid: child.pid ?? 0,
    startedInMs: performance.now() - began,
    said: () => said,
    async stop() {
      child.kill("SIGTERM");
      return ended;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Whether `/healthz` answers 200 now. */
export async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** Runs `wit` on a data folder. Answers what it printed. @throws Error with what it said */
export function wit(dataDir: string, ...words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [place("cli/main.ts"), ...words], {
      env: { ...plainEnvironment(), WIT_DATA: dataDir },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0
        ? resolve(stdout.trim())
        : reject(new Error(`wit ${words.join(" ")} ended with ${code}: ${said}`)),
    );
  });
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Of our own environment, nothing that configures a forge or a git. */
function plainEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env))
    if (value !== undefined && !/^(?:WIT_|GIT_|PG|DATABASE_URL$|NODE_ENV$|VITEST)/.test(name))
      kept[name] = value;
  return kept;
}
