import { GitCommitHorizontal } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Notice } from "../../ui/form.tsx";
import { Content } from "../../ui/page-frame.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { commitHref, shortSha } from "../code/hrefs.ts";
import { annotatedPanels } from "../checks/annotated.tsx";
import { AnnotationsElsewhere } from "../checks/annotations-elsewhere.tsx";
import { checksHref, runsOf } from "../checks/hrefs.ts";
import { DiffBar } from "../diff/diff-bar.tsx";
import { diffModeOf, withParams } from "../diff/diff-query.ts";
import { Diff } from "../diff/diff.tsx";
import { Who } from "./comment-card.tsx";
import { CommitPairs } from "./commit-pairs.tsx";
import { pullHref, revisionsHref, type At } from "./hrefs.ts";
import { PullHead } from "./pull-head.tsx";
import type { PullRevisionsData, Revision } from "./queries.ts";
import { RevisionPicker } from "./revision-picker.tsx";
import { revisionStory } from "./revision-words.ts";
import type { pullRevisionsPage } from "./routes.ts";

export default function PullRevisionsPage({ params, search, data }: PageProps<typeof pullRevisionsPage>) {
  const { page } = data;
  const at = { owner: params.owner, repo: params.repo };
  const { pull, revisions, comparison } = page;
  return (
    <Content wide>
      <PullHead at={at} pull={pull} search={search} tab="revisions" canEdit={page.can.edit} />
      <ol aria-label="Revisions" className="rows border-y border-line">
        {revisions.toReversed().map((one) => (
          <RevisionRow key={one.number} at={at} number={pull.number} revision={one} last={revisions.length} />
        ))}
      </ol>
      {comparison === null ? (
        <div className="mt-6">
          <EmptyState icon={<GitCommitHorizontal aria-hidden="true" />} title="One revision so far">
            Every push to the branch becomes another one, and can be compared here with those before it.
          </EmptyState>
        </div>
      ) : (
        <Comparison at={at} page={page} comparison={comparison} search={search} />
      )}
    </Content>
  );
}

interface RowProps {
  readonly at: At;
  readonly number: number;
  readonly revision: Revision;
  readonly last: number;
}

function RevisionRow({ at, number, revision, last }: RowProps) {
  return (
    <li className="row flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-sm">
      <span className="tabular w-6 shrink-0 text-right font-medium">{revision.number}</span>
      <span className="flex min-w-0 grow basis-60 flex-wrap items-center gap-x-1.5 gap-y-1 text-ink-2">
        {revision.pushed_by ? <Who person={revision.pushed_by} /> : "Somebody"} {revisionStory(revision)}{" "}
        <span className="text-ink-3">
          <RelativeTime at={revision.created_at} />
        </span>
        {revision.number === last && <Badge tone="accent">Newest</Badge>}
      </span>
      <span className="flex items-center gap-3 max-sm:pl-9">
        {revision.number > 1 && (
          <a
            className="text-accent-ink hover:underline"
            href={revisionsHref(at, number, revision.number - 1, revision.number)}
          >
            Compare with {revision.number - 1}
          </a>
        )}
        <a
          className="text-accent-ink hover:underline"
          href={`${pullHref(at, number, "files")}?from=base&to=${revision.number}`}
        >
          Files
        </a>
        <a href={commitHref(at, revision.head)} className="font-mono text-code text-ink-2 hover:underline">
          {shortSha(revision.head)}
        </a>
      </span>
    </li>
  );
}

function Comparison(props: {
  readonly at: At;
  readonly page: PullRevisionsData;
  readonly comparison: NonNullable<PullRevisionsData["comparison"]>;
  readonly search: URLSearchParams;
}) {
  const { at, page, comparison, search } = props;
  const { pull } = page;
  const { from, to, diff } = comparison;
  return (
    <section aria-labelledby="compared" className="mt-8">
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id="compared" className="text-base font-semibold">
          What changed
        </h2>
        <RevisionPicker revisions={page.revisions} from={from} to={to} search={search} />
      </div>
      {comparison.same && (
        <div className="mb-3">
          <Notice tone="info">
            The change is the same in both. Only the commits or the base beneath it are others.
          </Notice>
        </div>
      )}
      {comparison.unable !== null && (
        <div className="mb-3">
          <Notice tone="warning">
            {comparison.unable}. The files cannot be told apart from what the base brought; these are the
            commits side by side.
          </Notice>
        </div>
      )}
      {comparison.commits === null ? (
        <p className="py-2 text-sm text-ink-2">{comparison.unpaired}.</p>
      ) : (
        <CommitPairs at={at} pairs={comparison.commits} />
      )}
      {diff !== null && diff.files.length > 0 && (
        <>
          <DiffBar diff={diff} search={search} />
          <AnnotationsElsewhere
            {...comparison.annotations}
            href={
              to === page.revisions.length
                ? pullHref(at, pull.number, "checks")
                : checksHref(at, comparison.head)
            }
          />
          <Diff
            files={diff.files}
            repository={`${at.owner}/${at.repo}`}
            head={comparison.head}
            base={comparison.base ?? undefined}
            mode={diffModeOf(search)}
            fileHref={(file) => withParams(search, { from: String(from), to: String(to), file })}
            renderPanel={annotatedPanels({
              items: comparison.annotations.items,
              runHref: runsOf(at, comparison.head),
            })}
          />
          {diff.truncated && (
            <p className="py-4 text-center text-sm text-ink-2">
              More changed than one page can show: {diff.files.length} of {diff.total_files} files are here.
            </p>
          )}
        </>
      )}
      {diff !== null && diff.files.length === 0 && !comparison.same && (
        <EmptyState title="Nothing is different" action={<Button href="?">Show the newest</Button>}>
          Besides white space, the two sides are the same.
        </EmptyState>
      )}
    </section>
  );
}
