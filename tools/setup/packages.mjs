/** The packages of the lockfile: are they installed, and install them. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { npm, root, SetupError, step } from "./machine.mjs";

const stampFile = join(root, "node_modules", ".cache", "wit", "installed");
const node = join(root, "node_modules", ".bin", "node");

/** What decides which packages belong in node_modules. */
function wanted() {
  const { dependencies, devDependencies, allowScripts } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  return createHash("sha256")
    .update(JSON.stringify([dependencies, devDependencies, allowScripts, process.platform, process.arch]))
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** Whether someone ran npm by hand and it installed exactly the lockfile: npm leaves its own account behind. */
function npmInstalledTheLockfile() {
  const hidden = readIfThere(join(root, "node_modules", ".package-lock.json"));
  if (hidden === undefined || !existsSync(node)) return false;
  const installed = JSON.parse(hidden).packages;
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return Object.entries(packages).every(([path, entry]) => {
    if (path === "" || entry.link) return true;
    const found = installed[path];
    return found === undefined ? entry.optional === true : found.version === entry.version;
  });
}

function writeStamp() {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, wanted());
}

export function packagesAreCurrent() {
  if (readIfThere(stampFile) === wanted()) return true;
  if (!npmInstalledTheLockfile()) return false;
  writeStamp();
  return true;
}

export function installPackages() {
  step("Installing packages", () =>
    npm(["ci", "--include=dev", "--include=optional", "--ignore-scripts=false", "--no-audit", "--no-fund"]),
  );
  if (!existsSync(node)) {
    throw new SetupError(
      "npm ran no install scripts: node_modules/.bin/node is missing. Allow them and start again.",
    );
  }
  writeStamp();
}
