import { ActionForm, Submit } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal, FormSection } from "../../ui/form.tsx";
import { Input, Select } from "../../ui/input.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import { NameTyped } from "../repositories/danger-zone.tsx";
import type { organizationSettingsPage } from "./routes.ts";

export default function OrganizationSettingsPage({ data }: PageProps<typeof organizationSettingsPage>) {
  const { organization } = data;
  const { login } = organization;
  const update = path`PATCH /orgs/${login}`;
  return (
    <>
      <PageHead title="Settings" />
      <FormSection title="Profile" about="What everybody sees.">
        <ActionForm action={update} id="profile" className="flex flex-col gap-4">
          <FormRefusal />
          <Field name="name" label="Display name">
            <Input
              defaultValue={organization.name === login ? "" : organization.name}
              maxLength={100}
              dir="auto"
            />
          </Field>
          <Field name="description" label="What it is about">
            <Input defaultValue={organization.description ?? ""} maxLength={300} dir="auto" />
          </Field>
          <Field name="location" label="Location">
            <Input defaultValue={organization.location ?? ""} maxLength={100} dir="auto" />
          </Field>
          <Field name="blog" label="Website">
            <Input defaultValue={organization.blog ?? ""} inputMode="url" maxLength={255} />
          </Field>
          <FormActions>
            <Submit>Save</Submit>
          </FormActions>
        </ActionForm>
      </FormSection>
      <FormSection
        title="Members"
        about="What every member may do in all repositories. Teams and invitations to one give more. For owners."
      >
        <ActionForm action={update} id="members" className="flex flex-col gap-4">
          <FormRefusal />
          <Field name="default_repository_permission" label="Base permission">
            <Select defaultValue={organization.default_repository_permission}>
              <option value="none">Nothing in private ones: teams decide</option>
              <option value="read">Read</option>
              <option value="write">Write</option>
              <option value="admin">Administer</option>
            </Select>
          </Field>
          <FormActions>
            <Submit variant="secondary">Save</Submit>
          </FormActions>
        </ActionForm>
      </FormSection>
      <FormSection
        title="Name in addresses"
        about="The old addresses lead to the new ones, until somebody else takes the name. For owners."
      >
        <ActionForm
          action={update}
          id="login"
          redirect="/orgs/{login}/settings"
          className="flex flex-col gap-4"
        >
          <FormRefusal />
          <Field name="login" label="Name">
            <Input
              required
              defaultValue={login}
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
      <FormSection
        title="Delete"
        danger
        about="Only an organization without repositories can be deleted. For owners."
      >
        <ActionForm
          action={path`DELETE /orgs/${login}`}
          id="delete"
          redirect="/"
          reload
          className="flex flex-col items-start gap-3"
        >
          <FormRefusal />
          <NameTyped name={login} />
          <Submit variant="danger">Delete this organization</Submit>
        </ActionForm>
      </FormSection>
    </>
  );
}
