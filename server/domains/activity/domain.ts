import type { Domain } from "../../domain.ts";
import { forget, record } from "./jobs.ts";
import { routes } from "./routes.ts";

export const activity: Domain = {
  name: "activity",
  uses: ["accounts", "repositories", "issues", "pull-requests"],
  routes,
  subscriptions: [record],
  jobs: [forget],
};
