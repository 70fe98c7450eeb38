/** What people do to a forge with git and ssh, and what must not work. */
import { readFile, stat } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { sql } from "drizzle-orm";
import ssh2 from "ssh2";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startSsh, type RunningSsh } from "../../server/domains/repositories/git/git-ssh.ts";
import { parseSshCommand } from "../../server/domains/repositories/git/ssh-command.ts";
import { systemContext } from "../../server/kernel/context.ts";
import type { PersonName } from "../../tools/testing/people.ts";
import { createWorld, type World } from "../../tools/testing/world.ts";
import { openMachine, type Machine } from "./machine.ts";

let world: World;
let machine: Machine;
let ssh: RunningSsh;

const start = () =>
  startSsh(world.services, (name) => systemContext(world.services, name), { port: 0, host: "127.0.0.1" });

beforeEach(async () => {
  world = await createWorld();
  machine = await openMachine("bob");
  ssh = await start();
});
afterEach(async () => {
  await ssh.stop();
  await machine.remove();
  await world.settle();
  await world.close();
});

const options = [
  "-F",
  "/dev/null",
  "-o",
  "BatchMode=yes",
  "-o",
  "LogLevel=ERROR",
  "-o",
  "IdentitiesOnly=yes",
];

/** Makes a key, gives it to somebody, and lets git and ssh use it from now on. Answers the key's id. */
async function useKeyOf(who: PersonName | null, type = "ed25519"): Promise<number> {
  const key = path.join(machine.home, `key-${who}-${type}`);
  await machine.run("", "ssh-keygen", [
    "-q",
    "-t",
    type,
    "-N",
    "",
    "-f",
    key,
    ...(type === "rsa" ? ["-b", "3072"] : []),
  ]);
  const known = path.join(machine.home, "known_hosts");
  const words = [
    ...options,
    "-i",
    key,
    "-o",
    "StrictHostKeyChecking=accept-new",
    "-o",
    // A value with a space in it ends there unless it is quoted, and all runs would share one file.
    `UserKnownHostsFile="${known}"`,
  ];
  machine.set("GIT_SSH_COMMAND", ["ssh", ...words].map((word) => `'${word}'`).join(" "));
  sshWords = words;
  if (who === null) return 0;
  const { stdout } = await machine.run("", "cat", [`${key}.pub`]);
  const added = await world.as(who).post("/user/keys", { title: type, key: stdout.toString() });
  expect(added.status).toBe(201);
  return added.body.id;
}
let sshWords: readonly string[] = [];

const runSsh = (user: string, ...command: readonly string[]) =>
  machine.run("", "ssh", [...sshWords, "-p", String(ssh.port), `${user}@127.0.0.1`, ...command]);
/** Offers a public key and answers the challenge with a signature of one's own making. */
function signInWith(publicKey: string, signature: Buffer): Promise<"ready" | "refused"> {
  class Forger extends ssh2.BaseAgent {
    override getIdentities(done: (error: Error | undefined, keys: string[]) => void) {
      done(undefined, [publicKey]);
    }
    override sign(...args: unknown[]) {
      const done = args.findLast((one) => typeof one === "function");
      (done as (error: undefined, signature: Buffer) => void)(undefined, signature);
    }
  }
  return new Promise((resolve) => {
    const client = new ssh2.Client();
    client.on("ready", () => {
      client.end();
      resolve("ready");
    });
    client.on("error", () => resolve("refused"));
    client.on("close", () => resolve("refused"));
    client.connect({ host: "127.0.0.1", port: ssh.port, username: "git", agent: new Forger() as never });
  });
}

const pkt = (line: string) => (line.length + 4).toString(16).padStart(4, "0") + line;
const lsRefs = `${pkt("command=ls-refs")}0001${pkt("peel")}0000`;
const fetchOf = (want: string) => `${pkt("command=fetch")}0001${pkt(want)}${pkt("done")}0000`;

/** Runs a command over version 2 of the protocol and keeps both directions open. */
async function openSession(privateKey: Buffer, command: string) {
  const client = new ssh2.Client();
  await new Promise<void>((resolve, reject) => {
    client.on("ready", () => resolve());
    client.on("error", reject);
    client.connect({ host: "127.0.0.1", port: ssh.port, username: "git", privateKey });
  });
  let heard = "";
  const { promise: left, resolve: leave } = Promise.withResolvers<number>();
  const channel = await new Promise<ssh2.ClientChannel>((resolve, reject) =>
    client.exec(command, { env: { GIT_PROTOCOL: "version=2" } }, (error, opened) =>
      error ? reject(error) : resolve(opened),
    ),
  );
  channel.on("data", (bytes: Buffer) => (heard += bytes.toString("latin1")));
  channel.on("exit", (code: number) => {
    leave(code);
    client.end();
  });
  return { say: (text: string) => channel.write(text), heard: () => heard, left };
}

const at = (repository = "alice/demo.git") => `ssh://git@127.0.0.1:${ssh.port}/${repository}`;

