import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Notice } from "../../ui/form.tsx";
import { Content } from "../../ui/page-frame.tsx";
import { shortSha } from "../code/hrefs.ts";
import { DiffBar } from "../diff/diff-bar.tsx";
import { diffModeOf, withParams } from "../diff/diff-query.ts";
import { Diff } from "../diff/diff.tsx";
import { BatchBar } from "./batch-bar.tsx";
import { lineComments } from "./line-comments.tsx";
import { LineSelection } from "./line-selection.tsx";
import { placeName } from "./places.ts";
import { PullHead } from "./pull-head.tsx";
import { ReviewMenu } from "./review-menu.tsx";
import type { pullFilesPage } from "./routes.ts";
import { useOpened } from "./use-opened.ts";

export default function PullFilesPage({ params, search, data }: PageProps<typeof pullFilesPage>) {
  const { page } = data;
  const { pull, diff, can, pending } = page;
  const at = { owner: params.owner, repo: params.repo };
  const edit = useOpened(search);
  const line = useOpened(search, "comment");
  const since = search.get("since");
  const context = `${at.owner}/${at.repo}`;
  const { elsewhere, ...comments } = lineComments({ at, page, search, edit, line });
  // Between other commits than those of the pull request, lines have other numbers.
  const drawn =
    since === null && can.comment === true
      ? comments
      : { renderFileTop: comments.renderFileTop, renderBelowLine: comments.renderBelowLine };
  return (
    <Content wide>
      <PullHead at={at} pull={pull} search={search} tab="files" canEdit={can.edit} />
      {since !== null && (
        <Notice tone="info">
          Only what changed since {shortSha(since)}.{" "}
          <a className="underline" href={withParams(search, { since: undefined })}>
            Show everything
          </a>
        </Notice>
      )}
      <DiffBar diff={diff} search={search} />
      <ReviewMenu at={at} page={page} search={search} edit={edit} />
      {elsewhere}
      {diff.files.length === 0 ? (
        <EmptyState title="Nothing is different" action={<Button href="?">Show everything</Button>}>
          {search.get("w") === "1"
            ? "Besides white space, the two sides are the same."
            : "The two sides hold the same files."}
        </EmptyState>
      ) : (
        <LineSelection onChoose={(chosen) => drawn === comments && line.open(placeName(chosen))}>
          <Diff
            files={diff.files}
            repository={pull.head.repo?.full_name ?? context}
            head={page.head}
            base={page.base}
            mode={diffModeOf(search)}
            fileHref={(file) => withParams(search, { file })}
            {...drawn}
          />
        </LineSelection>
      )}
      {/* What floats at the foot must not cover the last lines. */}
      {pending !== null && <div className="h-28" />}
      <BatchBar at={at} number={pull.number} head={page.head} />
      {diff.truncated && (
        <p className="py-4 text-center text-sm text-ink-2">
          More changed than one page can show: {diff.files.length} of {diff.total_files} files are here.
        </p>
      )}
    </Content>
  );
}
