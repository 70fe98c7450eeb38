import { ChevronUp, Pencil, ShieldCheck } from "lucide-react";
import { Suspense, useCallback, useEffect, useRef } from "react";
import { ActionButton } from "../../app/action-form.tsx";
import { Badge } from "../../ui/badge.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { DeleteComment } from "../texts/delete-comment.tsx";
import { CommentAnywhere } from "./comment-anywhere.tsx";
import { apiOf, type At } from "./hrefs.ts";
import type { CommentPlace } from "./places.ts";
import type { PullFilesData } from "./queries.ts";
import { ReviewVerdict } from "./review-verdict-later.ts";
import type { Opened } from "./use-opened.ts";

interface Props {
  readonly at: At;
  readonly page: PullFilesData;
  readonly search: URLSearchParams;
  readonly review: Opened;
  /** What is being edited on the page. */
  readonly edit: Opened;
  /** Opens the form of a comment on a place that was named. */
  readonly onAsk: (place: CommentPlace) => void;
}

/**
 * The reader's review. Before it begins, a line above the changes; once comments wait in it, a tray at the foot of the screen
 * with each of them, where it is submitted or thrown away.
 */
export function ReviewMenu({ at, page, search, review, edit, onAsk }: Props) {
  const { pull, pending } = page;
  const ask = useRef(onAsk);
  useEffect(() => {
    ask.current = onAsk;
  });
  const asking = useCallback((place: CommentPlace) => ask.current(place), []);
  const verdict = review.opened !== undefined && (
    <Suspense>
      <ReviewVerdict at={at} page={page} />
    </Suspense>
  );
  const toggle =
    review.opened === undefined ? (
      <LinkButton variant="primary" {...review.opens("1")}>
        {pending ? "Finish…" : "Decide…"}
      </LinkButton>
    ) : (
      <LinkButton variant="ghost" {...review.closes}>
        Not now
      </LinkButton>
    );
  const anywhere = <CommentAnywhere files={page.diff.files} search={search} onAsk={asking} />;
  if (pending === null) {
    return (
      <section aria-label="Your review" className="mb-4 rounded-lg border border-line bg-sunken">
        <div className="flex min-h-11 flex-wrap items-center gap-2 px-3 py-1.5 text-sm">
          <ShieldCheck aria-hidden="true" className="text-ink-3" />
          <span className="font-medium">Your review</span>
          <span className="text-ink-2 max-sm:hidden">
            Press + beside a line, or draw along several, to comment.
          </span>
          <span className="grow" />
          {toggle}
        </div>
        {anywhere}
        {verdict}
      </section>
    );
  }
  return (
    <>
      <section aria-label="Comment anywhere" className="mb-4 rounded-lg border border-line bg-sunken">
        {anywhere}
      </section>
      <section
        aria-label="Your review"
        className="popup fixed right-3 bottom-3 z-30 max-h-[80vh] w-[30rem] max-w-[calc(100vw-1.5rem)] overflow-y-auto !p-0"
      >
        <Drafts at={at} page={page} edit={edit} />
        <div className="sticky bottom-0 flex flex-wrap items-center gap-2 border-t border-line bg-surface px-3 py-2 text-sm">
          <span className="grow" />
          <ActionButton
            size="sm"
            variant="ghost"
            action={`DELETE ${apiOf(at)}/pulls/${pull.number}/reviews/${pending.review.id}`}
          >
            Throw all away
          </ActionButton>
          {toggle}
        </div>
        {verdict}
      </section>
    </>
  );
}

/** The comments that wait, each with the way to it. */
function Drafts({ at, page, edit }: Pick<Props, "at" | "page" | "edit">) {
  const { pending, threads } = page;
  const drafts = threads.flatMap((thread) =>
    thread.comments
      .filter((comment) => comment.pull_request_review_id === pending?.review.id)
      .map((comment) => ({ thread, comment })),
  );
  const words = drafts.length === 1 ? "1 comment waits" : `${drafts.length} comments wait`;
  return (
    <details className="group">
      <summary className="flex min-h-10 cursor-pointer items-center gap-2 px-3 py-1.5 text-sm">
        <ShieldCheck aria-hidden="true" className="text-ink-3" />
        <span className="font-medium">Your review</span>
        <Badge tone="warning">{words}</Badge>
        <span className="grow" />
        <ChevronUp aria-hidden="true" className="text-ink-3 transition-transform group-open:rotate-180" />
      </summary>
      <ol aria-label="Comments that wait" className="divide-y divide-line border-t border-line">
        {drafts.map(({ thread, comment }) => {
          const anchor = `discussion_r${comment.id}`;
          const line = comment.line ?? comment.original_line;
          return (
            <li key={comment.id} className="flex items-center gap-1 px-3 py-1.5 text-sm">
              <a href={`#${anchor}`} className="min-w-0 grow rounded hover:underline">
                <span className="block truncate font-mono text-code" dir="ltr">
                  {thread.path}
                  {line !== undefined && <span className="text-ink-3">:{line}</span>}
                </span>
                <span className="block truncate text-ink-2" dir="auto">
                  {comment.body}
                </span>
              </a>
              <LinkButton
                variant="ghost"
                className="!h-6 !px-1"
                aria-label={`Edit the comment on ${thread.path}`}
                {...edit.opens(anchor)}
              >
                <Pencil aria-hidden="true" className="size-3.5" />
              </LinkButton>
              <DeleteComment
                place={`${apiOf(at)}/pulls/comments/${comment.id}`}
                size="sm"
                variant="ghost"
                className="!h-6 !px-1"
                aria-label={`Discard the comment on ${thread.path}`}
              >
                ✕
              </DeleteComment>
            </li>
          );
        })}
      </ol>
    </details>
  );
}
