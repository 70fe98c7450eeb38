import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Notice } from "../../ui/form.tsx";
import { Content } from "../../ui/page-frame.tsx";
import { shortSha } from "../code/hrefs.ts";
import { DiffBar } from "../diff/diff-bar.tsx";
import { diffModeOf, withParams } from "../diff/diff-query.ts";
import { Diff } from "../diff/diff.tsx";
import { LineForm } from "./line-form.tsx";
import { PullHead } from "./pull-head.tsx";
import { RangeNotice } from "./range-notice.tsx";
import { RevisionPicker } from "./revision-picker.tsx";
import { placeName, placeNamed, sideOf } from "./places.ts";
import { ReviewMenu } from "./review-menu.tsx";
import type { pullFilesPage } from "./routes.ts";
import { ThreadBody } from "./thread.tsx";
import { useOpened } from "./use-opened.ts";

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
  const edit = useOpened(search);
  const line = useOpened(search, "comment");
  const place = placeNamed(line.opened);
  const since = search.get("since");
  const context = `${at.owner}/${at.repo}`;
  const thread = (one: (typeof threads)[number]) => (
    <ThreadBody key={one.id} at={at} number={pull.number} thread={one} edit={edit} canComment={can.comment} />
  );
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
        {page.revisions.length > 1 && since === null && (
          <RevisionPicker
            revisions={page.revisions}
            from={range.from}
            to={range.to}
            withBase
            search={search}
          />
        )}
      </DiffBar>
      {isNewest && (
        <ReviewMenu at={at} pull={pull} head={page.head} pending={pending} can={can} search={search} />
      )}
      {diff.files.length === 0 ? (
        <EmptyState title="Nothing is different" action={<Button href="?">Show everything</Button>}>
          {search.get("w") === "1"
            ? "Besides white space, the two sides are the same."
            : "The two sides hold the same files."}
        </EmptyState>
      ) : (
        <Diff
          files={diff.files}
          repository={pull.head.repo?.full_name ?? context}
          head={page.head}
          base={page.base}
          mode={diffModeOf(search)}
          fileHref={(file) => withParams(search, { file })}
          {...(can.comment === true && since === null && isNewest
            ? {
                commentHref: (one) => withParams(search, { comment: placeName(one) }),
                onLineComment: (one) => line.open(placeName(one)),
              }
            : {})}
          renderFileTop={(file) => {
            const old = threads.filter((one) => one.path === file.path && one.outdated);
            if (old.length === 0) return null;
            return (
              <details className="border-b border-line">
                <summary className="cursor-pointer px-3 py-2 text-sm text-ink-2">
                  {old.length === 1 ? "1 conversation" : `${old.length} conversations`} about lines that
                  changed since
                </summary>
                {old.map(thread)}
              </details>
            );
          }}
          renderBelowLine={(where) => {
            const here = threads.filter(
              (one) => one.path === where.path && one.line === where.line && one.side === sideOf(where.side),
            );
            const writing =
              place !== undefined &&
              placeName(place) === placeName(where) &&
              !(isPart && where.side === "old");
            if (here.length === 0 && !writing) return null;
            return (
              <>
                {here.map((one) =>
                  one.resolved ? (
                    <details key={one.id}>
                      <summary className="cursor-pointer px-3 py-2 text-sm text-ink-2">
                        A settled conversation of {one.comments[0]?.user?.login ?? "ghost"}
                      </summary>
                      {thread(one)}
                    </details>
                  ) : (
                    thread(one)
                  ),
                )}
                {writing && can.comment === true && (
                  <LineForm
                    at={at}
                    number={pull.number}
                    head={page.head}
                    place={where}
                    pending={pending}
                    line={line}
                  />
                )}
              </>
            );
          }}
        />
      )}
      {diff.truncated && (
        <p className="py-4 text-center text-sm text-ink-2">
          More changed than one page can show: {diff.files.length} of {diff.total_files} files are here.
        </p>
      )}
    </Content>
  );
}
