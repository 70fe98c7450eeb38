import { Check, CheckCheck } from "lucide-react";
import type { WebThread } from "../../../api/client.gen.ts";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { MarkdownField } from "../../app/markdown-field.tsx";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { CommentActs, EditForm, GivenReactions, quoteInto, Who, type Written } from "./comment-card.tsx";
import { apiOf, type At } from "./hrefs.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import { Edited } from "../texts/edited.tsx";
import { SuggestingWords } from "./suggestion.tsx";
import type { Opened } from "./use-opened.ts";

interface Props {
  readonly at: At;
  readonly number: number;
  readonly thread: WebThread;
  readonly edit: Opened;
  /** True, or why the reader cannot answer. */
  readonly canComment: true | string;
  /** Says which lines it is about, where only the last is seen above it. */
  readonly range?: boolean;
}

/** A conversation about a line: what was said, the answer, and whether it is settled. */
export function ThreadBody({ at, number, thread, edit, canComment, range = false }: Props) {
  const { id, comments, resolved, resolved_by: by, can, pending } = thread;
  const reply = `reply-${id}`;
  // By when the code has come, so has the form, and with it what was kept of an answer that was begun.
  const answer = (words: string) => {
    edit.open(reply);
    quoteInto(words, reply);
  };
  const resolution = `${apiOf(at)}/pulls/comments/${id}/resolution`;
  return (
    <div className="flex max-w-[880px] flex-col gap-3 px-3 py-3">
      {range && thread.start_line !== null && thread.line !== null && (
        <p className="text-sm text-ink-2">
          About the lines {thread.start_line} to {thread.line}
          {thread.side === "LEFT" ? ", as they were" : ""}
        </p>
      )}
      {comments.map((comment) => (
        <ThreadComment
          key={comment.id}
          at={at}
          number={number}
          comment={comment}
          edit={edit}
          pending={pending}
          onQuote={answer}
          canComment={canComment}
        />
      ))}
      {edit.opened === reply && canComment === true ? (
        <ActionForm
          id={reply}
          action={`POST ${apiOf(at)}/pulls/${number}/comments/${id}/replies`}
          onDone={edit.close}
          className="flex flex-col gap-2"
        >
          <div id={reply}>
            <MarkdownField
              name="body"
              label="Answer"
              bare
              required
              context={`${at.owner}/${at.repo}`}
              rows={3}
              draft={`${at.owner}/${at.repo}/pull/${number}/${reply}`}
            />
          </div>
          <FormRefusal />
          <FormActions>
            <Submit>Answer</Submit>
            <LinkButton size="md" variant="ghost" {...edit.closes}>
              Cancel
            </LinkButton>
          </FormActions>
        </ActionForm>
      ) : (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          {canComment === true && !pending && <LinkButton {...edit.opens(reply)}>Answer…</LinkButton>}
          {can.resolve === true && !pending && (
            <ActionButton
              size="sm"
              variant="ghost"
              action={`${resolved ? "DELETE" : "PUT"} ${resolution}`}
              icon={<Check aria-hidden="true" />}
            >
              {resolved ? "Open again" : "Resolve"}
            </ActionButton>
          )}
          {resolved && by && (
            <span className="text-ink-2">
              <CheckCheck aria-hidden="true" className="mr-1 inline text-open" />
              Resolved by {by.login}
            </span>
          )}
        </div>
      )}
    </div>
  );
}

function ThreadComment(props: {
  readonly at: At;
  readonly comment: WebThread["comments"][number];
  readonly number: number;
  readonly edit: Opened;
  readonly pending: boolean;
  readonly onQuote: (words: string) => void;
  readonly canComment: true | string;
}) {
  const { at, number, comment, edit, pending, onQuote, canComment } = props;
  const place = `${apiOf(at)}/pulls/comments/${comment.id}`;
  const written: Written = {
    ...comment,
    anchor: `discussion_r${comment.id}`,
    text: place,
    canReact: pending ? "Not submitted yet" : canComment,
    editAction: comment.can.edit === true ? `PATCH ${place}` : undefined,
    deletable: comment.can.delete === true ? place : undefined,
  };
  return (
    <article id={written.anchor} className="scroll-mt-24">
      <header className="flex min-h-6 items-center gap-2 text-sm">
        <Avatar name={comment.user?.login ?? "ghost"} src={comment.user?.avatar_url} size={20} />
        <span className="flex min-w-0 grow flex-wrap items-center gap-x-1.5 text-ink-2">
          <Who person={comment.user} bare />
          <a href={`#${written.anchor}`} className="text-ink-3 hover:underline">
            <RelativeTime at={comment.created_at} />
          </a>
          <Edited edits={comment.edits} text={place} />
          {pending && <Badge tone="warning">Not submitted yet</Badge>}
        </span>
        {edit.opened !== written.anchor && <CommentActs written={written} edit={edit} onQuote={onQuote} />}
      </header>
      <div className="mt-0.5 sm:pl-7">
        {edit.opened === written.anchor && written.editAction !== undefined ? (
          <EditForm written={written} context={`${at.owner}/${at.repo}`} edit={edit} />
        ) : (
          <>
            <SuggestingWords at={at} number={number} comment={comment} pending={pending} />
            {!pending && <GivenReactions written={written} edit={edit} />}
          </>
        )}
      </div>
    </article>
  );
}
