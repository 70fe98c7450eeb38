/** For tests: places elsewhere that a forge imports from, follows and pushes to. */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { readRefs } from "../../../git/ref-cache.ts";
import { systemContext } from "../../../kernel/context.ts";
import { createWorld, type World, type WorldOptions } from "../../../../tools/testing/world.ts";
import { findRepository } from "../access.ts";
import { gitOf } from "../addresses.ts";

export interface Place {
  readonly url: string;
  close(): Promise<void>;
}

/** A web server of this machine that answers what it is told. */
export async function openPlace(answer: RequestListener): Promise<Place> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A forge that may reach this machine, as an administrator allowed it. */
export async function forgeThatReaches(
  options: WorldOptions = {},
  allowed: readonly string[] = ["127.0.0.1"],
): Promise<World> {
  const world = await createWorld(options);
  const { status } = await world.as("root").patch("/admin/settings", { outbound_allow: allowed });
  if (status !== 200) throw new Error(`the list was answered with ${status}`);
  return world;
}

/** All references of a repository but the product's own, by name. */
export async function refsOf(world: World, owner: string, name: string): Promise<Record<string, string>> {
  const ctx = systemContext(world.services, "test");
  const repo = await findRepository(ctx, owner, name);
  if (!repo) throw new Error(`there is no ${owner}/${name}`);
  const { refs } = await readRefs(gitOf(ctx, repo));
  const shown = [...refs].filter(([ref]) => !ref.startsWith("refs/wit/") && !ref.startsWith("refs/pull/"));
  return Object.fromEntries(shown.map(([ref, { oid }]) => [ref, oid]));
}

/** The folder of a repository. */
export async function folderOf(world: World, owner: string, name: string): Promise<string> {
  const ctx = systemContext(world.services, "test");
  const repo = await findRepository(ctx, owner, name);
  if (!repo) throw new Error(`there is no ${owner}/${name}`);
  return gitOf(ctx, repo).dir;
}
