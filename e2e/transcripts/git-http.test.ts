/** What people do to a forge with plain git over HTTP, and what must not work. */
import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { people, type PersonName } from "../../tools/testing/people.ts";
import { createWorld, type World, type WorldOptions } from "../../tools/testing/world.ts";
import { openMachine, type Machine } from "./machine.ts";

let world: World;
let machine: Machine;

async function open(options: WorldOptions = {}) {
  world = await createWorld({ listen: true, ...options });
  machine = await openMachine("bob");
}

beforeEach(() => open());
afterEach(async () => {
  await machine.remove();
  await world.settle();
  await world.close();
});

/** A remote's address with somebody's token as the password. */
const at = (who: PersonName | string | null, repository = "alice/demo.git") => {
  const token = who === null ? null : who in people ? people[who as PersonName].token : who;
  return `${world.url.replace("://", token === null ? "://" : `://git:${token}@`)}/${repository}`;
};

/** A clone in `work` with one commit on top. */
async function cloneAndCommit(who: PersonName | string, repository?: string, file = "new.txt") {
  await machine.git("", "clone", "-q", at(who, repository), "work");
  await machine.write(`work/${file}`, `${file}\n`);
  await machine.git("work", "add", "-A");
  await machine.git("work", "commit", "-qm", `Add ${file}`);
}

const head = async (repository = "alice/demo", branch = "main") =>
  (await world.as("alice").get(`/repos/${repository}/git/ref/heads/${branch}`)).body.object?.sha;

describe("a protected branch", () => {
  const protect = (input: object) =>
    world.as("alice").post("/repos/alice/demo/protection-rules", { pattern: "main", ...input });

  test("refuses a direct push with the name of its rule, and lets other branches of the push pass", async () => {
    await protect({ require_pull_request: true });
    await cloneAndCommit("bob");
    const before = await head();
    expect(await machine.refused("work", "push", "origin", "main", "main:side")).toContain(
      'main is protected by the rule "main": changes come in by pull request',
    );
    expect(await head()).toBe(before);
    expect(await head("alice/demo", "side")).toBeDefined();
    await machine.refused("work", "push", "--atomic", "origin", "main", "main:other");
    expect(await head("alice/demo", "other")).toBeUndefined();
  });

  test("refuses rewritten history and its deletion, also to the owner", async () => {
    await machine.git("", "clone", "-q", at("alice"), "work");
    await machine.git("work", "push", "-q", "origin", "main:kept");
    await protect({ pattern: "kept" });
    await machine.git("work", "commit", "-q", "--amend", "-m", "Rewritten");
    expect(await machine.refused("work", "push", "--force", "origin", "main:kept")).toContain(
      "its history cannot be rewritten",
    );
    expect(await machine.refused("work", "push", "origin", ":kept")).toContain("it cannot be deleted");
  });
});

