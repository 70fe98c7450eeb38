import type { Domain } from "../../domain.ts";
import { answerChecks, answerCommitVerdicts } from "../repositories/index.ts";
import { statesOf } from "./combined.ts";
import { routes } from "./routes.ts";
import { runRoutes } from "./runs/routes.ts";
import { verdictsOf } from "./verdicts.ts";
import { webRoutes } from "./web.ts";

answerChecks(statesOf);
answerCommitVerdicts(verdictsOf);

export const checks: Domain = {
  name: "checks",
  uses: ["accounts", "repositories"],
  routes: [...routes, ...runRoutes, ...webRoutes],
};
