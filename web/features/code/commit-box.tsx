import "./code.css";
import { GitCommitHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { Submit } from "../../app/action-form.tsx";
import { Button } from "../../ui/button.tsx";
import { ChoiceGroup, Radio } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal, Notice } from "../../ui/form.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import type { EditPlace } from "./edit-place.ts";

interface Props {
  readonly place: EditPlace;
  /** What the commit is called unless somebody calls it something else. */
  readonly title: string;
  readonly cancel: string;
  readonly danger?: boolean;
  /** Above the buttons: what came in between. */
  readonly children?: ReactNode;
}

/** What a commit says and where it goes: to the branch, or to a new one that becomes a pull request. */
export function CommitBox({ place, title, cancel, danger, children }: Props) {
  const { direct, branch } = place.can;
  return (
    <section
      aria-label="Commit"
      className="commit-box mt-5 flex max-w-prose flex-col gap-4 rounded-lg border border-line bg-surface p-4"
    >
      <Field name="message" label="What changes">
        <Input placeholder={title} maxLength={1000} dir="auto" autoComplete="off" />
      </Field>
      <Field name="description" label="Why" optional>
        <Textarea rows={3} dir="auto" />
      </Field>
      {place.head !== null && (
        <>
          <ChoiceGroup legend="Where to">
            {direct === true ? (
              <Radio
                name="target"
                value="branch"
                defaultChecked
                label={
                  <>
                    To <code className="font-mono text-code">{place.branch}</code>
                  </>
                }
              />
            ) : (
              <Notice tone="info">{direct}.</Notice>
            )}
            {branch === true && (
              <Radio
                name="target"
                value="new_branch"
                defaultChecked={direct !== true}
                label="To a new branch, to open a pull request"
              />
            )}
          </ChoiceGroup>
          {branch === true && (
            <div className="new-branch">
              <Field name="new_branch" label="Name of the new branch">
                <Input mono defaultValue={place.new_branch} autoComplete="off" spellCheck={false} />
              </Field>
            </div>
          )}
        </>
      )}
      {children}
      <FormRefusal />
      <FormActions>
        <Submit
          variant={danger ? "danger" : "primary"}
          icon={<GitCommitHorizontal aria-hidden="true" />}
          keys="mod+enter"
        >
          Commit
        </Submit>
        <Button variant="ghost" href={cancel}>
          Cancel
        </Button>
      </FormActions>
    </section>
  );
}
