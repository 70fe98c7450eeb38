import { ActionForm, Submit } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal, FormSection, Notice } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import type { accountSettingsPage } from "./settings-routes.ts";

export default function AccountSettingsPage({ data: { me }, search }: PageProps<typeof accountSettingsPage>) {
  return (
    <>
      <PageHead title="Your account" />
      {search.get("done") === "password" && (
        <div className="mb-5">
          <Notice tone="info">Your password is changed. You are signed out everywhere else.</Notice>
        </div>
      )}
      <FormSection title="E-mail address" about="Nobody else sees it. Commits with it count as yours.">
        <p>{me.email}</p>
      </FormSection>
      <FormSection
        title="User name"
        about="Stands in your addresses. Those of the old name lead to the new one, until somebody else takes it."
      >
        <ActionForm
          action="PATCH /user"
          id="login"
          reload
          redirect="/settings/account"
          className="flex flex-col gap-4"
        >
          <FormRefusal />
          <Field name="login" label="User name">
            <Input
              required
              defaultValue={me.login}
              maxLength={39}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
          <FormActions>
            <Submit variant="secondary">Rename</Submit>
          </FormActions>
        </ActionForm>
      </FormSection>
      <FormSection title="Password" about="Changing it signs you out everywhere else.">
        <ActionForm
          action="POST /user/password"
          redirect="/settings/account?done=password"
          className="flex flex-col gap-4"
        >
          <FormRefusal />
          <input type="text" name="_username" autoComplete="username" defaultValue={me.login} hidden />
          <Field name="current_password" label="Current password">
            <Input type="password" required autoComplete="current-password" />
          </Field>
          <Field
            name="new_password"
            label="New password"
            hint="8 characters at least. Long beats complicated."
          >
            <Input type="password" required minLength={8} autoComplete="new-password" />
          </Field>
          <FormActions>
            <Submit variant="secondary">Change password</Submit>
          </FormActions>
        </ActionForm>
      </FormSection>
    </>
  );
}
