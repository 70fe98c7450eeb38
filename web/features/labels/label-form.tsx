import { Shuffle } from "lucide-react";
import { useState } from "react";
import type { Label } from "../../../api/client.gen.ts";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { useForm } from "../../ui/form-context.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { LabelChip } from "../../ui/label-chip.tsx";
import { anotherColour } from "./colours.ts";

interface Props {
  readonly action: string;
  readonly id: string;
  /** The page without the form. */
  readonly back: string;
  readonly label?: Label | undefined;
  readonly colour: string;
}

/** A label to be made or changed, with the chip as it will look. */
export function LabelForm({ action, id, back, label, colour }: Props) {
  return (
    <ActionForm action={action} redirect={back} id={id} className="flex flex-col gap-3">
      <Fields label={label} colour={colour} back={back} />
    </ActionForm>
  );
}

function Fields({ label, colour: start, back }: Pick<Props, "label" | "colour" | "back">) {
  const { refused } = useForm();
  const typed = (name: string) => refused?.typed.find(([one]) => one === name)?.[1];
  const nameField = label ? "new_name" : "name";
  const [name, setName] = useState(typed(nameField) ?? label?.name ?? "");
  const [colour, setColour] = useState(typed("color") ?? start);
  return (
    <>
      <div className="flex h-6 items-center">
        <LabelChip name={name.trim() === "" ? "Preview" : name} color={colour} />
      </div>
      <div className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)_auto]">
        <Field name={nameField} label="Name">
          <Input
            required
            autoFocus
            maxLength={100}
            dir="auto"
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Field name="description" label="Description" optional>
          <Input
            maxLength={100}
            dir="auto"
            autoComplete="off"
            defaultValue={label?.description ?? undefined}
          />
        </Field>
        <Field name="color" label="Colour">
          <span className="flex items-center gap-1.5">
            <input
              type="color"
              aria-label="Choose a colour"
              value={`#${/^[0-9a-f]{6}$/i.test(colour) ? colour : "8b8d98"}`}
              onChange={(event) => setColour(event.currentTarget.value.slice(1))}
              className="js-only size-8 shrink-0 rounded border border-control bg-surface p-0.5"
            />
            <Input
              required
              mono
              maxLength={7}
              spellCheck={false}
              autoComplete="off"
              value={colour}
              onChange={(event) => setColour(event.currentTarget.value.replace(/^#/, ""))}
              className="!w-24"
            />
            <IconButton
              label="Another colour"
              icon={<Shuffle aria-hidden="true" />}
              className="js-only"
              onClick={() => setColour(anotherColour(colour))}
            />
          </span>
        </Field>
      </div>
      <FormRefusal />
      <div className="flex gap-2">
        <Submit>{label ? "Save" : "Create label"}</Submit>
        <Button variant="ghost" href={back}>
          Cancel
        </Button>
      </div>
    </>
  );
}