describe("working together", () => {
  test("a writer pushes, another person pulls, and the forge shows it", async () => {
    await cloneAndCommit("bob");
    await machine.git("", "clone", "-q", at("carol"), "carols");
    await machine.git("work", "push", "-q");
    await machine.git("carols", "pull", "-q");
    expect(await machine.git("carols", "log", "-1", "--format=%s")).toBe("Add new.txt");
    expect((await world.as("carol").get("/repos/alice/demo/contents/new.txt")).status).toBe(200);
    const events = await world.events({ type: "repository.pushed" });
    expect(events.at(-1)).toMatchObject({ actorLogin: "bob", payload: { commits_count: 1, reason: "push" } });
  });

  test("the address works with and without .git, signed in or not", async () => {
    for (const address of [
      at(null),
      at(null, "alice/demo"),
      at("mallory", "Alice/DEMO"),
      at("alice", "alice/secret"),
    ])
      expect(await machine.git("", "ls-remote", address)).toContain("refs/heads/main");
  });

  test("an existing repository is pushed whole, and its branch becomes the default one", async () => {
    await world.as("alice").post("/user/repos", { name: "imported" });
    await machine.git("", "init", "-q", "-b", "trunk", "work");
    for (let n = 0; n < 5; n += 1)
      await machine.git("work", "commit", "-q", "--allow-empty", "-m", `Step ${n}`);
    await machine.git("work", "tag", "-a", "v1", "-m", "First");
    await machine.git("work", "push", "-q", "--mirror", at("alice", "alice/imported.git"));
    expect((await world.as("alice").get("/repos/alice/imported")).body.default_branch).toBe("trunk");
    expect((await world.as("alice").get("/repos/alice/imported/tags")).body[0].name).toBe("v1");
    await machine.git("", "clone", "-q", at("alice", "alice/imported"), "again");
    expect(await machine.git("again", "rev-parse", "--abbrev-ref", "HEAD")).toBe("trunk");
  });

  test("a new branch is answered with the link that opens a pull request", async () => {
    await cloneAndCommit("bob");
    const said = await machine.git("work", "push", "origin", "HEAD:refs/heads/topic/ünï");
    expect(said).toContain(`remote:   ${world.url}/alice/demo/compare/main...topic/%C3%BCn%C3%AF?expand=1`);
    expect(await machine.git("work", "push", "origin", "HEAD:main")).not.toContain("compare");
  });

  test("of two who push at once one gets in, and the other is told to fetch", async () => {
    await cloneAndCommit("bob");
    await machine.git("", "clone", "-q", at("alice"), "other");
    await machine.git("other", "commit", "-q", "--allow-empty", "-m", "Other");
    const both = await Promise.all(
      ["work", "other"].map((cwd) => machine.run(cwd, "git", ["push", "origin", "main"])),
    );
    expect(new Set(both.map(({ code }) => code))).toEqual(new Set([0, 1]));
    expect(both.find(({ code }) => code === 1)?.said).toMatch(/fetch first|rejected/);
  });

  test("after a rename and a transfer the old clone works on", async () => {
    await cloneAndCommit("alice");
    await world.as("alice").patch("/repos/alice/demo", { name: "show" });
    await machine.git("work", "push", "-q");
    await world.as("alice").post("/repos/alice/show/transfer", { new_owner: "acme" });
    await machine.git("work", "commit", "-q", "--allow-empty", "-m", "After the move");
    await machine.git("work", "push", "-q");
    expect(await machine.git("work", "rev-parse", "HEAD")).toBe(await head("acme/show"));
  });

  test("shallow, partial and old-protocol clones work", async () => {
    await machine.git("", "clone", "-q", "--depth=1", at("carol"), "shallow");
    expect(await machine.git("shallow", "rev-list", "--count", "HEAD")).toBe("1");
    await machine.git("", "clone", "-q", "--filter=blob:none", at("carol"), "partial");
    await machine.git("", "-c", "protocol.version=0", "clone", "-q", at("carol"), "old");
    expect(await machine.git("old", "rev-list", "--count", "HEAD")).toBe("5");
  });
});

describe("who may not", () => {
  test("a stranger is not told that a private repository exists, with or without a password", async () => {
    for (const name of ["alice/secret", "alice/nothing-there"]) {
      expect(await machine.refused("", "clone", at("mallory", name), "x")).toContain("not found");
      expect(await machine.refused("", "clone", at(null, name), "x")).toContain("could not read Username");
    }
  });

  test("a reader and a stranger push nothing to a public repository", async () => {
    const before = await head();
    for (const who of ["carol", "mallory"] as const) {
      await machine.git("", "clone", "-q", at(who), who);
      await machine.git(who, "commit", "-q", "--allow-empty", "-m", "x");
      expect(await machine.refused(who, "push")).toContain("Must have write access");
    }
    await machine.git("", "clone", "-q", at(null), "nobody");
    expect(await machine.refused("nobody", "push", "origin", "HEAD:x")).toContain("could not read Username");
    expect(await head()).toBe(before);
  });

  test("a suspended person gets nothing that asks for a name", async () => {
    await world.as("alice").put("/repos/alice/secret/collaborators/sam", {});
    expect(await machine.refused("", "clone", at("sam", "alice/secret"), "x")).toContain("suspended");
    await machine.git("", "clone", "-q", at(null), "work");
    await machine.git("work", "commit", "-q", "--allow-empty", "-m", "x");
    expect(await machine.refused("work", "push", at("sam"), "HEAD:main")).toContain("suspended");
  });

  test("a token that expired, was revoked, is wrong or lacks the scope opens nothing", async () => {
    const change = (statement: ReturnType<typeof sql>) => world.write(statement);
    const bobs = sql`user_id = (select id from "user" where username = 'bob')`;
    await machine.git("", "clone", "-q", at(null), "work");
    await machine.git("work", "commit", "-q", "--allow-empty", "-m", "x");
    const push = () => machine.refused("work", "push", at("bob"), "HEAD:main");
    await change(sql`update personal_access_tokens set scopes = '["user:read"]' where ${bobs}`);
    expect(await push()).toContain("lacks the scope repo:write");
    await change(sql`update personal_access_tokens set scopes = '["repo:read"]' where ${bobs}`);
    expect(await push()).toContain("lacks the scope repo:write");
    expect(await machine.git("", "ls-remote", at("bob"))).toContain("refs/heads/main");
    await change(
      sql`update personal_access_tokens set scopes = '["repo:write"]', expires_at = now() where ${bobs}`,
    );
    expect(await push()).toContain("Authentication failed");
    await change(sql`delete from personal_access_tokens where ${bobs}`);
    expect(await push()).toContain("Authentication failed");
    expect(await machine.refused("work", "push", at("wrong"), "HEAD:main")).toContain(
      "Authentication failed",
    );
  });

  test("an archive is read and not written", async () => {
    await cloneAndCommit("bob");
    await world.as("alice").patch("/repos/alice/demo", { archived: true });
    expect(await machine.refused("work", "push")).toContain("archived so is read-only");
    await machine.git("work", "fetch", "-q");
  });

  test("a right that is withdrawn while a push is under way counts", async () => {
    await cloneAndCommit("bob");
    const before = await head();
    const pushing = machine.run("work", "git", ["push"]);
    await world.as("alice").delete("/repos/alice/demo/collaborators/bob");
    const { code } = await pushing;
    // Whichever came first: a push that succeeded was complete before the right was gone.
    expect((await head()) === before).toBe(code !== 0);
  });
});

