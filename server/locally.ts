/** The forge's own hands on this machine: its database through the running server's socket, or started for the moment. */
import { mkdir } from "node:fs/promises";
import { domains } from "./domains.ts";
import { configFromEnvironment } from "./environment.ts";
import { systemContext, type Context } from "./kernel/context.ts";
import { connect } from "./kernel/db/client.ts";
import { migrate } from "./kernel/db/migrate.ts";
import { openDatabase } from "./kernel/db/start.ts";
import type { Constraints, Refusal } from "./kernel/errors.ts";
import { refusalOf } from "./kernel/http/refusals.ts";
import { silentLog } from "./kernel/log.ts";
import { createServices } from "./services.ts";

export type Variables = Readonly<Record<string, string | undefined>>;

const constraints: Constraints = Object.assign({}, ...domains.map((domain) => domain.constraints ?? {}));

/** A refusal in one sentence, for a terminal. */
export class LocalRefusal extends Error {
  constructor(refusal: Refusal) {
    const wrong = refusal.fields.map((one) => `${one.field}: ${one.message ?? one.code}`).join("; ");
    super(wrong === "" ? refusal.message : wrong, { cause: refusal });
    this.name = "LocalRefusal";
  }
}

/** Does some work in the forge's own name on its database. Jobs that it leaves are done by the server. */
export async function locally<T>(variables: Variables, work: (ctx: Context) => Promise<T>): Promise<T> {
  const { config, databaseUrl: external, secretKey } = configFromEnvironment(variables);
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const database = await openDatabase({ dataDir: config.dataDir, databaseUrl: external, log: silentLog });
  try {
    await migrate(database.url);
    const client = connect({ url: database.url, poolSize: 2, applicationName: "wit admin" });
    try {
      const running = await createServices({
        config,
        database: client,
        log: silentLog,
        secretKey,
        work: false,
      });
      try {
        return await work(systemContext(running.services, "command line"));
      } catch (error) {
        const refusal = refusalOf(error, constraints, "User");
        // Whoever stands at the machine may see the cause.
        throw refusal.code === "internal" ? error : new LocalRefusal(refusal);
      } finally {
        await running.stop();
      }
    } finally {
      await client.close();
    }
  } finally {
    await database.stop();
  }
}
