import { useState } from "react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Checkbox } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Select } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { NewRepositoryFields } from "./new-fields.tsx";
import type { newRepositoryPage } from "./routes.ts";

export default function NewRepositoryPage({ search }: PageProps<typeof newRepositoryPage>) {
  const { viewer, organizations } = useFrame();
  const mine = viewer?.login ?? "";
  const asked = organizations.find(({ login }) => login === search.get("owner"))?.login ?? mine;
  const [owner, setOwner] = useState(asked);
  const action = owner === mine ? "POST /user/repos" : path`POST /orgs/${owner}/repos`;
  return (
    <Content narrow>
      <PageHead
        title="New repository"
        about={
          <>
            A place for one project: its code, issues and reviews. To bring one from another server,{" "}
            <Link
              href={asked === mine ? "/new/import" : `/new/import?${new URLSearchParams({ owner: asked })}`}
            >
              import it
            </Link>
            .
          </>
        }
      />
      {organizations.length > 0 && <OwnerChoice mine={mine} owner={owner} onChange={setOwner} />}
      <ActionForm action={action} id="new" redirect="/{owner.login}/{name}" className="flex flex-col gap-5">
        <FormRefusal />
        <NewRepositoryFields />
        <Checkbox
          name="auto_init:boolean"
          label="Begin with a README"
          hint="Leave this off when you push something that exists."
        />
        <FormActions>
          <Submit>Create repository</Submit>
        </FormActions>
      </ActionForm>
    </Content>
  );
}

interface OwnerProps {
  readonly mine: string;
  readonly owner: string;
  readonly onChange: (owner: string) => void;
}

/** Whose it will be. A form of its own, so that the choice works before JavaScript does. */
function OwnerChoice({ mine, owner, onChange }: OwnerProps) {
  const { organizations } = useFrame();
  return (
    <form method="get" className="mb-5 flex items-end gap-2">
      <Field name="owner" label="Owner" className="w-56">
        <Select value={owner} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value={mine}>{mine}</option>
          {organizations.map(({ login }) => (
            <option key={login} value={login}>
              {login}
            </option>
          ))}
        </Select>
      </Field>
      <Submit variant="secondary" className="js:hidden">
        Choose
      </Submit>
    </form>
  );
}
