import { Star } from "lucide-react";
import { ActionButton, ActionForm, Submit } from "../app/action-form.tsx";
import { Checkbox, ChoiceGroup, Radio, Switch } from "../ui/choice.tsx";
import { Field } from "../ui/field.tsx";
import { FormActions, FormRefusal, FormSection, Notice } from "../ui/form.tsx";
import { Input, Select, Textarea } from "../ui/input.tsx";
import { toast } from "../ui/toast.ts";
import { Group, Specimen } from "./specimen.tsx";

export function Forms() {
  return (
    <Group title="Forms">
      <div className="grid gap-8 lg:grid-cols-2">
        <ActionForm
          action="POST /gallery/labels"
          redirect="/_gallery?made={id}"
          className="flex flex-col gap-4"
          onDone={() => {
            toast({ title: "Label created" });
            return false;
          }}
        >
          <Field name="name" label="Name" hint={'"taken" is refused; everything else is accepted.'}>
            <Input placeholder="bug" required maxLength={50} />
          </Field>
          <Field name="description" label="Description" optional>
            <Textarea rows={3} />
          </Field>
          <Field name="stage" label="Stage">
            <Select defaultValue="open">
              <option value="open">Open</option>
              <option value="review">In review</option>
            </Select>
          </Field>
          <ChoiceGroup legend="Visibility">
            <Radio
              name="visibility"
              value="public"
              label="Public"
              hint="Everybody can read."
              defaultChecked
            />
            <Radio name="visibility" value="private" label="Private" hint="Only people you choose." />
          </ChoiceGroup>
          <Checkbox name="pinned:boolean" label="Pin to the top" hint="At most three." />
          <Switch name="exclusive:boolean" label="Only one of its group" defaultChecked />
          <FormRefusal />
          <FormActions>
            <Submit>Create label</Submit>
          </FormActions>
        </ActionForm>
        <div className="flex flex-col items-start gap-4 *:w-full">
          <ActionButton
            action="POST /gallery/labels"
            values={{ name: "star", pinned: true, ids: [1, 2] }}
            icon={<Star />}
          >
            A button that is a form
          </ActionButton>
          <Field name="wrong" label="Wrong" error="There is a repository of this name already.">
            <Input defaultValue="demo" />
          </Field>
          <Field name="off" label="Disabled">
            <Input defaultValue="cannot be changed" disabled />
          </Field>
          <Field name="fixed" label="Read only">
            <Input defaultValue="wit_pat_4f9a…" readOnly mono />
          </Field>
          <Field name="small" label="Small and mono" bare>
            <Input small mono placeholder="refs/heads/…" />
          </Field>
          <Checkbox label="Disabled tick" disabled defaultChecked />
          <Switch label="Disabled switch" disabled />
          <Notice tone="danger">This token was revoked. Nothing that used it works any more.</Notice>
          <Notice tone="warning">The branch is protected: a push needs one approval.</Notice>
          <Notice tone="info">You can undo this for ten seconds.</Notice>
        </div>
      </div>
      <Specimen name="FormSection">
        <div className="w-full">
          <FormSection title="Profile" about="What others see of you.">
            <Field name="bio" label="About you">
              <Textarea rows={2} />
            </Field>
          </FormSection>
          <FormSection title="Delete this repository" danger about="There is no way back after thirty days.">
            <Field name="confirm" label="Type alice/demo to go on">
              <Input />
            </Field>
          </FormSection>
        </div>
      </Specimen>
    </Group>
  );
}
