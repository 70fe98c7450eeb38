/** What people do with the command line, against a real server, by the real program. */
import { spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cloneDatabase } from "../../server/kernel/db/testing.ts";
import { people, type PersonName } from "../../tools/testing/people.ts";
import { createWorld, type World } from "../../tools/testing/world.ts";
import { openMachine, type Machine } from "./machine.ts";

const bin = path.resolve(import.meta.dirname, "../../cli/bin.mjs");

let machine: Machine;

/** Runs the command line; answers its exit code, its output and all it said. */
async function wit(cwd: string, args: readonly string[], input?: string) {
  const { code, said, stdout } = await machine.run(cwd, process.execPath, [bin, ...args], input);
  return { code, said, out: stdout.toString("utf8").trim() };
}

/** As `wit`, for what must work. */
async function does(cwd: string, ...args: readonly string[]): Promise<string> {
  const { code, said, out } = await wit(cwd, args);
  if (code !== 0) throw new Error(`wit ${args.join(" ")} ended with ${code}:\n${said}`);
  return out;
}

// Each step starts a program of its own.
const patience = { timeout: 120_000 };

describe("a person with the command line", patience, () => {
  let world: World;

  beforeEach(async () => {
    world = await createWorld({ listen: true });
    machine = await openMachine("bob");
  });
  afterEach(async () => {
    await machine.remove();
    await world.settle();
    await world.close();
  });

  const signIn = async (who: PersonName) => {
    const { code, said } = await wit(
      "",
      ["auth", "login", "--host", world.url, "--with-token"],
      people[who].token,
    );
    expect(said).toContain(`You are ${who} at ${world.url}`);
    expect(code).toBe(0);
  };

  test("brings a pull request from a draft to its merge", async () => {
    await signIn("bob");
    const alice = world.as("alice");
    await alice.put("/repos/alice/demo/contents/.github/pull_request_template.md", {
      message: "Ask why",
      content: Buffer.from("## Why\n").toString("base64"),
    });
    const on = ["-R", "alice/demo"];
    const made = await does("", "pr", "create", "-t", "Feature", "-H", "feature", "--draft", "--json", ...on);
    const { number, draft, body } = JSON.parse(made);
    expect({ draft, body }).toEqual({ draft: true, body: "## Why" });
    const at = String(number);
    await does("", "pr", "ready", at, ...on);
    expect(await does("", "pr", "view", at, ...on)).toContain("open, by bob");
    expect(await does("", "pr", "edit", at, "-t", "A feature", "-r", "alice", ...on)).toContain(
      `/pull/${at}`,
    );
    const view = (await alice.get(`/repos/alice/demo/pulls/${at}`)).body;
    expect(view).toMatchObject({ title: "A feature", requested_reviewers: [{ login: "alice" }] });
    expect((await wit("", ["pr", "checks", at, ...on])).said).toContain("No check has been reported");
    const status = { state: "success", context: "ci/test", description: "27 passed" };
    await alice.post(`/repos/alice/demo/statuses/${view.head.sha}`, status);
    expect(await does("", "pr", "checks", at, ...on)).toMatch(/success +ci\/test +27 passed/);
    const run = { name: "lint", head_sha: view.head.sha, output: { title: "Half way", summary: "" } };
    const { id } = (await alice.post("/repos/alice/demo/check-runs", run)).body;
    expect((await wit("", ["pr", "checks", at, ...on])).said).toContain("The checks are at pending");
    await alice.patch(`/repos/alice/demo/check-runs/${id}`, { conclusion: "neutral" });
    expect(await does("", "pr", "checks", at, ...on)).toMatch(/neutral +lint +Half way/);
    await does("", "pr", "close", at, ...on);
    await alice.delete("/repos/alice/demo/git/refs/heads/feature");
    await world.settle();
    expect((await wit("", ["pr", "reopen", at, ...on])).said).toContain("does not exist any more");
    await does("", "pr", "reopen", at, "--restore", ...on);
    expect(await does("", "pr", "merge", at, ...on)).toMatch(/^[0-9a-f]{40}$/);
  });

  test("imports a repository, follows one, and ends that", async () => {
    const there = await createWorld({ listen: true });
    try {
      await world.as("root").patch("/admin/settings", { outbound_allow: ["127.0.0.1"] });
      await signIn("bob");
      const address = `${there.url}/alice/demo`;
      expect(await does("", "repo", "import", address, "brought")).toBe(`${world.url}/bob/brought`);
      await world.settle();
      expect((await world.as("bob").get("/repos/bob/brought/import")).body.status).toBe("complete");
      const secret = ["repo", "import", `${there.url}/alice/secret`, "--private", "--username", "alice"];
      const { code } = await wit("", [...secret, "--password-stdin"], `${people.alice.token}\n`);
      expect(code).toBe(0);
      await world.settle();
      expect((await world.as("bob").get("/repos/bob/secret/import")).body.status).toBe("complete");
      await does("", "repo", "create", "follower");
      const id = await does("", "mirror", "add", "pull", address, "-R", "bob/follower", "--minutes", "30");
      await world.settle();
      const listed = await does("", "mirror", "list", "-R", "bob/follower");
      expect(listed).toContain(`${id}  follows  ok`);
      await does("", "mirror", "sync", id, "-R", "bob/follower");
      await world.settle();
      await does("", "mirror", "remove", id, "-R", "bob/follower");
      expect(await does("", "mirror", "list", "-R", "bob/follower", "--json")).toBe("[]");
      const wrong = await wit("", ["repo", "import", "ssh://x/y"]);
      expect(wrong).toMatchObject({ code: 1, said: expect.stringContaining("begins with https://") });
    } finally {
      await there.close();
    }
  });

  test("signs in with a token that only they can read, and out again", async () => {
    expect(await wit("", ["auth", "status"])).toMatchObject({ code: 4 });
    const wrong = await wit("", ["auth", "login", world.url, "--with-token"], "wit_wrong");
    expect(wrong).toMatchObject({ code: 4, said: expect.stringContaining("Bad credentials") });
    expect(await wit("", ["auth", "status"])).toMatchObject({ code: 4 });
    await signIn("bob");
    const file = path.join(machine.home, ".config/wit/hosts.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
    const [status] = JSON.parse(await does("", "auth", "status", "--json"));
    expect(status).toMatchObject({ host: world.url, login: "bob", valid: true });
    expect(JSON.stringify(status)).not.toContain(people.bob.token);
    await does("", "auth", "logout");
    expect(await wit("", ["repo", "list"])).toMatchObject({ code: 4 });
  });

  test("makes a repository, clones it, and pushes without being asked for a password", async () => {
    await signIn("bob");
    expect(await does("", "repo", "create", "tools", "--private", "-d", "For the shed")).toBe(
      `${world.url}/bob/tools`,
    );
    await does("", "repo", "clone", "bob/tools", "shed");
    await machine.write("shed/README.md", "# Tools\n");
    await machine.git("shed", "add", "-A");
    await machine.git("shed", "commit", "-qm", "Begin");
    await machine.git("shed", "push", "-q", "origin", "main");
    expect(await machine.git("shed", "config", "--list")).not.toContain(people.bob.token);
    const seen = JSON.parse(await does("shed", "repo", "view", "--json"));
    expect(seen).toMatchObject({ full_name: "bob/tools", private: true, description: "For the shed" });
    expect(await does("shed", "repo", "view")).toContain("bob/tools (private)");
    expect(await does("", "repo", "list")).toContain("bob/tools");
    await does("shed", "repo", "edit", "--visibility", "public");
    expect(JSON.parse(await does("shed", "repo", "view", "--json")).private).toBe(false);
    expect(await wit("", ["repo", "delete", "bob/tools"])).toMatchObject({ code: 2 });
    await does("", "repo", "delete", "bob/tools", "--yes");
    expect(await wit("", ["repo", "view", "bob/tools"])).toMatchObject({ code: 1 });
  });

  test("opens, discusses, changes and closes an issue of the checkout they are in", async () => {
    await signIn("bob");
    await does("", "repo", "clone", "alice/demo");
    await does("demo", "label", "create", "wet", "-c", "0000ff");
    expect(await does("demo", "label", "list")).toContain("wet");
    const url = await does(
      "demo",
      "issue",
      "create",
      "-t",
      "It rains",
      "-b",
      "All day",
      "-l",
      "wet",
      "-a",
      "bob",
    );
    expect(url).toBe(`${world.url}/alice/demo/issues/1`);
    expect(await does("demo", "issue", "comment", "1", "-b", "Still")).toContain(`${url}#issuecomment-`);
    const shown = await does("demo", "issue", "view", url, "--comments");
    for (const text of ["It rains #1", "All day", "wet", "Still", "assignees  bob"])
      expect(shown).toContain(text);
    await does("demo", "issue", "edit", "#1", "-t", "It pours", "-a", "");
    expect(await does("demo", "issue", "list")).toMatch(/#1\s+open\s+It pours\s+wet/);
    await does("demo", "issue", "close", "1", "-r", "not_planned");
    expect(await does("demo", "issue", "list")).toBe("");
    const [closed] = JSON.parse(await does("demo", "issue", "list", "-s", "closed", "--json"));
    expect(closed).toMatchObject({ number: 1, state_reason: "not_planned", assignees: [] });
    await does("demo", "issue", "reopen", "1");
    expect(await does("demo", "issue", "view", "1")).toContain("open, by bob");
  });

  test("opens a pull request, and another person reads, reviews and merges it", async () => {
    await signIn("bob");
    await does("", "repo", "clone", "alice/demo");
    await machine.git("demo", "switch", "-qc", "umbrella");
    await machine.write("demo/umbrella.txt", "open\n");
    await machine.git("demo", "add", "-A");
    await machine.git("demo", "commit", "-qm", "Carry an umbrella");
    await machine.git("demo", "push", "-q", "origin", "umbrella");
    expect(await does("demo", "pr", "create")).toBe(`${world.url}/alice/demo/pull/1`);
    expect(await wit("demo", ["pr", "review", "1", "--approve"])).toMatchObject({ code: 1 });
    await signIn("alice");
    expect(await does("demo", "pr", "list")).toMatch(/#1\s+open\s+Carry an umbrella\s+alice:umbrella/);
    expect(await does("demo", "pr", "diff", "1")).toContain("+open");
    await machine.git("demo", "switch", "-q", "main");
    await does("demo", "pr", "checkout", "1");
    expect(await machine.git("demo", "log", "-1", "--format=%D %s")).toContain("pr-1");
    await does("demo", "pr", "comment", "1", "-b", "Which colour?");
    await does("demo", "pr", "review", "1", "--approve", "-b", "Yes");
    const head = JSON.parse(await does("demo", "pr", "view", "1", "--json")).head.sha;
    expect(await wit("demo", ["pr", "merge", "1", "--match", "0".repeat(40)])).toMatchObject({ code: 1 });
    const sha = await does("demo", "pr", "merge", "1", "--method", "squash", "--match", head);
    await machine.git("demo", "fetch", "-q");
    expect(await machine.git("demo", "rev-parse", "origin/main")).toBe(sha);
    expect(await does("demo", "pr", "view", "1")).toContain("merged, by bob");
  });

  test("a raw diff applies, byte for byte", async () => {
    await signIn("alice");
    await does("", "repo", "clone", "alice/demo");
    await does("demo", "pr", "create", "-H", "feature", "-t", "Feature");
    const { stdout } = await machine.run("demo", process.execPath, [bin, "pr", "diff", "1", "--raw"]);
    await machine.write("change.diff", stdout);
    await machine.git("demo", "apply", "--index", "../change.diff");
    expect(await machine.git("demo", "write-tree")).toBe(
      await machine.git("demo", "rev-parse", "origin/feature^{tree}"),
    );
  });

  test("nobody's text moves the cursor of somebody's terminal", async () => {
    const text = "red \u001b[31m\u009b2J\u0007 \u202egnp.exe \u200f!";
    const body = `\u001b]0;owned\u0007${text}`;
    const [alice, carol] = [world.as("alice"), world.as("carol")];
    const made = await carol.post("/repos/alice/demo/issues", { title: "Look at .exe", body });
    expect(made.status).toBe(201);
    await carol.post("/repos/alice/demo/issues/1/comments", { body: text });
    await alice.post("/repos/alice/demo/labels", { name: "odd", description: "Odd .exe" });
    const file = {
      message: "Write",
      branch: "feature",
      content: Buffer.from(`${text}\n`).toString("base64"),
    };
    expect((await alice.put("/repos/alice/demo/contents/odd.exe", file)).status).toBe(201);
    await alice.post("/repos/alice/demo/pulls", { title: "Odd .exe", head: "feature", base: "main", body });
    await signIn("bob");
    const dangerous = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200f]/; // oxlint-disable-line no-control-regex
    for (const args of [
      ["issue", "view", "1", "-c", "-R", "alice/demo"],
      ["issue", "list", "--json", "-R", "alice/demo"],
      ["label", "list", "-R", "alice/demo"],
      ["pr", "view", "2", "-R", "alice/demo"],
      ["pr", "diff", "2", "-R", "alice/demo"],
      ["api", "/repos/alice/demo/issues/1"],
      ["api", "/repos/alice/demo/pulls/2/files"],
    ]) {
      const { said } = await wit("", args);
      expect(said).toContain("exe");
      expect(said).not.toMatch(dangerous);
    }
    expect(JSON.parse(await does("", "issue", "view", "1", "--json", "-R", "alice/demo")).body).toBe(body);
  });

  test("the exit code says what kind of no it was", async () => {
    const code = async (...args: string[]) => (await wit("", args)).code;
    expect(await code()).toBe(2);
    expect(await code("dance")).toBe(2);
    expect(await code("issue", "view")).toBe(2);
    expect(await code("issue", "view", "twelve", "-R", "alice/demo")).toBe(4);
    await signIn("carol");
    expect(await code("issue", "view", "twelve", "-R", "alice/demo")).toBe(2);
    expect(await code("issue", "list", "--colour", "-R", "alice/demo")).toBe(2);
    expect(await code("issue", "list")).toBe(2);
    expect(await code("issue", "view", "99", "-R", "alice/demo")).toBe(1);
    expect(await code("repo", "view", "alice/secret")).toBe(1);
    expect(await code("label", "create", "mine", "-R", "alice/demo")).toBe(1);
    machine.set("WIT_TOKEN", "wit_revoked");
    expect(await code("api", "/user")).toBe(4);
    machine.set("WIT_HOST", "127.0.0.1:1");
    expect(await wit("", ["api", "/user"])).toMatchObject({
      code: 1,
      said: expect.stringContaining("is it running?"),
    });
  });

  test("the API is asked by hand, with fields, pages and bodies", async () => {
    await signIn("alice");
    const made = await does("", "api", "/repos/alice/demo/issues", "-f", "title=12", "-f", "labels[]=bug");
    expect(JSON.parse(made)).toMatchObject({ title: "12", labels: [{ name: "bug" }] });
    await does("", "api", "-X", "PATCH", "/repos/alice/demo/issues/1", "-f", "state=closed");
    for (let index = 0; index < 3; index += 1)
      await does("", "api", "user/repos", "-f", `name=r${index}`, "-F", "private=true");
    const all = JSON.parse(await does("", "api", "/user/repos?per_page=2", "--paginate"));
    expect(all).toHaveLength(5);
    const { code, out } = await wit(
      "",
      ["api", "/markdown", "--input", "-"],
      JSON.stringify({ text: "**x**" }),
    );
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("<strong>x</strong>") });
    expect(await does("", "api", "-X", "DELETE", "/repos/alice/r0")).toBe("");
  });
});

