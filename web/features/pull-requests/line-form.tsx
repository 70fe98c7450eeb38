import { useEffect, useRef } from "react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { MarkdownField } from "../../app/markdown-field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import type { LinePlace } from "../diff/lines.ts";
import { apiOf, type At } from "./hrefs.ts";
import { LinkButton } from "./link-button.tsx";
import { placeName, sideOf } from "./places.ts";
import type { PullFilesData } from "./queries.ts";
import type { Opened } from "./use-opened.ts";

interface Props {
  readonly at: At;
  readonly number: number;
  readonly head: string;
  readonly place: LinePlace;
  readonly pending: PullFilesData["pending"];
  readonly line: Opened;
}

/** A comment on a line: said at once, or kept for the review that its reader has begun. */
export function LineForm({ at, number, head, place, pending, line }: Props) {
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => form.current?.querySelector("textarea")?.focus(), []);
  const pull = `${apiOf(at)}/pulls/${number}`;
  const name = placeName(place);
  const where = { path: place.path, line: place.line, side: sideOf(place.side) };
  return (
    <div ref={form} className="max-w-[880px] px-3 py-3">
      <ActionForm
        id={`line-${name}`}
        action={pending ? `POST ${pull}/reviews/${pending.review.id}/comments` : `POST ${pull}/comments`}
        values={pending ? where : { ...where, commit_id: head }}
        onDone={line.close}
        className="flex flex-col gap-2"
      >
        <MarkdownField
          name="body"
          label={`Comment on line ${place.line}${place.side === "old" ? ", as it was" : ""}`}
          bare
          required
          context={`${at.owner}/${at.repo}`}
          rows={3}
          placeholder={`About line ${place.line}…`}
        />
        <FormRefusal />
        <FormActions>
          <Submit>{pending ? "Add to the review" : "Comment now"}</Submit>
          <LinkButton size="md" variant="ghost" {...line.closes}>
            Cancel
          </LinkButton>
          {!pending && (
            <span className="text-sm text-ink-2">To hold your comments back, start a review first.</span>
          )}
        </FormActions>
      </ActionForm>
    </div>
  );
}
