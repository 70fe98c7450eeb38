import type { Domain } from "../../domain.ts";
import { collaboratorRoutes } from "./collaborators/routes.ts";
import { jobs } from "./jobs.ts";
import { deletedRoutes } from "./routes/deleted.ts";
import { forkRoutes } from "./routes/forks.ts";
import { listRoutes } from "./routes/lists.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { constraints } from "./schema.ts";
import { starRoutes } from "./stars/routes.ts";
import { watchingRoutes } from "./watching/routes.ts";

export const repositories: Domain = {
  name: "repositories",
  uses: ["accounts", "organizations"],
  routes: [
    ...settingsRoutes,
    ...listRoutes,
    ...deletedRoutes,
    ...forkRoutes,
    ...collaboratorRoutes,
    ...starRoutes,
    ...watchingRoutes,
  ],
  jobs,
  constraints,
};
