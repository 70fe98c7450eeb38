import { Pencil } from "lucide-react";
import type { ReactNode } from "react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { MarkdownField } from "../../app/markdown-field.tsx";
import { path } from "../../app/paths.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { Link } from "../../ui/link.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { DeleteComment } from "../texts/delete-comment.tsx";
import { Edited } from "../texts/edited.tsx";
import { Reactions, ReactLink } from "../texts/reactions.tsx";
import { withParams } from "../diff/diff-query.ts";
import type { DiffProps } from "../diff/diff-props.ts";
import { linesIn, type DiffFile, type LinePlace } from "../diff/lines.ts";
import type { CommitCommentsData } from "./query.ts";

interface At {
  readonly owner: string;
  readonly repo: string;
}

type Comment = CommitCommentsData["comments"][number];

interface Props {
  readonly at: At;
  readonly sha: string;
  readonly data: CommitCommentsData;
  readonly files: readonly DiffFile[];
  readonly search: URLSearchParams;
}

type Inline = Required<Pick<DiffProps, "renderBelowLine">> & Partial<Pick<DiffProps, "commentHref">>;

/**
 * The comments on a commit: below the lines they are about, and those on the whole, or on lines that are not shown, at the end.
 * The address says what is written: `?comment=src/a.ts:12`, `?edit=`, `?react=`.
 */
export function commitComments(props: Props): { readonly inline: Inline; readonly end: ReactNode } {
  const { at, sha, data, files, search } = props;
  const able = data.can.comment === true;
  const shown = (comment: Pick<Comment, "path" | "line">) => isShown(files, comment);
  const one = (comment: Comment) => <CommentBlock key={comment.id} {...props} comment={comment} />;
  const wanted = able ? placeIn(search) : undefined;
  return {
    inline: {
      renderBelowLine: (place) => {
        if (place.side === "old") return null;
        const here = data.comments.filter((each) => each.path === place.path && each.line === place.line);
        const writing = wanted?.path === place.path && wanted.line === place.line;
        if (here.length === 0 && !writing) return null;
        return (
          <div className="flex max-w-[880px] flex-col gap-3 px-3 py-3">
            {here.map(one)}
            {writing && <NewComment at={at} sha={sha} place={wanted} search={search} />}
          </div>
        );
      },
      ...(able
        ? {
            commentHref: ({ path: file, line, side }: LinePlace) =>
              // A removed line is no line of the commit: what is said of it is said of the file.
              withParams(search, { comment: side === "old" ? file : `${file}:${line}` }),
          }
        : {}),
    },
    end: (
      <section aria-label="Comments" className="mt-6 flex max-w-[880px] flex-col gap-4">
        <h2 className="text-lg">
          Comments <span className="text-ink-3 tabular-nums">{data.comments.length || ""}</span>
        </h2>
        {data.comments.filter((each) => !shown(each)).map(one)}
        {able ? (
          <NewComment
            at={at}
            sha={sha}
            search={search}
            {...(wanted && !isShown(files, wanted) ? { place: wanted } : {})}
          />
        ) : (
          <p className="text-sm text-ink-2">{String(data.can.comment)}.</p>
        )}
      </section>
    ),
  };
}

const isShown = (files: readonly DiffFile[], { path: file, line }: Pick<Comment, "path" | "line">): boolean =>
  line !== null &&
  files.some(
    (one) =>
      one.path === file &&
      one.hunks.some((hunk) => linesIn(hunk).some((each) => each.kind !== "deleted" && each.new === line)),
  );

interface Place {
  readonly path: string;
  readonly line: number | null;
}

function placeIn(search: URLSearchParams): Place | undefined {
  const named = search.get("comment") ?? "";
  const [, file, line] = /^(.+):(\d{1,9})$/s.exec(named) ?? [];
  if (file !== undefined) return { path: file, line: Number(line) };
  return named === "" ? undefined : { path: named, line: null };
}

