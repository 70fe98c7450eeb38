import type { Domain } from "../../domain.ts";
import { addElsewhere, addFreight, addSshCommand } from "../repositories/index.ts";
import { bindContents } from "./commands/bind.ts";
import { mountLfs } from "./door/index.ts";
import { contentOfPointer } from "./elsewhere.ts";
import { jobs } from "./jobs.ts";
import { constraints } from "./schema.ts";
import { authenticateOverSsh } from "./ssh.ts";
import { bringContents } from "./transfers/bring.ts";
import { sendContents } from "./transfers/send.ts";

addSshCommand("git-lfs-authenticate", authenticateOverSsh);
addElsewhere(contentOfPointer);
addFreight({ bring: bringContents, send: sendContents, inherit: bindContents });

export const lfs: Domain = {
  name: "lfs",
  uses: ["accounts", "repositories"],
  routes: [],
  jobs,
  constraints,
  door: mountLfs,
};
