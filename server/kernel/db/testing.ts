/**
 * Databases for tests: one fast server for a whole run, one template on it, and a clone for whoever asks.
 * `WIT_TEST_DATABASE_URL` names another server to run the same tests on; its user must be able to create databases.
 */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { withDatabase } from "./address.ts";
import { connectDriver } from "./client.ts";
import { lockDataFolder } from "./data-lock.ts";
import { startEmbedded } from "./embedded.ts";
import { sqlState } from "./errors.ts";
import { layoutOf } from "./layout.ts";
import { readPidFile, stopServer } from "./postmaster.ts";

/** What the run's set-up hands to every test worker. */
export type TestServer = {
  /** A database to stand in while creating others. */
  url: string;
  /** The migrated database with the cast in it. */
  template: string;
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

export type TestCluster = { url: string; stop(): Promise<void> };

const prefix = "wit-test-";
const silent = { info() {}, warn() {}, error() {} };
const busyTries = 200;

/** Removes what a killed test run left behind: its server and its files. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const folder = join(tmpdir(), name);
    if (!name.startsWith(prefix)) continue;
    try {
      if (statSync(folder).uid !== process.geteuid?.()) continue;
      const lock = lockDataFolder(folder);
      const { cluster } = layoutOf(folder);
      const server = readPidFile(cluster);
      if (server) await stopServer(server.pid, cluster, 1_000);
      lock.release();
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another run is using it, or is removing it at this moment.
    }
  }
}

/** Starts the server of a test run, without any promise to keep data over a crash. */
export async function testCluster(): Promise<TestCluster> {
  const other = process.env["WIT_TEST_DATABASE_URL"];
  if (other) return { url: other, async stop() {} };
  await removeLeftovers();
  const dataDir = mkdtempSync(join(tmpdir(), prefix));
  const lock = lockDataFolder(dataDir);
  const remove = () => {
    lock.release();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const server = await startEmbedded({ dataDir, log: silent, purpose: "test", stopDeadlineMs: 2_000 });
    return { url: server.url, stop: () => server.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

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
  await onServer(url, `create database ${name} template ${template}`);
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
