import { serve, type ServerType } from "@hono/node-server";
import { randomBytes } from "node:crypto";
import { createApp } from "./app.ts";
import type { Front, Running } from "./domain.ts";
import { domains } from "./domains.ts";
import { requireGit } from "./git/version.ts";
import type { Config } from "./kernel/config.ts";
import { systemContext } from "./kernel/context.ts";
import { connect } from "./kernel/db/client.ts";
import { followWrites } from "./kernel/freshness.ts";
import type { RunningDatabase } from "./kernel/db/start.ts";
import type { Log } from "./kernel/log.ts";
import { serverBehind } from "./fronts.ts";
import { createServices } from "./services.ts";

export interface Forge {
  /** The port that HTTP really listens on. */
  readonly port: number;
  /** Finishes what is running, for at most ten seconds, then closes everything. */
  stop(): Promise<void>;
}

const drainMs = 10_000;

/** Brings a whole forge up. What was opened is closed again when a later step fails. */
export async function serveForge(options: {
  readonly config: Config;
  /** Ready, or about to be. It is stopped with the forge, and when the forge cannot start. */
  readonly database: Promise<RunningDatabase>;
  readonly secretKey: string | undefined;
  readonly log: Log;
}): Promise<Forge> {
  const { config, log } = options;
  const opened: (() => Promise<unknown>)[] = [];
  const closeAll = async () => {
    const failures: unknown[] = [];
    // What does not close must not keep what was opened before it, the database last, from closing.
    for (const close of opened.splice(0).toReversed())
      await close().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  try {
    const database = await options.database;
    opened.push(() => database.stop());
    await requireGit();
    const applicationName = `wit ${process.pid} ${randomBytes(4).toString("hex")}`;
    const client = connect({ url: database.url, poolSize: 16, applicationName });
    opened.push(() => client.close());
    const freshness = followWrites({ url: database.url, applicationName, log });
    opened.push(() => freshness.close());
    const running = await createServices({
      config,
      database: client,
      log,
      freshness,
      work: true,
      secretKey: options.secretKey,
    });
    opened.push(() => running.stop());
    const app = await createApp(running.services);
    const fronts = domains.flatMap((domain) => domain.front?.(running.services) ?? []);
    const server = await listen(config.port, app.fetch, fronts);
    opened.push(() => closeServer(server));
    for (const domain of domains) {
      const started: Running | undefined = await domain.start?.(running.services, (name) =>
        systemContext(running.services, name),
      );
      if (started) opened.push(() => started.stop());
    }
    const address = server.address();
    return { port: typeof address === "object" && address ? address.port : config.port, stop: closeAll };
  } catch (error) {
    await closeAll().catch(() => undefined);
    throw error;
  }
}

function listen(
  port: number,
  fetch: Parameters<typeof serve>[0]["fetch"],
  fronts: readonly Front[],
): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        port,
        fetch,
        serverOptions: { requestTimeout: 0, headersTimeout: 20_000 },
        createServer: serverBehind(() => fronts),
      },
      () => {
        server.off("error", reject);
        resolve(server);
      },
    );
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new Error(`port ${port} is taken; set PORT to another`) : error),
    );
  });
}

/** Stops listening, lets requests end, and cuts off those that do not. */
function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => {
      if ("closeAllConnections" in server) server.closeAllConnections();
    }, drainMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    if ("closeIdleConnections" in server) server.closeIdleConnections();
  });
}
