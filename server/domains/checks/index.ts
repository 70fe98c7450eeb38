export { combinedStatus, combinedStatuses, type CombinedStatus, type Status } from "./queries.ts";
export { statusShape, statusViews } from "./views.ts";
