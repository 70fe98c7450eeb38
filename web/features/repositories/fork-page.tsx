import { ActionForm, Submit } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Input, Select } from "../../ui/input.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import type { forkPage } from "./routes.ts";

export default function ForkPage({ params, data }: PageProps<typeof forkPage>) {
  const { viewer } = useFrame();
  const { home, organizations } = data;
  return (
    <Content narrow>
      <PageHead
        title={`Fork ${home.repository.full_name}`}
        about="A copy of your own, in which you write freely; changes come back by pull request."
      />
      <ActionForm
        action={path`POST /repos/${params.owner}/${params.repo}/forks`}
        redirect="/{owner.login}/{name}"
        className="flex flex-col gap-5"
      >
        <FormRefusal />
        {organizations.items.length > 0 && (
          <Field name="organization" label="Owner">
            {/* Nothing chosen is one's own account, which the API calls by leaving it out. */}
            <OwnerSelect mine={viewer?.login ?? ""} others={organizations.items.map(({ login }) => login)} />
          </Field>
        )}
        <Field name="name" label="Name">
          <Input
            required
            defaultValue={home.repository.name}
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
          />
        </Field>
        <FormActions>
          <Submit>Create fork</Submit>
        </FormActions>
      </ActionForm>
    </Content>
  );
}

function OwnerSelect({ mine, others }: { readonly mine: string; readonly others: readonly string[] }) {
  return (
    <Select name="organization" defaultValue={mine}>
      <option value={mine}>{mine}</option>
      {others.map((login) => (
        <option key={login} value={login}>
          {login}
        </option>
      ))}
    </Select>
  );
}
