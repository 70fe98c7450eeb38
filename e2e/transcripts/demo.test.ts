/** The demo as somebody starts it who has just heard of the forge. */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { people } from "../../tools/testing/people.ts";

const main = path.resolve(import.meta.dirname, "../../tools/demo/main.ts");

test("the demo fills itself, lets people in, and leaves nothing behind", { timeout: 180_000 }, async () => {
  const temporary = await mkdtemp(path.join(tmpdir(), "wit-try-"));
  const port = 21_000 + (process.pid % 20_000);
  const url = `http://localhost:${port}`;
  const env = {
    PATH: process.env["PATH"],
    HOME: temporary,
    TMPDIR: temporary,
    PORT: String(port),
    SSH_PORT: "0",
  };
  const demo = spawn(process.execPath, [main], { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve) => demo.on("exit", resolve));
  let said = "";
  try {
    await new Promise<void>((resolve, reject) => {
      demo.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString("utf8");
        if (said.includes("Made in")) resolve();
      });
      demo.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
      demo.on("exit", () => reject(new Error(`the demo ended: ${said}`)));
    });
    expect(said).toContain(`wit is ready at ${url}`);
    expect(said).toContain(people.alice.password);
    const ask = async (place: string, headers: Record<string, string> = {}) =>
      (await fetch(`${url}/api/v3${place}`, { headers })).json();
    const basic = Buffer.from(`alice:${people.alice.password}`).toString("base64");
    expect(await ask("/user", { authorization: `Basic ${basic}` })).toMatchObject({ login: "alice" });
    const pulls = (await ask("/repos/alice/demo/pulls?state=all")) as {
      merged_at: string | null;
      state: string;
    }[];
    expect(pulls.filter((one) => one.state === "open").length).toBeGreaterThan(3);
    expect(pulls.filter((one) => one.merged_at !== null)).toHaveLength(1);
    const commits = (await ask("/repos/alice/demo/commits?per_page=100")) as unknown[];
    expect(commits.length).toBeGreaterThan(50);
    expect((await fetch(`${url}/api/v3/repos/alice/secret`)).status).toBe(404);
  } finally {
    demo.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect((await readdir(temporary)).filter((name) => name.startsWith("wit-demo"))).toEqual([]);
    await rm(temporary, { recursive: true, force: true });
  }
});
