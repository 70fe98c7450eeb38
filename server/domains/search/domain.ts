import type { Domain } from "../../domain.ts";
import { routes } from "./routes.ts";

export const search: Domain = {
  name: "search",
  uses: ["accounts", "organizations", "repositories", "lists", "issues", "pull-requests"],
  routes,
};
