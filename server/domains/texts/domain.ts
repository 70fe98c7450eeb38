import type { Domain } from "../../domain.ts";
import { savedReplyRoutes } from "./saved-replies/routes.ts";
import { constraints } from "./schema.ts";
import { forgetDeleted } from "./undo/commands.ts";

export const texts: Domain = {
  name: "texts",
  uses: ["accounts", "repositories"],
  routes: savedReplyRoutes,
  jobs: [forgetDeleted],
  constraints,
};
