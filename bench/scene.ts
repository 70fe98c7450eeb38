/** What the measurements have in common: a running forge with repositories and issues in it, and what it is held against. */
import { join } from "node:path";
import { freePort, startForge, type ForgeProcess } from "../tools/testing/forge-process.ts";
import { authorized, fill, limits } from "./filling.ts";
import type { History } from "./histories.ts";
import { load } from "./load.ts";
import { answering, startBareServer } from "./programs.ts";
import { quiet } from "./processes.ts";
import { makeRepositories } from "./repositories.ts";
import { startRival, type Rival } from "./rival.ts";
import type { Figure, Outcome } from "./table.ts";

export interface Scene {
  readonly dataDir: string;
  /** For what a measurement leaves behind; removed after the run. */
  readonly folder: string;
  /** How long one load lasts. */
  readonly seconds: number;
  /** On the clock of `performance`: no line begins after it. */
  readonly until: number;
  /** Commits of the large repository, refs of the wide one. */
  readonly commits: number;
  readonly refs: number;
  /** The one that runs now. */
  readonly forge: ForgeProcess;
  /** The forge's address with the owner's token in it. */
  readonly authorizedUrl: string;
  /** Bare repositories of the same content, as `NAME.git`. */
  readonly repositories: string;
  readonly rival: Rival | string;
  /** Followed by `/BYTES`. */
  readonly bareUrl: string;
  /** What a server that does nothing answers here: how fast this machine is. */
  readonly bareSpeed: () => Promise<Figure>;
  /** Ends the forge and starts it again: nothing is warm then but the files in the memory of the machine. */
  restart(): Promise<void>;
}

/** One thing that is measured: answers its lines one after the other. */
export type Benchmark = (scene: Scene) => AsyncGenerator<Outcome>;

/** One line of a scene; when it breaks, or there is no time left, the line says why and the others still come. */
export async function attempt(scene: Scene, name: string, measure: () => Promise<Outcome>): Promise<Outcome> {
  if (performance.now() > scene.until) return { name, why: "the run had lasted long enough" };
  try {
    return await measure();
  } catch (error) {
    return { name, why: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * @param options.dataDir a data folder that the forge may have used before
 * @param options.opened gets what ends what was started, in the order of the starts; whoever calls ends it, whatever happens
 */
export async function setTheScene(options: {
  readonly folder: string;
  readonly dataDir: string;
  readonly seconds: number;
  readonly until: number;
  readonly commits: number;
  readonly refs: number;
  readonly histories: readonly History[];
  /** Opened in the large repository. */
  readonly issues: number;
  readonly opened: (() => Promise<unknown>)[];
}): Promise<Scene> {
  const { folder, dataDir, histories } = options;
  const repositories = join(folder, "repositories");
  const { opened } = options;
  await makeRepositories(repositories, histories);
  const names = histories.map(({ name }) => name);
  const rival = await startRival(join(folder, "rival"), repositories, names);
  if (typeof rival !== "string") opened.push(() => rival.end());
  const barePort = await freePort();
  const bare = await startBareServer(barePort);
  opened.push(() => bare.end());
  const bareUrl = `http://127.0.0.1:${barePort}`;
  await answering(`${bareUrl}/1`);
  const token = await fill({ ...options, repositories, opened });

  const run = async () => {
    const started = await startForge({ dataDir, variables: limits });
    await quiet(started.pid);
    return started;
  };
  let forge = await run();
  opened.push(() => forge.stop());
  let speed: Promise<Figure> | undefined;
  return {
    ...options,
    get forge() {
      return forge;
    },
    get authorizedUrl() {
      return authorized(forge.url, token);
    },
    repositories,
    rival,
    bareUrl,
    bareSpeed: () =>
      (speed ??= load({ url: `${bareUrl}/1` }, options).then(({ perSecond }) => ({
        of: "bare node:http, 1 byte",
        value: perSecond,
      }))),
    restart: async () => {
      await forge.stop();
      forge = await run();
    },
  };
}
