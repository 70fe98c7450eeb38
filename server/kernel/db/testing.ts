/**
 * Databases for tests: one server for a whole run (`test-cluster.ts`), one template on it, and a clone for
 * whoever asks. `WIT_TEST_DATABASE_URL` names another server to run the same tests on.
 */
import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { withDatabase } from "./address.ts";
import { connectDriver } from "./client.ts";
import { sqlState } from "./errors.ts";

export { testCluster } from "./test-cluster.ts";
export type { TestCluster } from "./test-cluster.ts";

/** What the run's set-up hands to every test worker. */
export type TestServer = {
  /** A database to stand in while creating others. */
  url: string;
  /** The migrated database with the cast in it. */
  template: string;
  /** The data folder of the template: the cast's repositories. */
  dataDir: string;
  /** Why the template could not be prepared; only tests that ask for a database fail with it. */
  failure?: string;
};

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** A database of one test's own. */
export type TestDatabase = { url: string; name: string; drop(): Promise<void> };

const busyTries = 200;

async function onServer(url: string, statement: string): Promise<void> {
  const sql = connectDriver({ url, poolSize: 1, applicationName: "wit tests" });
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await sql.unsafe(statement);
        return;
      } catch (error) {
        // Someone is connected to the template at this moment, or copies it as well.
        if (sqlState(error) !== "55006" || attempt === busyTries) throw error;
        await pause(10);
      }
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function create(url: string, template: string): Promise<TestDatabase> {
  const name = `wit_test_${process.pid}_${randomBytes(6).toString("hex")}`;
  await onServer(url, `create database ${name} template ${template} strategy file_copy`);
  return {
    name,
    url: withDatabase(url, name),
    drop: () => onServer(url, `drop database if exists ${name} with (force)`),
  };
}

/** Makes an empty database on `url`'s server and lets `prepare` fill it; clones are taken of it from then on. */
export async function createTemplate(
  url: string,
  prepare: (url: string) => Promise<void>,
): Promise<TestDatabase> {
  const template = await create(url, "template0");
  await prepare(template.url);
  return template;
}

/** The server that the run's set-up provided. */
async function provided(): Promise<TestServer> {
  const { inject } = await import("vitest");
  const server = inject("testServer");
  if (!server) throw new Error("No test server: is tools/testing/global-setup.ts in vitest's globalSetup?");
  return server;
}

/** A copy of the run's template (or of `templateName`), for one test file or one test. */
export async function cloneDatabase(templateName?: string): Promise<TestDatabase> {
  const { url, template, failure } = await provided();
  if (templateName === undefined && failure !== undefined) {
    throw new Error(`The template database could not be prepared: ${failure}`);
  }
  return create(url, templateName ?? template);
}

/** A database with nothing in it. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return create((await provided()).url, "template0");
}
