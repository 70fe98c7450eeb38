/** The built web: is it as new as its sources, and build it. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm, root, step } from "./machine.mjs";

const stampFile = join(root, "web", "dist", ".built");
const sources = ["web", "api", "package-lock.json"];
const products = new Set(["dist", "node_modules"]);

function addTo(hash, path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isDirectory()) {
    hash.update(`${path}\0${found.mtimeMs}\0${found.size}\n`);
    return;
  }
  for (const name of readdirSync(join(root, path)).toSorted()) {
    if (!products.has(name)) addTo(hash, `${path}/${name}`);
  }
}

/** Names, times and sizes: a fingerprint of the sources that costs a few milliseconds. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const path of sources) addTo(hash, path);
  return hash.digest("hex");
}

export function webIsCurrent() {
  if (!existsSync(join(root, "web", "vite.config.ts"))) return true;
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === fingerprint();
}

export function buildWeb() {
  // Taken first: what is edited during the build is built at the next start.
  const built = fingerprint();
  step("Building the web", () => npm(["run", "--silent", "build:web"]));
  writeFileSync(stampFile, built);
}
