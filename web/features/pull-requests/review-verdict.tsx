import { ActionForm, Submit } from "../../app/action-form.tsx";
import { MarkdownField } from "../../app/markdown-field.tsx";
import { Radio } from "../../ui/choice.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { apiOf, pullHref, type At } from "./hrefs.ts";
import type { PullFilesData } from "./queries.ts";

/** What a review says as a whole, and what it decides. */
export function ReviewVerdict({ at, page }: { readonly at: At; readonly page: PullFilesData }) {
  const { pull, pending, head, can } = page;
  const reviews = `${apiOf(at)}/pulls/${pull.number}/reviews`;
  const refused = can.judge === true ? undefined : can.judge;
  return (
    <ActionForm
      id="review"
      action={pending ? `POST ${reviews}/${pending.review.id}/events` : `POST ${reviews}`}
      values={pending ? {} : { commit_id: head }}
      redirect={pullHref(at, pull.number)}
      className="flex max-w-[880px] flex-col gap-3 border-t border-line px-3 py-3"
    >
      <MarkdownField
        name="body"
        label="What you say as a whole"
        bare
        context={`${at.owner}/${at.repo}`}
        rows={4}
        defaultValue={pending?.review.body}
        draft={`${at.owner}/${at.repo}/pull/${pull.number}/review`}
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
