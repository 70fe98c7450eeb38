import { ActionForm, Submit } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import { MarkdownField } from "../../app/markdown-field.tsx";
import type { PageProps } from "../../app/page.tsx";
import { signInHref } from "../../app/site.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { Columns, Content, PageHead } from "../../ui/page-frame.tsx";
import { issuesPath, repoPath } from "./at.ts";
import { useDraft } from "./draft.ts";
import type { newIssuePage } from "./routes.ts";
import { Triage } from "./triage.tsx";

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
