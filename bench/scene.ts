/** What the measurements have in common: a running forge with repositories and issues in it, and what it is held against. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { freePort, startForge, wit, type ForgeProcess } from "../tools/testing/forge-process.ts";
import { importHistory, type History } from "./histories.ts";
import { answering, git, quiet, startBareServer } from "./programs.ts";
import { startRival, type Rival } from "./rival.ts";
import type { Outcome } from "./table.ts";

export interface Scene {
  /** For what a measurement leaves behind; removed after the run. */
  readonly folder: string;
  /** How long one load lasts. */
  readonly seconds: number;
  /** On the clock of `performance`: no line begins after it. */
  readonly until: number;
  readonly histories: readonly History[];
  readonly forge: ForgeProcess;
  /** The forge's address with the owner's token in it. */
  readonly authorizedUrl: string;
  /** Bare repositories of the same content, as `NAME.git`. */
  readonly repositories: string;
  readonly rival: Rival | string;
  /** Followed by `/BYTES`. */
  readonly bareUrl: string;
  readonly issues: number;
  end(): Promise<void>;
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

export const owner = "bench";

/** Room for any load: what is measured is the work, not the refusal of it. */
export const limits = { WIT_REQUESTS_PER_HOUR: "100000000", WIT_ANONYMOUS_REQUESTS_PER_HOUR: "100000000" };

/** @param dataDir a data folder that the forge may have used before */
export async function setTheScene(options: {
  readonly folder: string;
  readonly dataDir: string;
  readonly seconds: number;
  readonly until: number;
  readonly histories: readonly History[];
  readonly issues: number;
}): Promise<Scene> {
  const { folder, dataDir, histories } = options;
  const repositories = join(folder, "repositories");
  await mkdir(repositories);
  const opened: (() => Promise<unknown>)[] = [];
  const end = async () => {
    for (const close of opened.toReversed()) await close();
  };
  try {
    for (const history of histories) await makeBare(join(repositories, `${history.name}.git`), history);
    const rival = await startRival(join(folder, "rival"), repositories);
    if (typeof rival !== "string") opened.push(() => rival.end());
    const barePort = await freePort();
    const bare = await startBareServer(barePort);
    opened.push(() => bare.end());
    const bareUrl = `http://127.0.0.1:${barePort}`;
    await answering(`${bareUrl}/1`);

    const filling = await startForge({ dataDir, variables: limits });
    opened.push(() => filling.stop());
    const token = await makeOwner(dataDir);
    const authorized = (url: string) => url.replace("://", `://${owner}:${token}@`);
    for (const { name } of histories) {
      await call(filling.url, token, "/user/repos", { name });
      await git(
        "-C",
        join(repositories, `${name}.git`),
        "push",
        "-q",
        "--mirror",
        `${authorized(filling.url)}/${owner}/${name}.git`,
      );
    }
    for (let n = 0; n < options.issues; n += 1)
      await call(filling.url, token, `/repos/${owner}/large/issues`, {
        title: `Something to do about part ${n}`,
        body: `It happens in \`${n}\`, **always**.`,
      });
    await quiet(filling.pid);
    // A server that has just been filled has caches that nobody warmed on purpose.
    await filling.stop();
    const forge = await startForge({ dataDir, variables: limits });
    opened.push(() => forge.stop());
    await quiet(forge.pid);
    return {
      ...options,
      forge,
      authorizedUrl: authorized(forge.url),
      repositories,
      rival,
      bareUrl,
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** As tidy as git itself can make it: one pack with a bitmap and a commit-graph with changed paths. */
async function makeBare(folder: string, history: History): Promise<void> {
  await git("init", "--quiet", "--bare", "--initial-branch=main", folder);
  await importHistory(folder, history);
  await git("-C", folder, "config", "http.receivepack", "true");
  await git("-C", folder, "repack", "-adbq");
  await git("-C", folder, "commit-graph", "write", "--reachable", "--changed-paths");
}

async function makeOwner(dataDir: string): Promise<string> {
  const who = ["--username", owner, "--email", `${owner}@example.test`, "--password", "only for measuring"];
  await wit(dataDir, "admin", "user", "create", ...who, "--admin");
  return wit(
    dataDir,
    "admin",
    "token",
    "create",
    "--user",
    owner,
    "--scopes",
    "repo:read,repo:write,user:read",
  );
}

async function call(url: string, token: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`${url}/api/v3${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.status !== 201)
    throw new Error(`POST ${path} answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}
