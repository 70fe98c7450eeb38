/**
 * A whole forge for one test: its own database (a clone of the template with the cast in it), its own data folder, the real
 * application in between. Nothing of ours is replaced; jobs run when the test says so, and at the end of the test.
 */
import { serve, type ServerType } from "@hono/node-server";
import { asc, eq, like, type SQL } from "drizzle-orm";
import { cp, mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject, test as base } from "vitest";
import { createApp, type App } from "../../server/app.ts";
import { defaultLimits, type Config, type Limits } from "../../server/kernel/config.ts";
import type { Clock } from "../../server/kernel/clock.ts";
import type { Services } from "../../server/kernel/context.ts";
import { connect } from "../../server/kernel/db/client.ts";
import type { Resolve } from "../../server/kernel/egress/index.ts";
import { cloneDatabase } from "../../server/kernel/db/testing.ts";
import { owners } from "../../server/domains/accounts/schema.ts";
import { events } from "../../server/kernel/schema.ts";
import { silentLog } from "../../server/kernel/log.ts";
import type { Front } from "../../server/domain.ts";
import { domains } from "../../server/domains.ts";
import { serverBehind } from "../../server/fronts.ts";
import { createServices } from "../../server/services.ts";
import { Client } from "./client.ts";
import { people, type PersonName } from "./people.ts";

export interface World {
  readonly app: App;
  readonly services: Services;
  /** Where the forge says it is; with `listen` it really is there. */
  readonly url: string;
  readonly dataDir: string;
  /** The API as one of the cast, with a token of all scopes. */
  as(person: PersonName): Client;
  /** The API with any token. */
  withToken(token: string): Client;
  readonly anonymous: Client;
  /** The events so far whose type matches the SQL pattern, oldest first. */
  events(matching: { type: string }): Promise<RecordedEvent[]>;
  /** Runs the jobs that wait until none is left. */
  settle(): Promise<number>;
  /** Changes rows behind the forge's back, which is told only that something was written. */
  write(statement: SQL): Promise<void>;
  close(): Promise<void>;
}

export interface RecordedEvent {
  readonly type: string;
  readonly actorLogin: string | null;
  readonly repoId: string | null;
  readonly payload: unknown;
}

export interface WorldOptions {
  /** Really listen, for real `git`, `gh` and browsers. */
  readonly listen?: boolean;
  readonly limits?: Partial<Limits>;
  readonly config?: Partial<Config>;
  readonly clock?: Clock;
  /** How names become addresses; the machine's resolver unless told. */
  readonly resolve?: Resolve;
}

/** A copy of the template world. Close it, or use the `world` fixture, which does. */
export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const template = inject("testServer");
  const dataDir = await mkdtemp(join(tmpdir(), "wit-world-"));
  const [database] = await Promise.all([cloneDatabase(), cp(template.dataDir, dataDir, { recursive: true })]);
  const client = connect({ url: database.url, poolSize: 12, applicationName: "wit test" });
  const server = options.listen ? await listening() : undefined;
  const port = server ? (server.address() as AddressInfo).port : 3000;
  const config: Config = {
    dataDir,
    url: server ? `http://127.0.0.1:${port}` : "http://wit.test",
    port,
    sshPort: 0,
    s3: null,
    smtpUrl: null,
    mailFrom: "wit <wit@wit.test>",
    trustedProxies: [],
    limits: { ...defaultLimits, signInTries: 1_000_000, ...options.limits },
    pushToCreate: true,
    development: false,
    checkAnswers: true,
    ...options.config,
  };
  const running = await createServices({
    config,
    database: client,
    log: silentLog,
    work: false,
    migrateJobs: false,
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.resolve ? { resolve: options.resolve } : {}),
  });
  const app = await createApp(running.services);
  if (server)
    handlers.set(server, {
      app,
      fronts: domains.flatMap((domain) => domain.front?.(running.services) ?? []),
    });
  const call = async (request: Request) => app.fetch(request);
  return {
    app,
    services: running.services,
    url: config.url,
    dataDir,
    as: (person) => new Client(call, config.url, people[person].token),
    withToken: (token) => new Client(call, config.url, token),
    anonymous: new Client(call, config.url, null),
    events: async ({ type }) =>
      client.db
        .select({
          type: events.type,
          actorLogin: owners.login,
          repoId: events.repoId,
          payload: events.payload,
        })
        .from(events)
        .leftJoin(owners, eq(owners.id, events.actorId))
        .where(like(events.type, type))
        .orderBy(asc(events.sequence)),
    settle: () => running.jobs.drain(),
    write: async (statement) => {
      await client.db.execute(statement);
      running.services.freshness.written();
    },
    async close() {
      if (server) await new Promise((resolve) => server.close(resolve));
      await running.stop();
      await client.close(500);
      await Promise.all([database.drop(), rm(dataDir, { recursive: true, force: true })]);
    },
  };
}

const handlers = new WeakMap<ServerType, { readonly app: App; readonly fronts: readonly Front[] }>();

/** The port must be known before the application, whose address it is. */
function listening(): Promise<ServerType> {
  return new Promise((resolve) => {
    const server: ServerType = serve(
      {
        port: 0,
        hostname: "127.0.0.1",
        fetch: (request, env) => {
          const app = handlers.get(server)?.app;
          return app ? app.fetch(request, env) : new Response("starting", { status: 503 });
        },
        createServer: serverBehind(() => handlers.get(server)?.fronts ?? []),
      },
      () => resolve(server),
    );
  });
}

/** `test("…", async ({ world, alice, mallory }) => …)`: a world for each test, and a failing job fails the test. */
export const test = base.extend<{ world: World } & Record<PersonName, Client> & { anonymous: Client }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the fixture's needs from this pattern
  world: async ({}, use) => {
    const world = await createWorld();
    await use(world);
    await world.settle();
    await world.close();
  },
  alice: async ({ world }, use) => use(world.as("alice")),
  bob: async ({ world }, use) => use(world.as("bob")),
  carol: async ({ world }, use) => use(world.as("carol")),
  mallory: async ({ world }, use) => use(world.as("mallory")),
  sam: async ({ world }, use) => use(world.as("sam")),
  root: async ({ world }, use) => use(world.as("root")),
  anonymous: async ({ world }, use) => use(world.anonymous),
});

export { expect } from "vitest";
