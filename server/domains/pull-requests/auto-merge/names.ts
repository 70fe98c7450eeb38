/** The job that looks whether one pull request can be merged by now. */
export const tryAutoMerge = "pull-requests.try-auto-merge";
