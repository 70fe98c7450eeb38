export {
  combinedChecks,
  combinedChecksOf,
  type Check,
  type CheckVerdict,
  type CombinedChecks,
} from "./combined.ts";
export { checkRunCreated, checkRunUpdated, statusReported } from "./events.ts";
export { answerRunPulls, type RunPullReader } from "./runs/pulls.ts";
export { annotationsOn, diffAnnotationsShape, shownRun, shownRunShape } from "./runs/shown.ts";
export { checkList, checkListShape, type ListPart, type Required } from "./shown.ts";
export { verdictIs, verdictOn, verdictsOf } from "./verdicts.ts";
export { openedQuery } from "./web.ts";
