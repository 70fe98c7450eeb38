import { Search, Users } from "lucide-react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Field } from "../../ui/field.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { Input, Select } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { List } from "../../ui/list.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import type { adminUsersPage } from "./admin-routes.ts";

type User = PageProps<typeof adminUsersPage>["data"]["users"]["items"][number];

export default function AdminUsersPage({ data: { users }, search }: PageProps<typeof adminUsersPage>) {
  return (
    <>
      <PageHead title="Users" />
      <Filter search={search} />
      {users.items.length === 0 ? (
        <EmptyState
          icon={<Users aria-hidden="true" />}
          title="Nobody found"
          action={<Button href="/admin/users">Show all</Button>}
        >
          No account fits what you look for.
        </EmptyState>
      ) : (
        <List label="Users" className="border-y border-line">
          {users.items.map((user) => (
            <UserRow key={user.id} user={user} />
          ))}
        </List>
      )}
      <Pagination links={users.links} search={search} />
    </>
  );
}

function Filter({ search }: { readonly search: URLSearchParams }) {
  const submit = (event: React.ChangeEvent<HTMLSelectElement>) => event.currentTarget.form?.requestSubmit();
  return (
    <form method="get" role="search" aria-label="Find users" className="mb-3 flex flex-wrap gap-2">
      <div className="relative min-w-48 grow">
        <Search aria-hidden="true" className="absolute top-2 left-2.5 text-ink-3" />
        <Input
          type="search"
          name="q"
          aria-label="Name or e-mail address"
          placeholder="Name or e-mail address…"
          defaultValue={search.get("q") ?? ""}
          className="pl-8"
        />
      </div>
      <Select
        name="role"
        aria-label="Role"
        defaultValue={search.get("role") ?? ""}
        onChange={submit}
        className="!w-auto"
      >
        <option value="">Any role</option>
        <option value="user">Users</option>
        <option value="admin">Administrators</option>
        <option value="superadmin">Superadmins</option>
      </Select>
      <Select
        name="suspended"
        aria-label="Standing"
        defaultValue={search.get("suspended") ?? ""}
        onChange={submit}
        className="!w-auto"
      >
        <option value="">Any standing</option>
        <option value="false">Active</option>
        <option value="true">Suspended</option>
      </Select>
      <Button type="submit" className="js:sr-only">
        Search
      </Button>
    </form>
  );
}

function UserRow({ user }: { readonly user: User }) {
  const { viewer } = useFrame();
  const action = path`PATCH /admin/users/${user.login}`;
  return (
    <li data-row="" className="row px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Avatar name={user.login} src={user.avatar_url} size={28} />
        <div className="min-w-0 grow basis-48">
          <p className="flex flex-wrap items-center gap-2">
            <Link href={path`/${user.login}`} look="plain" data-row-link="" className="font-medium">
              {user.login}
            </Link>
            <span className="text-ink-2" dir="auto">
              {user.name}
            </span>
            {user.role !== "user" && (
              <Badge tone="accent">{user.role === "admin" ? "Administrator" : "Superadmin"}</Badge>
            )}
            {user.suspended && <Badge tone="closed">Suspended</Badge>}
          </p>
          <p className="text-sm text-ink-2">
            {user.email} · joined <RelativeTime at={user.created_at} />
          </p>
          {user.suspended && (
            <p className="mt-0.5 text-sm text-ink-2">
              Suspended {user.suspended_at && <RelativeTime at={user.suspended_at} />}
              {user.suspended_reason && <>: {user.suspended_reason}</>}
            </p>
          )}
        </div>
        {user.login !== viewer?.login && (
          <details className="text-sm">
            <summary className="cursor-pointer text-ink-2 hover:text-ink">Change</summary>
            <div className="mt-3 flex w-72 max-w-full flex-col gap-4">
              <ActionForm action={action} id={`role-${user.id}`} className="flex flex-wrap items-end gap-2">
                <Field name="role" label="Role" className="grow">
                  <Select small defaultValue={user.role}>
                    <option value="user">User</option>
                    <option value="admin">Administrator</option>
                    <option value="superadmin">Superadmin</option>
                  </Select>
                </Field>
                <Submit size="sm" variant="secondary">
                  Save
                </Submit>
                <div className="basis-full empty:hidden">
                  <FormRefusal />
                </div>
              </ActionForm>
              <ActionForm
                action={action}
                id={`standing-${user.id}`}
                values={{ suspended: !user.suspended }}
                className="flex flex-wrap items-end gap-2"
              >
                {!user.suspended && (
                  <Field name="reason" label="Reason" hint="The person is told." className="grow">
                    <Input small maxLength={500} />
                  </Field>
                )}
                <Submit size="sm" variant={user.suspended ? "secondary" : "danger"}>
                  {user.suspended ? "Restore" : "Suspend"}
                </Submit>
                <div className="basis-full empty:hidden">
                  <FormRefusal />
                </div>
              </ActionForm>
            </div>
          </details>
        )}
      </div>
    </li>
  );
}
