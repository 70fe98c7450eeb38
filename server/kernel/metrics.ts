import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import { longSlots, shortSlots } from "../git/process.ts";

export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram;
  readonly gitTransfers: Counter;
  readonly repositoryChecks: Counter;
  readonly damagedRepositories: Gauge;
}

/** Metrics of one server, in a registry of its own so that two servers of one process do not mix. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "wit_http_request_duration_seconds",
    help: "Time to answer, by kind of request and status class",
    labelNames: ["kind", "method", "status"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  const gitTransfers = new Counter({
    name: "wit_git_transfers_total",
    help: "Fetches and pushes, by transport and result",
    labelNames: ["service", "transport", "result"],
    registers: [registry],
  });
  const repositoryChecks = new Counter({
    name: "wit_repository_checks_total",
    help: "Checks of repositories, by what they found",
    labelNames: ["result"],
    registers: [registry],
  });
  const damagedRepositories = new Gauge({
    name: "wit_repositories_damaged",
    help: "Repositories whose last check found damage",
    registers: [registry],
  });
  new Gauge({
    name: "wit_git_processes",
    help: "Running and waiting git processes",
    labelNames: ["lane", "state"],
    registers: [registry],
    collect() {
      for (const [lane, slots] of Object.entries({ short: shortSlots, long: longSlots })) {
        this.set({ lane, state: "running" }, slots.running);
        this.set({ lane, state: "waiting" }, slots.waiting);
      }
    },
  });
  return { registry, requests, gitTransfers, repositoryChecks, damagedRepositories };
}
