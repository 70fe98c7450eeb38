import { ActionForm, Submit } from "../../app/action-form.tsx";
import { ChoiceGroup, Radio } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { AccountFields } from "./account-fields.tsx";
import { Gate } from "./gate.tsx";
import { policies } from "./policies.ts";

/** The first visit: makes the first administrator. */
export default function SetUpPage() {
  return (
    <Gate
      title="Welcome"
      about="This server is running and belongs to nobody yet. The first account administers it."
    >
      <ActionForm action="POST /setup" redirect="/" reload className="flex flex-col gap-4">
        <FormRefusal />
        <AccountFields />
        <Field name="email" label="E-mail address" hint="Nobody sees it. Commits with it count as yours.">
          <Input type="email" required autoComplete="email" />
        </Field>
        <Field name="password" label="Password" hint="8 characters at least. Long beats complicated.">
          <Input type="password" required autoComplete="new-password" minLength={8} />
        </Field>
        <ChoiceGroup legend="Who else may sign up?">
          {policies.map(({ value, label, hint }) => (
            <Radio
              key={value}
              name="sign_up"
              value={value}
              label={label}
              hint={hint}
              defaultChecked={value === "invite"}
            />
          ))}
        </ChoiceGroup>
        <Submit className="w-full">Create administrator</Submit>
      </ActionForm>
    </Gate>
  );
}
