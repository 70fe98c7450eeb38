import type { Domain } from "../../domain.ts";
import { addOtherKind } from "../issues/index.ts";
import { addPushHint, answerBranchPulls } from "../repositories/index.ts";
import { openPullsOf } from "./branch-pulls.ts";
import { pullRequestHint } from "./hints.ts";
import { followPush } from "./jobs/follow-push.ts";
import { askToReconcile, reconcileHeads } from "./jobs/reconcile.ts";
import { closeIssues, noteReferences } from "./jobs/references.ts";
import { pullRequestKind } from "./reference-kind.ts";
import { routes } from "./routes/index.ts";
import { noteSuggestions } from "./suggestions/jobs.ts";
import { constraints } from "./schema.ts";
import { webRoutes } from "./web/index.ts";
import { mountTexts } from "./web/texts.ts";

addOtherKind(pullRequestKind);
addPushHint(pullRequestHint);
answerBranchPulls(openPullsOf);

export const pullRequests: Domain = {
  name: "pull-requests",
  uses: ["accounts", "repositories", "checks", "labels", "planning", "texts", "issues"],
  routes: [...routes, ...webRoutes],
  subscriptions: [followPush, noteReferences, closeIssues, noteSuggestions],
  jobs: [reconcileHeads],
  constraints,
  door: mountTexts,
  start: async (_services, contextFor) => {
    await askToReconcile(contextFor("pull-requests.reconcile"));
    return { stop: async () => undefined };
  },
};
