import { Lock, X } from "lucide-react";
import type { Repository, teamsListReposInOrg } from "../../../api/client.gen.ts";
import { ActionButton } from "../../app/action-form.tsx";
import { path } from "../../app/paths.ts";
import { Badge } from "../../ui/badge.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { Pagination, type Links } from "../../ui/pagination.tsx";
import { PermissionForm, PermissionOptions, permissionWord } from "../repositories/permission-form.tsx";
import { Choose } from "./choose.tsx";

type Work = Awaited<ReturnType<typeof teamsListReposInOrg>>["data"][number];

interface Props {
  readonly org: string;
  readonly repositories: { readonly items: readonly Work[]; readonly links: Links };
  /** The organization's, to choose from. */
  readonly all: { readonly items: readonly Repository[]; readonly links: Links };
  readonly operation: string;
  readonly here: string;
  readonly search: URLSearchParams;
  readonly manages: boolean;
}

/** Where a team has rights and which; those who administer the repositories change and end them. */
export function TeamRepositories({ org, repositories, all, operation, here, search, manages }: Props) {
  const present = new Set(repositories.items.map(({ name }) => name));
  const whole =
    all.links.next === undefined && repositories.links.next === undefined && !search.has("repositories");
  const at = (name: string) => `${operation}/repos/${encodeURIComponent(org)}/${encodeURIComponent(name)}`;
  return (
    <>
      {repositories.items.length === 0 ? (
        <p className="text-sm text-ink-2">
          It has no rights of its own{manages && all.items.length > 0 ? " yet. Give it some:" : "."}
        </p>
      ) : (
        <ul className="rows border-y border-line">
          {repositories.items.map((repo) => (
            <li
              key={repo.id}
              className="row flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-2 py-1.5"
            >
              <Link
                href={path`/${org}/${repo.name}`}
                look="plain"
                className="min-w-0 font-medium [overflow-wrap:anywhere]"
              >
                {repo.name}
              </Link>
              {repo.private && <Badge icon={<Lock aria-hidden="true" />}>Private</Badge>}
              <span className="grow" />
              {manages ? (
                <>
                  <PermissionForm
                    action={`PUT ${at(repo.name)}`}
                    role={repo.role_name}
                    label={`What the team may do in ${repo.name}`}
                  />
                  <ActionButton
                    action={`DELETE ${at(repo.name)}`}
                    variant="ghost"
                    size="sm"
                    icon={<X aria-hidden="true" />}
                    aria-label={`Remove ${repo.name}`}
                  />
                </>
              ) : (
                <Badge>{permissionWord(repo.role_name)}</Badge>
              )}
            </li>
          ))}
        </ul>
      )}
      <Pagination
        links={repositories.links}
        search={search}
        label="Pages of repositories"
        parameter="repositories"
      />
      {manages && all.items.length > 0 && (
        <Choose
          id="add-repository"
          label="Add a repository"
          placeholder="Name"
          choices={whole ? all.items.map(({ name }) => name).filter((name) => !present.has(name)) : undefined}
          actionFor={(name) => `PUT ${at(name)}`}
          parameter="add-repository"
          search={search}
          here={here}
        >
          <Field name="permission" label="What it may do">
            <Select defaultValue="push">
              <PermissionOptions />
            </Select>
          </Field>
        </Choose>
      )}
    </>
  );
}
