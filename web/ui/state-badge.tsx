import { clsx } from "clsx";
import {
  CircleCheck,
  CircleDot,
  CircleSlash,
  GitMerge,
  GitPullRequest,
  GitPullRequestClosed,
  GitPullRequestDraft,
  type LucideIcon,
} from "lucide-react";

export type State =
  | "issue-open"
  | "issue-done"
  | "issue-dropped"
  | "pull-open"
  | "pull-draft"
  | "pull-merged"
  | "pull-closed";

interface Drawing {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly ink: string;
  readonly ground: string;
}

const drawings: Readonly<Record<State, Drawing>> = {
  "issue-open": { word: "Open", icon: CircleDot, ink: "text-open", ground: "bg-open-soft" },
  "issue-done": { word: "Closed", icon: CircleCheck, ink: "text-merged", ground: "bg-merged-soft" },
  "issue-dropped": { word: "Not planned", icon: CircleSlash, ink: "text-draft", ground: "bg-draft-soft" },
  "pull-open": { word: "Open", icon: GitPullRequest, ink: "text-open", ground: "bg-open-soft" },
  "pull-draft": { word: "Draft", icon: GitPullRequestDraft, ink: "text-draft", ground: "bg-draft-soft" },
  "pull-merged": { word: "Merged", icon: GitMerge, ink: "text-merged", ground: "bg-merged-soft" },
  "pull-closed": { word: "Closed", icon: GitPullRequestClosed, ink: "text-closed", ground: "bg-closed-soft" },
};

/** The state of an issue or a pull request in icon, word and colour. */
export function StateBadge({ state }: { readonly state: State }) {
  const { word, icon: Icon, ink, ground } = drawings[state];
  return (
    <span
      className={clsx(
        "inline-flex h-7 shrink-0 items-center gap-1.5 rounded-full px-2.5 text-sm font-medium",
        ink,
        ground,
      )}
    >
      <Icon aria-hidden="true" />
      {word}
    </span>
  );
}

/** The same in a list row: the icon alone, its word read aloud. */
export function StateIcon({ state }: { readonly state: State }) {
  const { word, icon: Icon, ink } = drawings[state];
  return <Icon role="img" aria-label={word} className={clsx("shrink-0", ink)} />;
}
