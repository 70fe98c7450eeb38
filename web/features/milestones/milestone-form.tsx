import type { Milestone } from "../../../api/client.gen.ts";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { MarkdownField } from "../../app/markdown-field.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";

interface Props {
  readonly action: string;
  /** Where to go afterwards, and back without doing anything. */
  readonly redirect: string;
  readonly back: string;
  readonly milestone?: Milestone | undefined;
  readonly context: string;
}

/** A milestone to be made or changed. */
export function MilestoneForm({ action, redirect, back, milestone, context }: Props) {
  return (
    <ActionForm
      action={action}
      redirect={redirect}
      id="milestone"
      className="flex max-w-prose flex-col gap-4"
    >
      <div className="flex flex-wrap gap-4">
        <Field name="title" label="Title" className="grow basis-64">
          <Input
            required
            autoFocus
            maxLength={256}
            dir="auto"
            defaultValue={milestone?.title}
            placeholder="1.0"
          />
        </Field>
        <Field name="due_on?" label="Due" optional className="basis-44">
          <Input type="date" defaultValue={milestone?.due_on?.slice(0, 10)} />
        </Field>
      </div>
      <MarkdownField
        name="description?"
        label="Description"
        bare
        context={context}
        rows={3}
        defaultValue={milestone?.description ?? undefined}
        placeholder="What will be true when it is reached"
      />
      <FormRefusal />
      <FormActions>
        <Submit>{milestone ? "Save" : "Create milestone"}</Submit>
        <Button variant="ghost" href={back}>
          Cancel
        </Button>
      </FormActions>
    </ActionForm>
  );
}
