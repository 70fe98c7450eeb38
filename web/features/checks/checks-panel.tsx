import { ExternalLink, ListChecks } from "lucide-react";
import type { WebAnnotation, WebCheckList, WebCheckRun } from "../../../api/client.gen.ts";
import { Badge } from "../../ui/badge.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { withParams } from "../diff/diff-query.ts";
import { CheckIcon } from "./check-icon.tsx";
import { countsOf, timeTaken, type CheckLine } from "./check-words.ts";
import { checksAtOnce, mostChecks } from "./opened-run.ts";
import { RunView } from "./run-view.tsx";

interface Props {
  readonly at: { readonly owner: string; readonly repo: string };
  readonly list: WebCheckList;
  readonly run: WebCheckRun | null;
  readonly search: URLSearchParams;
  /** Where the lines of an annotation are shown. */
  readonly lineHref: (one: WebAnnotation) => string;
}

/** All checks of a commit beside what one of them says. */
export function ChecksPanel({ at, list, run, search, lineHref }: Props) {
  if (list.total === 0) return <NoChecks at={at} sha={list.sha} />;
  return (
    <div className="grid items-start gap-x-6 gap-y-5 lg:grid-cols-[300px_minmax(0,1fr)]">
      <nav aria-label="Checks" className="min-w-0 overflow-clip rounded-lg border border-line">
        <p className="border-b border-line bg-sunken px-3 py-2 text-sm font-medium">
          {countsOf(list.counts)}
        </p>
        <ul className="rows">
          {list.checks.map((check, index) => (
            <CheckRow
              key={`${check.kind} ${check.id} ${check.name}`}
              id={`check-${index + 1}`}
              check={check}
              search={search}
              current={check.kind === "run" && check.id === run?.id}
            />
          ))}
        </ul>
        <More list={list} search={search} />
      </nav>
      {run === null ? (
        <NoRun list={list} asked={search.has("run")} />
      ) : (
        <RunView {...{ at, run, search, lineHref }} />
      )}
    </div>
  );
}

/** The next of them, below those that are there: what is read already stays where it is. */
function More({ list: { checks, total, skipped, next: behind }, search }: Pick<Props, "list" | "search">) {
  const rest = total - skipped - checks.length;
  if (rest === 0 && skipped === 0) return null;
  const next = checks.length + checksAtOnce;
  // A page has its limit: then another goes on.
  const href =
    checks.length >= mostChecks
      ? withParams(search, { after: behind ?? undefined, checks: undefined })
      : `${withParams(search, { checks: String(next) })}#check-${checks.length + 1}`;
  return (
    <p className="flex items-center justify-between gap-3 border-t border-line py-1.5 pr-1.5 pl-3 text-sm text-ink-2">
      <span className="tabular py-1">
        {skipped > 0 && checks.length > 0 && `${skipped + 1}–`}
        {skipped + checks.length} of {total}
      </span>
      <span className="flex flex-wrap justify-end gap-1">
        {skipped > 0 && (
          <a
            className={buttonClass({ variant: "ghost", size: "sm" })}
            href={withParams(search, { after: undefined, checks: undefined })}
          >
            From the beginning
          </a>
        )}
        {rest > 0 && (
          <a className={buttonClass({ variant: "ghost", size: "sm" })} href={href}>
            Show {rest <= checksAtOnce ? "the rest" : `${checksAtOnce} more`}
          </a>
        )}
      </span>
    </p>
  );
}

interface RowProps {
  readonly id: string;
  readonly check: CheckLine;
  readonly search: URLSearchParams;
  readonly current: boolean;
}

function CheckRow({ id, check, search, current }: RowProps) {
  const took = timeTaken(check.started_at, check.completed_at);
  const name = <span className="font-medium [overflow-wrap:anywhere]">{check.name}</span>;
  return (
    <li
      id={id}
      className={`row relative flex items-start gap-2.5 px-3 py-1.5 text-sm ${current ? "bg-accent-soft" : ""}`}
    >
      <span className="flex h-5 items-center">
        <CheckIcon word={check.word} />
      </span>
      <span className="min-w-0 grow leading-5">
        {check.kind === "run" ? (
          <a
            href={withParams(search, { run: String(check.id), all: undefined })}
            aria-current={current ? "page" : undefined}
            className="row-link"
          >
            {name}
          </a>
        ) : check.link === null ? (
          name
        ) : (
          <a href={check.link} rel="nofollow noreferrer" className="row-link">
            {name} <ExternalLink role="img" aria-label="elsewhere" className="inline size-3 text-ink-3" />
          </a>
        )}
        <span dir="auto" className="block text-ink-2 [overflow-wrap:anywhere]">
          {check.word === "expected" ? "Waiting to be reported" : check.said}
        </span>
      </span>
      <span className="flex shrink-0 items-center gap-2">
        {check.required && <Badge>Required</Badge>}
        {took !== undefined && <span className="tabular leading-5 text-ink-2">{took}</span>}
      </span>
    </li>
  );
}

function NoRun({ list, asked }: { readonly list: WebCheckList; readonly asked: boolean }) {
  const runs = list.checks.some(({ kind }) => kind === "run");
  return (
    <EmptyState
      icon={<ListChecks aria-hidden="true" />}
      title={asked ? "This run is not one of this commit" : "Reported from elsewhere"}
    >
      {asked && runs
        ? "A push may have replaced the commit it was about. Choose one of the checks."
        : "These checks say how they stand and keep their output where they ran; each name leads there."}
    </EmptyState>
  );
}

function NoChecks({ at, sha }: { readonly at: Props["at"]; readonly sha: string }) {
  return (
    <EmptyState
      icon={<ListChecks aria-hidden="true" />}
      title="No checks yet"
      command={`sha=${sha}\ngh api repos/${at.owner}/${at.repo}/check-runs -f name=test -f head_sha=$sha -f conclusion=success`}
    >
      Whatever tests this commit can report here, with a summary and with notes on single lines.
    </EmptyState>
  );
}
