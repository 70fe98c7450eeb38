import { ActionForm, Submit } from "../../app/action-form.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";

export default function NewOrganizationPage() {
  return (
    <Content narrow>
      <PageHead title="New organization" about="A shared owner of repositories. You are its first owner." />
      <ActionForm action="POST /user/orgs" redirect="/{login}" className="flex flex-col gap-5">
        <FormRefusal />
        <Field name="login" label="Name in addresses" hint="Letters, digits and hyphens: /name/project">
          <Input
            required
            autoFocus
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            maxLength={39}
          />
        </Field>
        <Field name="name" label="Display name" optional>
          <Input maxLength={100} dir="auto" />
        </Field>
        <Field name="description" label="What it is about" optional>
          <Input maxLength={300} dir="auto" />
        </Field>
        <FormActions>
          <Submit>Create organization</Submit>
        </FormActions>
      </ActionForm>
    </Content>
  );
}
