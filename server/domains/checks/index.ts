export { reportStatus } from "./commands.ts";
export { statusReported } from "./events.ts";
export { combinedStatus, combinedStatuses, type CombinedStatus, type Status } from "./queries.ts";
export { combinedStatusShape, combinedStatusView, statusShape, statusViews } from "./views.ts";
