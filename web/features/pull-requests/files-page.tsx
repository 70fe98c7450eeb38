import { ListTree } from "lucide-react";
import { Suspense, useDeferredValue, useMemo } from "react";
import type { WebThread } from "../../../api/client.gen.ts";
import type { PageProps } from "../../app/page.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Notice } from "../../ui/form.tsx";
import { Content } from "../../ui/page-frame.tsx";
import { shortSha } from "../code/hrefs.ts";
import { DiffBar } from "../diff/diff-bar.tsx";
import { DiffPages } from "../diff/diff-pages-later.ts";
import { withParams } from "../diff/diff-query.ts";
import { isOpened } from "../diff/at-hand.ts";
import { Diff } from "../diff/diff.tsx";
import { Find } from "../diff/find.tsx";
import type { DiffFile } from "../diff/lines.ts";
import { MapMarks } from "../diff/map-marks.tsx";
import { AnnotationsNotice } from "./annotations-notice-later.ts";
import { Batch } from "./batch.tsx";
import { FilePanel } from "./file-panel.tsx";
import { FilesSide } from "./files-side-later.ts";
import { pullHref } from "./hrefs.ts";
import { TalkElsewhere } from "./line-comments.tsx";
import { LineSelection } from "./line-selection.tsx";
import { placeName, type CommentPlace } from "./places.ts";
import { PullHead } from "./pull-head.tsx";
import { RangeNotice } from "./range-notice-later.ts";
import { RevisionPicker } from "./revision-picker-later.ts";
import { useReviewKeys } from "./review-keys.ts";
import { ReviewMenu } from "./review-menu-later.ts";
import { useReviewPath } from "./review-path.ts";
import type { pullFilesPage } from "./routes.ts";
import { useOpened } from "./use-opened.ts";
import { useWrittenPlace } from "./use-place.ts";
import { usePanelProps } from "./use-panel-props.ts";
import { useReview } from "./use-review.ts";
import { useViewed } from "./use-viewed.ts";

const nothingSaid: readonly WebThread[] = [];

export default function PullFilesPage({ params, search, data }: PageProps<typeof pullFilesPage>) {
  const { page } = data;
  const { pull, diff, can, pending, range } = page;
  // Between two revisions the left side is none that anybody commented on.
  const isPart = range.from !== null;
  // What is said and decided is about the newest.
  const isNewest = range.to === range.last;
  const threads = useMemo(
    () =>
      page.threads.map((one) =>
        isPart && one.side === "LEFT" ? { ...one, line: null, outdated: true } : one,
      ),
    [page.threads, isPart],
  );
  const { number } = pull;
  const since = search.get("since");
  const edit = useOpened(search);
  const written = useWrittenPlace(search, can.comment === true);
  const review = useReview(page, search);
  const viewed = useViewed(params, params.number, search, page);
  // The tree may say it a moment after the panel.
  const marks = useDeferredValue(viewed);
  const isFolded = (file: Pick<DiffFile, "path">) => viewed.viewed.has(file.path);
  const path = useReviewPath(diff.files, threads, (file) => file.folded === null && !isFolded(file));
  const talk = useMemo(() => Map.groupBy(threads, (one) => one.path), [threads]);
  const said = useMemo(() => Map.groupBy(page.annotations.items, (one) => one.path), [page.annotations]);
  const shown = useMemo(() => new Set(diff.files.map((one) => one.path)), [diff.files]);
  const lost = useMemo(() => threads.filter((one) => !shown.has(one.path)), [threads, shown]);
  // Between other commits than those of the pull request, lines have other numbers.
  const mayComment = since === null && isNewest && can.comment === true;
  const alone = search.get("file") !== null;
  const writeAt = (at: CommentPlace) => written.acts.open(placeName(at));
  const showAndWrite = (at: CommentPlace) => {
    // A file that is folded opens.
    path.show({ side: "new", ...at, line: at.line ?? 0 });
    writeAt(at);
  };
  // What is at hand is drawn already.
  const comment = (at: CommentPlace) => (isOpened(at.path) ? writeAt(at) : showAndWrite(at));
  useReviewKeys({
    hasFiles: diff.files.length > 0,
    hasThreads: path.marks.some((mark) => mark.open),
    goThread: path.go,
    comment: mayComment ? comment : undefined,
    canMark: viewed.can,
  });
  const drawing = usePanelProps(params, page, search, mayComment ? written.acts : undefined);
  const about = { at: params, number, edit, written, pending, canComment: can.comment };
  const here = `${pullHref(params, number, "files")}${withParams(search, {})}`;
  return (
    <Content wide className={isPart ? "[&_.dc[data-side=old]]:hidden" : ""}>
      <PullHead at={params} pull={pull} search={search} tab="files" canEdit={can.edit} />
      {since !== null && (
        <Notice tone="info">
          Only what changed since {shortSha(since)}.{" "}
          <a className="underline" href={withParams(search, { since: undefined })}>
            Show everything
          </a>
        </Notice>
      )}
      <Suspense>
        <RangeNotice at={params} number={number} range={range} search={search} />
      </Suspense>
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
          <Suspense>
            <RevisionPicker
              revisions={page.revisions}
              from={range.from}
              to={range.to}
              withBase
              search={search}
            />
          </Suspense>
        )}
        {diff.files.length > 0 && <Find files={diff.files} onShow={path.show} />}
      </DiffBar>
      {review && (
        <Suspense>
          <ReviewMenu
            at={params}
            page={page}
            search={search}
            review={review}
            edit={edit}
            onAsk={showAndWrite}
          />
        </Suspense>
      )}
      <TalkElsewhere {...about} head={page.head} threads={lost} shown={shown} />
      <Suspense>
        <AnnotationsNotice at={params} page={page} />
      </Suspense>
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
              <FilesSide diff={diff} search={search} talk={talk} marks={marks} />
            </Suspense>
          )}
          <div className="min-w-0 grow">
            <LineSelection onChoose={(chosen) => mayComment && writeAt(chosen)}>
              <Diff
                files={diff.files}
                start={search.get("start") ?? undefined}
                wanted={path.wanted}
                isFolded={isFolded}
                {...drawing}
                renderPanel={(panel) => {
                  const name = panel.file.path;
                  return (
                    <FilePanel
                      {...panel}
                      {...about}
                      threads={talk.get(name) ?? nothingSaid}
                      said={said.get(name)}
                      viewed={viewed.can ? isFolded(panel.file) : undefined}
                      changed={viewed.changed.has(name)}
                      here={here}
                      onViewed={viewed.set}
                    />
                  );
                }}
              />
            </LineSelection>
            {/* What floats at the foot must not cover the last lines. */}
            {pending !== null && <div className="h-28" />}
            <Batch at={params} number={number} head={page.head} />
            <Suspense>
              <DiffPages diff={diff} search={search} />
            </Suspense>
          </div>
        </div>
      )}
      {!alone && <MapMarks marks={path.marks} />}
    </Content>
  );
}
