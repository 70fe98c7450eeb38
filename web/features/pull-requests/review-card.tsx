import { Eye, MessageSquare, ShieldCheck, ShieldOff, ShieldX } from "lucide-react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { TimelineEvent } from "../../ui/timeline.tsx";
import { CommentCard, Who } from "./comment-card.tsx";
import { apiOf, type At } from "./hrefs.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import type { TimelineEntry } from "./queries.ts";
import { ThreadCard } from "./thread-card.tsx";
import type { Opened } from "./use-opened.ts";

type Reviewed = Extract<TimelineEntry, { event: "reviewed" }>;

interface Props {
  readonly at: At;
  readonly number: number;
  readonly review: Reviewed;
  readonly edit: Opened;
  readonly isAuthor: boolean;
  readonly canComment: true | string;
}

const drawn = {
  APPROVED: { icon: ShieldCheck, ink: "text-open", words: "approved this" },
  CHANGES_REQUESTED: { icon: ShieldX, ink: "text-closed", words: "asked for changes" },
  COMMENTED: { icon: MessageSquare, ink: "", words: "reviewed" },
  DISMISSED: { icon: ShieldOff, ink: "", words: "reviewed; since dismissed" },
  PENDING: { icon: Eye, ink: "text-warning", words: "has begun a review, which only you see" },
} as const;

/** A review in the conversation: what was decided, what was said as a whole, and the threads on lines. */
export function ReviewEntry({ at, number, review, edit, isAuthor, canComment }: Props) {
  const { icon: Icon, ink, words } = drawn[review.state];
  const anchor = `pullrequestreview-${review.id}`;
  const place = `${apiOf(at)}/pulls/${number}/reviews/${review.id}`;
  const dismissing = `dismiss-${review.id}`;
  const said = review.body.trim() !== "";
  return (
    <>
      <TimelineEvent {...(said ? {} : { id: anchor })} icon={<Icon aria-hidden="true" className={ink} />}>
        <span className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
          <Who person={review.user} /> {words}{" "}
          <span className="text-ink-3">
            <RelativeTime at={review.created_at} />
          </span>
          {review.can.dismiss === true && edit.opened !== dismissing && (
            <LinkButton variant="ghost" className="!h-6" {...edit.opens(dismissing)}>
              Dismiss…
            </LinkButton>
          )}
        </span>
        {edit.opened === dismissing && review.can.dismiss === true && (
          <ActionForm
            id={dismissing}
            action={`PUT ${place}/dismissals`}
            onDone={edit.close}
            className="mt-2 flex max-w-prose flex-col gap-2"
          >
            <Field name="message" label="Why it does not count any more">
              <Input required maxLength={1000} dir="auto" />
            </Field>
            <FormRefusal />
            <FormActions>
              <Submit>Dismiss the review</Submit>
              <LinkButton size="md" variant="ghost" {...edit.closes}>
                Cancel
              </LinkButton>
            </FormActions>
          </ActionForm>
        )}
      </TimelineEvent>
      {said && (
        <CommentCard
          written={{
            ...review,
            anchor,
            text: place,
            canReact: review.state === "PENDING" ? "Not submitted yet" : canComment,
            editAction: review.can.edit === true ? `PUT ${place}` : undefined,
          }}
          context={`${at.owner}/${at.repo}`}
          edit={edit}
          isAuthor={isAuthor}
          did="wrote in the review"
        />
      )}
      {review.threads.map((thread) => (
        <li key={thread.id} className="timeline-item relative py-2">
          <div className="relative z-1 sm:ml-10">
            <ThreadCard at={at} number={number} thread={thread} edit={edit} canComment={canComment} />
          </div>
        </li>
      ))}
    </>
  );
}