describe("what nobody pushes", () => {
  test("the default branch is not deleted, other branches are", async () => {
    await machine.git("", "clone", "-q", at("bob"), "work");
    expect(await machine.refused("work", "push", "origin", ":main")).toContain(
      "default branch cannot be deleted",
    );
    await machine.git("work", "push", "-q", "origin", ":feature");
    expect((await world.as("bob").get("/repos/alice/demo/branches")).body).toHaveLength(1);
  });

  test("the server's own names, and names that are options or paths, are refused", async () => {
    await cloneAndCommit("bob");
    for (const ref of [
      "refs/pull/1/head",
      "refs/wit/x",
      "refs/heads/-x",
      "refs/heads/HEAD",
      `refs/heads/${"a".repeat(40)}`,
    ])
      expect(await machine.refused("work", "push", "origin", `HEAD:${ref}`), ref).toContain("rejected");
    expect((await world.as("bob").get("/repos/alice/demo/branches")).body).toHaveLength(2);
  });

  test("names that no git would send, said by hand, and deletions of what is not the client's move nothing", async () => {
    const pull = { title: "x", head: "feature", base: "main" };
    expect((await world.as("bob").post("/repos/alice/demo/pulls", pull)).status).toBe(201);
    await machine.git("", "clone", "-q", "--mirror", at("bob"), "before");
    const refs = await machine.git("before", "for-each-ref");
    expect(refs).toContain("refs/pull/1/head");
    const [main, feature] = await Promise.all([head(), head("alice/demo", "feature")]);
    const zero = "0".repeat(40);
    const packet = (text: string) => (Buffer.byteLength(text) + 4).toString(16).padStart(4, "0") + text;
    const emptyPack = Buffer.from("5041434b0000000200000000029d08823bd8a8eab510ad6ac75c823cfd3ed31e", "hex");
    /** One command, as a client of one's own could send it. */
    const send = async (line: string, hasPack: boolean) => {
      const words = Buffer.from(`${packet(`${line}\0report-status`)}0000`);
      const answer = await fetch(`${at(null)}/git-receive-pack`, {
        method: "POST",
        headers: {
          authorization: `Basic ${Buffer.from(`git:${people.bob.token}`).toString("base64")}`,
          "content-type": "application/x-git-receive-pack-request",
        },
        body: hasPack ? Buffer.concat([words, emptyPack]) : words,
      });
      return { status: answer.status, said: await answer.text() };
    };
    const names = [
      "HEAD",
      "main",
      "-x",
      "refs/heads/-x",
      "refs/heads/--upload-pack=id",
      "refs/heads/a\nb",
      "refs/heads/a\nrefs/heads/b",
      "refs/heads/..",
      "refs/heads/a..b",
      "refs/heads/a@{1}",
      "refs/heads/../../config",
      "refs/../HEAD",
      "refs/heads/a/",
      "/refs/heads/a",
      "refs//heads/a",
      "refs/heads/.a",
      "refs/heads/a.lock",
      "refs/heads/a\u007fb",
      "refs/heads/a\u001b[31m",
      "refs/heads/HEAD",
      "refs/pull/1/head",
      "refs/pull/2/head",
      "refs/wit/x",
      "refs/heads",
      "refs",
      "objects/info/alternates",
      "config",
    ];
    for (const name of names)
      for (const [before, after] of [
        [zero, main],
        [main, zero],
        [feature, zero],
        [main, feature],
        [zero, zero],
      ]) {
        const { status, said } = await send(`${before} ${after} ${name}`, after !== zero);
        expect(status, name).toBeLessThan(500);
        if (status === 200) expect(said, `${name} ${before} ${after}`).toContain("ng ");
        expect(said).not.toMatch(/\/tmp\/wit-world|at async|fatal:/);
      }
    const twice = await send(`${zero} ${main} refs/heads/a\0 ${zero} ${main} refs/heads/b`, true);
    expect(twice.status).toBeLessThan(500);
    const [deleted] = [await send(`${main} ${zero} refs/heads/main`, false)];
    expect(deleted?.said).toMatch(/ng refs\/heads\/main .*default branch cannot be deleted/);
    const left = await machine.git("", "ls-remote", at("bob"));
    expect(left).not.toMatch(/refs\/heads\/b$/m);
    const same = (text: string) =>
      text.split("\n").filter((line) => !/HEAD$|refs\/heads\/a$/.test(line)).length;
    expect(same(left)).toBe(same(refs));
    expect([await head(), await head("alice/demo", "feature")]).toEqual([main, feature]);
    expect((await world.as("bob").get("/repos/alice/demo")).body.default_branch).toBe("main");
  });

  test("a path in an address does not leave the forge", async () => {
    for (const path of [
      "..%2f..%2fetc/passwd",
      "alice/..%2f..%2fsecret.git",
      "alice/demo.git/..%2f..",
      "%2e%2e/%2e%2e",
      "-x/--upload-pack=id",
      "alice/demo%00.git",
      "alice/demo.git%0a",
      "v1/00",
    ]) {
      const answer = await fetch(`${world.url}/${path}/info/refs?service=git-upload-pack`);
      expect([401, 404], path).toContain(answer.status);
    }
    const dumb = await fetch(`${world.url}/alice/demo.git/info/refs`);
    expect(dumb.status).toBe(404);
    for (const file of ["HEAD", "config", "objects/info/packs"])
      expect((await fetch(`${world.url}/alice/demo.git/${file}`)).status, file).toBe(404);
  });
});

