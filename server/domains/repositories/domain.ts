import type { Domain } from "../../domain.ts";
import { answerTeamRepositories } from "../organizations/index.ts";
import { codeRoutes } from "./code/routes/index.ts";
import { codePageRoutes } from "./code/web/index.ts";
import { mountArchives } from "./code/web/archive.ts";
import { mountRaw } from "./code/web/raw.ts";
import { mountTexts } from "./code/web/texts.ts";
import { collaboratorRoutes } from "./collaborators/routes.ts";
import { mountGitHttp } from "./git/git-http.ts";
import { startSsh } from "./git/git-ssh.ts";
import { pollFront } from "./git/polls.ts";
import { reconcile } from "./git/reconcile.ts";
import { importRoutes } from "./imports/routes.ts";
import { resumeImports } from "./imports/resume.ts";
import { jobs } from "./jobs.ts";
import { resumeMirrors } from "./mirrors/due.ts";
import { subscriptions } from "./mirrors/jobs.ts";
import { mirrorRoutes } from "./mirrors/routes.ts";
import { protectionRoutes } from "./protection/routes.ts";
import { stopAllCourses } from "./remotes/courses.ts";
import { constraints as remoteConstraints } from "./remotes/schema.ts";
import { deletedRoutes } from "./routes/deleted.ts";
import { forkRoutes } from "./routes/forks.ts";
import { generateRoutes } from "./routes/generate.ts";
import { listRoutes } from "./routes/lists.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { constraints } from "./schema.ts";
import { starRoutes } from "./stars/routes.ts";
import { countRepositoriesOf } from "./teams/queries.ts";
import { teamRoutes } from "./teams/routes.ts";
import { forgetWatchers } from "./watching/jobs.ts";
import { watchingRoutes } from "./watching/routes.ts";

answerTeamRepositories(countRepositoriesOf);

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
    ...teamRoutes,
    ...protectionRoutes,
    ...importRoutes,
    ...mirrorRoutes,
    ...starRoutes,
    ...watchingRoutes,
    ...codeRoutes,
    ...codePageRoutes,
  ],
  jobs,
  subscriptions: [...subscriptions, forgetWatchers],
  constraints: { ...constraints, ...remoteConstraints },
  door: (server) => {
    mountGitHttp(server);
    mountArchives(server);
    mountRaw(server);
    mountTexts(server);
  },
  front: pollFront,
  start: async (services, contextFor) => {
    await reconcile(contextFor("repositories.reconcile"), services.clock.now());
    await resumeImports(contextFor("repositories.resume"));
    await resumeMirrors(contextFor("repositories.resume"));
    const ssh = await startSsh(services, contextFor, { port: services.config.sshPort });
    return {
      stop: async () => {
        stopAllCourses();
        await ssh.stop();
      },
    };
  },
};
