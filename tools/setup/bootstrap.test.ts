import { spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** What stands in for npm, whose registry is outside: it notes its calls and leaves behind what npm leaves. */
const npm = `#!/bin/sh
echo "$1 $3" >> "$LOG"
[ "$FAIL" = "$1" ] && echo "no such package" >&2 && exit 1
if [ "$1" = ci ]; then
  rm -rf node_modules && mkdir -p node_modules/.bin && : > node_modules/.bin/node && sleep 0.3
else
  mkdir -p web/dist
fi
`;

/** A checkout in a path with a space, with tools of its own on the PATH. */
function checkout() {
  const root = join(mkdtempSync(join(tmpdir(), "wit-setup-")), "a checkout");
  folders.push(dirname(root));
  const tools = join(root, "..", "tools");
  mkdirSync(join(root, "tools"), { recursive: true });
  mkdirSync(tools);
  cpSync(dirname(fileURLToPath(import.meta.url)), join(root, "tools", "setup"), { recursive: true });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const program = (name: string, text: string) => {
    writeFileSync(join(tools, name), text);
    chmodSync(join(tools, name), 0o755);
  };
  const log = join(root, "..", "log");
  program("npm", npm);
  writeFileSync(log, "");
  write("package.json", JSON.stringify({ version: "1.0.0", dependencies: { a: "1.0.0" } }));
  write(
    "package-lock.json",
    JSON.stringify({ packages: { "": {}, "node_modules/a": { version: "1.0.0" } } }),
  );
  return {
    root,
    write,
    program,
    calls: () => readFileSync(log, "utf8").trim().split("\n").filter(Boolean),
    start: (environment: Record<string, string> = {}) =>
      new Promise<{ code: number | null; output: string; pid: number }>((resolve, reject) => {
        const child = spawn(process.execPath, [join(root, "tools", "setup", "bootstrap.mjs")], {
          env: { PATH: `${tools}${delimiter}${process.env["PATH"]}`, LOG: log, ...environment },
          stdio: ["ignore", "pipe", "pipe"],
        });
        let output = "";
        for (const stream of [child.stdout, child.stderr])
          stream.on("data", (text) => (output += String(text)));
        child.once("error", reject).once("close", (code) => resolve({ code, output, pid: child.pid ?? 0 }));
      }),
  };
}

test("the first start installs, the second does nothing and says nothing", async () => {
  const { start, calls } = checkout();
  expect(await start()).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^Installing packages … \d/),
  });
  expect(await start()).toMatchObject({ code: 0, output: "" });
  expect(calls()).toHaveLength(1);
});

test("a changed lockfile, and a changed dependency, are installed; a changed script is not", async () => {
  const { start, calls, write } = checkout();
  await start();
  const packages = { "": {}, "node_modules/a": { version: "1.0.1" } };
  write("package-lock.json", JSON.stringify({ packages }));
  await start();
  expect(calls()).toHaveLength(2);
  write("package.json", JSON.stringify({ version: "1.0.0", dependencies: { a: "1.0.1" } }));
  await start();
  expect(calls()).toHaveLength(3);
  write(
    "package.json",
    JSON.stringify({ version: "1.0.0", dependencies: { a: "1.0.1" }, scripts: { x: "y" } }),
  );
  await start();
  expect(calls()).toHaveLength(3);
});

test("what npm installed by hand is accepted when it is the lockfile, and replaced when it is not", async () => {
  const { start, calls, write } = checkout();
  write("node_modules/.bin/node", "");
  write(
    "node_modules/.package-lock.json",
    JSON.stringify({ packages: { "node_modules/a": { version: "1.0.0" } } }),
  );
  await start();
  expect(calls()).toEqual([]);
  rmSync(join(folders[0] ?? "", "a checkout", "node_modules", ".cache"), { recursive: true });
  write(
    "node_modules/.package-lock.json",
    JSON.stringify({ packages: { "node_modules/a": { version: "0.9.0" } } }),
  );
  await start();
  expect(calls()).toHaveLength(1);
});

test("two starts at once install once, and both go on when it is done", async () => {
  const { start, calls } = checkout();
  const results = await Promise.all([start(), start(), start()]);
  expect(results.map((result) => result.code)).toEqual([0, 0, 0]);
  expect(calls()).toHaveLength(1);
});

test("the lock of a start that was killed is taken over", async () => {
  const { start, calls, write } = checkout();
  const { pid } = await start();
  rmSync(join(folders[0] ?? "", "a checkout", "node_modules"), { recursive: true });
  write(".cache/setup.lock", String(pid));
  expect((await Promise.all([start(), start()])).map((result) => result.code)).toEqual([0, 0]);
  expect(calls()).toHaveLength(2);
});

test("an installation that failed shows why, and the next start tries again", async () => {
  const { start, calls } = checkout();
  const failed = await start({ FAIL: "ci" });
  expect(failed.code).toBe(1);
  expect(failed.output).toContain("no such package");
  expect(failed.output).not.toContain("    at ");
  expect(await start()).toMatchObject({ code: 0 });
  expect(calls()).toHaveLength(2);
});

test("the web is built when a source is newer than the build, and only then", async () => {
  const { start, calls, write } = checkout();
  write("web/vite.config.ts", "export default {};");
  write("web/app/page.tsx", "one");
  await start();
  await start();
  expect(calls().filter((call) => call.startsWith("run"))).toHaveLength(1);
  write("web/app/page.tsx", "longer");
  await start();
  expect(calls().filter((call) => call.startsWith("run"))).toHaveLength(2);
  write("web/app/another.tsx", "");
  await start();
  expect(calls().filter((call) => call.startsWith("run build:web"))).toHaveLength(3);
});

test("a build that failed is tried again at the next start", async () => {
  const { start, calls, write } = checkout();
  write("web/vite.config.ts", "export default {};");
  expect(await start({ FAIL: "run" })).toMatchObject({ code: 1 });
  expect(await start()).toMatchObject({ code: 0 });
  expect(calls().filter((call) => call.startsWith("run"))).toHaveLength(2);
});

test.each([
  ["too old", "echo git version 2.37.9", "wit needs git 2.38 or newer, and this is git version 2.37.9."],
  ["something else", "echo hello", "wit needs git 2.38 or newer, and this is hello."],
])("a git that is %s is refused before anything is installed", async (_title, script, message) => {
  const { start, calls, program } = checkout();
  program("git", `#!/bin/sh\n${script}\n`);
  expect(await start()).toMatchObject({ code: 1, output: `${message}\n` });
  expect(calls()).toEqual([]);
});
