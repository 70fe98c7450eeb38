import { Trash2, Undo2 } from "lucide-react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Field } from "../../ui/field.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import type { deletedPage } from "./routes.ts";

export default function DeletedPage({ data, search }: PageProps<typeof deletedPage>) {
  const { items, links } = data.deleted;
  return (
    <>
      <PageHead
        title="Deleted repositories"
        about="They can be restored for a while, with everything in them."
      />
      {items.length === 0 ? (
        <EmptyState icon={<Trash2 aria-hidden="true" />} title="Nothing deleted">
          Repositories that you delete wait here before they are gone for good.
        </EmptyState>
      ) : (
        <ul className="rows border-y border-line">
          {items.map((repo) => (
            <li key={repo.id} className="row flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
              <div className="min-w-0 grow">
                <p className="font-medium">{repo.full_name}</p>
                <p className="text-sm text-ink-2">
                  Deleted <RelativeTime at={repo.deleted_at} />, gone for good{" "}
                  <RelativeTime at={repo.restorable_until} />
                </p>
              </div>
              <ActionForm
                action={`POST /repositories/${repo.id}/restore`}
                redirect="/{owner.login}/{name}"
                className="flex flex-wrap items-end gap-2"
              >
                <FormRefusal />
                <Field name="name" label={`New name of ${repo.name}`} bare>
                  <Input
                    small
                    defaultValue={repo.name}
                    aria-label={`Restore ${repo.full_name} as`}
                    className="!w-44"
                  />
                </Field>
                <Submit variant="secondary" size="sm" icon={<Undo2 aria-hidden="true" />}>
                  Restore
                </Submit>
              </ActionForm>
            </li>
          ))}
        </ul>
      )}
      <Pagination links={links} search={search} />
    </>
  );
}