describe("broken pushes", () => {
  const packet = (text: string) => (text.length + 4).toString(16).padStart(4, "0") + text;

  async function push(body: Uint8Array | string, branch = "refs/heads/evil") {
    const command = packet(`${"0".repeat(40)} ${"1".repeat(40)} ${branch}\0report-status side-band-64k`);
    const answer = await fetch(`${world.url}/alice/demo.git/git-receive-pack`, {
      method: "POST",
      headers: {
        "content-type": "application/x-git-receive-pack-request",
        authorization: `Basic ${Buffer.from(`bob:${people.bob.token}`).toString("base64")}`,
      },
      body: Buffer.concat([Buffer.from(`${command}0000`), Buffer.from(body)]),
    });
    return { status: answer.status, text: await answer.text() };
  }

  test("garbage, a pack that is cut off and a missing object leave nothing behind", async () => {
    for (const body of ["", "garbage", Buffer.from("PACK\0\0\0\x02\0\0\0\x05"), randomBytes(10_000)]) {
      const { status, text } = await push(body);
      expect(status === 200 ? text : "refused").not.toMatch(/unpack ok|ok refs/);
    }
    expect((await world.as("bob").get("/repos/alice/demo/branches")).body).toHaveLength(2);
    const [{ count } = { count: null }] = await world.services.database.execute(
      sql`select count(*)::int from ref_update_intents`,
    );
    expect(count).toBe(0);
    await machine.git("", "clone", "-q", at("bob"), "work");
  });

  test("a pack over the limit is refused with a sentence", async () => {
    await machine.remove();
    await world.close();
    await open({ limits: { packBytes: 100_000 } });
    await machine.git("", "clone", "-q", at("bob"), "work");
    await machine.write("work/large.bin", randomBytes(1_000_000));
    await machine.git("work", "add", "-A");
    await machine.git("work", "commit", "-qm", "Too much");
    expect(await machine.refused("work", "push")).toMatch(/larger|too large|limit/i);
    expect((await world.as("bob").get("/repos/alice/demo/contents/large.bin")).status).toBe(404);
  });

  test("what crawlers and browsers ask is answered shortly", async () => {
    expect((await fetch(`${world.url}/alice/demo.git/git-receive-pack`)).status).toBe(404);
    const form = await fetch(`${world.url}/alice/demo.git/git-upload-pack`, { method: "POST", body: "x" });
    expect([400, 415]).toContain(form.status);
  });
});
