import { useEffect, useRef, useState } from "react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { MarkdownField } from "../../app/markdown-field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { apiOf, pullHref, type At } from "./hrefs.ts";
import { placeName, sideOf, type CommentPlace } from "./places.ts";
import type { PullFilesData } from "./queries.ts";
import type { Opened } from "./use-opened.ts";

interface Props {
  readonly at: At;
  readonly number: number;
  readonly head: string;
  readonly place: CommentPlace;
  readonly pending: PullFilesData["pending"];
  readonly line: Opened["acts"];
  /** The text of the lines from one to the place's, where they are known and can be replaced. */
  readonly textFrom?: ((first: number) => readonly string[] | undefined) | undefined;
}

/** A comment on lines or on a file: kept for the review that its reader has begun or begins with it, or said at once. */
export function LineForm({ at, number, head, place, pending, line, textFrom }: Props) {
  const form = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(place.line === undefined ? undefined : place.startLine);
  useEffect(() => {
    const area = form.current?.querySelector("textarea");
    const listening = new AbortController();
    area?.focus();
    // In a file that is folded it can take the focus only when that opens, which is next.
    area
      ?.closest("details:not([open])")
      ?.addEventListener("toggle", () => area.focus(), { once: true, signal: listening.signal });
    return () => listening.abort();
  }, []);
  const pull = `/pulls/${number}`;
  const name = placeName(place);
  const where =
    place.line === undefined
      ? { path: place.path, subject_type: "file", commit_id: head }
      : { path: place.path, line: place.line, side: sideOf(place.side), commit_id: head };
  const about = place.line === undefined ? `the file ${place.path}` : linesWords(first, place.line);
  const draft = `POST /_web${apiOf(at)}${pull}/drafts`;
  return (
    <div ref={form} className="max-w-[880px] px-3 py-3">
      <ActionForm
        id={`line-${name}`}
        action={draft}
        values={where}
        onDone={line.close}
        className="flex flex-col gap-2"
      >
        {/* Without JavaScript the address says that this is open: once it is sent, it is not. */}
        <noscript>
          <input
            type="hidden"
            name="_redirect"
            value={`${pullHref(at, number, "files")}${line.closes.href}`}
          />
        </noscript>
        {place.line !== undefined && (
          <label className="flex items-center gap-1.5 text-sm text-ink-2">
            About the lines from
            <Input
              small
              type="number"
              name="start_line:number"
              min={1}
              max={place.line}
              placeholder={`${place.line}`}
              defaultValue={first}
              onChange={(event) => setFirst(Number(event.currentTarget.value) || undefined)}
              className="!w-20"
            />
            to {place.line}
            {place.side === "old" ? ", as they were" : ""}
          </label>
        )}
        <MarkdownField
          name="body"
          label={`Comment on ${about}`}
          bare
          required
          context={`${at.owner}/${at.repo}`}
          rows={3}
          placeholder={`About ${about}…`}
          draft={`${at.owner}/${at.repo}/pull/${number}/${name}`}
          suggestion={place.line === undefined ? undefined : textFrom?.(first ?? place.line)}
        />
        <FormRefusal />
        <FormActions>
          <Submit name="_action" value={draft}>
            {pending ? "Add to the review" : "Start a review"}
          </Submit>
          <Submit variant="secondary" name="_action" value={`POST ${apiOf(at)}${pull}/comments`}>
            Comment now
          </Submit>
          <LinkButton size="md" variant="ghost" {...line.closes}>
            Cancel
          </LinkButton>
        </FormActions>
      </ActionForm>
    </div>
  );
}

const linesWords = (first: number | undefined, last: number): string =>
  first === undefined || first >= last ? `line ${last}` : `lines ${first} to ${last}`;
