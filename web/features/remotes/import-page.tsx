import { ActionForm, Submit } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import type { PageProps } from "../../app/page.tsx";
import { Checkbox, ChoiceGroup, Radio } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Input, Select } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { CredentialFields } from "./credential-fields.tsx";
import type { importPage } from "./routes.ts";

export default function ImportPage({ search }: PageProps<typeof importPage>) {
  const { viewer, organizations } = useFrame();
  const mine = viewer?.login ?? "";
  const asked = organizations.find(({ login }) => login === search.get("owner"))?.login ?? mine;
  return (
    <Content narrow>
      <PageHead
        title="Import a repository"
        about={
          <>
            Brings a repository from another server, with its branches, tags, history and large files. To
            begin with nothing, <Link href="/new">make a new one</Link>.
          </>
        }
      />
      <ActionForm
        action="POST /user/imports"
        id="import"
        redirect="/{repository.owner.login}/{repository.name}"
        className="flex flex-col gap-5"
      >
        <FormRefusal />
        <Field
          name="url"
          label="Address"
          hint="What you would clone, over https. Issues and pull requests stay where they are."
        >
          <Input
            required
            autoFocus
            mono
            inputMode="url"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            maxLength={2000}
            defaultValue={search.get("url") ?? ""}
            placeholder="https://git.example.org/team/project.git"
          />
        </Field>
        <CredentialFields hint="Only for a private repository. They are kept encrypted and forgotten when the import is done." />
        <div className="flex flex-wrap items-start gap-3">
          {organizations.length > 0 && (
            <Field name="owner" label="Owner" className="w-44">
              <Select defaultValue={asked}>
                <option value={mine}>{mine}</option>
                {organizations.map(({ login }) => (
                  <option key={login} value={login}>
                    {login}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          <Field
            name="name"
            label="Name"
            optional
            className="min-w-56 grow"
            hint="As in the address, unless you choose another."
          >
            <Input
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              maxLength={100}
              pattern="[A-Za-z0-9._\-]+"
            />
          </Field>
        </div>
        <ChoiceGroup legend="Who may see it">
          <Radio
            name="private:boolean"
            value="false"
            label="Public"
            hint="Anybody can read and clone it. You choose who writes."
            defaultChecked
          />
          <Radio
            name="private:boolean"
            value="true"
            label="Private"
            hint="Only those you add see that it exists."
          />
        </ChoiceGroup>
        <Checkbox
          name="mirror:boolean"
          label="Keep following it"
          hint="What changes there comes here every hour, and nobody pushes here. It can be ended at any time."
        />
        <FormActions>
          <Submit>Import</Submit>
        </FormActions>
      </ActionForm>
    </Content>
  );
}
