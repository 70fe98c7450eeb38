import { ListTree } from "lucide-react";
import { Suspense, useMemo } from "react";
import { webGetPullFilesPage } from "../../../api/client.gen.ts";
import { useApi } from "../../app/api-context.ts";
import type { PageProps } from "../../app/page.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Notice } from "../../ui/form.tsx";
import { Content } from "../../ui/page-frame.tsx";
import { shortSha } from "../code/hrefs.ts";
import { DiffBar } from "../diff/diff-bar.tsx";
import { DiffPages } from "../diff/diff-pages.tsx";
import { diffModeOf, diffQueryOf, withParams } from "../diff/diff-query.ts";
import { Diff } from "../diff/diff.tsx";
import { Find } from "../diff/find.tsx";
import type { DiffFile } from "../diff/lines.ts";
import { MapMarks } from "../diff/map-marks.tsx";
import { annotated, AnnotationsElsewhere } from "./annotated.tsx";
import { Batch } from "./batch.tsx";
import { FilesSide } from "./files-side-later.ts";
import { pullHref } from "./hrefs.ts";
import { lineComments } from "./line-comments.tsx";
import { LineSelection } from "./line-selection.tsx";
import { placeName } from "./places.ts";
import { PullHead } from "./pull-head.tsx";
import { RangeNotice } from "./range-notice.tsx";
import { RevisionPicker } from "./revision-picker.tsx";
import { useReviewKeys } from "./review-keys.ts";
import { ReviewMenu } from "./review-menu-later.ts";
import { useReviewPath } from "./review-path.ts";
import type { pullFilesPage } from "./routes.ts";
import { useOpened } from "./use-opened.ts";
import { useReview } from "./use-review.ts";
import { useViewed } from "./use-viewed.ts";
import { ViewedMark } from "./viewed-mark.tsx";

export default function PullFilesPage({ params, search, data }: PageProps<typeof pullFilesPage>) {
  const { page } = data;
  const { pull, diff, can, pending, range } = page;
  // Between two revisions the left side is none that anybody commented on.
  const isPart = range.from !== null;
  // What is said and decided is about the newest.
  const isNewest = range.to === range.last;
  const threads = page.threads.map((one) =>
    isPart && one.side === "LEFT" ? { ...one, line: null, outdated: true } : one,
  );
  const at = { owner: params.owner, repo: params.repo };
  const api = useApi();
  const edit = useOpened(search);
  const line = useOpened(search, "comment");
  const review = useReview(page, search);
  const since = search.get("since");
  const context = `${at.owner}/${at.repo}`;
  const viewed = useViewed(at, params.number, search, page);
  const isFolded = (file: Pick<DiffFile, "path">) => viewed.viewed.has(file.path);
  const path = useReviewPath(diff.files, threads, (file) => file.folded === null && !isFolded(file));
  const talk = useMemo(() => Map.groupBy(threads, (one) => one.path), [threads]);
  const alone = search.get("file") !== null;
  useReviewKeys({
    hasThreads: threads.length > 0,
    goThread: path.go,
    toggleViewed: viewed.can
      ? (name) => {
          const file = diff.files.find((one) => one.path === name);
          const done = !viewed.viewed.has(name);
          if (file) viewed.set(file, done);
          return done;
        }
      : undefined,
  });
  const { elsewhere, ...threaded } = lineComments({ at, page: { ...page, threads }, search, edit, line });
  const comments = annotated(at, page, threaded);
  // Between other commits than those of the pull request, lines have other numbers.
  const drawn =
    since === null && isNewest && can.comment === true
      ? comments
      : { renderFileTop: comments.renderFileTop, renderBelowLine: comments.renderBelowLine };
  return (
    <Content wide className={isPart ? "[&_.dc[data-side=old]]:hidden" : ""}>
      <PullHead at={at} pull={pull} search={search} tab="files" canEdit={can.edit} />
      {since !== null && (
        <Notice tone="info">
          Only what changed since {shortSha(since)}.{" "}
          <a className="underline" href={withParams(search, { since: undefined })}>
            Show everything
          </a>
        </Notice>
      )}
      <RangeNotice at={at} number={pull.number} range={range} search={search} />
      <DiffBar diff={diff} search={search}>
        {diff.files.length > 0 && !alone && (
          <button
            type="button"
            popoverTarget="file-tree"
            className={buttonClass({ variant: "secondary", size: "sm" }, "lg:!hidden")}
          >
            <ListTree aria-hidden="true" />
            Files
          </button>
        )}
        {page.revisions.length > 1 && since === null && (
          <RevisionPicker
            revisions={page.revisions}
            from={range.from}
            to={range.to}
            withBase
            search={search}
          />
        )}
        {diff.files.length > 0 && <Find files={diff.files} onShow={path.show} />}
      </DiffBar>
      {review && (
        <Suspense>
          <ReviewMenu at={at} page={page} search={search} review={review} edit={edit} />
        </Suspense>
      )}
      {elsewhere}
      <AnnotationsElsewhere at={at} page={page} />
      {diff.files.length === 0 ? (
        <EmptyState title="Nothing is different" action={<Button href="?">Show everything</Button>}>
          {search.get("w") === "1"
            ? "Besides white space, the two sides are the same."
            : "The two sides hold the same files."}
        </EmptyState>
      ) : (
        <div className="flex items-start gap-5">
          {!alone && (
            <Suspense>
              <FilesSide
                page={page}
                search={search}
                talk={talk}
                viewed={viewed.viewed}
                changed={viewed.changed}
              />
            </Suspense>
          )}
          <div className="min-w-0 grow">
            <LineSelection onChoose={(chosen) => drawn === comments && line.open(placeName(chosen))}>
              <Diff
                files={diff.files}
                repository={pull.head.repo?.full_name ?? context}
                head={page.head}
                base={page.base}
                mode={diffModeOf(search)}
                fileHref={(file) => withParams(search, { file, start: undefined })}
                start={search.get("start") ?? undefined}
                startHref={(start) => withParams(search, { start })}
                wanted={path.wanted}
                isFolded={isFolded}
                loadFile={async (file) => {
                  const asked = {
                    ...at,
                    pull_number: params.number,
                    since: since ?? undefined,
                    from: range.from === null ? "base" : String(range.from),
                    to: String(range.to),
                  };
                  const { data: one } = await webGetPullFilesPage(api.call, {
                    ...asked,
                    ...diffQueryOf(search),
                    file,
                  });
                  return one.diff.files[0];
                }}
                {...drawn}
                renderFileActs={(file) => (
                  <>
                    {drawn === comments && comments.renderFileActs?.(file)}
                    {viewed.can && (
                      <ViewedMark
                        at={at}
                        number={pull.number}
                        file={file}
                        viewed={isFolded(file)}
                        changed={viewed.changed.has(file.path)}
                        here={`${pullHref(at, pull.number, "files")}${withParams(search, {})}#d${diff.files.indexOf(file) + 1}`}
                        onToggle={() => viewed.set(file, !isFolded(file))}
                      />
                    )}
                  </>
                )}
              />
            </LineSelection>
            {/* What floats at the foot must not cover the last lines. */}
            {pending !== null && <div className="h-28" />}
            <Batch at={at} number={pull.number} head={page.head} />
            <DiffPages diff={diff} search={search} />
          </div>
        </div>
      )}
      {!alone && <MapMarks marks={path.marks} />}
    </Content>
  );
}
