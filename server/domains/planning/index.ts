export { moveMilestoneCounts } from "./commands.ts";
export { milestoneByNumber, milestonesById, type Milestone } from "./queries.ts";
export { milestoneShape, milestoneView, milestoneViews } from "./views.ts";
