import { Lock, Pencil, Plus } from "lucide-react";
import { useRouter } from "@tanstack/react-router";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { visit } from "../../app/navigation.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { IssuePageData } from "./at.ts";
import { PersonName } from "./person-link.tsx";
import { stateOf } from "./state.ts";
import { TitleText } from "./title-text.tsx";

interface Props {
  readonly data: IssuePageData;
  readonly list: string;
  readonly here: string;
  readonly operations: string;
  /** `?edit=title` in the address. */
  readonly editing: boolean;
}

/** The title of an issue, changed where it stands, its state, and who opened it. */
export function IssueHead({ data: { issue, can }, list, here, operations, editing }: Props) {
  const router = useRouter();
  const edit = `${here}?edit=title`;
  useShortcut({
    keys: "e",
    label: "Change the title",
    group: "This page",
    run: () => visit(router, edit),
    enabled: can.edit === true,
  });
  return (
    <header className="mb-5 border-b border-line pb-4">
      {editing && can.edit === true ? (
        <ActionForm
          action={`PATCH ${operations}`}
          redirect={here}
          id="title"
          className="flex flex-wrap items-start gap-2"
          onKeyDown={(event) => {
            if (event.key === "Escape") visit(router, here);
          }}
        >
          <h1 className="sr-only">{issue.title}</h1>
          <Field name="title" label="Title" bare className="grow basis-72">
            <Input
              required
              autoFocus
              maxLength={256}
              dir="auto"
              defaultValue={issue.title}
              autoComplete="off"
            />
          </Field>
          <Submit>Save</Submit>
          <Button variant="ghost" href={here}>
            Cancel
          </Button>
          <FormRefusal />
        </ActionForm>
      ) : (
        <div className="flex flex-wrap items-start gap-x-4 gap-y-2 sm:flex-nowrap">
          <h1 dir="auto" className="min-w-0 grow basis-full text-xl tracking-[-0.01em] sm:basis-0">
            <TitleText title={issue.title} />{" "}
            <span dir="ltr" className="inline-block font-normal text-ink-3">
              #{issue.number}
            </span>
          </h1>
          <div className="flex shrink-0 gap-2">
            {can.edit === true && (
              <Button size="sm" icon={<Pencil aria-hidden="true" />} href={edit} keys="e">
                Edit title
              </Button>
            )}
            <Button size="sm" icon={<Plus aria-hidden="true" />} href={`${list}/new`}>
              New issue
            </Button>
          </div>
        </div>
      )}
      <div className="mt-2.5 flex flex-wrap items-center gap-x-2.5 gap-y-1.5 text-sm text-ink-2">
        <StateBadge state={stateOf(issue)} />
        {issue.locked && (
          <Badge icon={<Lock aria-hidden="true" />}>
            Locked{issue.active_lock_reason ? `: ${issue.active_lock_reason}` : ""}
          </Badge>
        )}
        <span>
          <PersonName login={issue.user?.login ?? "ghost"} /> opened this{" "}
          <RelativeTime at={issue.created_at} /> · {issue.comments}{" "}
          {issue.comments === 1 ? "comment" : "comments"}
        </span>
      </div>
    </header>
  );
}
