import type { Domain } from "../../domain.ts";
import { addElsewhere, addSshCommand } from "../repositories/index.ts";
import { mountLfs } from "./door/index.ts";
import { contentOfPointer } from "./elsewhere.ts";
import { jobs, subscriptions } from "./jobs.ts";
import { constraints } from "./schema.ts";
import { authenticateOverSsh } from "./ssh.ts";

addSshCommand("git-lfs-authenticate", authenticateOverSsh);
addElsewhere(contentOfPointer);

export const lfs: Domain = {
  name: "lfs",
  uses: ["accounts", "repositories"],
  routes: [],
  jobs,
  subscriptions,
  constraints,
  door: mountLfs,
};
