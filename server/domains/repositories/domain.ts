import type { Domain } from "../../domain.ts";
import { codeRoutes } from "./code/routes/index.ts";
import { codePageRoutes } from "./code/web/index.ts";
import { mountArchives } from "./code/web/archive.ts";
import { mountRaw } from "./code/web/raw.ts";
import { mountTexts } from "./code/web/texts.ts";
import { collaboratorRoutes } from "./collaborators/routes.ts";
import { mountGitHttp } from "./git/git-http.ts";
import { startSsh } from "./git/git-ssh.ts";
import { reconcile } from "./git/reconcile.ts";
import { jobs } from "./jobs.ts";
import { protectionRoutes } from "./protection/routes.ts";
import { deletedRoutes } from "./routes/deleted.ts";
import { forkRoutes } from "./routes/forks.ts";
import { generateRoutes } from "./routes/generate.ts";
import { listRoutes } from "./routes/lists.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { constraints } from "./schema.ts";
import { starRoutes } from "./stars/routes.ts";
import { watchingRoutes } from "./watching/routes.ts";

export const repositories: Domain = {
  name: "repositories",
  uses: ["accounts", "organizations"],
  routes: [
    ...settingsRoutes,
    ...listRoutes,
    ...deletedRoutes,
    ...forkRoutes,
    ...generateRoutes,
    ...collaboratorRoutes,
    ...protectionRoutes,
    ...starRoutes,
    ...watchingRoutes,
    ...codeRoutes,
    ...codePageRoutes,
  ],
  jobs,
  constraints,
  door: (server) => {
    mountGitHttp(server);
    mountArchives(server);
    mountRaw(server);
    mountTexts(server);
  },
  start: async (services, contextFor) => {
    await reconcile(contextFor("repositories.reconcile"), services.clock.now());
    return startSsh(services, contextFor, { port: services.config.sshPort });
  },
};
