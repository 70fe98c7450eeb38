import type { State } from "../../ui/state-badge.tsx";
import type { IssueData } from "./at.ts";

/** How an issue's state is drawn. */
export const stateOf = (issue: Pick<IssueData, "state" | "state_reason">): State =>
  issue.state === "open"
    ? "issue-open"
    : issue.state_reason === "not_planned"
      ? "issue-dropped"
      : "issue-done";