function CommentBlock({ at, comment, data, search }: Props & { readonly comment: Comment }) {
  const { id, user, can } = comment;
  const anchor = `commitcomment-${id}`;
  const text = path`/repos/${at.owner}/${at.repo}/comments/${id}`;
  const back = withParams(search, { edit: undefined, react: undefined });
  const editing = can.edit === true && search.get("edit") === String(id);
  const name = user?.login ?? "ghost";
  return (
    <article id={anchor} className="scroll-mt-24">
      <header className="flex min-h-6 items-center gap-2 text-sm">
        <Avatar name={name} src={user?.avatar_url} size={20} />
        <span className="flex min-w-0 grow flex-wrap items-center gap-x-1.5 text-ink-2">
          <Link look="plain" href={path`/${name}`} className="font-medium text-ink">
            {name}
          </Link>
          <a href={`#${anchor}`} className="text-ink-3 hover:underline">
            <RelativeTime at={comment.created_at} />
          </a>
          {comment.path !== null && (
            <span className="font-mono text-code" dir="ltr">
              {comment.path}
              {comment.line !== null && `:${comment.line}`}
            </span>
          )}
          <Edited edits={comment.edits} text={text} />
        </span>
        {data.can.comment === true && (
          <ReactLink opens={{ href: `${withParams(search, { react: String(id) })}#${anchor}` }} />
        )}
        {can.edit === true && !editing && (
          <LinkButton
            variant="ghost"
            className="!h-6 !px-1"
            aria-label="Edit"
            href={`${withParams(search, { edit: String(id) })}#${anchor}`}
          >
            <Pencil aria-hidden="true" className="size-3.5" />
          </LinkButton>
        )}
        {can.delete === true && can.edit !== true && (
          <DeleteComment place={text} size="sm" variant="ghost" className="!h-6" />
        )}
      </header>
      <div className="mt-0.5 sm:pl-7">
        {editing ? (
          <div className="relative">
            <ActionForm id={anchor} action={`PATCH ${text}`} redirect={back} className="flex flex-col gap-2">
              <MarkdownField
                name="body"
                label="Words"
                bare
                required
                context={`${at.owner}/${at.repo}`}
                defaultValue={comment.body}
                rows={4}
                draft={`${at.owner}/${at.repo}/${anchor}`}
              />
              <FormRefusal />
              <FormActions>
                <Submit>Save</Submit>
                <LinkButton size="md" variant="ghost" href={back}>
                  Cancel
                </LinkButton>
              </FormActions>
            </ActionForm>
            <div className="absolute right-0 bottom-0">
              <DeleteComment place={text} />
            </div>
          </div>
        ) : (
          <Markdown html={comment.body_html ?? ""} />
        )}
        <div className="mt-1 empty:hidden">
          <Reactions
            reactions={comment.reactions}
            text={text}
            can={data.can.comment}
            choosing={data.can.comment === true && search.get("react") === String(id)}
            closes={{ href: `${back}#${anchor}` }}
            redirect={`${back}#${anchor}`}
          />
        </div>
      </div>
    </article>
  );
}

function NewComment(props: {
  readonly at: At;
  readonly sha: string;
  readonly place?: Place;
  readonly search: URLSearchParams;
}) {
  const { at, sha, place, search } = props;
  const where = place ? `${place.path}:${place.line ?? "file"}` : "commit";
  const about = !place ? "this commit" : place.line === null ? place.path : `line ${place.line}`;
  const back = withParams(search, { comment: undefined });
  return (
    <div id={place ? "new-comment" : undefined} className="scroll-mt-24">
      <ActionForm
        id={`new-${where}`}
        action={path`POST /repos/${at.owner}/${at.repo}/commits/${sha}/comments`}
        {...(place ? { values: { path: place.path, line: place.line ?? undefined }, redirect: back } : {})}
        className="flex flex-col gap-2"
      >
        <MarkdownField
          name="body"
          label={`Comment on ${about}`}
          bare
          required
          context={`${at.owner}/${at.repo}`}
          rows={3}
          placeholder={`About ${about}…`}
          draft={`${at.owner}/${at.repo}/commit/${sha}/${where}`}
        />
        <FormRefusal />
        <FormActions>
          <Submit variant={place ? "primary" : "secondary"}>Comment</Submit>
          {place && (
            <LinkButton size="md" variant="ghost" href={back}>
              Cancel
            </LinkButton>
          )}
        </FormActions>
      </ActionForm>
    </div>
  );
}
