import type { Domain } from "../../domain.ts";
import { routes } from "./routes.ts";
import { constraints } from "./schema.ts";

export const lists: Domain = {
  name: "lists",
  uses: ["accounts", "repositories", "labels", "planning"],
  routes,
  constraints,
};
