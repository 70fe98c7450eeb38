import { useState } from "react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { Radio } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { withParams } from "../diff/diff-query.ts";
import { apiOf, pullHref, type At } from "./hrefs.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import type { PullData } from "./queries.ts";
import { useOpened } from "./use-opened.ts";

type Method = PullData["merge"]["methods"][number];

interface Props {
  readonly at: At;
  readonly page: PullData;
  readonly search: URLSearchParams;
  /** Why it cannot be merged now. */
  readonly refused: string | undefined;
}

const names: Readonly<Record<Method, string>> = {
  merge: "Merge commit",
  squash: "Squash",
  rebase: "Rebase",
};

const acts: Readonly<Record<Method, string>> = {
  merge: "Merge",
  squash: "Squash and merge",
  rebase: "Rebase and merge",
};

function outcome(method: Method, commits: number, base: string): string {
  const all = commits === 1 ? "The commit is" : `All ${commits} commits are`;
  if (method === "merge") return `${all} kept and joined to ${base} by a merge commit.`;
  if (method === "squash")
    return commits === 1
      ? `The commit is put on ${base}.`
      : `The ${commits} commits become a single one on ${base}.`;
  return `${all} put on top of ${base} one by one, without a merge commit.`;
}

/** How to merge: the method, what it will do, and the message. It merges the commit that is on screen or nothing. */
export function MergeForm({ at, page, search, refused }: Props) {
  const { pull, merge } = page;
  const asked = merge.methods.find((one) => one === search.get("method"));
  const [method, setMethod] = useState<Method>(asked ?? merge.methods[0] ?? "merge");
  const edit = useOpened(search);
  const message = method === "rebase" ? undefined : merge.messages?.[method];
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
          {merge.methods.map((one) => (
            <Radio
              key={one}
              name="merge_method"
              value={one}
              label={names[one]}
              checked={method === one}
              onChange={() => setMethod(one)}
            />
          ))}
        </fieldset>
      ) : (
        <input type="hidden" name="merge_method" value={method} />
      )}
      <p className="text-sm text-ink-2" aria-live="polite">
        {outcome(method, pull.commits, pull.base.ref)}
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
        <Submit reason={refused}>{acts[method]}</Submit>
        {message !== undefined && refused === undefined && !editing && (
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
