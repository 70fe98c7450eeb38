import { test } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { people } from "../../tools/testing/people.ts";

/** A name that no earlier try of the test has used: the forge is the same one. */
export function fresh(name: string): string {
  const { retry, repeatEachIndex } = test.info();
  return retry + repeatEachIndex === 0 ? name : `${name}-${repeatEachIndex}.${retry}`;
}

/** Pushes a branch of alice/demo with a commit for each set of files, as bob would from his machine; answers its tip. */
export function pushBranch(
  baseURL: string,
  branch: string,
  ...commits: readonly { readonly subject: string; readonly files: Readonly<Record<string, string>> }[]
): string {
  const folder = mkdtempSync(join(tmpdir(), "wit-browser-"));
  const url = new URL("/alice/demo.git", baseURL);
  url.username = "bob";
  url.password = people.bob.password;
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Bob", "-c", "user.email=bob@example.org", ...args], {
      cwd: folder,
      stdio: "pipe",
      env: { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_CONFIG_GLOBAL: "/dev/null" },
    });
  try {
    git("clone", "--quiet", "--depth=1", url.href, ".");
    git("switch", "--quiet", "--create", branch);
    for (const { subject, files } of commits) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      git("add", ".");
      git("commit", "--quiet", "--message", subject);
    }
    git("push", "--quiet", "origin", branch);
    return git("rev-parse", "HEAD").toString().trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
