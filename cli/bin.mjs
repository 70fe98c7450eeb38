#!/usr/bin/env node
/**
 * Starts the command line on the Node that the packages bring. Plain JavaScript, because it runs on whatever Node (20 or newer)
 * the machine has. What the set-up says goes to the error stream: the output is the command's alone.
 */
import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const place = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const words = process.argv.slice(2);
const serves = words[0] === "serve" && !words.includes("--help") && !words.includes("-h");

const setup = spawnSync(
  process.execPath,
  [place("tools/setup/bootstrap.mjs"), ...(serves ? [] : ["--without-web"])],
  { stdio: ["ignore", 2, 2] },
);
if (setup.status !== 0) process.exit(1);

const child = spawn(place("node_modules/.bin/node"), [place("cli/main.ts"), ...words], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  // A terminal sends these to the whole group: the command ends as it sees fit, and we with it.
  process.on(signal, () => child.kill(signal));
}
child.on("error", (error) => {
  console.error(`wit cannot start: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
