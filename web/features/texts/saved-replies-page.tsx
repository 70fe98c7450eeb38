import { MessageSquareReply, Pencil, Trash2 } from "lucide-react";
import type { SavedReply } from "../../../api/client.gen.ts";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { MarkdownField } from "../../app/markdown-field.tsx";
import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import type { savedRepliesPage } from "./routes.ts";

const here = "/settings/replies";

/** The texts that a person keeps to write again; `?edit=` opens one of them. */
export default function SavedRepliesPage({ data: { replies }, search }: PageProps<typeof savedRepliesPage>) {
  const editing = search.get("edit");
  return (
    <>
      <PageHead
        title="Saved replies"
        about="What you say often, put into a comment with two presses. Only you see them."
      />
      {replies.length === 0 ? (
        <EmptyState icon={<MessageSquareReply aria-hidden="true" />} title="No saved replies">
          Keep one below. Every comment box has them at the end of its tabs.
        </EmptyState>
      ) : (
        <ul className="rows border-y border-line">
          {replies.map((reply) => (
            <li key={reply.id} className="row px-3 py-2.5">
              {editing === String(reply.id) ? (
                <ReplyForm action={`PATCH /user/saved-replies/${reply.id}`} reply={reply} />
              ) : (
                <ReplyLine reply={reply} />
              )}
            </li>
          ))}
        </ul>
      )}
      <section className="mt-8 max-w-prose">
        <h2 className="mb-3 text-lg">Keep a reply</h2>
        <ReplyForm action="POST /user/saved-replies" />
      </section>
    </>
  );
}

function ReplyLine({ reply }: { readonly reply: SavedReply }) {
  return (
    <div className="flex items-center gap-3">
      <MessageSquareReply aria-hidden="true" className="shrink-0 text-ink-3" />
      <div className="min-w-0 grow">
        <p className="truncate font-medium" dir="auto">
          {reply.title}
        </p>
        <p className="truncate text-sm text-ink-2" dir="auto">
          {reply.body}
        </p>
      </div>
      <IconButton
        label={`Change ${reply.title}`}
        icon={<Pencil aria-hidden="true" className="size-4" />}
        href={`${here}?edit=${reply.id}`}
      />
      <ActionButton
        action={`DELETE /user/saved-replies/${reply.id}`}
        variant="danger"
        size="sm"
        icon={<Trash2 aria-hidden="true" />}
        aria-label={`Delete the reply ${reply.title}`}
      >
        Delete
      </ActionButton>
    </div>
  );
}

function ReplyForm({ action, reply }: { readonly action: string; readonly reply?: SavedReply }) {
  return (
    <ActionForm
      id={action}
      action={action}
      {...(reply ? { redirect: here } : {})}
      className="flex flex-col gap-3"
    >
      <FormRefusal />
      <Field name="title" label="Title">
        <Input required maxLength={100} defaultValue={reply?.title} dir="auto" />
      </Field>
      <MarkdownField
        name="body"
        label="Words"
        required
        bare
        rows={4}
        defaultValue={reply?.body}
        draft={`saved-reply ${reply?.id ?? "new"}`}
      />
      <FormActions>
        <Submit>{reply ? "Save" : "Keep it"}</Submit>
        {reply && (
          <Button variant="ghost" href={here}>
            Cancel
          </Button>
        )}
      </FormActions>
    </ActionForm>
  );
}
