import { Check, CircleDashed, MessageSquare, ShieldCheck, ShieldX, X } from "lucide-react";
import { path } from "../../app/paths.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { LabelChips } from "../../ui/label-chip.tsx";
import { Row } from "../../ui/list.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateIcon } from "../../ui/state-badge.tsx";
import { TitleText } from "../issues/title-text.tsx";
import { listHref, withLabel } from "../lists/line.ts";
import { RowTick } from "../lists/row-tick.tsx";
import type { Selection } from "../lists/selection.ts";
import { pullHref, pullsHref, type At } from "./hrefs.ts";
import { stateOf } from "./look.ts";
import type { PullLine } from "./queries.ts";

interface Props {
  readonly at: At;
  readonly pull: PullLine;
  readonly line: string;
  /** Given where rows can be ticked. */
  readonly selection?: Selection | undefined;
}

/** One pull request of the list. */
export function PullRow({ at, pull, line, selection }: Props) {
  return (
    <Row
      href={pullHref(at, pull.number)}
      before={
        <>
          <RowTick number={pull.number} title={pull.title} selection={selection} />
          <StateIcon state={stateOf(pull)} />
        </>
      }
      title={<TitleText title={pull.title} />}
      after={
        <>
          <Standing pull={pull} />
          <LabelChips labels={pull.labels} href={(name) => listHref(pullsHref(at), withLabel(line, name))} />
        </>
      }
      end={
        <>
          {pull.base !== null && (
            <code className="max-w-32 truncate text-xs text-ink-2 max-md:hidden">→ {pull.base}</code>
          )}
          <span className="tabular text-ink-3">#{pull.number}</span>
          <Comments count={pull.comments} />
          <span className="inline-flex justify-end sm:w-24">
            <RelativeTime at={pull.created_at} />
          </span>
          <span className="inline-flex items-center gap-1.5" title={`By ${pull.user?.login ?? "ghost"}`}>
            <Avatar name={pull.user?.login ?? "ghost"} src={pull.user?.avatar_url} size={18} />
            <span className="sr-only">by {pull.user?.login ?? "ghost"}</span>
          </span>
          {pull.assignee ? (
            <a href={path`/${pull.assignee.login}`} title={`Assigned to ${pull.assignee.login}`}>
              <Avatar name={pull.assignee.login} src={pull.assignee.avatar_url} size={18} />
              <span className="sr-only">assigned to {pull.assignee.login}</span>
            </a>
          ) : (
            <span className="w-[18px] max-sm:hidden" />
          )}
        </>
      }
    />
  );
}

function Standing({ pull }: { readonly pull: PullLine }) {
  return (
    <>
      {pull.checks === "success" && (
        <Check role="img" aria-label="Checks passed" className="size-3.5 shrink-0 text-open" />
      )}
      {pull.checks === "failure" && (
        <X role="img" aria-label="Checks failed" className="size-3.5 shrink-0 text-closed" />
      )}
      {pull.checks === "pending" && (
        <CircleDashed role="img" aria-label="Checks are running" className="size-3.5 shrink-0 text-warning" />
      )}
      {pull.decision === "approved" && (
        <ShieldCheck role="img" aria-label="Approved" className="size-3.5 shrink-0 text-open" />
      )}
      {pull.decision === "changes_requested" && (
        <ShieldX role="img" aria-label="Changes requested" className="size-3.5 shrink-0 text-closed" />
      )}
    </>
  );
}

const Comments = ({ count }: { readonly count: number }) =>
  count === 0 ? (
    <span className="w-8 max-sm:hidden" />
  ) : (
    <span className="tabular inline-flex w-8 items-center gap-1">
      <MessageSquare aria-hidden="true" className="size-3.5" />
      {count}
      <span className="sr-only"> comments</span>
    </span>
  );
