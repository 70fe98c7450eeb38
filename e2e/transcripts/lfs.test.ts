/** What people do to a forge with the real `git lfs`, over HTTP and over SSH. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test as base } from "vitest";
import { startSsh, type RunningSsh } from "../../server/domains/repositories/git/git-ssh.ts";
import { parseAddedCommand } from "../../server/domains/repositories/git/ssh-command.ts";
import { systemContext } from "../../server/kernel/context.ts";
import { people, type PersonName } from "../../tools/testing/people.ts";
import { createWorld, type World } from "../../tools/testing/world.ts";
import { openMachine, type Machine } from "./machine.ts";

/** `npm test` installs it where it may: tools/setup/test-machine.mjs. */
const test = base.skipIf(spawnSync("git", ["lfs", "version"]).status !== 0);

let world: World;
let machine: Machine;
let ssh: RunningSsh;

beforeEach(async () => {
  world = await createWorld({ listen: true });
  machine = await openMachine("bob");
  ssh = await startSsh(world.services, (name) => systemContext(world.services, name), {
    port: 0,
    host: "127.0.0.1",
  });
  await machine.git("", "lfs", "install", "--skip-repo");
});
afterEach(async () => {
  await ssh.stop();
  await machine.remove();
  await world.settle();
  await world.close();
});

/** A remote's address with somebody's token as the password. */
const http = (who: PersonName, repository = "alice/demo") =>
  `${world.url.replace("://", `://${who}:${people[who].token}@`)}/${repository}.git`;

