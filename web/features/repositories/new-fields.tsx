import { ChoiceGroup, Radio } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";

/** What every new repository is asked: its name, what it is, and who may see it. */
export function NewRepositoryFields({ asPrivate = false }: { readonly asPrivate?: boolean }) {
  return (
    <>
      <Field
        name="name"
        label="Name"
        hint="Letters, digits, dots, hyphens and underscores. It can be changed later."
      >
        <Input
          required
          autoFocus
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          pattern="[A-Za-z0-9._\-]+"
        />
      </Field>
      <Field name="description" label="Description" optional>
        <Input maxLength={350} dir="auto" />
      </Field>
      <ChoiceGroup legend="Who may see it">
        <Radio
          name="visibility"
          value="public"
          label="Public"
          hint="Anybody can read and clone it. You choose who writes."
          defaultChecked={!asPrivate}
        />
        <Radio
          name="visibility"
          value="private"
          label="Private"
          hint="Only those you add see that it exists."
          defaultChecked={asPrivate}
        />
      </ChoiceGroup>
    </>
  );
}