describe("working together", () => {
  test("a writer clones, pushes and pulls with a key", async () => {
    await useKeyOf("bob");
    await machine.git("", "clone", "-q", at(), "work");
    await machine.git("work", "commit", "-q", "--allow-empty", "-m", "By key");
    const said = await machine.git("work", "push", "origin", "HEAD:main", "HEAD:refs/heads/topic");
    expect(said).toContain("remote:   http://wit.test/alice/demo/compare/main...topic?expand=1");
    await machine.git("", "clone", "-q", at(), "again");
    expect(await machine.git("again", "log", "-1", "--format=%s")).toBe("By key");
    const events = await world.events({ type: "repository.pushed" });
    expect(events.at(-1)).toMatchObject({ actorLogin: "bob", payload: { ref: "refs/heads/topic" } });
  });

  test("RSA and ECDSA keys work as well as Ed25519", async () => {
    for (const type of ["rsa", "ecdsa"]) {
      await useKeyOf("alice", type);
      expect(await machine.git("", "ls-remote", at("alice/secret"))).toContain("refs/heads/main");
    }
  });

  test("shallow clones and all versions of the protocol work", async () => {
    await useKeyOf("carol");
    for (const version of ["0", "1", "2"]) {
      await machine.git(
        "",
        "-c",
        `protocol.version=${version}`,
        "clone",
        "-q",
        "--depth=2",
        at(),
        `v${version}`,
      );
      expect(await machine.git(`v${version}`, "rev-list", "--count", "HEAD")).toBe("2");
    }
  });

  test("after a rename the old address works on and says where the repository went", async () => {
    await useKeyOf("alice");
    await world.as("alice").patch("/repos/alice/demo", { name: "show" });
    await machine.git("", "clone", "-q", at(), "work");
    await machine.git("work", "commit", "-q", "--allow-empty", "-m", "Still here");
    expect(await machine.git("work", "push")).toContain("moved to alice/show");
  });

  test("a shell is refused kindly", async () => {
    await useKeyOf("bob");
    const { code, said } = await runSsh("git");
    expect([code, said]).toEqual([1, expect.stringContaining("Hi bob!")]);
  });

  test("the server keeps its key, in a file for itself alone", async () => {
    await useKeyOf("bob");
    await machine.git("", "ls-remote", at());
    const key = await stat(path.join(world.dataDir, "ssh", "host_ed25519"));
    expect(key.mode & 0o777).toBe(0o600);
    const { port } = ssh;
    await ssh.stop();
    ssh = await startSsh(world.services, (name) => systemContext(world.services, name), {
      port,
      host: "127.0.0.1",
    });
    expect(await machine.git("", "ls-remote", at())).toContain("refs/heads/main");
  });
});

