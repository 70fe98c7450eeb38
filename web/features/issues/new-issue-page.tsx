import { useState } from "react";
import { Settings2 } from "lucide-react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import { MarkdownField } from "../../app/markdown-field.tsx";
import type { PageProps } from "../../app/page.tsx";
import { signInHref } from "../../app/site.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input, Select } from "../../ui/input.tsx";
import { LabelChip } from "../../ui/label-chip.tsx";
import { Columns, Content, PageHead, Property } from "../../ui/page-frame.tsx";
import { Picker } from "../../ui/picker.tsx";
import { issuesPath, repoPath, type Choices } from "./at.ts";
import { useDraft } from "./draft.ts";
import { LabelDot } from "./label-dot.tsx";
import type { newIssuePage } from "./routes.ts";

export default function NewIssuePage({ params, search, data: { draft } }: PageProps<typeof newIssuePage>) {
  const { viewer } = useFrame();
  const list = issuesPath(params);
  const { around, forget } = useDraft(`${list}/new`);
  const { open, triage } = draft.can;
  if (open !== true) {
    return (
      <Content>
        <EmptyState
          title="No new issue from here"
          action={
            viewer ? (
              <Button href={list}>Back to the issues</Button>
            ) : (
              <Button variant="primary" href={signInHref(`${list}/new`)}>
                Sign in
              </Button>
            )
          }
        >
          {open}.
        </EmptyState>
      </Content>
    );
  }
  return (
    <Content>
      <PageHead title="New issue" />
      <ActionForm
        action={`POST /repos/${repoPath(params)}/issues`}
        redirect={`${list}/{number}`}
        onDone={forget}
      >
        <Columns
          side={
            triage === true ? (
              <Triage {...draft.choices} />
            ) : (
              <p className="text-sm text-ink-2">
                Labels, assignee and milestone are set by those who have write access.
              </p>
            )
          }
        >
          <div ref={around} className="flex flex-col gap-4">
            <Field name="title" label="Title">
              <Input
                required
                autoFocus
                maxLength={256}
                dir="auto"
                defaultValue={search.get("title") ?? undefined}
                autoComplete="off"
              />
            </Field>
            <div className="[&_textarea]:min-h-56">
              <MarkdownField
                name="body"
                label="Description"
                bare
                context={repoPath(params)}
                rows={10}
                placeholder="What happened, and what did you expect?"
                defaultValue={search.get("body") ?? undefined}
              />
            </div>
            <FormRefusal />
            <FormActions>
              <Submit>Open issue</Submit>
              <Button variant="ghost" href={list}>
                Cancel
              </Button>
            </FormActions>
          </div>
        </Columns>
      </ActionForm>
    </Content>
  );
}

/** What writers say about a new issue besides its text. */
function Triage({ labels, assignees, milestones }: Choices) {
  return (
    <>
      <Property name="Assignee">
        <Field name="assignees[]" label="Assignee" bare>
          <Select small defaultValue="">
            <option value="">Nobody</option>
            {assignees.map((person) => (
              <option key={person.login}>{person.login}</option>
            ))}
          </Select>
        </Field>
      </Property>
      <NewLabels labels={labels} />
      <Property name="Milestone">
        <Field name="milestone:number?" label="Milestone" bare>
          <Select small defaultValue="">
            <option value="">None</option>
            {milestones.map(({ number, title }) => (
              <option key={number} value={number}>
                {title}
              </option>
            ))}
          </Select>
        </Field>
      </Property>
    </>
  );
}

function NewLabels({ labels }: Pick<Choices, "labels">) {
  const [picked, setPicked] = useState<readonly string[]>([]);
  return (
    <Property
      name="Labels"
      edit={
        <span className="js-only">
          <Picker
            label="Labels"
            multiple
            align="end"
            items={labels.map((label) => ({
              value: label.name,
              label: label.name,
              hint: label.description ?? undefined,
              icon: <LabelDot color={label.color} />,
            }))}
            selected={picked}
            onChange={setPicked}
          >
            <IconButton label="Choose labels" size="sm" icon={<Settings2 aria-hidden="true" />} />
          </Picker>
        </span>
      }
    >
      <div className="hidden flex-wrap gap-1 js:flex">
        {picked.length === 0 && <span className="text-ink-3">None</span>}
        {labels
          .filter((label) => picked.includes(label.name))
          .map((label) => (
            <span key={label.name}>
              <input type="hidden" name="labels[]" value={label.name} />
              <LabelChip {...label} />
            </span>
          ))}
      </div>
      <div className="flex flex-col gap-1.5 js:hidden">
        {labels.map((label) => (
          <Checkbox key={label.name} name="labels[]" value={label.name} label={<LabelChip {...label} />} />
        ))}
      </div>
    </Property>
  );
}
