export { combinedStatus, combinedStatuses, verdictOn, type CombinedStatus, type Status } from "./queries.ts";
export { statusShape, statusViews } from "./views.ts";
