/** The repositories of the demo, pushed by a real git. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Guest, Guests } from "./forge.ts";
import { begin } from "./history/begin.ts";
import { branches } from "./history/branches.ts";
import { detours } from "./history/detours.ts";
import { growth } from "./history/growth.ts";
import { importStory } from "./history/import.ts";
import { polish } from "./history/polish.ts";

const run = promisify(execFile);
const day = 86_400_000;

/** Whose branches lie in a fork: carol may only read the original. */
export const inFork = ["far-side", "louder-page"];

export async function makeRepositories(url: string, guests: Guests, now: Date): Promise<void> {
  const { alice, bob, carol } = guests;
  await alice.post("/user/repos", {
    name: "demo",
    description: "Phases of the moon, from the command line and in the browser",
    homepage: "https://lunar.example.test",
  });
  const folder = await mkdtemp(join(tmpdir(), "wit-demo-push-"));
  try {
    await run("git", ["init", "--quiet", "--bare", folder]);
    importStory(folder, {
      main: [...begin, ...growth, ...detours, ...polish],
      branches,
      from: new Date(now.getTime() - 214 * day),
      until: new Date(now.getTime() - day / 12),
    });
    const own = Object.keys(branches).filter((name) => !inFork.includes(name));
    await push(folder, url, alice, "alice/demo", ["main", "--tags"]);
    await alice.put("/repos/alice/demo/collaborators/bob", { permission: "push" });
    await alice.put("/repos/alice/demo/collaborators/carol", { permission: "pull" });
    await push(folder, url, bob, "alice/demo", own);
    await fork(carol);
    await push(folder, url, carol, "carol/demo", inFork);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await makeOthers(guests);
}

async function push(folder: string, url: string, guest: Guest, path: string, what: readonly string[]) {
  const address = new URL(`${url}/${path}.git`);
  address.username = guest.name;
  address.password = guest.token;
  await run("git", ["-C", folder, "push", "--quiet", address.href, ...what], {
    env: {
      ...process.env,
      GIT_TERMINAL_PROMPT: "0",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
    },
  });
}

/** A fork is copied in the background. */
async function fork(guest: Guest): Promise<void> {
  await guest.post("/repos/alice/demo/forks", {});
  for (const wait of [50, 100, 200, 400, 800, 1600, 3200]) {
    const found = await guest.get<unknown[]>(`/repos/${guest.name}/demo/branches`);
    if (found.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  throw new Error("the fork was not copied");
}

async function makeOthers({ alice, bob, carol, mallory, root, sam }: Guests): Promise<void> {
  await alice.post("/user/repos", {
    name: "secret",
    description: "Nobody else's business",
    private: true,
    auto_init: true,
  });
  await alice.post("/user/orgs", { login: "acme", name: "Acme", description: "Makers of everything" });
  await alice.put("/orgs/acme/memberships/bob", { role: "member" });
  await alice.post("/orgs/acme/repos", {
    name: "almanac",
    description: "What the sky does this year",
    auto_init: true,
  });
  for (const guest of [bob, carol, mallory]) await guest.put("/user/starred/alice/demo");
  await bob.put("/user/starred/acme/almanac");
  await carol.put("/repos/alice/demo/subscription", { subscribed: true });
  await root.patch(`/admin/users/${sam.name}`, { suspended: true, reason: "Said nothing for too long" });
}