describe("whoever holds the data folder", patience, () => {
  let database: Awaited<ReturnType<typeof cloneDatabase>>;

  beforeAll(async () => {
    machine = await openMachine("root");
    database = await cloneDatabase();
    machine.set("DATABASE_URL", database.url);
    machine.set("WIT_DATA", path.join(machine.home, "data"));
  });
  afterAll(async () => {
    await machine.remove();
    await database.drop();
  });

  test("makes accounts and tokens, and hears why not", async () => {
    const account = ["admin", "user", "create", "--username", "dora", "--email", "dora@example.test"];
    expect(await does("", ...account, "--password", "dora likes long passwords", "--admin")).toBe("dora");
    const token = await does(
      "",
      "admin",
      "token",
      "create",
      "--user",
      "dora",
      "--scopes",
      "repo:write,admin",
    );
    expect(token).toMatch(/^wit_\w{20,}$/);
    const again = await wit("", [...account, "--password-stdin"], "another long password\n");
    expect(again).toMatchObject({ code: 1, said: expect.stringContaining("taken") });
    for (const [args, sentence] of [
      [["--user", "nobody-here", "--scopes", "admin"], "There is no user nobody-here"],
      [["--user", "dora", "--scopes", "everything"], "There is no scope everything"],
      [["--user", "carol", "--scopes", "admin"], "administrator"],
    ] as const) {
      const { code, said } = await wit("", ["admin", "token", "create", ...args]);
      expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(sentence) });
    }
    expect(await wit("", ["admin", "token", "create", "--user", "dora"])).toMatchObject({ code: 2 });
    expect(await does("", "db", "url")).toBe(database.url);
  });

  test("every command explains itself", async () => {
    const overview = await does("", "--help");
    const names = [...overview.matchAll(/^ {2}wit ((?:[a-z]+ )+) /gm)].map(([, name = ""]) => name.trim());
    expect(names.length).toBeGreaterThan(30);
    for (const name of names.filter((one) => /create|serve|url/.test(one)))
      expect(await does("", ...name.split(" "), "--help")).toContain(`wit ${name}`);
  });

  test("serves a forge, adds people to it while it runs, and stops it", { timeout: 180_000 }, async () => {
    const own = await openMachine("sam");
    const environment = { HOME: own.home, PATH: process.env["PATH"] ?? "", LC_ALL: "C.UTF-8" };
    const data = path.join(own.home, "data");
    const port = 20_000 + (process.pid % 20_000);
    const env = { ...environment, WIT_DATA: data, PORT: String(port), SSH_PORT: "0" };
    const server = spawn(process.execPath, [bin, "serve"], { env, stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise<number | null>((resolve) => server.on("exit", resolve));
    try {
      await new Promise<void>((resolve, reject) => {
        server.stdout.on("data", (chunk: Buffer) => chunk.includes("wit is ready") && resolve());
        server.on("exit", () => reject(new Error("the server ended before it was ready")));
      });
      for (const [name, value] of Object.entries(env)) own.set(name, value);
      const admin = ["admin", "user", "create", "--username", "sam", "--email", "sam@example.test"];
      const run = (args: readonly string[], input = "") =>
        own.run("", process.execPath, [bin, ...args], input);
      expect((await run([...admin, "--password-stdin", "--admin"], "sam likes long passwords")).code).toBe(0);
      const token = (await run(["admin", "token", "create", "--user", "sam", "--scopes", "admin,repo:write"]))
        .stdout;
      const headers = { authorization: `Bearer ${token.toString("utf8").trim()}` };
      const answer = await fetch(`http://127.0.0.1:${port}/api/v3/user`, { headers });
      expect(await answer.json()).toMatchObject({ login: "sam", site_admin: true });
      expect((await run(["db", "url"])).stdout.toString()).toMatch(/^postgres/);
    } finally {
      server.kill("SIGTERM");
      expect(await ended).toBe(0);
      await own.remove();
    }
  });
});
