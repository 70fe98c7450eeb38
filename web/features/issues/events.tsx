import {
  Bookmark,
  CircleCheck,
  CircleDot,
  CircleSlash,
  Flag,
  GitCommitHorizontal,
  Link2,
  Lock,
  LockOpen,
  Pencil,
  Tag,
  Trash2,
  User,
} from "lucide-react";
import type { ReactNode } from "react";
import { LabelChip } from "../../ui/label-chip.tsx";
import { Link } from "../../ui/link.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateIcon, type State } from "../../ui/state-badge.tsx";
import { TimelineEvent } from "../../ui/timeline.tsx";
import type { TimelineEntry } from "./at.ts";
import { PersonName } from "./person-link.tsx";
import { stateOf } from "./state.ts";
import { TitleText } from "./title-text.tsx";

type CrossReference = Extract<TimelineEntry, { source: unknown }>;
export type Event = Exclude<TimelineEntry, CrossReference | { event: "commented" }>;

/** Things done by one person in one go, in one line. */
export function EventLine({ events }: { readonly events: readonly [Event, ...Event[]] }) {
  const [first] = events;
  const last = events.at(-1) ?? first;
  const { icon, words } = sentenceOf(events);
  return (
    <TimelineEvent icon={icon}>
      <PersonName login={first.actor.login} /> {words} <RelativeTime at={last.created_at} />
    </TimelineEvent>
  );
}

/** Another issue, or a pull request, that speaks of this one. */
export function ReferenceLine({ entry }: { readonly entry: CrossReference }) {
  const { issue } = entry.source;
  return (
    <TimelineEvent icon={<Link2 aria-hidden="true" />}>
      <PersonName login={entry.actor.login} /> referred to this in{" "}
      <span className="mr-1 inline-block align-[-3px]">
        <StateIcon state={sourceState(issue)} />
      </span>
      <Link look="plain" href={new URL(issue.html_url).pathname} className="font-medium text-ink" dir="auto">
        <TitleText title={issue.title} />
      </Link>{" "}
      #{issue.number} <RelativeTime at={entry.created_at} />
    </TimelineEvent>
  );
}

function sourceState(issue: CrossReference["source"]["issue"]): State {
  if (!issue.pull_request) return stateOf(issue);
  if (issue.pull_request.merged_at !== null) return "pull-merged";
  if (issue.state === "closed") return "pull-closed";
  return issue.draft ? "pull-draft" : "pull-open";
}

interface Sentence {
  readonly icon: ReactNode;
  readonly words: ReactNode;
}

function sentenceOf(events: readonly [Event, ...Event[]]): Sentence {
  const [event] = events;
  switch (event.event) {
    case "labeled":
    case "unlabeled":
      return { icon: <Tag aria-hidden="true" />, words: <LabelChange events={events} /> };
    case "assigned":
    case "unassigned":
      return { icon: <User aria-hidden="true" />, words: assignment(event) };
    case "milestoned":
      return {
        icon: <Flag aria-hidden="true" />,
        words: <>added this to {strong(event.milestone?.title)}</>,
      };
    case "demilestoned":
      return {
        icon: <Flag aria-hidden="true" />,
        words: <>took this off {strong(event.milestone?.title)}</>,
      };
    case "renamed":
      return {
        icon: <Pencil aria-hidden="true" />,
        words: (
          <>
            changed the title from{" "}
            <del dir="auto">
              <TitleText title={event.rename?.from ?? ""} />
            </del>{" "}
            to{" "}
            <ins dir="auto" className="text-ink no-underline">
              <TitleText title={event.rename?.to ?? ""} />
            </ins>
          </>
        ),
      };
    case "closed":
      return event.state_reason === "not_planned"
        ? {
            icon: <CircleSlash aria-hidden="true" className="text-draft" />,
            words: "closed this as not planned",
          }
        : {
            icon: <CircleCheck aria-hidden="true" className="text-merged" />,
            words: <>closed this as completed{inCommit(event)}</>,
          };
    case "reopened":
      return { icon: <CircleDot aria-hidden="true" className="text-open" />, words: "reopened this" };
    case "locked":
      return {
        icon: <Lock aria-hidden="true" />,
        words: <>locked the conversation{event.lock_reason ? ` as ${event.lock_reason}` : ""}</>,
      };
    case "unlocked":
      return { icon: <LockOpen aria-hidden="true" />, words: "unlocked the conversation" };
    case "referenced":
      return {
        icon: <GitCommitHorizontal aria-hidden="true" />,
        words: <>referred to this{inCommit(event)}</>,
      };
    case "comment_deleted":
      return { icon: <Trash2 aria-hidden="true" />, words: "deleted a comment" };
    default:
      return { icon: <Bookmark aria-hidden="true" />, words: event.event.replaceAll("_", " ") };
  }
}

const strong = (text: string | undefined) => (
  <strong className="font-medium text-ink" dir="auto">
    {text}
  </strong>
);

function assignment({ event, actor, assignee }: Event): ReactNode {
  if (!assignee) return event;
  const own = actor.login === assignee.login;
  if (event === "assigned")
    return own ? (
      "took this on"
    ) : (
      <>
        assigned <PersonName login={assignee.login} />
      </>
    );
  return own ? (
    "gave this up"
  ) : (
    <>
      unassigned <PersonName login={assignee.login} />
    </>
  );
}

/** Where a commit did it; nothing where the reader may not see that. */
export function inCommit({
  commit_id: commit,
  commit_url: url,
}: Pick<Event, "commit_id" | "commit_url">): ReactNode {
  if (!commit || !url) return null;
  const [, owner = "", repo = ""] = /\/repos\/([^/]+)\/([^/]+)\/commits\//.exec(url) ?? [];
  return (
    <>
      {" in "}
      <Link look="plain" href={`/${owner}/${repo}/commit/${commit}`}>
        <code>{commit.slice(0, 7)}</code>
      </Link>
    </>
  );
}

function LabelChange({ events }: { readonly events: readonly Event[] }) {
  const of = (kind: string) => events.flatMap((one) => (one.event === kind && one.label ? [one.label] : []));
  const added = of("labeled");
  const removed = of("unlabeled");
  const chips = (labels: typeof added) => (
    <span className="inline-flex flex-wrap gap-1 align-middle">
      {labels.map((label) => (
        <LabelChip key={label.name} {...label} />
      ))}
    </span>
  );
  return (
    <>
      {added.length > 0 && <>added {chips(added)}</>}
      {added.length > 0 && removed.length > 0 && " and "}
      {removed.length > 0 && <>removed {chips(removed)}</>}
    </>
  );
}

/** Comments and references one by one; label changes of one person within a minute together. */
export function grouped(
  entries: readonly TimelineEntry[],
): readonly (readonly [TimelineEntry, ...TimelineEntry[]])[] {
  const groups: [TimelineEntry, ...TimelineEntry[]][] = [];
  for (const entry of entries) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group && before && isLabels(before) && isLabels(entry) && together(before, entry)) group.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

const isLabels = ({ event }: TimelineEntry): boolean => event === "labeled" || event === "unlabeled";

const together = (a: TimelineEntry, b: TimelineEntry): boolean =>
  a.actor.login === b.actor.login && Date.parse(b.created_at) - Date.parse(a.created_at) < 60_000;
