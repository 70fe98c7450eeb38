import type { Domain } from "../../domain.ts";
import { followPush } from "./jobs.ts";
import { routes } from "./routes/index.ts";
import { constraints } from "./schema.ts";
import { webRoutes } from "./web/index.ts";

export const pullRequests: Domain = {
  name: "pull-requests",
  uses: ["accounts", "repositories", "checks", "labels", "planning", "issues"],
  routes: [...routes, ...webRoutes],
  subscriptions: [followPush],
  constraints,
};
