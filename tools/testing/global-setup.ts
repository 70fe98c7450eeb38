/** Once for a whole test run: a database server, and a template that every test database is copied from. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrate, migrationsFolder } from "../../server/kernel/db/migrate.ts";
import { coveredOperations, forgetCoveredOperations } from "./github-schema.ts";
import { createTemplate, testCluster } from "../../server/kernel/db/testing.ts";

/** Fills the migrated template; `tools/testing/cast.ts` exports one under this name when it exists. */
export type PrepareTemplate = (url: string, dataDir: string) => Promise<void>;

const castFile = new URL("./cast.ts", import.meta.url);

async function prepare(url: string, dataDir: string): Promise<void> {
  if (existsSync(join(migrationsFolder, "meta", "_journal.json"))) await migrate(url);
  if (!existsSync(castFile)) return;
  const { prepareTemplate } = (await import(castFile.href)) as { prepareTemplate: PrepareTemplate };
  await prepareTemplate(url, dataDir);
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await testCluster();
  let failure: string | undefined;
  const dataDir = await mkdtemp(join(tmpdir(), "wit-test-data-"));
  const template = await createTemplate(cluster.url, async (url) => {
    try {
      await prepare(url, dataDir);
    } catch (error) {
      failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
      console.error(`The template database could not be prepared: ${failure}`);
    }
  });
  project.provide("testServer", {
    url: cluster.url,
    template: template.name,
    dataDir,
    ...(failure === undefined ? {} : { failure }),
  });
  return async () => {
    console.log(`GitHub operations covered: ${coveredOperations().length}`);
    forgetCoveredOperations();
    await template.drop();
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
