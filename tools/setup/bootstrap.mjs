/**
 * Makes a checkout ready to run: the right git, the packages of the lockfile, the built web. Does nothing, in a few
 * milliseconds and without a network, when all of that is there. Plain JavaScript, because it runs on whatever Node
 * (20 or newer) the machine has; what comes after it runs on the Node that it installs.
 *
 *   node tools/setup/bootstrap.mjs [--without-web]
 */
import { readFileSync } from "node:fs";
import { checkGit, checkNode, SetupError } from "./machine.mjs";
import { installPackages, packagesAreCurrent } from "./packages.mjs";
import { withSetupLock } from "./setup-lock.mjs";
import { buildWeb, webIsCurrent } from "./web.mjs";

const withWeb = !process.argv.includes("--without-web");

async function main() {
  checkNode();
  checkGit();
  const ready = () => packagesAreCurrent() && (!withWeb || webIsCurrent());
  if (ready()) return;
  await withSetupLock(() => {
    if (!packagesAreCurrent()) installPackages();
    if (withWeb && !webIsCurrent()) buildWeb();
  });
}

try {
  await main();
} catch (error) {
  if (error instanceof SetupError) {
    console.error(error.message);
  } else if (error.code === "EACCES" || error.code === "EROFS") {
    console.error(`${error.path} cannot be written. Was it made by another user? Start as its owner.`);
  } else {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    console.error(`The set-up of wit ${version} failed on Node ${process.version}:`, error);
  }
  process.exit(1);
}
