import type { Reactions as Given, TextEdits } from "../../../api/client.gen.ts";
import { Pencil, Quote } from "lucide-react";
import type { ReactNode } from "react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { MarkdownField } from "../../app/markdown-field.tsx";
import { path } from "../../app/paths.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Link } from "../../ui/link.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { TimelineCard } from "../../ui/timeline.tsx";
import { DeleteComment } from "../texts/delete-comment.tsx";
import { Edited } from "../texts/edited.tsx";
import { Reactions, ReactLink } from "../texts/reactions.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import type { Person } from "./queries.ts";
import type { Opened } from "./use-opened.ts";

/** A person's face and name, leading to them. */
export function Who({ person, bare = false }: { readonly person: Person | null; readonly bare?: boolean }) {
  const name = person?.login ?? "ghost";
  return (
    <span className="inline-flex items-center gap-1.5 align-bottom">
      {!bare && <Avatar name={name} src={person?.avatar_url} size={18} />}
      {person ? (
        <Link look="plain" href={path`/${name}`} className="font-medium text-ink">
          {name}
        </Link>
      ) : (
        <span className="font-medium">{name}</span>
      )}
    </span>
  );
}

/** What somebody wrote, as one field can change it. */
export interface Written {
  /** Names it in the page's address: its anchor. */
  readonly anchor: string;
  readonly user: Person | null;
  readonly body: string;
  readonly body_html?: string | undefined;
  readonly created_at: string;
  readonly edits?: TextEdits | undefined;
  readonly reactions?: Given | undefined;
  /** Its address in the API, where reactions and its history are. */
  readonly text?: string | undefined;
  /** True, or why the reader cannot react. */
  readonly canReact?: true | string | undefined;
  /** `PATCH …`: where a change of the field `body` goes. */
  readonly editAction?: string | undefined;
  /** Its address in the API where it can be deleted. */
  readonly deletable?: string | undefined;
}

interface Props {
  readonly written: Written;
  readonly context: string;
  readonly edit: Opened;
  readonly isAuthor: boolean;
  /** Behind the name: what was done with the words. */
  readonly did?: ReactNode;
}

/** A comment in the conversation. */
export function CommentCard({ written, context, edit, isAuthor, did }: Props) {
  const { anchor, user, body, created_at: at, editAction } = written;
  const open = edit.opened === anchor && editAction !== undefined;
  return (
    <TimelineCard
      id={anchor}
      avatar={<Avatar name={user?.login ?? "ghost"} src={user?.avatar_url} size={20} />}
      head={
        <>
          <Who person={user} bare /> {did ?? "commented"}{" "}
          <a href={`#${anchor}`} className="text-ink-3 hover:underline">
            <RelativeTime at={at} />
          </a>
          {isAuthor && <Badge>Author</Badge>}
          {written.edits && written.text !== undefined && (
            <Edited edits={written.edits} text={written.text} />
          )}
        </>
      }
      acts={!open && <CommentActs written={written} edit={edit} />}
    >
      {open ? (
        <EditForm written={written} context={context} edit={edit} />
      ) : body.trim() === "" ? (
        <p className="text-ink-3">Nothing was written.</p>
      ) : (
        <Markdown html={written.body_html ?? ""} />
      )}
      {!open && <GivenReactions written={written} edit={edit} />}
    </TimelineCard>
  );
}

const reactName = ({ anchor }: Written) => `react-${anchor}`;

/** The reactions to what somebody wrote, and the choice of one. */
export function GivenReactions({ written, edit }: Pick<Props, "written" | "edit">) {
  const { reactions, text, canReact = "Sign in first" } = written;
  if (!reactions || text === undefined) return null;
  return (
    <div className="mt-2 empty:hidden">
      <Reactions
        reactions={reactions}
        text={text}
        can={canReact}
        choosing={edit.opened === reactName(written)}
        closes={edit.closes}
        onDone={edit.close}
      />
    </div>
  );
}

/** Quotes in a reply, by code that comes when it is asked for. */
export const quoteInto = (words: string, reply?: string): void =>
  void import("./quote.ts").then(({ quote }) => quote(words, reply));

/** The buttons at the end of a comment's head. */
export function CommentActs(props: {
  readonly written: Written;
  readonly edit: Opened;
  /** Puts the words where they are answered; into the reply at the end of the conversation unless told. */
  readonly onQuote?: (words: string) => void;
}) {
  const { written, edit, onQuote = quoteInto } = props;
  return (
    <span className="flex shrink-0">
      {written.canReact === true && <ReactLink opens={edit.opens(reactName(written))} />}
      {written.canReact === true && written.body.trim() !== "" && (
        <IconButton
          size="sm"
          className="js-only"
          label="Quote in a reply"
          icon={<Quote className="size-3.5" />}
          onClick={() => onQuote(written.body)}
        />
      )}
      {written.editAction !== undefined && (
        <LinkButton variant="ghost" className="!h-6 !px-1" aria-label="Edit" {...edit.opens(written.anchor)}>
          <Pencil aria-hidden="true" className="size-3.5" />
        </LinkButton>
      )}
    </span>
  );
}

/** Changes a comment where it stands, or takes it away. */
export function EditForm({ written, context, edit }: Pick<Props, "written" | "context" | "edit">) {
  const { anchor, editAction, deletable, body } = written;
  if (editAction === undefined) return null;
  return (
    <div className="relative">
      <ActionForm id={anchor} action={editAction} onDone={edit.close} className="flex flex-col gap-2">
        <MarkdownField
          name="body"
          label="Words"
          bare
          context={context}
          defaultValue={body}
          rows={6}
          draft={`${context}/edit/${anchor}`}
        />
        <FormRefusal />
        <FormActions>
          <Submit>Save</Submit>
          <LinkButton size="md" variant="ghost" {...edit.closes}>
            Cancel
          </LinkButton>
        </FormActions>
      </ActionForm>
      {deletable !== undefined && (
        <div className="absolute right-0 bottom-0">
          <DeleteComment place={deletable} />
        </div>
      )}
    </div>
  );
}
