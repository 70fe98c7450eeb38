import type { Domain } from "../../domain.ts";
import { addDefaultLabels } from "./jobs.ts";
import { routes } from "./routes.ts";
import { constraints } from "./schema.ts";

export const labels: Domain = {
  name: "labels",
  uses: ["accounts", "repositories"],
  routes,
  subscriptions: [addDefaultLabels],
  constraints,
};
