/** The programs of others that a run needs: Debian's packages, installed when root runs the measurements and they are missing. */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export const cgitProgram = "/usr/lib/cgit/cgit.cgi";
const packages = ["nginx-light", "fcgiwrap", "cgit", "wrk", "chromium"];

const isComplete = () => ["nginx", "fcgiwrap", "wrk", "chromium"].every(findProgram) && canRun(cgitProgram);

/** Installs what is missing when that is possible; what is still missing then is left out by whoever needs it. */
export function installPrograms(): void {
  if (isComplete() || process.getuid?.() !== 0 || !findProgram("apt-get")) return;
  process.stderr.write(`Installing ${packages.join(", ")} to measure with\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const words of [["update"], ["install", "-y", "--no-install-recommends", ...packages]])
    spawnSync("apt-get", words, { env, stdio: "ignore" });
}

/** Where a program is, also in the folders of the administrator's programs. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, name)).find(canRun);
}

export function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
