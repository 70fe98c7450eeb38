/**
 * Makes a machine ready for the tests: a browser and the real clients that the transcripts drive. Installs Debian's
 * packages when run by root; says what is missing and how to get it when it cannot.
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Program → the Debian package that holds it. */
const needed = [
  { programs: ["chromium", "chromium-browser", "google-chrome"], package: "chromium" },
  { programs: ["ssh"], package: "openssh-client" },
  { programs: ["ssh-keygen"], package: "openssh-client" },
  { programs: ["git-lfs"], package: "git-lfs" },
  { programs: ["gh"], package: "gh" },
];

function onPath(program) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function missingPackages() {
  const missing = needed.filter(({ programs }) => !programs.some(onPath)).map((need) => need.package);
  return [...new Set(missing)];
}

function aptGet(...args) {
  const { status, stdout, stderr } = spawnSync("apt-get", args, {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (status !== 0) console.error(`${stdout ?? ""}${stderr ?? ""}`.trim());
  return status === 0;
}

function install(packages) {
  console.log(`Installing ${packages.join(", ")} for the tests`);
  const command = ["install", "-y", "--no-install-recommends", ...packages];
  // The lists of a fresh machine are empty or old.
  return aptGet("update") && aptGet(...command);
}

const missing = missingPackages();
if (missing.length > 0) {
  const canInstall = process.getuid?.() === 0 && onPath("apt-get");
  if (canInstall) install(missing);
  const left = missingPackages();
  if (left.length > 0) {
    console.error(`The tests need these packages: ${left.join(", ")}.`);
    console.error(`As root on Debian or Ubuntu: apt-get update && apt-get install -y ${left.join(" ")}`);
    process.exit(1);
  }
}
