import { Pencil, Plus, Tag, Trash2 } from "lucide-react";
import type { Label } from "../../../api/client.gen.ts";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { LabelChip } from "../../ui/label-chip.tsx";
import { List } from "../../ui/list.tsx";
import { Content, PageHead, Panel } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { labelledHref } from "../lists/usual.ts";
import { freeColour } from "./colours.ts";
import { LabelForm } from "./label-form.tsx";
import type { labelsPage } from "./routes.ts";

export default function LabelsPage({ params, search, data }: PageProps<typeof labelsPage>) {
  const { owner, repo } = params;
  const here = path`/${owner}/${repo}/labels`;
  const list = path`/${owner}/${repo}/issues`;
  const operations = path`/repos/${owner}/${repo}/labels`;
  const { write } = data.home.can;
  const writes = write === true;
  const adding = writes && search.get("new") !== null;
  const { items } = data.labels;
  return (
    <Content>
      <PageHead
        title="Labels"
        about="What issues and pull requests are about."
        acts={
          !adding && (
            <Button
              variant="primary"
              icon={<Plus aria-hidden="true" />}
              href={`${here}?new=1`}
              reason={writes ? undefined : write}
            >
              New label
            </Button>
          )
        }
      />
      {adding && (
        <div className="mb-6 rounded-lg border border-line bg-sunken p-4">
          <LabelForm
            action={`POST ${operations}`}
            id="new"
            back={here}
            colour={freeColour(items.map((label) => label.color))}
          />
        </div>
      )}
      <Panel
        head={
          <span className="font-medium">
            {items.length} {items.length === 1 ? "label" : "labels"}
            {data.labels.links.next === undefined ? "" : " on this page"}
          </span>
        }
      >
        {items.length === 0 ? (
          <EmptyState icon={<Tag aria-hidden="true" />} title="No labels">
            A label is a word and a colour, such as “bug”. Make one and put it on issues.
          </EmptyState>
        ) : (
          <List label="Labels">
            {items.map((label) => (
              <LabelRow
                key={label.id}
                label={label}
                here={here}
                issues={labelledHref(list, label.name)}
                operation={`${operations}/${encodeURIComponent(label.name)}`}
                doing={
                  !writes
                    ? undefined
                    : search.get("edit") === label.name
                      ? "edit"
                      : search.get("delete") === label.name
                        ? "delete"
                        : "look"
                }
              />
            ))}
          </List>
        )}
      </Panel>
      <Pagination links={data.labels.links} search={search} />
    </Content>
  );
}

interface RowProps {
  readonly label: Label;
  readonly here: string;
  readonly issues: string;
  readonly operation: string;
  /** What the address asks of this label; nothing for those who cannot change it. */
  readonly doing: "look" | "edit" | "delete" | undefined;
}

function LabelRow({ label, here, issues, operation, doing }: RowProps) {
  const ask = (name: "edit" | "delete") => `${here}?${new URLSearchParams({ [name]: label.name })}`;
  if (doing === "edit") {
    return (
      <li className="row px-3 py-4">
        <LabelForm
          action={`PATCH ${operation}`}
          id={`label-${label.id}`}
          back={here}
          label={label}
          colour={label.color}
        />
      </li>
    );
  }
  return (
    <li data-row="" className="row flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
      <div className="w-56 max-w-full">
        <LabelChip {...label} description={undefined} href={issues} />
      </div>
      <p dir="auto" className="min-w-0 grow basis-0 text-sm text-ink-2 max-sm:order-last max-sm:basis-full">
        {label.description}
      </p>
      {doing === "look" && (
        <span className="flex gap-0.5 max-sm:ml-auto">
          <IconButton
            label={`Change ${label.name}`}
            size="sm"
            icon={<Pencil aria-hidden="true" className="size-3.5" />}
            href={ask("edit")}
          />
          <IconButton
            label={`Delete ${label.name}`}
            size="sm"
            icon={<Trash2 aria-hidden="true" className="size-3.5" />}
            href={ask("delete")}
          />
        </span>
      )}
      {doing === "delete" && (
        <ActionForm
          action={`DELETE ${operation}`}
          redirect={here}
          className="flex basis-full flex-wrap items-center gap-2 pt-1"
        >
          <span className="mr-auto text-sm">
            Delete “{label.name}”, also from everything that carries it?
          </span>
          <FormRefusal />
          <Submit variant="danger" size="sm">
            Delete
          </Submit>
          <Button size="sm" href={here}>
            Keep
          </Button>
        </ActionForm>
      )}
    </li>
  );
}
