import { SmilePlus } from "lucide-react";
import type { MouseEvent } from "react";
import type { Reactions as Given } from "../../../api/client.gen.ts";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { LinkButton } from "../../ui/link-button.tsx";

type Content = keyof Given["mine"];

const faces = [
  ["+1", "👍", "thumbs up"],
  ["-1", "👎", "thumbs down"],
  ["laugh", "😄", "laugh"],
  ["hooray", "🎉", "hooray"],
  ["confused", "😕", "confused"],
  ["heart", "❤️", "heart"],
  ["rocket", "🚀", "rocket"],
  ["eyes", "👀", "eyes"],
] as const satisfies readonly (readonly [Content, string, string])[];

/** Attributes of a link that opens or closes something: by its address, or in place. */
export interface Opening {
  readonly href: string;
  readonly onClick?: ((event: MouseEvent) => void) | undefined;
}

interface Props {
  readonly reactions: Given;
  /** The text, as the API has it: `/repos/alice/demo/issues/comments/12`. */
  readonly text: string;
  /** True, or why the reader cannot react. */
  readonly can: true | string;
  /** Whether the reader chooses, and the link that ends that. */
  readonly choosing: boolean;
  readonly closes: Opening;
  readonly onDone?: (() => void) | undefined;
  /** Where to go once one was chosen; this page when not said. */
  readonly redirect?: string | undefined;
}

/** The reactions to a text: each with its count, the reader's own marked, and a way to add one. */
export function Reactions({ reactions, text, can, choosing, closes, onDone, redirect }: Props) {
  const action = `${text}/reactions`;
  const given = faces.filter(([content]) => reactions[content] > 0);
  if (given.length === 0 && !choosing) return null;
  return (
    <div className="flex flex-wrap items-center gap-1" role="group" aria-label="Reactions">
      {given.map(([content, face, word]) => {
        const count = reactions[content];
        const mine = reactions.mine[content];
        const said = `${word}, ${count}${mine === undefined ? "" : ", yours among them"}`;
        const look = `!h-6 gap-1 rounded-full !px-2 tabular-nums ${
          mine === undefined ? "" : "!border-accent bg-accent-soft text-accent-ink"
        }`;
        return can === true ? (
          <ActionButton
            key={content}
            size="sm"
            className={look}
            action={mine === undefined ? `POST ${action}` : `DELETE ${action}/${mine}`}
            values={mine === undefined ? { content } : {}}
            aria-label={said}
            aria-pressed={mine !== undefined}
          >
            <span aria-hidden="true">{face}</span> {count}
          </ActionButton>
        ) : (
          <span
            key={content}
            role="img"
            aria-label={said}
            className="inline-flex h-6 items-center gap-1 rounded-full border border-line px-2 text-sm tabular-nums"
          >
            <span aria-hidden="true">{face}</span> {count}
          </span>
        );
      })}
      {can === true && choosing && (
        <ActionForm
          id={`react ${text}`}
          action={`POST ${action}`}
          onDone={onDone}
          redirect={redirect}
          className="flex flex-wrap gap-0.5 rounded-full border border-line px-1"
          aria-label="Add a reaction"
        >
          {faces.map(([content, face, word]) => (
            <Submit
              key={content}
              variant="ghost"
              size="sm"
              name="content"
              value={content}
              aria-label={word}
              pending={false}
              className="!h-6 !px-1"
            >
              <span aria-hidden="true">{face}</span>
            </Submit>
          ))}
          <LinkButton variant="ghost" className="!h-6 !px-1.5" aria-label="Add none" {...closes}>
            ✕
          </LinkButton>
        </ActionForm>
      )}
    </div>
  );
}

/** The link that lets its reader choose a reaction, for the head of a text. */
export const ReactLink = ({ opens }: { readonly opens: Opening }) => (
  <LinkButton variant="ghost" className="!h-6 !px-1" aria-label="Add a reaction" {...opens}>
    <SmilePlus aria-hidden="true" className="size-3.5" />
  </LinkButton>
);
