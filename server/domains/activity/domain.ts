import type { Domain } from "../../domain.ts";


export const activity: Domain = {
  name: "activity",
  uses: ["accounts", "organizations", "repositories", "issues", "pull-requests"],
  routes: [],

};
