import type { Domain } from "../../domain.ts";


export const checks: Domain = {
  name: "checks",
  uses: ["accounts", "repositories"],
  routes: [],

};
