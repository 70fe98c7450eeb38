import { UsersRound, X } from "lucide-react";
import type { webRepositoryTeams } from "../../../api/client.gen.ts";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { path } from "../../app/paths.ts";
import { Field } from "../../ui/field.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { Select } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { PermissionForm, PermissionOptions } from "./permission-form.tsx";

interface Props {
  readonly at: { readonly owner: string; readonly repo: string };
  readonly teams: NonNullable<Awaited<ReturnType<typeof webRepositoryTeams>>["data"]>;
}

/** The organization's teams that have rights here, what they may do, and a form that adds one. */
export function Teams({ at, teams }: Props) {
  const { organization, at_work: present, others } = teams;
  const operation = (slug: string) =>
    path`/orgs/${organization}/teams/${slug}/repos/${organization}/${at.repo}`;
  return (
    <>
      {present.length === 0 ? (
        <p className="text-sm text-ink-2">
          No team has rights of its own here.{" "}
          {others.length === 0 && (
            <Link href={path`/orgs/${organization}/teams`}>Teams of {organization}</Link>
          )}
        </p>
      ) : (
        <ul className="rows border-y border-line">
          {present.map((team) => (
            <li
              key={team.id}
              className="row flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-2 py-1.5"
            >
              <UsersRound aria-hidden="true" className="text-ink-3" />
              <Link
                href={path`/orgs/${organization}/teams/${team.slug}`}
                look="plain"
                className="min-w-0 font-medium [overflow-wrap:anywhere]"
              >
                {team.name}
              </Link>
              <span className="grow" />
              <PermissionForm
                action={`PUT ${operation(team.slug)}`}
                role={team.permissions.admin ? "admin" : team.permissions.push ? "write" : "read"}
                label={`What ${team.name} may do`}
              />
              <ActionButton
                action={`DELETE ${operation(team.slug)}`}
                variant="ghost"
                size="sm"
                icon={<X aria-hidden="true" />}
                aria-label={`Remove ${team.name}`}
              />
            </li>
          ))}
        </ul>
      )}
      {others[0] !== undefined && (
        <ActionForm
          action={`PUT ${operation(others[0].slug)}`}
          id="add-team"
          className="flex flex-wrap items-end gap-2"
        >
          {/* The last of the named acts counts: the one that is chosen. */}
          <Field name="_action" label="Add a team" className="grow basis-40">
            <Select>
              {others.map((team) => (
                <option key={team.id} value={`PUT ${operation(team.slug)}`}>
                  {team.name}
                </option>
              ))}
            </Select>
          </Field>
          <Field name="permission" label="What it may do">
            <Select defaultValue="push">
              <PermissionOptions />
            </Select>
          </Field>
          <Submit variant="secondary">Add</Submit>
          <div className="basis-full empty:hidden">
            <FormRefusal />
          </div>
        </ActionForm>
      )}
    </>
  );
}
