import { ActionForm, Submit } from "../../app/action-form.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";

interface Props {
  readonly action: string;
  readonly id: string;
  readonly redirect: string;
  /** The page without the form, where it can be left. */
  readonly back?: string;
  readonly team?: { readonly name: string; readonly description: string | null };
}

/** A team to be made or changed. */
export function TeamForm({ action, id, redirect, back, team }: Props) {
  return (
    <ActionForm action={action} id={id} redirect={redirect} className="flex flex-col gap-4">
      <FormRefusal />
      <Field name="name" label="Name" hint="As it is mentioned: letters, digits and . _ - between them">
        <Input
          required
          autoFocus={back !== undefined}
          defaultValue={team?.name}
          maxLength={100}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <Field name="description" label="What it is for" optional>
        <Input defaultValue={team?.description ?? ""} maxLength={300} dir="auto" />
      </Field>
      <FormActions>
        <Submit variant={team ? "secondary" : "primary"}>{team ? "Save" : "Create team"}</Submit>
        {back !== undefined && (
          <Button variant="ghost" href={back}>
            Cancel
          </Button>
        )}
      </FormActions>
    </ActionForm>
  );
}
