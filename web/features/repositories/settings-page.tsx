import { ActionForm, Submit } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal, FormSection } from "../../ui/form.tsx";
import { Input, Select } from "../../ui/input.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { Collaborators } from "./collaborators.tsx";
import { DangerZone } from "./danger-zone.tsx";
import { MergeSettings } from "./merge-settings.tsx";
import { ProtectionRules } from "./protection-rules.tsx";
import { Teams } from "./teams.tsx";
import { UpkeepSummary } from "./upkeep-summary.tsx";
import type { repositorySettingsPage } from "./routes.ts";

export default function SettingsPage({ params, data, search }: PageProps<typeof repositorySettingsPage>) {
  const { home, refs, people, teams, rules, upkeep } = data;
  const repo = home.repository;
  const update = path`PATCH /repos/${params.owner}/${params.repo}`;
  return (
    <Content className="!max-w-[1080px]">
      <PageHead title="Settings" />
      <FormSection title="General" about="What it is called and what it is.">
        <ActionForm
          action={update}
          id="general"
          redirect="/{owner.login}/{name}/settings"
          className="flex flex-col gap-4"
        >
          <FormRefusal />
          <Field name="name" label="Name" hint="The old address leads to the new one.">
            <Input required defaultValue={repo.name} autoComplete="off" spellCheck={false} maxLength={100} />
          </Field>
          <Field name="description" label="Description">
            <Input defaultValue={repo.description ?? ""} maxLength={350} dir="auto" />
          </Field>
          <Field name="homepage" label="Website">
            <Input type="url" defaultValue={repo.homepage ?? ""} placeholder="https://" maxLength={500} />
          </Field>
          <FormActions>
            <Submit>Save</Submit>
          </FormActions>
        </ActionForm>
      </FormSection>
      <FormSection
        title="Default branch"
        about="What people see and clone first, and where pull requests go unless told otherwise."
      >
        <ActionForm action={update} id="branch" className="flex flex-col gap-4">
          <FormRefusal />
          {refs.branches.length === 0 ? (
            <Field
              name="default_branch"
              label="Branch"
              hint="Nothing was pushed yet: this is what the first branch should be called."
            >
              <Input required mono defaultValue={repo.default_branch} />
            </Field>
          ) : (
            <Field name="default_branch" label="Branch">
              <Select defaultValue={repo.default_branch}>
                {!refs.branches.includes(repo.default_branch) && <option>{repo.default_branch}</option>}
                {refs.branches.map((branch) => (
                  <option key={branch}>{branch}</option>
                ))}
              </Select>
            </Field>
          )}
          <FormActions>
            <Submit variant="secondary">Save</Submit>
          </FormActions>
        </ActionForm>
      </FormSection>
      <FormSection
        title="Template"
        about="Others begin with its files, in a repository and with a history of their own."
      >
        <ActionForm action={update} id="template" className="flex flex-col gap-4">
          <FormRefusal />
          <Checkbox
            name="is_template:boolean"
            label="This is a template"
            hint="Whoever sees it finds “Use this template” on its page."
            defaultChecked={repo.is_template}
          />
          <FormActions>
            <Submit variant="secondary">Save</Submit>
          </FormActions>
        </ActionForm>
      </FormSection>
      <FormSection title="Merging" about="How pull requests may come in. One way at least must stay.">
        <MergeSettings update={update} repo={repo} />
      </FormSection>
      <FormSection
        title="Protection"
        about="What branches and tags ask of everybody, whichever way a change comes in."
      >
        <ProtectionRules at={params} rules={rules} />
      </FormSection>
      <FormSection title="People" about="Who works here besides the owner.">
        <Collaborators at={params} people={people.items} owner={repo.owner.login} search={search} />
      </FormSection>
      {teams && (
        <FormSection title="Teams" about="What the members of a team may do here at least.">
          <Teams at={params} teams={teams} />
        </FormSection>
      )}
      <FormSection
        title="Mirrors"
        about="Copies on other servers that this repository follows, or that follow it."
      >
        <p className="text-sm text-ink-2">
          {repo.mirror_url === null ? "People push here." : <>This repository follows {repo.mirror_url}.</>}
        </p>
        <div>
          <Button href={path`/${params.owner}/${params.repo}/settings/mirrors`}>Set up mirrors</Button>
        </div>
      </FormSection>
      <FormSection title="Storage" about="Packed and checked about once a week, by itself.">
        <UpkeepSummary upkeep={upkeep} />
      </FormSection>
      <DangerZone home={home} />
    </Content>
  );
}
