import {
  ArrowRightLeft,
  CalendarCheck,
  CalendarX,
  CircleDot,
  Eye,
  EyeOff,
  GitCommitHorizontal,
  GitMerge,
  GitPullRequestClosed,
  GitPullRequestDraft,
  Lock,
  Milestone,
  Pencil,
  ShieldOff,
  Tag,
  Trash2,
  Undo2,
  Unlock,
  User,
  type LucideIcon,
} from "lucide-react";
import type { ReactNode } from "react";
import { LabelChip } from "../../ui/label-chip.tsx";
import { Link } from "../../ui/link.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { TimelineEvent } from "../../ui/timeline.tsx";
import { commitHref, shortSha } from "../code/hrefs.ts";
import { inCommit } from "../issues/events.tsx";
import { PersonName } from "../issues/person-link.tsx";
import { Who } from "./comment-card.tsx";
import type { At } from "./hrefs.ts";
import { BranchName } from "./pull-head.tsx";
import { PushWords } from "./push-words.tsx";
import type { TimelineEntry } from "./queries.ts";
import { TeamName } from "./team-name.tsx";

type Happened = Exclude<
  TimelineEntry,
  { event: "commented" | "reviewed" | "line-commented" | "committed" | "cross-referenced" }
>;

/** One line of the timeline: who did what, when. */
export function EventLine(props: { readonly at: At; readonly number: number; readonly happened: Happened }) {
  const { at, number, happened } = props;
  const [Icon, words, ink] = told(at, number, happened);
  return (
    <TimelineEvent id={`event-${happened.id}`} icon={<Icon aria-hidden="true" className={ink} />}>
      <span className="inline-flex flex-wrap items-center gap-x-1.5 gap-y-1">
        <Who person={happened.actor} /> {words}{" "}
        <span className="text-ink-3">
          <RelativeTime at={happened.created_at} />
        </span>
      </span>
    </TimelineEvent>
  );
}

const Commit = ({ at, sha }: { readonly at: At; readonly sha: string }) => (
  <Link look="plain" href={commitHref(at, sha)} className="font-mono text-code text-ink">
    {shortSha(sha)}
  </Link>
);

const strong = (words: string | undefined) => (
  <bdi className="font-medium text-ink [overflow-wrap:anywhere]">{words}</bdi>
);

/** A person or a team; a team that is gone has no name any more. */
const askedOf = ({ requested_reviewer: person, requested_team: team, team_seen: seen }: Happened) =>
  person ? (
    <PersonName login={person.login} />
  ) : team ? (
    <TeamName team={team} seen={seen === true} />
  ) : (
    "a team"
  );

function told(at: At, number: number, happened: Happened): readonly [LucideIcon, ReactNode, string?] {
  const { event, label, assignee, milestone, rename, push, base } = happened;
  switch (event) {
    case "merged":
      return [
        GitMerge,
        <>
          merged this{" "}
          {happened.commit_id && (
            <>
              as <Commit at={at} sha={happened.commit_id} />
            </>
          )}
        </>,
        "text-merged",
      ];
    case "referenced":
      return [GitCommitHorizontal, <span key="commit">referred to this{inCommit(happened)}</span>];
    case "closed":
      return [GitPullRequestClosed, "closed this", "text-closed"];
    case "reopened":
      return [CircleDot, "opened this again", "text-open"];
    case "ready_for_review":
      return [Eye, "marked this as ready for review"];
    case "convert_to_draft":
      return [GitPullRequestDraft, "made this a draft again"];
    case "renamed":
      return [
        Pencil,
        <span key="title">
          changed the title from <s>{strong(rename?.from)}</s> to {strong(rename?.to)}
        </span>,
      ];
    case "base_ref_changed":
      return [
        ArrowRightLeft,
        <>
          changed the base from <BranchName name={base?.from ?? ""} /> to <BranchName name={base?.to ?? ""} />
        </>,
      ];
    case "automatic_base_change_succeeded":
      return [
        ArrowRightLeft,
        <>
          <span>
            deleted <BranchName name={base?.from ?? ""} />, so this goes to{" "}
            <BranchName name={base?.to ?? ""} /> now
          </span>
        </>,
      ];
    case "automatic_base_change_failed":
      return [
        ArrowRightLeft,
        <>
          <span>
            deleted <BranchName name={base?.from ?? ""} />, and this could not go to{" "}
            <BranchName name={base?.to ?? ""} /> instead: {happened.problem}
          </span>
        </>,
        "text-warning",
      ];
    case "head_ref_deleted":
      return [Trash2, "deleted the branch"];
    case "head_ref_restored":
      return [Undo2, "restored the branch"];
    case "head_ref_pushed":
    case "head_ref_force_pushed":
      return [GitCommitHorizontal, <PushWords key="push" at={at} number={number} push={push} />];
    case "auto_merge_enabled":
      return [CalendarCheck, "set this to merge by itself once nothing stands in the way"];
    case "auto_merge_disabled":
      return happened.auto_merge?.reason
        ? [CalendarX, <>stopped the merge that was set: {strong(happened.auto_merge.reason)}</>]
        : [CalendarX, "no longer lets this merge by itself"];
    case "labeled":
      return [Tag, <>added {label && <LabelChip {...label} />}</>];
    case "unlabeled":
      return [Tag, <>took off {label && <LabelChip {...label} />}</>];
    case "assigned":
    case "unassigned": {
      const self = assignee?.login === happened.actor.login;
      if (event === "assigned")
        return [
          User,
          self ? "took this on" : <>assigned {assignee && <PersonName login={assignee.login} />}</>,
        ];
      return [
        User,
        self ? "is no longer assigned" : <>unassigned {assignee && <PersonName login={assignee.login} />}</>,
      ];
    }
    case "milestoned":
      return [Milestone, <>put this into the milestone {strong(milestone?.title)}</>];
    case "demilestoned":
      return [Milestone, <>took this out of the milestone {strong(milestone?.title)}</>];
    case "locked":
      return [
        Lock,
        happened.lock_reason ? `locked the conversation: ${happened.lock_reason}` : "locked the conversation",
      ];
    case "unlocked":
      return [Unlock, "unlocked the conversation"];
    case "review_requested":
      return [
        Eye,
        <>
          asked {askedOf(happened)} for a review
          {happened.as_owner && ", as code owner"}
        </>,
      ];
    case "review_request_removed":
      return [EyeOff, <>no longer asks {askedOf(happened)} for a review</>];
    case "review_dismissed":
      return [
        ShieldOff,
        <>
          dismissed a review{" "}
          {happened.dismissed_review?.dismissal_message && (
            <>: {strong(happened.dismissed_review.dismissal_message)}</>
          )}
        </>,
      ];
    default:
      return [CircleDot, event.replaceAll(/[._-]/g, " ")];
  }
}
