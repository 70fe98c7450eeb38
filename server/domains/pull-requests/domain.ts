import type { Domain } from "../../domain.ts";
import { answerRunPulls } from "../checks/index.ts";
import { addOtherKind } from "../issues/index.ts";
import { addPushHint, answerBranchPulls, takeProposals } from "../repositories/index.ts";
import { askToSweep, noticeReadiness, sweepAutoMerges, tryAutoMergeJob } from "./auto-merge/jobs.ts";
import { openPullsOf } from "./branch-pulls.ts";
import { pullRequestHint } from "./hints.ts";
import { adoptContents } from "./jobs/adopt-contents.ts";
import { askOwners } from "./jobs/ask-owners.ts";
import { followPush } from "./jobs/follow-push.ts";
import { askToReconcile, reconcileHeads } from "./jobs/reconcile.ts";
import { closeIssues, noteReferences } from "./jobs/references.ts";
import { sweepMergeability } from "./jobs/sweep.ts";
import { proposals } from "./proposals/take.ts";
import { pullRequestKind } from "./reference-kind.ts";
import { routes } from "./routes/index.ts";
import { pullsWithHead } from "./run-pulls.ts";
import { noteSuggestions } from "./suggestions/jobs.ts";
import { constraints } from "./schema.ts";
import { webRoutes } from "./web/index.ts";
import { mountTexts } from "./web/texts.ts";

addOtherKind(pullRequestKind);
addPushHint(pullRequestHint);
answerBranchPulls(openPullsOf);
answerRunPulls(pullsWithHead);
takeProposals(proposals);

export const pullRequests: Domain = {
  name: "pull-requests",
  uses: [
    "accounts",
    "organizations",
    "repositories",
    "lfs",
    "checks",
    "labels",
    "planning",
    "lists",
    "texts",
    "issues",
  ],
  routes: [...routes, ...webRoutes],
  subscriptions: [
    followPush,
    adoptContents,
    askOwners,
    noteReferences,
    closeIssues,
    noticeReadiness,
    noteSuggestions,
  ],
  jobs: [reconcileHeads, sweepMergeability, tryAutoMergeJob, sweepAutoMerges],
  constraints,
  door: mountTexts,
  start: async (_services, contextFor) => {
    await askToReconcile(contextFor("pull-requests.reconcile"));
    await askToSweep(contextFor(sweepAutoMerges.name));
    return { stop: async () => undefined };
  },
};
