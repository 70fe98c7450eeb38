/** Pushing to a place where nothing is: what comes to be, for whom, and what stays of what is refused. */
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startSsh, type RunningSsh } from "../../server/domains/repositories/git/git-ssh.ts";
import { systemContext } from "../../server/kernel/context.ts";
import { people, type PersonName } from "../../tools/testing/people.ts";
import { tokenOf } from "../../tools/checks/access/personas.ts";
import { createWorld, type World, type WorldOptions } from "../../tools/testing/world.ts";
import { openMachine, type Machine } from "./machine.ts";

let world: World;
let machine: Machine;
let ssh: RunningSsh | undefined;

async function open(options: WorldOptions = {}) {
  world = await createWorld({ listen: true, ...options });
  machine = await openMachine("carol");
  await machine.git("", "init", "-q", "-b", "trunk", "work");
  await machine.write("work/a.txt", "a\n");
  await machine.git("work", "add", ".");
  await machine.git("work", "commit", "-q", "-m", "First");
}

async function close() {
  await ssh?.stop();
  ssh = undefined;
  await machine.remove();
  await world.settle();
  await world.close();
}

beforeEach(() => open());
afterEach(close);

const at = (who: PersonName | string | null, place: string) => {
  const token = who === null ? null : who in people ? people[who as PersonName].token : who;
  return `${world.url.replace("://", token === null ? "://" : `://git:${token}@`)}/${place}.git`;
};

/** How many folders of repositories lie on disk: two are there from the beginning. */
async function folders(): Promise<number> {
  let count = 0;
  for await (const _ of world.services.git.list()) count += 1;
  return count;
}

test("a push of somebody who may creates a private repository with the pushed branch as the default one", async () => {
  const said = await machine.git("work", "push", at("carol", "carol/fresh"), "trunk");
  expect(said).toContain("Created the private repository carol/fresh:");
  expect(said).toContain(`${world.url}/carol/fresh`);
  await world.settle();
  const made = await world.as("carol").get("/repos/carol/fresh");
  expect(made).toMatchObject({ status: 200, body: { private: true, default_branch: "trunk" } });
  expect((await world.anonymous.get("/repos/carol/fresh")).status).toBe(404);
  const events = await world.events({ type: "repository.%" });
  const mine = events.filter(
    (one) => JSON.stringify(one.payload).includes('"fresh"') || one.actorLogin === "carol",
  );
  expect(mine.map((one) => [one.type, one.actorLogin])).toEqual([
    ["repository.created", "carol"],
    ["repository.pushed", "carol"],
  ]);
  const clone = await machine.git("", "clone", "-q", at("carol", "carol/fresh"), "again");
  expect(clone).toBeDefined();
  expect(await machine.git("again", "rev-parse", "--abbrev-ref", "HEAD")).toBe("trunk");
  await machine.git("work", "commit", "-q", "--allow-empty", "-m", "Second");
  expect(await machine.git("work", "push", at("carol", "carol/fresh"), "trunk")).not.toContain("Created");
});

test("of several branches main becomes the default one, and tags come along", async () => {
  await machine.git("work", "branch", "main");
  await machine.git("work", "tag", "v1");
  await machine.git("work", "push", "-q", at("carol", "carol/many"), "--all");
  await machine.git("work", "push", "-q", at("carol", "carol/many"), "--tags");
  expect((await world.as("carol").get("/repos/carol/many")).body.default_branch).toBe("main");
  await machine.git("work", "push", "-q", at("carol", "carol/tags"), "v1");
  expect((await world.as("carol").get("/repos/carol/tags")).status).toBe(200);
});

