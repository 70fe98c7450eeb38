import { X } from "lucide-react";
import type { reposListCollaborators } from "../../../api/client.gen.ts";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { path } from "../../app/paths.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Field } from "../../ui/field.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { Input, Select } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { PermissionForm, PermissionOptions } from "./permission-form.tsx";

type Person = Awaited<ReturnType<typeof reposListCollaborators>>["data"][number];

interface Props {
  readonly at: { readonly owner: string; readonly repo: string };
  readonly people: readonly Person[];
  readonly owner: string;
  /** The address's query: `add` names somebody who is about to be added. */
  readonly search: URLSearchParams;
}

/** Who has rights of their own, what they may do, and a form that adds somebody. */
export function Collaborators({ at, people, owner, search }: Props) {
  const here = path`/repos/${at.owner}/${at.repo}/collaborators`;
  const settings = path`/${at.owner}/${at.repo}/settings`;
  const login = search.get("add")?.trim() ?? "";
  return (
    <>
      <ul className="rows border-y border-line">
        {people.map((person) => (
          <li key={person.id} className="row flex flex-wrap items-center gap-x-3 gap-y-2 px-2 py-2">
            <Avatar name={person.login} src={person.avatar_url} size={24} />
            <Link href={path`/${person.login}`} look="plain" className="font-medium">
              {person.login}
            </Link>
            <span className="grow" />
            {person.login === owner ? (
              <Badge>Owner</Badge>
            ) : (
              <>
                <PermissionForm
                  action={path`PUT ${{ encoded: here }}/${person.login}`}
                  role={person.role_name}
                  label={`What ${person.login} may do`}
                />
                <ActionButton
                  action={path`DELETE ${{ encoded: here }}/${person.login}`}
                  variant="ghost"
                  size="sm"
                  icon={<X aria-hidden="true" />}
                  aria-label={`Remove ${person.login}`}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      {login === "" ? (
        <form method="get" className="flex items-end gap-2">
          <Field name="add" label="Add somebody" className="grow">
            <Input
              required
              placeholder="User name"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
          <Button type="submit">Next</Button>
        </form>
      ) : (
        <ActionForm
          action={path`PUT ${{ encoded: here }}/${login}`}
          id="add-person"
          redirect={settings}
          className="flex flex-wrap items-end gap-2"
        >
          <Field name="permission" label={<>What may {login} do?</>} className="grow">
            <Select defaultValue="push">
              <PermissionOptions />
            </Select>
          </Field>
          <Submit>Add {login}</Submit>
          <Button variant="ghost" href={settings}>
            Cancel
          </Button>
          <div className="basis-full empty:hidden">
            <FormRefusal />
          </div>
        </ActionForm>
      )}
    </>
  );
}
