import { ShieldCheck } from "lucide-react";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { MarkdownField } from "../../app/markdown-field.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Radio } from "../../ui/choice.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { apiOf, pullHref, type At } from "./hrefs.ts";
import { LinkButton } from "./link-button.tsx";
import type { Pull, PullFilesData } from "./queries.ts";
import { useOpened } from "./use-opened.ts";

interface Props {
  readonly at: At;
  readonly pull: Pull;
  readonly head: string;
  readonly pending: PullFilesData["pending"];
  readonly can: PullFilesData["can"];
  readonly search: URLSearchParams;
}

/** The reader's review: begun, what waits in it, and what it decides. */
export function ReviewMenu({ at, pull, head, pending, can, search }: Props) {
  const review = useOpened(search, "review");
  const able = can.comment === true && pull.state === "open";
  useShortcut({
    keys: "r",
    label: "Decide on the whole",
    group: "Review",
    enabled: able,
    run: () => (review.opened === undefined ? review.open("1") : review.close()),
  });
  if (!able) return null;
  const reviews = `${apiOf(at)}/pulls/${pull.number}/reviews`;
  return (
    <section aria-label="Your review" className="mb-4 rounded-lg border border-line bg-sunken">
      <div className="flex min-h-11 flex-wrap items-center gap-2 px-3 py-1.5 text-sm">
        <ShieldCheck aria-hidden="true" className="text-ink-3" />
        <span className="font-medium">Your review</span>
        {pending ? (
          <Badge tone="warning">
            {pending.comments === 1 ? "1 comment waits" : `${pending.comments} comments wait`}
          </Badge>
        ) : (
          <span className="text-ink-2 max-sm:hidden">Press + beside a line to comment on it.</span>
        )}
        <span className="grow" />
        {pending ? (
          <ActionButton size="sm" variant="ghost" action={`DELETE ${reviews}/${pending.review.id}`}>
            Throw away
          </ActionButton>
        ) : (
          <ActionButton size="sm" variant="ghost" action={`POST ${reviews}`} values={{ commit_id: head }}>
            Start a review
          </ActionButton>
        )}
        {review.opened === undefined ? (
          <LinkButton variant="primary" {...review.opens("1")}>
            {pending ? "Submit…" : "Decide…"}
          </LinkButton>
        ) : (
          <LinkButton variant="ghost" {...review.closes}>
            Not now
          </LinkButton>
        )}
      </div>
      {review.opened !== undefined && (
        <Verdict at={at} pull={pull} head={head} pending={pending} canJudge={can.judge} />
      )}
    </section>
  );
}

function Verdict(
  props: Pick<Props, "at" | "pull" | "head" | "pending"> & { readonly canJudge: true | string },
) {
  const { at, pull, head, pending, canJudge } = props;
  const reviews = `${apiOf(at)}/pulls/${pull.number}/reviews`;
  const refused = canJudge === true ? undefined : canJudge;
  return (
    <ActionForm
      id="review"
      action={pending ? `POST ${reviews}/${pending.review.id}/events` : `POST ${reviews}`}
      values={{ commit_id: head }}
      redirect={pullHref(at, pull.number)}
      className="flex max-w-[880px] flex-col gap-3 border-t border-line px-3 py-3"
    >
      <MarkdownField
        name="body"
        label="What you say as a whole"
        bare
        context={`${at.owner}/${at.repo}`}
        rows={4}
      />
      <fieldset className="flex flex-col gap-1.5">
        <legend className="sr-only">Decision</legend>
        <Radio name="event" value="COMMENT" label="Comment" hint="Say it without deciding." defaultChecked />
        <Radio
          name="event"
          value="APPROVE"
          label="Approve"
          hint={refused ?? "This can be merged as it is."}
          disabled={refused !== undefined}
        />
        <Radio
          name="event"
          value="REQUEST_CHANGES"
          label="Request changes"
          hint={refused ?? "Something must change first."}
          disabled={refused !== undefined}
        />
      </fieldset>
      <FormRefusal />
      <FormActions>
        <Submit>Submit the review</Submit>
      </FormActions>
    </ActionForm>
  );
}
