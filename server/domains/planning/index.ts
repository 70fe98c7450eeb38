export { moveMilestoneCounts } from "./commands.ts";
export { listMilestones, milestoneByNumber, milestonesById, type Milestone } from "./queries.ts";
export { milestoneShape, milestoneViews } from "./views.ts";