test("it works over SSH, and in an organization that one administers", async () => {
  const key = path.join(machine.home, "key");
  await machine.run("", "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
  const { stdout } = await machine.run("", "cat", [`${key}.pub`]);
  expect((await world.as("alice").post("/user/keys", { title: "k", key: stdout.toString() })).status).toBe(
    201,
  );
  ssh = await startSsh(world.services, (name) => systemContext(world.services, name), {
    port: 0,
    host: "127.0.0.1",
  });
  const words = ["ssh", "-F", "/dev/null", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-i", key];
  const known = [
    "-o",
    "StrictHostKeyChecking=accept-new",
    "-o",
    `UserKnownHostsFile="${machine.home}/known"`,
  ];
  machine.set("GIT_SSH_COMMAND", [...words, ...known].map((word) => `'${word}'`).join(" "));
  const remote = (place: string) => `ssh://git@127.0.0.1:${ssh?.port}/${place}.git`;
  expect(await machine.git("work", "push", remote("acme/shell"), "trunk")).toContain(
    "Created the private repository acme/shell:",
  );
  expect((await world.as("alice").get("/repos/acme/shell")).body.private).toBe(true);
  expect(await machine.refused("work", "push", remote("carol/shell"), "trunk")).toContain(
    "Repository not found",
  );
  expect(await machine.refused("work", "fetch", remote("alice/nothing"))).toContain("Repository not found");
  expect(await folders()).toBe(3);
});

test("nobody learns by pushing whether a private repository is there", async () => {
  const answers: string[] = [];
  for (const name of ["secret", "nothing"]) {
    const said = await machine.refused("work", "push", at("mallory", `alice/${name}`), "trunk");
    answers.push(said.replaceAll(name, "NAME"));
    const raw = await fetch(`${world.url}/alice/${name}.git/git-receive-pack`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`x:${people.mallory.token}`).toString("base64")}`,
        "content-type": "application/x-git-receive-pack-request",
      },
      body: "0000",
    });
    answers.push(`${raw.status} ${await raw.text()}`);
  }
  expect(answers[0]).toBe(answers[2]);
  expect(answers[1]).toBe(answers[3]);
  expect(answers[1]).toContain("404");
  expect(await folders()).toBe(2);
});

test("a token that may only read, a name that cannot be, and a place of others create nothing", async () => {
  const reads = await tokenOf(world, "carol", ["repo:read"], "reads");
  await machine.git("", "ls-remote", at(reads, "alice/demo"));
  await machine.refused("work", "push", at(reads, "carol/none"), "trunk");
  for (const place of ["carol/bad.wiki", "bob/theirs", "acme/mine", "nobody/here"])
    await machine.refused("work", "push", at("carol", place), "trunk");
  expect(await machine.refused("work", "push", at("carol", "carol/bad.wiki"), "trunk")).toContain(
    "cannot end in",
  );
  await machine.refused("work", "push", at(null, "carol/none"), "trunk");
  expect(await machine.refused("work", "fetch", at("carol", "carol/none"))).toContain("not found");
  expect(await folders()).toBe(2);
  expect((await world.as("carol").get("/user/repos?affiliation=owner")).body).toEqual([]);
});

test("a push that is refused leaves no repository behind", async () => {
  // A branch that looks like an object id misleads, and is refused by its name.
  const name = "a".repeat(40);
  await machine.refused("work", "push", at("carol", "carol/refused"), `trunk:refs/heads/${name}`);
  await machine.refused("work", "push", at("carol", "carol/refused"), "trunk:refs/wit/x");
  expect((await world.as("carol").get("/repos/carol/refused")).status).toBe(404);
  expect(await folders()).toBe(2);
});

test("of two first pushes at once one creates the repository, and the other is told to look again", async () => {
  const push = () => machine.run("work", "git", ["push", "-q", at("carol", "carol/raced"), "trunk"]);
  const [one, two] = await Promise.all([push(), push()]);
  const codes = [one.code, two.code];
  expect(codes).toContain(0);
  // Whoever came late enough saw the repository, and had nothing to push.
  if (one.code !== two.code) expect(one.said + two.said).toContain("already exists");
  expect(await folders()).toBe(3);
  const created = await world.events({ type: "repository.created" });
  expect(created.filter((event) => JSON.stringify(event.payload).includes('"raced"'))).toHaveLength(1);
  expect(await push()).toMatchObject({ code: 0 });
});

test("where it is switched off nothing is created", async () => {
  await close();
  await open({ config: { pushToCreate: false } });
  expect(await machine.refused("work", "push", at("carol", "carol/fresh"), "trunk")).toContain("not found");
  expect(await folders()).toBe(2);
});
