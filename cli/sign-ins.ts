/** Where somebody is signed in: hosts and tokens in one file that only they can read. */
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { Refused, UsageError } from "./failures.ts";
import type { Terminal } from "./terminal.ts";

export interface SignIn {
  readonly login: string;
  readonly token: string;
}

export interface SignIns {
  /** Asked when no other host is named. */
  readonly current: string | null;
  /** By origin: `https://forge.example`. */
  readonly hosts: Readonly<Record<string, SignIn>>;
}

export function signInFile({ env }: Pick<Terminal, "env">): string {
  const base = env["XDG_CONFIG_HOME"] || join(env["HOME"] || homedir(), ".config");
  return join(base, "wit", "hosts.json");
}

/** @throws Refused when the file is there and cannot be read */
export function readSignIns(terminal: Terminal): SignIns {
  const file = signInFile(terminal);
  try {
    return JSON.parse(readFileSync(file, "utf8")) as SignIns;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { current: null, hosts: {} };
    throw new Refused(`${file} cannot be read; sign in again after deleting it`);
  }
}

/** Replaces the file as a whole: whoever reads it meanwhile sees the former one. */
export function writeSignIns(terminal: Terminal, signIns: SignIns): void {
  const file = signInFile(terminal);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}

/** The origin that somebody means by a host. @throws UsageError for what is none */
export function originOf(host: string): string {
  const local = /^(?:localhost|127\.|\[::1\])/.test(host);
  const address = /^https?:\/\//.test(host) ? host : `${local ? "http" : "https"}://${host}`;
  if (!URL.canParse(address)) throw new UsageError(`"${host}" is no address of a forge`);
  return new URL(address).origin;
}
