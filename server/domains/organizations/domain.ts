import type { Domain } from "../../domain.ts";
import { memberRoutes } from "./routes/members.ts";
import { organizationRoutes } from "./routes/organizations.ts";
import { constraints } from "./schema.ts";
import { teamRoutes } from "./teams/routes.ts";

export const organizations: Domain = {
  name: "organizations",
  uses: ["accounts"],
  routes: [...organizationRoutes, ...memberRoutes, ...teamRoutes],
  constraints,
};
