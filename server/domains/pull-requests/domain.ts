import type { Domain } from "../../domain.ts";
import { constraints } from "./schema.ts";

export const pullRequests: Domain = {
  name: "pull-requests",
  uses: ["accounts", "repositories", "checks", "labels", "planning", "issues"],
  routes: [],
  constraints,
};
