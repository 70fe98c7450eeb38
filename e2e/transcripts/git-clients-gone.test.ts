/** Clients that leave, stand still or come in crowds: none of them keeps a process, a place or memory. */
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { request, type ClientRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { longSlots, shortSlots } from "../../server/git/process.ts";
import { processesIn } from "../../server/git/protocol/testing.ts";
import { people, type PersonName } from "../../tools/testing/people.ts";
import { openDoors, type Doors } from "./test-doors.ts";

let doors: Doors;
let dir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  doors = await openDoors("bob");
  const { machine, world } = doors;
  expect((await world.as("bob").post("/user/repos", { name: "big" })).status).toBe(201);
  await machine.git("", "init", "-q", "work");
  await machine.write("work/big", randomBytes(48 * 1024 * 1024));
  await machine.git("work", "-c", "core.compression=0", "add", "big");
  await machine.git("work", "commit", "-qm", "Big");
  await machine.git("work", "push", "-q", doors.at("HTTP", "bob/big.git"), "main");
  await machine.write("work/bigger", randomBytes(32 * 1024 * 1024));
  await machine.git("work", "-c", "core.compression=0", "add", "bigger");
  await machine.git("work", "commit", "-qm", "Bigger");
  dir = await doors.folderOf("bob", "big");
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await doors.close();
});

const patience = { timeout: 20_000, interval: 20 };

/** Nothing runs in the repository, and nobody holds a place. */
async function expectNothingLeft() {
  await expect.poll(() => processesIn({ dir }), patience).toEqual([]);
  await expect.poll(() => [longSlots.running, shortSlots.running], patience).toEqual([0, 0]);
}

/** A client in a process group of its own, which `kill` ends with its helpers. */
async function start(...args: readonly string[]) {
  const { home } = doors.machine;
  const { stdout } = await doors.machine.run("", "sh", ["-c", 'printf %s "$GIT_SSH_COMMAND"']);
  const child = spawn("git", args, {
    cwd: `${home}/work`,
    detached: true,
    stdio: "ignore",
    env: {
      PATH: process.env["PATH"],
      HOME: home,
      GIT_SSH_COMMAND: stdout.toString(),
      GIT_CONFIG_NOSYSTEM: "1",
    },
  });
  children.push(child);
  const signal = (name: NodeJS.Signals) => {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  };
  return { child, signal };
}

describe.each(["HTTP", "SSH"] as const)("over %s", (door) => {
  const url = () => doors.at(door, "bob/big.git");

  test("a clone that is killed takes its processes along, also one that had stood still", async () => {
    for (const stands of [false, true]) {
      const { signal, child } = await start(
        "clone",
        "-q",
        url(),
        `${doors.machine.home}/lost-${door}-${stands}`,
      );
      await expect.poll(async () => (await processesIn({ dir })).join(), patience).toContain("pack-objects");
      if (stands) signal("SIGSTOP");
      signal("SIGKILL");
      await once(child, "close");
      await expectNothingLeft();
    }
  });

  test("a push that is killed leaves no process, no place and nothing of its pack", async () => {
    const { signal, child } = await start("push", "-q", url(), `HEAD:refs/heads/lost-${door.toLowerCase()}`);
    await expect.poll(async () => (await processesIn({ dir })).join(), patience).toContain("index-pack");
    signal("SIGKILL");
    await once(child, "close");
    await expectNothingLeft();
    const { stdout } = await doors.machine.run("", "ls", [`${dir}/objects`]);
    expect(stdout.toString()).not.toContain("incoming");
    expect(await doors.machine.git("work", "ls-remote", url())).not.toContain("lost");
  });
});

describe("a crowd of one", () => {
  const basic = (who: PersonName) => `Basic ${Buffer.from(`git:${people[who].token}`).toString("base64")}`;

  /** Begins a request whose body does not come to an end. */
  async function begin(who: PersonName): Promise<ClientRequest> {
    const asked = request(`${doors.world.url}/bob/big.git/git-upload-pack`, {
      method: "POST",
      headers: {
        authorization: basic(who),
        "content-type": "application/x-git-upload-pack-request",
        "git-protocol": "version=2",
        "transfer-encoding": "chunked",
        // Answered as soon as the server has taken the request up.
        expect: "100-continue",
      },
    });
    asked.on("error", () => undefined);
    asked.flushHeaders();
    await once(asked, "continue");
    asked.write("0014command=ls-refs\n");
    return asked;
  }

  /** git signs in only when asked to, which a public repository does not. */
  const lsRemote = (who: PersonName) =>
    doors.machine.run("work", "git", [
      "-c",
      `http.extraHeader=Authorization: ${basic(who)}`,
      "ls-remote",
      `${doors.world.url}/bob/big.git`,
    ]);

  test("waits for itself and for nobody else, and who leaves the queue keeps no place", async () => {
    const crowd = (size: number) => Promise.all(Array.from({ length: size }, () => begin("bob")));
    const held = await crowd(4);
    const queued = await crowd(6);
    let answered = false;
    const last = lsRemote("bob").finally(() => (answered = true));
    expect((await lsRemote("carol")).code).toBe(0);
    expect(answered).toBe(false);
    for (const one of queued) one.destroy();
    for (const one of held) one.destroy();
    expect((await last).code).toBe(0);
    // Were a place lost for each who left, there would be none now.
    const answers = await Promise.all(Array.from({ length: 5 }, () => lsRemote("bob")));
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
  }, 50_000);
});

test("a push of some hundred megabytes passes through without being held", async () => {
  const { machine } = doors;
  await machine.git("", "init", "-q", "heavy");
  await machine.run("heavy", "sh", ["-c", "head -c 200000000 /dev/urandom > blob"]);
  await machine.git("heavy", "-c", "core.compression=0", "-c", "core.bigFileThreshold=1m", "add", "blob");
  await machine.git("heavy", "commit", "-qm", "Heavy");
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  await machine.git(
    "heavy",
    "-c",
    "core.compression=0",
    "push",
    "-q",
    doors.at("HTTP", "bob/big.git"),
    "HEAD:heavy",
  );
  clearInterval(watch);
  expect((peak - before) / 1024 ** 2).toBeLessThan(120);
  expect(await machine.git("heavy", "ls-remote", doors.at("SSH", "bob/big.git"), "heavy")).toContain("heavy");
}, 120_000);
