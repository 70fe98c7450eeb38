/** Starts the forge: environment → configuration → database → services → HTTP and SSH. The only reader of the environment. */
import { enableCompileCache } from "node:module";
enableCompileCache();
await import("./kernel/quick-imports.ts");
const { configFromEnvironment } = await import("./environment.ts");
const { createLog } = await import("./kernel/log.ts");

const log = createLog(process.env["WIT_LOG_LEVEL"] ?? "info");
/** What a stop has to end: nothing, then the database that is starting, then the forge that closes it as its last. */
let running: Promise<{ stop(): Promise<void> }> | undefined;
let stopping: Promise<never> | undefined;

/** Ends what runs by now, also in the middle of the start: the database is a process that would outlive us. */
function stop(code: number): Promise<never> {
  return (stopping ??= (async () => {
    try {
      // What cannot start has closed what it had opened.
      await (await running?.catch(() => undefined))?.stop();
    } catch (error) {
      log.error({ error: String(error) }, "the stop was not clean");
      process.exit(1);
    }
    process.exit(code);
  })());
}

for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => {
    if (!stopping) log.info({ signal }, "stopping");
    void stop(0);
  });

try {
  const { config, databaseUrl, secretKey } = configFromEnvironment(process.env);
  const { prepareDatabase } = await import("./prepare.ts");
  const database = prepareDatabase({ config, databaseUrl, log });
  running = database;
  // It starts in a process of its own while the rest is loaded; its failure is told where it is awaited.
  database.catch(() => undefined);
  const { serveForge } = await import("./serve.ts");
  // Whoever stops us now waits for the database alone, and ends it: there is no forge to be started any more.
  if (!stopping) {
    running = serveForge({ config, database, secretKey, log });
    await running;
    if (!stopping) process.stdout.write(`wit is ready at ${config.url}\n`);
  }
} catch (error) {
  if (!stopping) {
    process.stderr.write(`wit cannot start: ${firstLine(error)}\n`);
    log.debug({ error: error instanceof Error ? error.stack : error });
    await stop(1);
  }
}

/** Some messages carry a whole statement; its first line says what matters. */
function firstLine(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";
}
