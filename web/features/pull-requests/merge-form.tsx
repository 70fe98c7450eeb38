import { useState } from "react";
import { CalendarCheck } from "lucide-react";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { Radio } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { withParams } from "../diff/diff-query.ts";
import { apiOf, pullHref, type At } from "./hrefs.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import type { PullData } from "./queries.ts";
import { useOpened } from "./use-opened.ts";

type Method = PullData["merge"]["methods"][number]["name"];

interface Props {
  readonly at: At;
  readonly page: PullData;
  readonly search: URLSearchParams;
  /** Why it cannot be merged now. */
  readonly refused: string | undefined;
}

const words: Readonly<Record<Method, string>> = {
  merge: "Merge commit",
  squash: "Squash",
  rebase: "Rebase",
  "fast-forward": "Fast-forward",
};

const acts: Readonly<Record<Method, string>> = {
  merge: "Merge",
  squash: "Squash and merge",
  rebase: "Rebase and merge",
  "fast-forward": "Fast-forward",
};

function outcome(method: Method, commits: number, base: string): string {
  const all = commits === 1 ? "The commit is" : `All ${commits} commits are`;
  if (method === "merge") return `${all} kept and joined to ${base} by a merge commit.`;
  if (method === "squash")
    return commits === 1
      ? `The commit is put on ${base}.`
      : `The ${commits} commits become a single one on ${base}.`;
  if (method === "fast-forward") return `${base} moves to the head as it is: no new commit is made.`;
  return `${all} put on top of ${base} one by one, without a merge commit.`;
}

/** What was set to happen by itself, and the way to take it back. */
export function AutoMergeLine({ at, page }: Pick<Props, "at" | "page">) {
  const { pull, merge } = page;
  if (!pull.auto_merge) return null;
  const { enabled_by: who, merge_method: method } = pull.auto_merge;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line bg-sunken px-3 py-3 text-sm">
      <div className="flex min-w-0 items-start gap-2.5">
        <CalendarCheck aria-hidden="true" className="mt-0.5 shrink-0 text-accent-ink" />
        <div className="min-w-0">
          <p className="font-medium">Merges by itself once nothing stands in the way</p>
          <p className="text-ink-2">
            {who.login} set this. {outcome(method, pull.commits, pull.base.ref)}
          </p>
        </div>
      </div>
      <ActionButton
        size="sm"
        action={`DELETE ${apiOf(at)}/pulls/${pull.number}/auto-merge`}
        reason={merge.cancel === true ? undefined : merge.cancel}
      >
        Cancel
      </ActionButton>
    </div>
  );
}

/** How to merge: the method, what it will do, and the message. It merges the commit that is on screen or nothing. */
export function MergeForm({ at, page, search, refused }: Props) {
  const { pull, merge } = page;
  const names = merge.methods.map(({ name }) => name);
  const asked = names.find((one) => one === search.get("method"));
  const [method, setMethod] = useState<Method>(asked ?? names[0] ?? "merge");
  const edit = useOpened(search);
  const message = method === "merge" || method === "squash" ? merge.messages?.[method] : undefined;
  const impossible = merge.methods.find(({ name }) => name === method)?.refused ?? undefined;
  // What has to happen first can be waited for by those who may merge at all.
  const mayWait = merge.auto === true && (refused ?? impossible) !== undefined;
  const editing = edit.opened === "message" && message !== undefined;
  return (
    <ActionForm
      id="merge"
      action={`PUT ${apiOf(at)}/pulls/${pull.number}/merge`}
      redirect={pullHref(at, pull.number)}
      values={{ sha: pull.head.sha }}
      className="flex flex-col gap-3 bg-sunken px-3 py-3"
    >
      {merge.methods.length > 1 ? (
        <fieldset className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
          <legend className="sr-only">Method</legend>
          {names.map((one) => (
            <Radio
              key={one}
              name="merge_method"
              value={one}
              label={words[one]}
              checked={method === one}
              onChange={() => setMethod(one)}
            />
          ))}
        </fieldset>
      ) : (
        <input type="hidden" name="merge_method" value={method} />
      )}
      <p className="text-sm text-ink-2" aria-live="polite">
        {impossible === undefined
          ? outcome(method, pull.commits, pull.base.ref)
          : `Not possible here: ${impossible}.`}
      </p>
      {editing && (
        <div key={method} className="flex flex-col gap-3">
          <Field name="commit_title" label="Title of the commit">
            <Input defaultValue={message.title} maxLength={1000} dir="auto" />
          </Field>
          <Field name="commit_message" label="Message of the commit" optional>
            <Textarea defaultValue={message.body} rows={4} dir="auto" mono />
          </Field>
        </div>
      )}
      <FormRefusal />
      <FormActions>
        {mayWait ? (
          <Submit name="_action" value={`PUT ${apiOf(at)}/pulls/${pull.number}/auto-merge`}>
            Merge when ready
          </Submit>
        ) : (
          <Submit reason={refused ?? impossible}>{acts[method]}</Submit>
        )}
        {message !== undefined && (refused === undefined || mayWait) && !editing && (
          <LinkButton
            size="md"
            variant="ghost"
            {...edit.opens("message")}
            href={withParams(search, { edit: "message", method })}
          >
            Edit the message
          </LinkButton>
        )}
        {editing && (
          <LinkButton size="md" variant="ghost" {...edit.closes}>
            Keep the usual message
          </LinkButton>
        )}
      </FormActions>
    </ActionForm>
  );
}
