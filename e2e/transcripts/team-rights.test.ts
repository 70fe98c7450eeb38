/** What a team gives its members, with the real git over both doors, and how it ends: also for a connection that is open. */
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDoors, type Doors } from "./test-doors.ts";

const vault = "acme/vault";
const held = "/orgs/acme/teams/core/repos/acme/vault";

let doors: Doors;

/** A private repository of the organization, which its members do not see as such; the machine is bob's, who is in a team. */
beforeEach(async () => {
  doors = await openDoors("bob");
  const alice = doors.world.as("alice");
  await alice.patch("/orgs/acme", { default_repository_permission: "none" });
  await alice.post("/orgs/acme/repos", { name: "vault", private: true, auto_init: true });
  await alice.post("/orgs/acme/teams", { name: "core" });
  await alice.put("/orgs/acme/teams/core/memberships/bob");
});
afterEach(() => doors.close());

async function commit(): Promise<void> {
  await doors.machine.git("work", "commit", "-q", "--allow-empty", "-m", "More");
}

for (const door of ["HTTP", "SSH"] as const)
  test(`over ${door} a member reads with the team's read, pushes with its write, and neither without it`, async () => {
    const { machine, world } = doors;
    const alice = world.as("alice");
    const from = doors.at(door, vault);
    expect(await machine.refused("", "clone", "-q", from, "work")).toMatch(/not found/i);
    await alice.put(held, { permission: "pull" });
    await machine.git("", "clone", "-q", from, "work");
    await commit();
    expect(await machine.refused("work", "push", from, "HEAD:main")).toMatch(/write access|403/);
    await alice.put(held, { permission: "push" });
    await machine.git("work", "push", "-q", from, "HEAD:main");
    await commit();
    await alice.delete("/orgs/acme/teams/core/memberships/bob");
    expect(await machine.refused("work", "push", from, "HEAD:main")).toMatch(/not found/i);
    expect(await machine.refused("work", "fetch", from)).toMatch(/not found/i);
  });

test("an SSH connection that stays open gives no more than a new one, once the team is gone", async () => {
  const { machine, world } = doors;
  const alice = world.as("alice");
  await alice.put(held, { permission: "push" });
  const from = doors.at("SSH", vault);
  const key = path.join(machine.home, "key");
  const shared = [
    "-o",
    "ControlMaster=auto",
    "-o",
    `ControlPath="${machine.home}/c"`,
    "-o",
    "ControlPersist=60",
  ];
  const words = ["ssh", "-F", "/dev/null", "-i", key, "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes"];
  words.push("-o", "StrictHostKeyChecking=no", "-o", `UserKnownHostsFile="${machine.home}/known_hosts"`);
  machine.set("GIT_SSH_COMMAND", [...words, ...shared].map((word) => `'${word}'`).join(" "));
  await machine.git("", "clone", "-q", from, "work");
  await commit();
  await machine.git("work", "push", "-q", from, "HEAD:main");
  await alice.delete("/orgs/acme/teams/core");
  await commit();
  expect(await machine.refused("work", "push", from, "HEAD:main")).toMatch(/not found/i);
  expect(await machine.refused("work", "ls-remote", from)).toMatch(/not found/i);
  const { host, port } = new URL(from);
  await machine.run("", "ssh", ["-o", `ControlPath="${machine.home}/c"`, "-O", "exit", "-p", port, host]);
});
