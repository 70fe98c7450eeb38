import { ActionForm, Submit } from "../../app/action-form.tsx";
import { Checkbox, ChoiceGroup } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Select } from "../../ui/input.tsx";
import type { RepositorySubject } from "./layout.ts";

interface Props {
  /** The operation that changes the repository. */
  readonly update: string;
  readonly repo: RepositorySubject["repository"];
}

/** How pull requests come in, and what their commits say. */
export const MergeSettings = ({ update, repo }: Props) => (
  <ActionForm action={update} id="merging" className="flex flex-col gap-5">
    <ChoiceGroup legend="Ways">
      <Checkbox
        name="allow_merge_commit:boolean"
        label="Merge commits"
        hint="Every commit stays, and a commit joins both sides."
        defaultChecked={repo.allow_merge_commit}
      />
      <Checkbox
        name="allow_squash_merge:boolean"
        label="Squashing"
        hint="All commits become one."
        defaultChecked={repo.allow_squash_merge}
      />
      <Checkbox
        name="allow_rebase_merge:boolean"
        label="Rebasing"
        hint="Every commit is set on top of the branch, without a merge."
        defaultChecked={repo.allow_rebase_merge}
      />
      <Checkbox
        name="allow_fast_forward_merge:boolean"
        label="Fast-forward"
        hint="The branch moves to the very commits that were reviewed. They must stand on top of it already."
        defaultChecked={repo.allow_fast_forward_merge}
      />
    </ChoiceGroup>
    <ChoiceGroup legend="Before and after">
      <Checkbox
        name="allow_auto_merge:boolean"
        label="Let pull requests merge by themselves"
        hint="Who may merge one can say so before it is ready; it merges once nothing stands in the way."
        defaultChecked={repo.allow_auto_merge}
      />
      <Checkbox
        name="delete_branch_on_merge:boolean"
        label="Delete branches once they are merged"
        hint="They can be brought back from the pull request."
        defaultChecked={repo.delete_branch_on_merge}
      />
    </ChoiceGroup>
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="merge_commit_title" label="Title of a merge commit">
        <Select defaultValue={repo.merge_commit_title}>
          <option value="MERGE_MESSAGE">Merge pull request #12 from …</option>
          <option value="PR_TITLE">Title of the pull request</option>
        </Select>
      </Field>
      <Field name="merge_commit_message" label="Message of a merge commit">
        <Select defaultValue={repo.merge_commit_message}>
          <option value="PR_TITLE">Title of the pull request</option>
          <option value="PR_BODY">Text of the pull request</option>
          <option value="BLANK">None</option>
        </Select>
      </Field>
      <Field name="squash_merge_commit_title" label="Title of a squashed commit">
        <Select defaultValue={repo.squash_merge_commit_title}>
          <option value="COMMIT_OR_PR_TITLE">Title of a single commit, or of the pull request</option>
          <option value="PR_TITLE">Title of the pull request</option>
        </Select>
      </Field>
      <Field name="squash_merge_commit_message" label="Message of a squashed commit">
        <Select defaultValue={repo.squash_merge_commit_message}>
          <option value="COMMIT_MESSAGES">Messages of the commits</option>
          <option value="PR_BODY">Text of the pull request</option>
          <option value="BLANK">None but the credit</option>
        </Select>
      </Field>
    </div>
    <FormRefusal />
    <FormActions>
      <Submit variant="secondary">Save</Submit>
    </FormActions>
  </ActionForm>
);
