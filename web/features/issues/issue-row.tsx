import { Flag, MessageSquare } from "lucide-react";
import { path } from "../../app/paths.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { LabelChips } from "../../ui/label-chip.tsx";
import { Link } from "../../ui/link.tsx";
import { Row } from "../../ui/list.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateIcon } from "../../ui/state-badge.tsx";
import { tip } from "../../ui/tip.ts";
import { listHref, withLabel } from "../lists/line.ts";
import { RowTick } from "../lists/row-tick.tsx";
import type { Selection } from "../lists/selection.ts";
import { issuesPath, type At, type IssueData } from "./at.ts";
import { stateOf } from "./state.ts";
import { TitleText } from "./title-text.tsx";

interface Props {
  readonly at: At;
  readonly issue: IssueData;
  /** The list's query, which a click on a label narrows further. */
  readonly line: string;
  /** Given where rows can be ticked. */
  readonly selection?: Selection | undefined;
}

/** One issue of a list in one line: state, title, labels, milestone, discussion, who and when. */
export function IssueRow({ at, issue, line, selection }: Props) {
  const list = issuesPath(at);
  const { assignee, milestone } = issue;
  return (
    <Row
      href={`${list}/${issue.number}`}
      before={
        <>
          <RowTick number={issue.number} title={issue.title} selection={selection} />
          <StateIcon state={stateOf(issue)} />
        </>
      }
      title={<TitleText title={issue.title} />}
      after={
        <>
          <span className="text-sm text-ink-3">#{issue.number}</span>
          <LabelChips labels={issue.labels} href={(name) => listHref(list, withLabel(line, name))} />
        </>
      }
      end={
        <>
          {milestone && (
            <Link
              look="muted"
              href={path`/${at.owner}/${at.repo}/milestone/${milestone.number}`}
              className="inline-flex max-w-32 items-center gap-1"
            >
              <Flag aria-hidden="true" className="size-3.5" />
              <span className="truncate">{milestone.title}</span>
            </Link>
          )}
          {issue.comments > 0 && (
            <span className="inline-flex items-center gap-1">
              <MessageSquare aria-hidden="true" className="size-3.5" />
              <span className="tabular">{issue.comments}</span>
              <span className="sr-only">{issue.comments === 1 ? "comment" : "comments"}</span>
            </span>
          )}
          {assignee ? (
            <span className="relative z-1" {...tip(`Assigned to ${assignee.login}`)}>
              <Avatar name={assignee.login} src={assignee.avatar_url} size={18} />
              <span className="sr-only">Assigned to {assignee.login}</span>
            </span>
          ) : (
            <span className="hidden w-[18px] sm:block" />
          )}
          <span className="text-ink-3 sm:w-24 sm:text-right">
            <RelativeTime at={issue.created_at} />
          </span>
        </>
      }
    />
  );
}
