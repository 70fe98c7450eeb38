import type { Domain } from "../../domain.ts";
import { routes } from "./routes.ts";

export const commitComments: Domain = {
  name: "commit-comments",
  uses: ["accounts", "repositories", "texts", "issues", "pull-requests"],
  routes,
};
