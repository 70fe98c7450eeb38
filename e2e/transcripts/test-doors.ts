/** For transcripts: a forge whose two doors for git are open, and somebody's machine that may use both. */
import path from "node:path";
import { sql } from "drizzle-orm";
import { startSsh } from "../../server/domains/repositories/git/git-ssh.ts";
import { systemContext } from "../../server/kernel/context.ts";
import { people, type PersonName } from "../../tools/testing/people.ts";
import { createWorld, type World, type WorldOptions } from "../../tools/testing/world.ts";
import { openMachine, type Machine } from "./machine.ts";

export type Door = "HTTP" | "SSH";

export interface Doors {
  readonly world: World;
  readonly machine: Machine;
  /** The address of a repository behind one of the doors. */
  at(door: Door, repository: string): string;
  /** Where the server keeps a repository. */
  folderOf(owner: string, name: string): Promise<string>;
  close(): Promise<void>;
}

/** @param who whose key and token the machine has */
export async function openDoors(who: PersonName, options: WorldOptions = {}): Promise<Doors> {
  const world = await createWorld({ listen: true, ...options });
  const machine = await openMachine(who);
  const ssh = await startSsh(world.services, (name) => systemContext(world.services, name), {
    port: 0,
    host: "127.0.0.1",
  });
  const key = path.join(machine.home, "key");
  await machine.run("", "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
  const { stdout } = await machine.run("", "cat", [`${key}.pub`]);
  const added = await world.as(who).post("/user/keys", { title: "machine", key: stdout.toString() });
  if (added.status !== 201) throw new Error(`the key was refused: ${JSON.stringify(added.body)}`);
  const words = ["-F", "/dev/null", "-i", key, "-o", "BatchMode=yes", "-o", "LogLevel=ERROR"];
  words.push("-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=no");
  words.push("-o", `UserKnownHostsFile="${path.join(machine.home, "known_hosts")}"`);
  machine.set("GIT_SSH_COMMAND", ["ssh", ...words].map((word) => `'${word}'`).join(" "));
  return {
    world,
    machine,
    at: (door, repository) =>
      door === "HTTP"
        ? `${world.url.replace("://", `://git:${people[who].token}@`)}/${repository}`
        : `ssh://git@127.0.0.1:${ssh.port}/${repository}`,
    async folderOf(owner, name) {
      const [row] = await world.services.database.execute<{ disk_path: string }>(
        sql`select r.disk_path from repositories r join owners o on o.id = r.owner_id where o.login = ${owner} and r.name = ${name}`,
      );
      if (!row) throw new Error(`no repository ${owner}/${name}`);
      return path.join(world.dataDir, "repositories", row.disk_path);
    },
    async close() {
      await ssh.stop();
      await machine.remove();
      await world.settle();
      await world.close();
    },
  };
}