describe("who may not", () => {
  test("a key that nobody added, another user name and a password open nothing", async () => {
    await useKeyOf(null);
    expect(await machine.refused("", "ls-remote", at())).toContain("Permission denied (publickey)");
    await useKeyOf("bob", "ecdsa");
    expect((await runSsh("bob", "git-upload-pack", "alice/demo")).said).toContain(
      "Permission denied (publickey)",
    );
    expect((await runSsh("root")).said).toContain("Permission denied (publickey)");
  });

  test("somebody's public key without the private one is worth nothing, whatever the signature", async () => {
    await useKeyOf("bob", "ecdsa");
    await useKeyOf("bob");
    const der = (hex: string) => Buffer.from(hex, "hex");
    for (const [type, signatures] of [
      ["ed25519", [Buffer.alloc(0), Buffer.from("garbage"), Buffer.alloc(64)]],
      [
        "ecdsa",
        [
          der("3006020101020101"),
          der("3006020100020100"),
          der(`3024022101${"ff".repeat(32).slice(2)}020101`),
        ],
      ],
    ] as const) {
      const { stdout } = await machine.run("", "cat", [path.join(machine.home, `key-bob-${type}.pub`)]);
      for (const signature of signatures)
        expect(await signInWith(stdout.toString(), signature)).toBe("refused");
    }
  });

  test("a stranger is not told that a private repository exists", async () => {
    await useKeyOf("mallory");
    for (const name of ["alice/secret", "alice/nothing-there"])
      expect(await machine.refused("", "ls-remote", at(name))).toContain("ERROR: Repository not found");
  });

  test("a reader pushes nothing, nor does anybody to an archive", async () => {
    await useKeyOf("carol");
    await machine.git("", "clone", "-q", at(), "work");
    await machine.git("work", "commit", "-q", "--allow-empty", "-m", "x");
    expect(await machine.refused("work", "push")).toContain("Must have write access");
    await useKeyOf("alice");
    await world.as("alice").patch("/repos/alice/demo", { archived: true });
    expect(await machine.refused("work", "push")).toContain("archived so is read-only");
  });

  test("a fetch that was begun and left open reads nothing any more once its person may not", async () => {
    const { body: tip } = await world.as("alice").get("/repos/alice/secret/git/ref/heads/main");
    const fetched = fetchOf(`want ${tip.object.sha}`);
    const takeAway: Record<string, () => Promise<unknown>> = {
      access: () => world.as("alice").delete("/repos/alice/secret/collaborators/bob"),
      standing: () => world.as("root").patch("/admin/users/bob", { suspended: true }),
      key: () => world.as("bob").delete(`/user/keys/${id}`),
    };
    const id = await useKeyOf("bob");
    const privateKey = await readFile(path.join(machine.home, "key-bob-ed25519"));
    const giveBack = async () => {
      await world.as("root").patch("/admin/users/bob", { suspended: false });
      await world.as("alice").put("/repos/alice/secret/collaborators/bob", { permission: "pull" });
    };
    for (const [what, act] of Object.entries(takeAway))
      for (const [first, second] of what === "key"
        ? [[lsRefs, fetched]]
        : ([
            [lsRefs, lsRefs],
            [lsRefs, fetched],
            [fetched, lsRefs],
            [fetched, fetched],
          ] as const)) {
        await giveBack();
        const session = await openSession(privateKey, "git-upload-pack 'alice/secret.git'");
        session.say(first);
        await expect
          .poll(session.heard, { timeout: 15_000 })
          .toMatch(/ refs\/heads\/main[^]*0000$|PACK[^]*0000$/);
        await act();
        const before = session.heard().length;
        session.say(second);
        expect(await session.left, what).toBe(1);
        expect(session.heard().slice(before), what).not.toMatch(/refs\/heads\/main|PACK/);
      }
  });

  test("a key that was taken away and a person who was suspended are out, also on an open connection", async () => {
    const id = await useKeyOf("bob");
    const control = path.join(machine.home, "control");
    sshWords = [
      ...sshWords,
      "-o",
      "ControlMaster=auto",
      "-o",
      `ControlPath="${control}"`,
      "-o",
      "ControlPersist=30",
    ];
    machine.set("GIT_SSH_COMMAND", ["ssh", ...sshWords].map((word) => `'${word}'`).join(" "));
    await machine.git("", "ls-remote", at());
    await world.write(sql`update "user" set suspended = true where username = 'bob'`);
    expect(await machine.refused("", "ls-remote", at())).toContain("may not be used any more");
    await world.write(sql`update "user" set suspended = false where username = 'bob'`);
    expect((await world.as("bob").delete(`/user/keys/${id}`)).status).toBe(204);
    expect(await machine.refused("", "ls-remote", at())).toContain("may not be used any more");
    await machine.run("", "ssh", [...sshWords, "-p", String(ssh.port), "-O", "exit", "git@127.0.0.1"]);
    expect(await machine.refused("", "ls-remote", at())).toContain("Permission denied (publickey)");
  });
});

describe("what is no command", () => {
  test("nothing but git's two services of a named repository is read out of a command line", () => {
    const parsed = { service: "git-upload-pack", owner: "alice", name: "demo" };
    for (const text of [
      "git-upload-pack '/alice/demo.git'",
      "git-upload-pack 'alice/demo'",
      "git upload-pack alice/demo.git",
      'git-upload-pack "/alice/demo.git/"',
    ])
      expect(parseSshCommand(text), text).toEqual(parsed);
    for (const text of [
      "",
      "ls -la",
      "git-upload-archive 'alice/demo'",
      "git-upload-pack '../../etc/passwd'",
      "git-upload-pack 'alice/../bob'",
      "git-upload-pack '/alice/demo.git'; id",
      "git-upload-pack '/alice/demo.git' --strict",
      "git-upload-pack --upload-pack=id 'alice/demo'",
      "git-upload-pack '-x/demo'/..",
      "git-upload-pack '/alice/demo\n.git'",
      "git-upload-pack $(id)/demo",
      "scp -t /tmp/x",
    ])
      expect(parseSshCommand(text), text).toBeNull();
  });

  test("a command that is none is refused with a sentence", async () => {
    await useKeyOf("bob");
    for (const command of [
      "id",
      "git-upload-archive 'alice/demo'",
      "git-upload-pack '../../etc'",
      "scp -t /",
    ]) {
      const { code, said } = await runSsh("git", command);
      expect([code, said]).toEqual([1, expect.stringContaining("ERROR: ")]);
    }
    expect(
      (await machine.run("", "sftp", ["-P", String(ssh.port), ...sshWords, "git@127.0.0.1"])).code,
    ).not.toBe(0);
  });

  test("connections that never sign in do not keep others out", async () => {
    const silent = Array.from({ length: 30 }, () => connect(ssh.port, "127.0.0.1"));
    const closed = Promise.all(
      silent.slice(10).map((one) => new Promise((resolve) => one.once("close", resolve))),
    );
    for (const one of silent) one.on("error", () => undefined);
    await closed;
    for (const one of silent) one.destroy();
    await useKeyOf("bob");
    await expect.poll(() => machine.git("", "ls-remote", at()).catch(String)).toContain("refs/heads/main");
  });
});
