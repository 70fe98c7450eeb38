/** Starts the forge: environment → configuration → database → services → HTTP and SSH. The only reader of the environment. */
import { enableCompileCache } from "node:module";
enableCompileCache();
await import("./kernel/quick-imports.ts");
const { configFromEnvironment } = await import("./environment.ts");
const { createLog } = await import("./kernel/log.ts");

const log = createLog(process.env["WIT_LOG_LEVEL"] ?? "info");
try {
  const { config, databaseUrl, secretKey } = configFromEnvironment(process.env);
  const { prepareDatabase } = await import("./prepare.ts");
  const database = prepareDatabase({ config, databaseUrl, log });
  // It starts in a process of its own while the rest is loaded; its failure is told where it is awaited.
  database.catch(() => undefined);
  const { serveForge } = await import("./serve.ts");
  const forge = await serveForge({ config, database, secretKey, log });
  process.stdout.write(`wit is ready at ${config.url}\n`);
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    forge.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error: String(error) }, "the stop was not clean");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
} catch (error) {
  process.stderr.write(`wit cannot start: ${firstLine(error)}\n`);
  log.debug({ error: error instanceof Error ? error.stack : error });
  process.exit(1);
}

/** Some messages carry a whole statement; its first line says what matters. */
function firstLine(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";
}
