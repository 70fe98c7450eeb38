import type { State } from "../../ui/state-badge.tsx";

/** How the state of a pull request is drawn. */
export const stateOf = (pull: {
  readonly state: "open" | "closed";
  readonly merged: boolean;
  readonly draft: boolean;
}): State =>
  pull.merged
    ? "pull-merged"
    : pull.state === "closed"
      ? "pull-closed"
      : pull.draft
        ? "pull-draft"
        : "pull-open";
