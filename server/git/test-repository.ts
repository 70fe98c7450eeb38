/**
 * For tests: a bare repository with a real work tree beside it, in which the real porcelain (`git merge`,
 * `git rebase`, `git diff`) can be asked for what our plumbing should answer.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Signature } from "./commit-objects.ts";
import type { Repository } from "./object-ids.ts";
import { releaseObjects } from "./objects.ts";
import { encodePath } from "./paths.ts";
import { quoted } from "./quoting.ts";

export interface TestFile {
  readonly mode?: "100644" | "100755" | "120000" | "160000";
  /** Text, bytes, or the commit id of a submodule. */
  readonly content: string | Uint8Array;
}

/** A whole tree by path; `null` is not allowed here, files simply vanish from the next snapshot. */
export type Snapshot = Readonly<Record<string, TestFile | string>>;

export interface TestCommit {
  /** Commits already made, by id. */
  readonly parents?: readonly string[];
  readonly files: Snapshot;
  readonly message?: string;
  readonly author?: Signature;
  /** Seconds; a minute after the one before unless told. */
  readonly committed?: number;
  readonly branch?: string;
}

export const ann: Signature = {
  name: "Ann Example",
  email: "ann@example.test",
  time: 1_700_000_000,
  zone: "+0200",
};
export const bob: Signature = {
  name: "Bob Example",
  email: "bob@example.test",
  time: 1_700_000_100,
  zone: "-0330",
};

export class TestRepository implements Repository {
  readonly root: string;
  readonly dir: string;
  readonly work: string;
  #clock = 1_600_000_000;

  constructor(options: { readonly objectFormat?: "sha1" | "sha256" } = {}) {
    this.root = mkdtempSync(path.join(tmpdir(), "wit-git-test-"));
    this.dir = path.join(this.root, "bare.git");
    this.work = path.join(this.root, "work");
    mkdirSync(this.work);
    const format = options.objectFormat ? [`--object-format=${options.objectFormat}`] : [];
    execFileSync("git", ["init", "-q", "--bare", "-b", "main", ...format, this.dir], {
      env: this.environment,
    });
  }

  get environment(): Record<string, string> {
    return {
      PATH: process.env["PATH"] ?? "",
      HOME: this.root,
      LC_ALL: "C.UTF-8",
      TZ: "UTC",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: "Test",
      GIT_AUTHOR_EMAIL: "test@example.test",
      GIT_COMMITTER_NAME: "Test",
      GIT_COMMITTER_EMAIL: "test@example.test",
      GIT_CONFIG_COUNT: "2",
      GIT_CONFIG_KEY_0: "core.quotePath",
      GIT_CONFIG_VALUE_0: "false",
      GIT_CONFIG_KEY_1: "advice.detachedHead",
      GIT_CONFIG_VALUE_1: "false",
    };
  }

  /** Runs real git on the repository with its work tree; throws unless it succeeds. */
  git(args: readonly string[], input?: string | Uint8Array): Buffer {
    const { status, stdout, stderr } = this.try(args, input);
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr.toString()}`);
    return stdout;
  }

  text(args: readonly string[], input?: string | Uint8Array): string {
    return this.git(args, input).toString("utf8").trim();
  }

  try(args: readonly string[], input?: string | Uint8Array) {
    return spawnSync("git", ["-c", "core.bare=false", ...args], {
      cwd: this.work,
      env: { ...this.environment, GIT_DIR: this.dir, GIT_WORK_TREE: this.work },
      maxBuffer: 256 * 1024 * 1024,
      ...(input === undefined ? {} : { input }),
    });
  }

  /** Makes one commit and answers its id. */
  commit(commit: TestCommit): string {
    return this.commits([commit])[0] ?? "";
  }

  /** Makes commits with one process; a parent may also be `:n`, the n-th of this call from 1. */
  commits(list: readonly TestCommit[]): string[] {
    const parts: Buffer[] = [];
    const say = (text: string | Uint8Array) =>
      parts.push(typeof text === "string" ? Buffer.from(text) : Buffer.from(text));
    const data = (bytes: Uint8Array) => {
      say(`data ${bytes.length}\n`);
      say(bytes);
      say("\n");
    };
    list.forEach((commit, index) => {
      this.#clock += 60;
      const author = commit.author ?? { ...ann, time: this.#clock };
      say(`commit refs/heads/${commit.branch ?? `made-${this.#clock}`}\nmark :${index + 1}\n`);
      say(`author ${author.name} <${author.email}> ${author.time} ${author.zone}\n`);
      say(`committer Test <test@example.test> ${commit.committed ?? this.#clock} +0000\n`);
      data(Buffer.from(commit.message ?? `commit ${this.#clock}\n`));
      commit.parents?.forEach((parent, place) => say(`${place === 0 ? "from" : "merge"} ${parent}\n`));
      say("deleteall\n");
      for (const [name, file] of Object.entries(commit.files)) {
        const { mode = "100644", content } = typeof file === "string" ? { content: file } : file;
        const bytes = typeof content === "string" ? Buffer.from(content) : content;
        say(`M ${mode} ${mode === "160000" ? Buffer.from(bytes).toString() : "inline"} `);
        say(Buffer.from(quoted(encodePath(name).toString("latin1")), "latin1"));
        say("\n");
        if (mode !== "160000") data(bytes);
      }
    });
    const marks = list.map((_, index) => `get-mark :${index + 1}\n`).join("");
    say(marks);
    return this.git(
      ["fast-import", "--quiet", "--force", "--done"],
      Buffer.concat([...parts, Buffer.from("done\n")]),
    )
      .toString("latin1")
      .trim()
      .split("\n");
  }

  /** The ids and modes of a whole tree, by path as git prints it. */
  listing(treeish: string): string {
    return this.git(["ls-tree", "-r", "-z", treeish]).toString("latin1");
  }

  /** Takes all objects out of their packs. */
  loosen(): void {
    const packs = path.join(this.dir, "objects", "pack");
    const aside = path.join(this.root, "packs");
    renameSync(packs, aside);
    mkdirSync(packs);
    for (const name of readdirSync(aside).filter((file) => file.endsWith(".pack")))
      this.git(["unpack-objects", "-q"], readFileSync(path.join(aside, name)));
    rmSync(aside, { recursive: true });
    releaseObjects(this);
  }

  remove(): void {
    releaseObjects(this);
    rmSync(this.root, { recursive: true, force: true });
  }
}
