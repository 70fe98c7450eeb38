/** Whether a `.gitmodules` file is safe for those who clone the repository (the rules of git's fsck.c). */
import type { Repository } from "./object-ids.ts";
import { readTyped } from "./objects.ts";
import { git } from "./process.ts";

const maxBytes = 1024 * 1024;

/** Why the file must not be written, as a sentence; null when it may. */
export async function submoduleFileProblem(
  repo: Repository,
  content: { readonly bytes: Uint8Array } | { readonly oid: string },
): Promise<string | null> {
  const bytes = "bytes" in content ? content.bytes : await readTyped(repo, content.oid, "blob", { maxBytes });
  if (bytes.length > maxBytes) return ".gitmodules is too large.";
  const settings = await settingsIn(repo, bytes);
  if (settings === null) return ".gitmodules is not a configuration file that git can read.";
  return settingsProblem(settings);
}

/**
 * As `submoduleFileProblem`, for a file that came in with a history: one that git cannot read is left alone, as git does, which does
 * nothing with it in a clone either.
 */
export async function submoduleTextProblem(repo: Repository, bytes: Uint8Array): Promise<string | null> {
  const settings = await settingsIn(repo, bytes);
  return settings && settingsProblem(settings);
}

/** The file as git reads it, a record `key LF value` each; null when git does not. */
async function settingsIn(repo: Repository, bytes: Uint8Array): Promise<string[] | null> {
  const args = ["config", "--file", "-", "--no-includes", "--null", "--list"];
  const { exitCode, stdout } = await git(repo.dir, args, { input: bytes, exitCodes: [0, 1, 3, 128] });
  return exitCode === 0 ? stdout.toString("utf8").split("\0") : null;
}

function settingsProblem(settings: readonly string[]): string | null {
  for (const record of settings) {
    const newline = record.indexOf("\n");
    const key = newline < 0 ? record : record.slice(0, newline);
    const value = newline < 0 ? "" : record.slice(newline + 1);
    const [, name = "", setting = ""] = /^submodule\.(.*)\.([^.]+)$/s.exec(key) ?? [];
    if (setting === "") continue;
    // A name that ends in a carriage return is another one when git reads it back (CVE-2025-48384).
    // oxlint-disable-next-line no-control-regex
    if (/[\x00-\x1f\x7f]/.test(name + value)) return "A submodule in .gitmodules has a control character.";
    if (name.split(/[/\\]/).includes("..")) return "A submodule in .gitmodules has a forbidden name.";
    if (setting === "url" && !safeUrl(value)) return "A submodule in .gitmodules has a forbidden address.";
    if (setting === "path" && value.startsWith("-"))
      return "A submodule in .gitmodules has a forbidden path.";
    if (setting === "update" && value.startsWith("!")) return "A submodule in .gitmodules runs a command.";
  }
  return null;
}

function safeUrl(url: string): boolean {
  let decoded = url;
  try {
    decoded = decodeURIComponent(url);
  } catch {
    // A percent sign that escapes nothing stands for itself.
  }
  // oxlint-disable-next-line no-control-regex
  return !url.startsWith("-") && !/[\0\r\n]/.test(decoded) && !/^[a-z0-9+.-]*::/i.test(url);
}
