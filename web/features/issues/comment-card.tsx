import { Pencil, Quote, Trash2 } from "lucide-react";
import type { Reactions as Given, TextEdits } from "../../../api/client.gen.ts";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { MarkdownField } from "../../app/markdown-field.tsx";
import { useSend } from "../../app/send.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Link } from "../../ui/link.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { TimelineCard } from "../../ui/timeline.tsx";
import { toast } from "../../ui/toast.ts";
import { Edited } from "../texts/edited.tsx";
import { Reactions, ReactLink } from "../texts/reactions.tsx";
import type { Person } from "./at.ts";
import { PersonName } from "./person-link.tsx";
import { quote } from "./quote.ts";

interface Props {
  /** Its anchor on the page. */
  readonly id: string;
  readonly author: Person | null;
  readonly association: string;
  readonly createdAt: string;
  readonly edits: TextEdits;
  readonly reactions: Given;
  readonly body: string;
  readonly html: string;
  /** `PATCH …` and, where it can be deleted, `DELETE …`. */
  readonly edit: string;
  readonly remove?: string | undefined;
  readonly can: { readonly edit: boolean; readonly delete: boolean; readonly reply: boolean };
  readonly context: string;
  /** This page's address without its search, and the search. */
  readonly here: string;
  readonly search: URLSearchParams;
}

const roles: Readonly<Record<string, string>> = {
  OWNER: "Owner",
  MEMBER: "Member",
  COLLABORATOR: "Collaborator",
};

/** The text of an issue or a comment, with its acts. `?edit=` and `?delete=` in the address open their forms. */
export function CommentCard(props: Props) {
  const { id, author, body, html, can, here, search } = props;
  const send = useSend();
  const login = author?.login ?? "ghost";
  // Where the text itself is: what changes it says so.
  const text = props.edit.replace(/^\S+ /, "");
  const editing = can.edit && search.get("edit") === id;
  const deleting = can.delete && props.remove !== undefined && search.get("delete") === id;
  const back = `${here}#${id}`;
  const act = (name: "edit" | "delete" | "react") => `${here}?${name}=${id}#${id}`;
  return (
    <TimelineCard
      id={id}
      avatar={<Avatar name={login} src={author?.avatar_url} size={20} />}
      head={
        <>
          <PersonName login={login} />
          <Link look="muted" href={`#${id}`}>
            <RelativeTime at={props.createdAt} />
          </Link>
          <Edited edits={props.edits} text={text} />
          {roles[props.association] !== undefined && (
            <span className="self-center">
              <Badge>{roles[props.association]}</Badge>
            </span>
          )}
        </>
      }
      acts={
        editing || deleting ? undefined : (
          <span className="flex shrink-0">
            {can.reply && <ReactLink opens={{ href: act("react") }} />}
            {can.reply && (
              <IconButton
                label="Quote in a reply"
                size="sm"
                icon={<Quote aria-hidden="true" className="size-3.5" />}
                className="js-only"
                onClick={(event) => quote(event.currentTarget.closest("article"), body)}
              />
            )}
            {can.edit && (
              <IconButton
                label="Edit"
                size="sm"
                icon={<Pencil aria-hidden="true" className="size-3.5" />}
                href={act("edit")}
              />
            )}
            {can.delete && props.remove !== undefined && (
              <IconButton
                label="Delete"
                size="sm"
                icon={<Trash2 aria-hidden="true" className="size-3.5" />}
                href={act("delete")}
              />
            )}
          </span>
        )
      }
    >
      {editing ? (
        <ActionForm action={props.edit} redirect={back} id={id} className="flex flex-col gap-3">
          <MarkdownField
            name="body"
            label="Text"
            bare
            context={props.context}
            defaultValue={body}
            rows={6}
            draft={`${here}#${id}`}
          />
          <FormRefusal />
          <FormActions>
            <Submit>Save</Submit>
            <Button variant="ghost" href={back}>
              Cancel
            </Button>
          </FormActions>
        </ActionForm>
      ) : html.trim() === "" ? (
        <p className="text-ink-3 italic">No description.</p>
      ) : (
        <Markdown html={html} />
      )}
      {!editing && (
        <div className="mt-2 empty:hidden">
          <Reactions
            reactions={props.reactions}
            text={text}
            can={can.reply || "Sign in first"}
            choosing={can.reply && search.get("react") === id}
            closes={{ href: back }}
            redirect={back}
          />
        </div>
      )}
      {deleting && props.remove !== undefined && (
        <ActionForm
          action={props.remove}
          redirect={here}
          onDone={() =>
            toast({
              title: "The comment is deleted",
              undo: async () => void (await send(`PUT ${text}/restoration`)),
            })
          }
          className="mt-3 flex flex-wrap items-center gap-2 border-t border-line pt-3"
        >
          <span className="mr-auto text-sm">Delete this comment?</span>
          <FormRefusal />
          <Submit variant="danger" size="sm">
            Delete
          </Submit>
          <Button size="sm" href={back}>
            Keep
          </Button>
        </ActionForm>
      )}
    </TimelineCard>
  );
}
