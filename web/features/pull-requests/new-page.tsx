import { ActionForm, Submit } from "../../app/action-form.tsx";
import { MarkdownField } from "../../app/markdown-field.tsx";
import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal, Notice } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { Columns, Content, PageHead } from "../../ui/page-frame.tsx";
import { DiffBar } from "../diff/diff-bar.tsx";
import { diffModeOf, withParams } from "../diff/diff-query.ts";
import { Diff } from "../diff/diff.tsx";
import { Triage } from "../issues/triage.tsx";
import { ChooseBranches } from "./choose-branches.tsx";
import { CommitList } from "./commit-list.tsx";
import { apiOf, pullHref, type At } from "./hrefs.ts";
import type { NewPullData } from "./queries.ts";
import type { newPullPage } from "./routes.ts";

export default function NewPullPage({ params, search, data }: PageProps<typeof newPullPage>) {
  const { opening, comparison, found } = data;
  const at = { owner: params.owner, repo: params.repo };
  const { diff, commits } = comparison;
  const head = opening.head.repository;
  const from = headName(opening);
  return (
    <Content wide className="!max-w-[1440px]">
      <PageHead title="New pull request" />
      <ChooseBranches
        key={params.rest}
        at={at}
        branches={found.branches.map((branch) => branch.name)}
        base={opening.base}
        head={from}
      />
      <div className="max-w-page">
        {opening.existing ? (
          <Notice tone="info">
            The two branches have a pull request already:{" "}
            <a className="font-medium underline" href={pullHref(at, opening.existing.number)}>
              {opening.existing.title} #{opening.existing.number}
            </a>
          </Notice>
        ) : opening.can.open === true ? (
          <OpenForm
            key={`${params.rest} ${search.get("template") ?? ""}`}
            at={at}
            opening={opening}
            from={from}
            search={search}
          />
        ) : (
          <Notice tone="warning">{opening.can.open}.</Notice>
        )}
      </div>
      <h2 className="mt-8 mb-2 text-lg">
        {comparison.total_commits === 1 ? "1 commit" : `${comparison.total_commits} commits`}
      </h2>
      <CommitList at={{ owner: head.owner.login, repo: head.name }} checksAt={at} commits={commits} />
      {diff && (
        <>
          <h2 className="mt-8 text-lg">What changes</h2>
          <DiffBar diff={diff} search={search} />
          <Diff
            files={diff.files}
            repository={head.full_name}
            head={comparison.head.commit}
            base={comparison.base.commit}
            mode={diffModeOf(search)}
            fileHref={(file) => withParams(search, { file })}
          />
        </>
      )}
    </Content>
  );
}

/** The source as the API names it: `branch`, or `owner:branch` of a fork. */
const headName = ({ head, repository }: NewPullData): string =>
  head.repository.id === repository.id ? head.branch : `${head.repository.owner.login}:${head.branch}`;

function OpenForm({
  at,
  opening,
  from,
  search,
}: {
  readonly at: At;
  readonly opening: NewPullData;
  readonly from: string;
  readonly search: URLSearchParams;
}) {
  const isFork = opening.head.repository.id !== opening.repository.id;
  return (
    <ActionForm
      id="open"
      action={`POST ${apiOf(at)}/pulls`}
      redirect={`/${encodeURIComponent(at.owner)}/${encodeURIComponent(at.repo)}/pull/{number}`}
      values={{
        head: from,
        base: opening.base,
        ...(isFork ? { head_repo: opening.head.repository.full_name } : {}),
      }}
    >
      <Columns
        side={
          opening.can.triage === true ? (
            <Triage {...opening.choices} />
          ) : (
            <p className="text-sm text-ink-2">
              Labels, assignee and milestone are set by those who have write access.
            </p>
          )
        }
      >
        <div className="flex flex-col gap-3">
          <Field name="title" label="Title">
            <Input
              required
              maxLength={256}
              dir="auto"
              defaultValue={search.get("title") ?? opening.suggestion.title}
              autoComplete="off"
              className="!text-lg"
            />
          </Field>
          <Templates templates={opening.templates} search={search} />
          <MarkdownField
            name="body"
            label="What it does, and why"
            bare
            context={`${at.owner}/${at.repo}`}
            defaultValue={search.get("body") ?? opening.suggestion.body}
            rows={8}
            placeholder="What it does, and why. “Closes #12” closes the issue when this is merged."
          />
          <Checkbox
            name="draft:boolean"
            label="Still a draft"
            hint="It cannot be merged until it is ready for review."
          />
          {isFork && (
            <Checkbox
              name="maintainer_can_modify:boolean"
              label="People who can write here may push to the branch"
              defaultChecked
            />
          )}
          <FormRefusal />
          <FormActions>
            <Submit>Open pull request</Submit>
            <Button
              variant="ghost"
              href={`/${encodeURIComponent(at.owner)}/${encodeURIComponent(at.repo)}/pulls`}
            >
              Cancel
            </Button>
          </FormActions>
        </div>
      </Columns>
    </ActionForm>
  );
}

/** Which text to begin with, where the repository has several. */
function Templates({
  templates,
  search,
}: {
  readonly templates: NewPullData["templates"];
  readonly search: URLSearchParams;
}) {
  if (templates.length < 2) return null;
  return (
    <nav aria-label="Templates" className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-sm">
      <span className="text-ink-3">Begin with</span>
      {templates.map(({ name, chosen, isDefault }) => (
        <a
          key={name}
          href={withParams(search, { template: name })}
          aria-current={chosen ? "true" : undefined}
          className={
            chosen
              ? "rounded-sm bg-accent-soft px-1.5 py-0.5 font-medium text-accent-ink"
              : "rounded-sm px-1.5 py-0.5 text-ink-2 hover:bg-hover hover:text-ink"
          }
        >
          {isDefault ? "the usual" : name.replace(/\.[a-z]+$/i, "").replaceAll(/[-_]+/g, " ")}
        </a>
      ))}
    </nav>
  );
}
