import type { Domain } from "../../domain.ts";
import { constraints } from "./schema.ts";

export const repositories: Domain = {
  name: "repositories",
  uses: ["accounts", "organizations"],
  routes: [],
  constraints,
};
