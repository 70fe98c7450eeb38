import { ActionForm, Submit } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import type { profileSettingsPage } from "./settings-routes.ts";

export default function ProfileSettingsPage({ data: { me } }: PageProps<typeof profileSettingsPage>) {
  return (
    <>
      <PageHead
        title="Your profile"
        about={
          <>
            What others see on <Link href={`/${me.login}`}>your page</Link>.
          </>
        }
      />
      <ActionForm action="PATCH /user" className="flex max-w-prose flex-col gap-4">
        <FormRefusal />
        <Field name="name" label="Name">
          <Input defaultValue={me.name ?? ""} autoComplete="name" maxLength={100} dir="auto" />
        </Field>
        <Field name="bio" label="About you">
          <Textarea defaultValue={me.bio ?? ""} maxLength={500} rows={3} dir="auto" />
        </Field>
        <Field name="location" label="Location">
          <Input defaultValue={me.location ?? ""} maxLength={100} dir="auto" />
        </Field>
        <Field name="blog" label="Website">
          <Input defaultValue={me.blog ?? ""} inputMode="url" autoComplete="url" maxLength={255} />
        </Field>
        <FormActions>
          <Submit>Save</Submit>
        </FormActions>
      </ActionForm>
    </>
  );
}
