import type { Domain } from "../../domain.ts";
import { constraints } from "./schema.ts";

export const issues: Domain = {
  name: "issues",
  uses: ["accounts", "repositories", "labels", "planning"],
  routes: [],
  constraints,
};
