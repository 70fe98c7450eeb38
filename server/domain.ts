import type { IncomingMessage, ServerResponse } from "node:http";
import type { Hono } from "hono";
import type { Context, Services } from "./kernel/context.ts";
import type { Constraints } from "./kernel/errors.ts";
import type { Subscription } from "./kernel/events.ts";
import type { Bindings } from "./kernel/http/client.ts";
import type { Route } from "./kernel/http/route.ts";
import type { Router } from "./kernel/http/router.ts";
import type { JobType } from "./kernel/jobs/index.ts";

/** A slice, as the composition sees it. */
export interface Domain {
  /** The folder's name. */
  readonly name: string;
  /** The domains it may import: all stand earlier in `domains.ts`. The boundary check holds imports against it. */
  readonly uses: readonly string[];
  readonly routes: readonly Route[];
  readonly subscriptions?: readonly Subscription[];
  readonly jobs?: readonly JobType[];
  readonly constraints?: Constraints;
  /** Protocols other than the API, spoken over HTTP (git, npm): mounted on the application beside it. */
  readonly door?: (server: DoorServer) => void;
  /** What is so frequent and so simple that it is answered before the application. */
  readonly front?: (services: Services) => Front;
  /** What runs beside the HTTP server from its start to its stop (an SSH server); also repairs what a crash left. */
  readonly start?: (services: Services, contextFor: ContextFor) => Promise<Running>;
}

/** Answers a request, or leaves it as it was to `next`. */
export type Front = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Makes the context in which the forge itself acts. */
export type ContextFor = (name: string) => Context;

export interface Running {
  stop(): Promise<void>;
}

export interface DoorServer {
  readonly app: Hono<{ Bindings: Bindings }>;
  readonly router: Router;
  readonly services: Services;
}
