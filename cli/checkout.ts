/** The checkout that the command is run in, as git tells it. */
import { spawnSync } from "node:child_process";
import { Refused } from "./failures.ts";
import type { Terminal } from "./terminal.ts";

export interface Place {
  readonly owner: string;
  readonly repo: string;
}

export interface Remote extends Place {
  readonly name: string;
  /** The origin of an HTTP address; undefined over SSH. */
  readonly origin: string | undefined;
}

/** What git answers, or null when it refuses. */
export function askGit({ cwd }: Pick<Terminal, "cwd">, ...args: readonly string[]): string | null {
  const { status, stdout, error } = spawnSync("git", args, { cwd, encoding: "utf8" });
  if (error) throw new Refused("git cannot be started; is it installed?");
  return status === 0 ? stdout.trim() : null;
}

/** Runs git for a person to see. @throws Refused when it fails */
export function runGit(
  { cwd }: Pick<Terminal, "cwd">,
  args: readonly string[],
  config: readonly (readonly [string, string])[] = [],
): void {
  const settings = config.flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const { status, error } = spawnSync("git", [...settings, ...args], { cwd, stdio: "inherit" });
  if (error) throw new Refused("git cannot be started; is it installed?");
  if (status !== 0) throw new Refused(`git ${args[0] ?? ""} failed`);
}

/** The repositories that the remotes of the checkout name; `origin` first. */
export function remotesOf(terminal: Terminal): Remote[] {
  const listed = askGit(terminal, "config", "--get-regexp", "^remote\\..*\\.url$") ?? "";
  const remotes = listed.split("\n").flatMap((line): Remote[] => {
    const [, name, address = ""] = /^remote\.(.*)\.url (.*)$/.exec(line) ?? [];
    const place = placeOf(address);
    return name !== undefined && place ? [{ name, ...place }] : [];
  });
  return remotes.toSorted((a, b) => Number(b.name === "origin") - Number(a.name === "origin"));
}

function placeOf(address: string): (Place & { readonly origin: string | undefined }) | null {
  const short = /^[^/:]+@[^/:]+:(.+)$/.exec(address)?.[1];
  if (short === undefined && !URL.canParse(address)) return null;
  const url = short === undefined ? new URL(address) : null;
  const path = (url?.pathname ?? short ?? "").replace(/^\//, "").replace(/\/?(?:\.git)?\/?$/, "");
  const [owner, repo, more] = path.split("/");
  if (!owner || !repo || more !== undefined) return null;
  return { owner, repo, origin: url && /^https?:$/.test(url.protocol) ? url.origin : undefined };
}
