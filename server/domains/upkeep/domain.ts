import type { Domain } from "../../domain.ts";
import { jobs } from "./jobs.ts";
import { countDamaged } from "./queries.ts";
import { routes } from "./routes.ts";

export const upkeep: Domain = {
  name: "upkeep",
  uses: ["accounts", "repositories", "lfs", "pull-requests"],
  routes,
  jobs,
  start: async (services, contextFor) => {
    services.metrics.damagedRepositories.set(await countDamaged(contextFor("upkeep.start")));
    return { stop: async () => undefined };
  },
};
