import type { Domain } from "../../domain.ts";


export const search: Domain = {
  name: "search",
  uses: ["accounts", "repositories", "issues", "pull-requests"],
  routes: [],

};
