/** Development: the server, started again whenever a source changes, with the web built anew when that changed. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const settleMs = 100;

let server: ChildProcess | undefined;
let webChanged = false;
let timer: NodeJS.Timeout | undefined;
let stopping = false;

function buildWeb(): boolean {
  console.log("Building the web");
  return spawnSync("npm", ["run", "--silent", "build:web"], { cwd: root, stdio: "inherit" }).status === 0;
}

async function stopServer(): Promise<void> {
  const running = server;
  server = undefined;
  if (!running || running.exitCode !== null || running.signalCode !== null) return;
  const ended = new Promise((resolve) => running.once("exit", resolve));
  running.kill("SIGTERM");
  await ended;
}

function startServer(): void {
  server = spawn(process.execPath, [join(root, "server", "main.ts")], { cwd: root, stdio: "inherit" });
}

/** A change during a restart leads to the next one, so the last change always wins. */
async function restart(): Promise<void> {
  const build = webChanged;
  webChanged = false;
  if (build && !buildWeb()) return;
  await stopServer();
  if (!stopping) startServer();
}

let queue = Promise.resolve();

function changed(folder: string, file: string): void {
  if (folder === "web") {
    if (file.startsWith("dist")) return;
    webChanged = true;
  } else if (/\.test\.tsx?$/.test(file)) {
    return;
  }
  clearTimeout(timer);
  timer = setTimeout(() => {
    queue = queue.then(restart);
  }, settleMs);
}

for (const folder of ["server", "web", "api"]) {
  if (!existsSync(join(root, folder))) continue;
  watch(join(root, folder), { recursive: true }, (_event, file) => changed(folder, String(file)));
}
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    stopping = true;
    void queue.then(stopServer).then(() => process.exit(0));
  });
}
startServer();