/** A remote's address for somebody with a key, which is made and given to them. */
async function overSsh(who: PersonName, repository = "alice/demo"): Promise<string> {
  const key = path.join(machine.home, `key-${who}`);
  await machine.run("", "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
  const publicKey = await readFile(`${key}.pub`, "utf8");
  expect((await world.as(who).post("/user/keys", { title: who, key: publicKey })).status).toBe(201);
  const known = `UserKnownHostsFile="${path.join(machine.home, "known_hosts")}"`;
  const options = [
    "BatchMode=yes",
    "LogLevel=ERROR",
    "IdentitiesOnly=yes",
    "StrictHostKeyChecking=no",
    known,
  ];
  const words = ["ssh", "-F", "/dev/null", "-i", key, ...options.flatMap((option) => ["-o", option])];
  machine.set("GIT_SSH_COMMAND", words.map((word) => `'${word}'`).join(" "));
  return `ssh://git@127.0.0.1:${ssh.port}/${repository}.git`;
}

/** A clone in `work` with one large file in its last commit. */
async function commitLarge(remote: string, content: Uint8Array) {
  await machine.git("", "clone", "-q", remote, "work");
  await machine.git("work", "lfs", "track", "*.bin");
  await machine.write("work/large.bin", content);
  await machine.git("work", "add", "-A");
  await machine.git("work", "commit", "-qm", "Add a large file");
}

const fileIn = (folder: string) => readFile(path.join(machine.home, folder, "large.bin"));

describe.each([
  { over: "HTTP", remoteOf: async (who: PersonName, repository?: string) => http(who, repository) },
  { over: "SSH", remoteOf: overSsh },
])("over $over", ({ remoteOf }) => {
  test("a large file is pushed, git holds a pointer, and another clone brings it back", async () => {
    const content = randomBytes(3_000_000);
    const remote = await remoteOf("bob");
    await commitLarge(remote, content);
    await machine.git("work", "push", "-q", "origin", "HEAD:main");
    expect(await machine.git("work", "show", "HEAD:large.bin")).toContain("oid sha256:");
    await machine.git("", "clone", "-q", remote, "again");
    expect((await fileIn("again")).equals(content)).toBe(true);
    const raw = await fetch(`${world.url}/alice/demo/raw/main/large.bin`);
    expect(Buffer.from(await raw.arrayBuffer()).equals(content)).toBe(true);
    expect((await world.as("alice").get("/repos/alice/demo")).body.size).toBeLessThan(2000);
  });

  test("a private repository's files are for those who may read it", async () => {
    const content = randomBytes(50_000);
    const remote = await remoteOf("alice", "alice/secret");
    await commitLarge(remote, content);
    await machine.git("work", "push", "-q", "origin", "HEAD:main");
    await machine.git("", "clone", "-q", remote, "again");
    expect((await fileIn("again")).equals(content)).toBe(true);
  });

  test("a reader's push ends before anything is stored", async () => {
    await commitLarge(await remoteOf("carol"), randomBytes(1000));
    expect(await machine.refused("work", "push", "origin", "HEAD:main")).toMatch(
      /Must have write access|Authorization error|lacks/,
    );
    expect([...(await world.services.database.execute(sql`select 1 from lfs_contents`))]).toEqual([]);
  });

  test("a reader proposes a large file by a push: reviewers read it once the pull request is there, nobody before", async () => {
    const content = randomBytes(400_000);
    const remote = await remoteOf("carol");
    await commitLarge(remote, content);
    const rows = async () => [
      ...(await world.services.database.execute<{ place: string }>(
        sql`select 'held' as place from lfs_objects union all select 'waits' from lfs_proposed`,
      )),
    ];
    const said = await machine.git("work", "push", "origin", "HEAD:refs/for/main");
    const number = /\/pull\/(\d+)/.exec(said)?.[1];
    await world.settle();
    expect(await rows()).toEqual([{ place: "held" }]);
    await machine.git("", "clone", "-q", http("alice"), "hers");
    await machine.git("hers", "fetch", "-q", "origin", `refs/pull/${number}/head`);
    await machine.git("hers", "checkout", "-q", "FETCH_HEAD");
    expect((await fileIn("hers")).equals(content)).toBe(true);
    expect((await world.as("alice").put(`/repos/alice/demo/pulls/${number}/merge`)).status).toBe(200);
    const raw = await fetch(`${world.url}/alice/demo/raw/main/large.bin`);
    expect(Buffer.from(await raw.arrayBuffer()).equals(content)).toBe(true);
    // A second push of the proposal brings what is new, and a push to a branch still ends before anything is stored.
    await machine.write("work/large.bin", randomBytes(1000));
    await machine.git("work", "commit", "-qam", "Change the large file");
    expect(await machine.refused("work", "push", "origin", "HEAD:main")).toMatch(
      /Must have write access|Authorization error|lacks/,
    );
    expect(await rows()).toHaveLength(1);
    await machine.git("work", "push", "-q", "origin", "HEAD:refs/for/main");
    await world.settle();
    expect(await rows()).toEqual([{ place: "held" }, { place: "held" }]);
  });

  test("a maintainer brings a large file to the branch of a fork that lets them, and to nothing else of it", async () => {
    const fork = "carol/demo";
    const carol = world.as("carol");
    expect((await carol.post("/repos/alice/demo/forks", {})).status).toBe(202);
    await world.settle();
    await machine.git("", "clone", "-q", http("carol", fork), "hers");
    await machine.write("hers/fix.txt", "Fix");
    await machine.git("hers", "add", "-A");
    await machine.git("hers", "commit", "-qm", "Fix");
    await machine.git("hers", "push", "-q", "origin", "HEAD:fix");
    const body = { title: "Fix", head: "carol:fix", base: "main" };
    const opened = (await carol.post("/repos/alice/demo/pulls", body)).body;
    expect(opened.maintainer_can_modify).toBe(true);

    const content = randomBytes(400_000);
    const remote = await remoteOf("bob", fork);
    await machine.git("", "clone", "-q", "-b", "fix", remote, "work");
    await machine.git("work", "lfs", "track", "*.bin");
    await machine.write("work/large.bin", content);
    await machine.git("work", "add", "-A");
    await machine.git("work", "commit", "-qm", "Add a large file");
    const refused = /Must have write access|Authorization error|lacks/;
    for (const ref of ["main", "new"])
      expect(await machine.refused("work", "push", "origin", `HEAD:${ref}`)).toMatch(refused);
    expect([...(await world.services.database.execute(sql`select 1 from lfs_contents`))]).toEqual([]);
    await machine.git("work", "push", "-q", "origin", "HEAD:fix");
    await world.settle();
    await machine.git("", "clone", "-q", "-b", "fix", http("carol", fork), "again");
    expect((await fileIn("again")).equals(content)).toBe(true);

    // It ends with the consent.
    await carol.patch(`/repos/alice/demo/pulls/${opened.number}`, { maintainer_can_modify: false });
    await machine.write("work/large.bin", randomBytes(1000));
    await machine.git("work", "commit", "-qam", "Change the large file");
    expect(await machine.refused("work", "push", "origin", "HEAD:fix")).toMatch(refused);
    expect([...(await world.services.database.execute(sql`select 1 from lfs_contents`))]).toHaveLength(1);
  });

  test("files are locked, seen locked by others, and unlocked", async () => {
    await commitLarge(await remoteOf("bob"), randomBytes(1000));
    await machine.git("work", "push", "-q", "origin", "HEAD:main");
    expect(await machine.git("work", "lfs", "lock", "large.bin")).toContain("Locked large.bin");
    expect(await machine.git("work", "lfs", "locks")).toMatch(/large\.bin\s+bob\s+ID:/);
    await machine.git("", "clone", "-q", await remoteOf("alice"), "hers");
    expect(await machine.git("hers", "lfs", "locks")).toContain("bob");
    expect(await machine.refused("hers", "lfs", "unlock", "large.bin")).toContain("bob");
    expect(await machine.git("hers", "lfs", "unlock", "--force", "large.bin")).toContain("Unlocked");
    expect(await machine.git("hers", "lfs", "locks")).toBe("");
  });
});

describe("what must not work", () => {
  test("a command line is read as one word and the name of a repository, and as nothing else", () => {
    const words = ["upload"];
    for (const target of ["alice/demo", "/alice/demo.git", "'/alice/demo.git'", '"alice/demo.git"'])
      expect(parseAddedCommand(`git-lfs-authenticate ${target} upload`)).toMatchObject({
        owner: "alice",
        name: "demo",
        words,
      });
    for (const line of [
      "git-lfs-authenticate",
      "git-lfs-authenticate ../../etc/passwd upload",
      "git-lfs-authenticate 'alice/demo' upload; id",
      "git-lfs-authenticate 'alice/demo' $(id)",
      "git-lfs-authenticate 'alice/demo'\nid upload",
      "git-lfs-transfer alice/demo upload",
      "constructor alice/demo upload",
    ])
      expect(parseAddedCommand(line)).toBeNull();
  });

  test("a pointer to another repository's content brings nothing but an error", async () => {
    const content = randomBytes(50_000);
    await commitLarge(http("alice", "alice/secret"), content);
    await machine.git("work", "push", "-q", "origin", "HEAD:main");
    const pointer = await machine.git("work", "show", "HEAD:large.bin");
    await world.as("mallory").post("/user/repos", { name: "mine", auto_init: true });
    await world.settle();
    for (const [name, text] of [
      [".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n"],
      ["large.bin", `${pointer}\n`],
    ] as const) {
      const file = { message: "Add", content: Buffer.from(text).toString("base64") };
      expect((await world.as("mallory").put(`/repos/mallory/mine/contents/${name}`, file)).status).toBe(201);
    }
    expect(await machine.refused("", "clone", http("mallory", "mallory/mine"), "stolen")).toMatch(
      /does not hold the object|does not exist on the server|404/,
    );
  });

  test("a proposal that points to another repository's content, or to what somebody else brought, opens neither", async () => {
    const content = randomBytes(50_000);
    await commitLarge(http("alice", "alice/secret"), content);
    await machine.git("work", "push", "-q", "origin", "HEAD:main");
    const oid = /sha256:([0-9a-f]{64})/.exec(await machine.git("work", "show", "HEAD:large.bin"))?.[1] ?? "";
    await world.write(sql`insert into lfs_proposed (repo_id, user_id, oid, size)
      select repositories.id, "user".id, ${oid}, ${content.length} from repositories, "user"
      where repositories.name = 'demo' and "user".email = ${people.carol.email}`);
    await machine.git("", "clone", "-q", http("mallory"), "strange");
    const pointer = await machine.git("work", "show", "HEAD:large.bin");
    await machine.git("strange", "lfs", "uninstall", "--local");
    await machine.write("strange/pointer.txt", `${pointer}\n`);
    await machine.git("strange", "add", "pointer.txt");
    await machine.git("strange", "commit", "-qm", "Point there");
    machine.set("GIT_LFS_SKIP_PUSH", "1");
    expect(await machine.git("strange", "push", "origin", "HEAD:refs/for/main")).toContain("Opened");
    await world.settle();
    const response = await fetch(`${world.url}/alice/demo.git/info/lfs/objects/${oid}`, {
      headers: { authorization: `token ${people.mallory.token}` },
    });
    expect(response.status).toBe(404);
    const held = await world.services.database.execute<{ count: string }>(
      sql`select count(*) from lfs_objects where repo_id in (select id from repositories where name = 'demo')`,
    );
    expect(Number(held[0]?.count)).toBe(0);
  });

  test("a download that broke off goes on with curl, of a large file and of an ordinary one", async () => {
    const content = randomBytes(300_000);
    await commitLarge(http("bob"), content);
    await machine.write("work/plain.dat", content.toReversed());
    await machine.git("work", "add", "-A");
    await machine.git("work", "commit", "-qm", "And an ordinary one");
    await machine.git("work", "push", "-q", "origin", "HEAD:main");
    for (const [name, whole] of [
      ["large.bin", content],
      ["plain.dat", content.toReversed()],
    ] as const) {
      await machine.write(`part-${name}`, whole.subarray(0, 123_456));
      const url = `${world.url}/alice/demo/raw/main/${name}`;
      const args = [
        "-sS",
        "--fail",
        "-C",
        "-",
        "-o",
        `part-${name}`,
        "-w",
        "%{http_code} %{size_download}",
        url,
      ];
      expect((await machine.run("", "curl", args)).said).toBe(`206 ${300_000 - 123_456}`);
      expect((await readFile(path.join(machine.home, `part-${name}`))).equals(whole)).toBe(true);
    }
  });
});
