/**
 * PostgreSQL refuses to run as root, so a server started by root gives its database another identity:
 * - a user namespace, in which root's files belong to an ordinary number: needs no account, and reads folders
 *   that only root can read;
 * - where the kernel refuses namespaces, an unprivileged account, to which the database files then belong.
 */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";

export type Launcher =
  | { kind: "direct" }
  | { kind: "namespace" }
  | { kind: "account"; uid: number; gid: number; label: string };

/** No identity was found under which PostgreSQL could run here. */
export class NoLauncher extends Error {
  override readonly name = "NoLauncher";
}

export type Command = { file: string; args: string[]; identity: { uid?: number; gid?: number } };

/** Any number but 0 does: inside the namespace it stands for root, outside it does not exist. */
const namespaceUser = "1000";

/** Nothing of the caller's environment reaches PostgreSQL, whose programs obey many `PG…` variables. */
export const databaseEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin",
  LANG: "C",
  LC_ALL: "C",
  TZ: "UTC",
};

/** How to start `file` under the launcher's identity; the started process keeps the pid of what is spawned. */
export function commandFor(launcher: Launcher, file: string, args: readonly string[]): Command {
  if (launcher.kind === "direct") return { file, args: [...args], identity: {} };
  if (launcher.kind === "account") {
    return { file, args: [...args], identity: { uid: launcher.uid, gid: launcher.gid } };
  }
  const map = ["-U", `--map-user=${namespaceUser}`, `--map-group=${namespaceUser}`];
  return { file: "unshare", args: [...map, "--", file, ...args], identity: {} };
}

/** Runs a program of PostgreSQL to its end. Throws with the end of its output when it fails. */
export async function runProgram(
  launcher: Launcher,
  file: string,
  args: readonly string[],
  options: { cwd: string; input?: string },
): Promise<string> {
  const command = commandFor(launcher, file, args);
  const child = spawn(command.file, command.args, {
    ...command.identity,
    cwd: options.cwd,
    env: databaseEnvironment,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output = (output + text).slice(-16_384)));
  }
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code !== 0) {
    throw new Error(`${file} ended with ${code ?? "a signal"}: ${output.trim().slice(-2_000)}`);
  }
  return output;
}

/** Whether `binary` starts and can work inside `folder` under this identity. */
function works(launcher: Launcher, binary: string, folder: string): boolean {
  const script = 'test -r "$1" && test -w "$1" && test -x "$1" && exec "$2" --version';
  const command = commandFor(launcher, "/bin/sh", ["-c", script, "sh", folder, binary]);
  const { status } = spawnSync(command.file, command.args, {
    ...command.identity,
    cwd: "/",
    env: databaseEnvironment,
    stdio: "ignore",
    timeout: 10_000,
  });
  return status === 0;
}

function accounts(): Map<string, { uid: number; gid: number }> {
  const found = new Map<string, { uid: number; gid: number }>();
  for (const line of readFileSync("/etc/passwd", "utf8").split("\n")) {
    const [name, , uid, gid] = line.split(":");
    if (name && Number(uid) > 0) found.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  return found;
}

function accountLauncher(uid: number, gid: number, label: string): Launcher {
  return { kind: "account", uid, gid, label };
}

/** Hands `folder` to the account and lets it pass through the folder above, whose content stays hidden. */
function open(folder: string, launcher: Launcher & { kind: "account" }): void {
  spawnSync("chown", ["-Rh", `${launcher.uid}:${launcher.gid}`, "--", folder], { stdio: "ignore" });
  const parent = dirname(folder);
  const { mode, uid } = statSync(parent);
  if (uid === 0) chmodSync(parent, (mode & 0o7777) | 0o011);
}

/**
 * Chooses the identity for the database files in `folder` (made when missing) and the program `binary`.
 * A folder that already belongs to an account stays with it. Throws `NoLauncher` with what was tried.
 */
export function chooseLauncher(folder: string, binary: string, namespaces = true): Launcher {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const owner = statSync(folder);
  const user = process.geteuid?.() ?? 0;
  if (user !== 0) {
    if (owner.uid === user) return { kind: "direct" };
    throw new NoLauncher(
      `${folder} belongs to user ${owner.uid} and not to user ${user}: start as its owner, or choose another ` +
        "data folder with WIT_DATA.",
    );
  }
  if (owner.uid !== 0) {
    const launcher = accountLauncher(owner.uid, owner.gid, `user ${owner.uid}`);
    if (works(launcher, binary, folder)) return launcher;
    throw new NoLauncher(
      `${folder} belongs to user ${owner.uid}, who cannot reach it or cannot run ${binary}.`,
    );
  }
  if (namespaces && works({ kind: "namespace" }, binary, folder)) return { kind: "namespace" };
  const known = accounts();
  const binaryOwner = statSync(binary);
  const candidates: Launcher[] = [
    ...(binaryOwner.uid > 0
      ? [accountLauncher(binaryOwner.uid, binaryOwner.gid, `user ${binaryOwner.uid}`)]
      : []),
    ...["postgres", "nobody"].flatMap((name) => {
      const account = known.get(name);
      return account ? [accountLauncher(account.uid, account.gid, name)] : [];
    }),
  ];
  for (const launcher of candidates) {
    if (launcher.kind !== "account") continue;
    open(folder, launcher);
    if (works(launcher, binary, folder)) return launcher;
    spawnSync("chown", ["-Rh", "0:0", "--", folder], { stdio: "ignore" });
  }
  const tried = candidates.map((launcher) => (launcher.kind === "account" ? launcher.label : launcher.kind));
  throw new NoLauncher(
    "PostgreSQL refuses to run as root, this kernel refuses user namespaces, and no unprivileged account " +
      `(tried: ${tried.join(", ") || "none"}) can reach both ${binary} and ${folder}. Start as an ordinary user, ` +
      "move the folders to a place that account can reach (WIT_DATA), or use a server of your own (DATABASE_URL).",
  );
}

/** Gives one file or folder to the identity that the database runs under. */
export function handOver(launcher: Launcher, path: string): void {
  if (launcher.kind === "account") chownSync(path, launcher.uid, launcher.gid);
}
