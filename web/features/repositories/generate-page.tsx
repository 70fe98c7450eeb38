import { ActionForm, Submit } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Checkbox } from "../../ui/choice.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Select } from "../../ui/input.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { NewRepositoryFields } from "./new-fields.tsx";
import type { generatePage } from "./routes.ts";

export default function GeneratePage({ params, data }: PageProps<typeof generatePage>) {
  const { viewer } = useFrame();
  const { home, organizations } = data;
  const template = home.repository;
  if (!template.is_template)
    return (
      <Content narrow>
        <EmptyState title="Not a template">
          Its admins can make {template.full_name} a template in its settings.
        </EmptyState>
      </Content>
    );
  return (
    <Content narrow>
      <PageHead
        title="New repository"
        about={`Begins with the files of ${template.full_name}, and with a history of its own.`}
      />
      <ActionForm
        action={path`POST /repos/${params.owner}/${params.repo}/generate`}
        redirect="/{owner.login}/{name}"
        className="flex flex-col gap-5"
      >
        <FormRefusal />
        {organizations.items.length > 0 && (
          <Field name="owner" label="Owner">
            <Select defaultValue={viewer?.login ?? ""}>
              {[viewer?.login ?? "", ...organizations.items.map(({ login }) => login)].map((login) => (
                <option key={login} value={login}>
                  {login}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <NewRepositoryFields asPrivate={template.private} />
        {home.branches > 1 && (
          <Checkbox
            name="include_all_branches:boolean"
            label={`All ${home.branches} branches`}
            hint={`Otherwise ${template.default_branch} alone.`}
          />
        )}
        <FormActions>
          <Submit>Create repository</Submit>
        </FormActions>
      </ActionForm>
    </Content>
  );
}
