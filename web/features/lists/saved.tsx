import { Bookmark, Pencil } from "lucide-react";
import { asksSame } from "../../../language/query.ts";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { TabLinks } from "../../ui/tabs.tsx";
import { listHref } from "./line.ts";
import { usual } from "./usual.ts";

export interface SavedQuery {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly shared: boolean;
  readonly can: { readonly change: true | string };
}

interface Props {
  readonly list: string;
  readonly line: string;
  readonly kind: "issue" | "pr";
  readonly views: readonly SavedQuery[];
  readonly can: { readonly save: true | string; readonly share: true | string };
  /** All of the query can be meant. */
  readonly sound: boolean;
  readonly search: URLSearchParams;
  /** Where the API has the repository: `/repos/alice/demo`. */
  readonly operations: string;
}

/** The saved queries as tabs, and the way to save the one at hand. All of it are links and forms. */
export function SavedQueries(props: Props) {
  const { list, line, views, search } = props;
  // What means nothing in part is not kept.
  const can = props.sound ? props.can : { ...props.can, save: "" };
  const current = views.find((view) => asksSame(view.query, line));
  const isUsual = asksSame(line, usual);
  const editing = current?.can.change === true && search.get("edit") !== null;
  const saving = !current && can.save === true && !isUsual && search.get("save") !== null;
  if (views.length === 0 && (isUsual || can.save !== true)) return null;
  const here = (what: string) => `${list}?${new URLSearchParams({ q: line, [what]: "1" })}`;
  return (
    <div className="mb-3">
      <div className="flex items-end gap-2">
        <div className="min-w-0 grow">
          <TabLinks
            label="Saved queries"
            tabs={[
              { href: list, label: "All open", current: isUsual },
              ...views.map((view) => ({
                href: listHref(list, view.query),
                label: view.name,
                icon: view.shared ? undefined : <Bookmark aria-hidden="true" />,
                current: view === current,
              })),
              ...(current || isUsual
                ? []
                : [{ href: listHref(list, line), label: "This query", current: true }]),
            ]}
          />
        </div>
        {!current && !isUsual && can.save === true && !saving && (
          <Button size="sm" href={here("save")} icon={<Bookmark aria-hidden="true" />}>
            Save
          </Button>
        )}
        {current?.can.change === true && !editing && (
          <Button size="sm" href={here("edit")} icon={<Pencil aria-hidden="true" />}>
            Edit
          </Button>
        )}
      </div>
      {saving && <SaveForm {...props} />}
      {editing && current && <EditForm {...props} view={current} />}
    </div>
  );
}

function SaveForm({ list, line, kind, can, operations }: Props) {
  const back = listHref(list, line);
  return (
    <ActionForm
      action={`POST ${operations}/views`}
      redirect={back}
      values={{ kind, query: line }}
      className="mt-3 flex flex-col gap-3 rounded border border-line p-4"
    >
      <Field name="name" label="Name">
        <Input required maxLength={60} autoFocus placeholder="Bugs that wait for me" />
      </Field>
      <p className="text-sm text-ink-2 [overflow-wrap:anywhere]">
        Saves <code>{line}</code>
      </p>
      <Sharing can={can.share} shared={false} />
      <FormRefusal />
      <FormActions>
        <Submit>Save query</Submit>
        <Button variant="ghost" href={back}>
          Cancel
        </Button>
      </FormActions>
    </ActionForm>
  );
}

function EditForm({ list, line, can, operations, view }: Props & { readonly view: SavedQuery }) {
  const back = listHref(list, line);
  const at = `${operations}/views/${view.id}`;
  return (
    <div className="mt-3 rounded border border-line p-4">
      <ActionForm action={`PATCH ${at}`} redirect={list} className="flex flex-col gap-3">
        <Field name="name" label="Name">
          <Input required maxLength={60} defaultValue={view.name} />
        </Field>
        <Field name="query" label="Query">
          <Input required mono maxLength={1000} defaultValue={view.query} spellCheck={false} />
        </Field>
        <Sharing can={can.share} shared={view.shared} />
        <FormRefusal />
        <FormActions>
          <Submit>Change query</Submit>
          <Button variant="ghost" href={back}>
            Cancel
          </Button>
        </FormActions>
      </ActionForm>
      <div className="mt-3 flex items-center justify-between gap-3 border-t border-line pt-3 text-sm text-ink-2">
        Nothing but the query goes; what it lists stays.
        <ActionButton action={`DELETE ${at}`} redirect={list} variant="danger" size="sm">
          Delete query
        </ActionButton>
      </div>
    </div>
  );
}

const Sharing = ({ can, shared }: { readonly can: true | string; readonly shared: boolean }) => (
  <Checkbox
    name="shared:boolean"
    label="Everybody sees it"
    hint={can === true ? "Else it is for you alone." : can}
    defaultChecked={shared}
    disabled={can !== true}
  />
);
