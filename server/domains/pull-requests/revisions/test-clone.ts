/** A person with a clone of a repository of the forge: revisions come from what `git push` does. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PersonName } from "../../../../tools/testing/people.ts";
import type { World } from "../../../../tools/testing/world.ts";

const run = promisify(execFile);

export interface Clone {
  git(...args: string[]): Promise<string>;
  /** Writes a file, commits it and answers the commit. */
  commit(path: string, text: string, message?: string): Promise<string>;
  remove(): Promise<void>;
}

/** @param world one that listens */
export async function cloneOf(world: World, person: PersonName, repository: string): Promise<Clone> {
  const dir = await mkdtemp(join(tmpdir(), "wit-revisions-"));
  const remote = world.url.replace("://", `://${person}:${world.as(person).token}@`);
  const git = async (...args: string[]) => {
    const { stdout } = await run(
      "git",
      ["-c", `user.name=${person}`, "-c", `user.email=${person}@wit.test`, ...args],
      { cwd: dir, env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_TERMINAL_PROMPT: "0" } },
    );
    return stdout.trim();
  };
  await git("clone", "-q", `${remote}/${repository}.git`, ".");
  return {
    git,
    async commit(path, text, message = `Write ${path}`) {
      await writeFile(join(dir, path), text);
      await git("add", path);
      await git("commit", "-q", "-m", message);
      return git("rev-parse", "HEAD");
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}
