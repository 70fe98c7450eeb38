/** What must be on the machine before anything can be installed, and how to run what is there. */
import { spawnSync } from "node:child_process";
import { dirname, delimiter, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The set-up cannot go on; the message says what to do and needs no stack. */
export class SetupError extends Error {}

const oldestNode = 20;
const oldestGit = [2, 38];

export function checkNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < oldestNode) {
    throw new SetupError(
      `wit needs Node ${oldestNode} or newer to set itself up, and this is ${process.version}.`,
    );
  }
}

export function checkGit() {
  const { stdout, error } = spawnSync("git", ["--version"], { encoding: "utf8" });
  const needed = oldestGit.join(".");
  if (error) throw new SetupError(`wit needs git ${needed} or newer, and there is no git on the PATH.`);
  const found = /(\d+)\.(\d+)/.exec(stdout);
  const [major, minor] = found ? [Number(found[1]), Number(found[2])] : [0, 0];
  if (major < oldestGit[0] || (major === oldestGit[0] && minor < oldestGit[1])) {
    throw new SetupError(
      `wit needs git ${needed} or newer, and this is ${stdout.trim() || "something else"}.`,
    );
  }
}

/** The environment without our own packages on the PATH: they are what is about to be replaced. */
function outerEnvironment() {
  const own = join(root, "node_modules") + sep;
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !`${folder}${sep}`.startsWith(own));
  return { ...process.env, PATH: path.join(delimiter) };
}

/** Runs npm quietly; its output is shown only when it fails. */
export function npm(args) {
  const { status, error, stdout, stderr } = spawnSync("npm", args, {
    cwd: root,
    env: outerEnvironment(),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (error) throw new SetupError(`npm could not be started: ${error.message}`);
  if (status !== 0) throw new SetupError(`${stdout}${stderr}\n"npm ${args.join(" ")}" failed, see above.`);
}

/** One line for a step that takes long: what it is at its begin, how long it took at its end. */
export function step(name, work) {
  process.stdout.write(`${name} … `);
  const begin = performance.now();
  try {
    work();
  } catch (error) {
    process.stdout.write("failed\n");
    throw error;
  }
  process.stdout.write(`${((performance.now() - begin) / 1000).toFixed(1)} s\n`);
}
