export {
  combinedStatus,
  combinedStatuses,
  verdictIs,
  verdictOn,
  type CombinedStatus,
  type Status,
} from "./queries.ts";
export { statusReported } from "./events.ts";
export { statusShape, statusViews } from "./views.ts";
