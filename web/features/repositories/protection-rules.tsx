import { ShieldCheck } from "lucide-react";
import type { ProtectionRule } from "../../../api/client.gen.ts";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { usePage } from "../../app/page-context.ts";
import { path } from "../../app/paths.ts";
import { Checkbox } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";

interface Props {
  readonly at: { readonly owner: string; readonly repo: string };
  readonly rules: readonly ProtectionRule[];
}

/** The rules of a repository, each to be opened and changed in place, and a form for the next one. */
export function ProtectionRules({ at, rules }: Props) {
  // Without JavaScript a form that was refused comes back with the page, and must be seen.
  const refused = usePage().form?.form;
  const here = path`/repos/${at.owner}/${at.repo}/protection-rules`;
  return (
    <>
      {rules.length === 0 ? (
        <p className="text-sm text-ink-2">
          No branch is protected: everybody with write access may push to all of them, rewrite and delete
          them.
        </p>
      ) : (
        <ul className="rows border-y border-line">
          {rules.map((rule) => (
            <li key={rule.id}>
              <details open={refused === `rule-${rule.id}`}>
                <summary className="row flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-2 py-2">
                  <ShieldCheck aria-hidden="true" className="text-ink-3" />
                  <code className="font-mono text-code font-medium">{rule.pattern}</code>
                  <span className="text-sm text-ink-2">{summary(rule)}</span>
                </summary>
                <div className="px-2 pt-2 pb-4">
                  <RuleForm
                    action={path`PATCH ${{ encoded: here }}/${rule.id}`}
                    id={`rule-${rule.id}`}
                    rule={rule}
                  />
                  <ActionButton
                    action={path`DELETE ${{ encoded: here }}/${rule.id}`}
                    variant="ghost"
                    size="sm"
                    className="mt-3"
                  >
                    Delete the rule
                  </ActionButton>
                </div>
              </details>
            </li>
          ))}
        </ul>
      )}
      <details open={refused === "rule-new"}>
        <summary className="text-sm font-medium text-accent-ink">Add a rule</summary>
        <div className="pt-3">
          <RuleForm action={`POST ${here}`} id="rule-new" rule={undefined} />
        </div>
      </details>
    </>
  );
}

/** What a rule asks for, in a few words. */
function summary(rule: ProtectionRule): string {
  const count = rule.required_reviewers;
  const parts = [
    count > 0
      ? `pull requests with ${count} ${count === 1 ? "approval" : "approvals"}`
      : rule.require_pull_request
        ? "pull requests only"
        : "",
    rule.dismiss_stale_reviews ? "new code ends approvals" : "",
    rule.require_code_owner_reviews ? "code owners approve" : "",
    rule.require_last_push_approval ? "the last push is approved" : "",
    rule.require_conversation_resolution ? "conversations are settled" : "",
    rule.require_up_to_date ? "up to date" : "",
    rule.require_status_checks ? "checks pass" : "",
    rule.allow_force_push ? "history may be rewritten" : "",
    rule.allow_deletion ? "may be deleted" : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "no rewriting, no deletion" : parts.join(", ");
}

function RuleForm(props: {
  readonly action: string;
  readonly id: string;
  readonly rule: ProtectionRule | undefined;
}) {
  const { action, id, rule } = props;
  // One field more than there are names: saved, there is another one.
  const checks = [...(rule?.required_status_checks ?? []), ""];
  return (
    <ActionForm action={action} id={id} className="flex flex-col gap-4">
      <FormRefusal />
      <Field
        name="pattern"
        label="Branches"
        hint="A name or a pattern: * stands for any text without a slash, ** for any text. refs/tags/v* protects tags. Of several rules the most specific holds."
      >
        <Input
          required
          mono
          maxLength={250}
          defaultValue={rule?.pattern ?? ""}
          placeholder="main"
          spellCheck={false}
        />
      </Field>
      <Checkbox
        name="require_pull_request:boolean"
        label="Changes come in by pull request"
        hint="Nobody pushes or edits here directly, administrators included."
        defaultChecked={rule?.require_pull_request ?? false}
      />
      <Field
        name="required_reviewers:number"
        label="Approvals needed"
        hint="By people with write access, not by the author. Somebody's request for changes holds it up."
      >
        <Input
          type="number"
          className="max-w-40"
          min={0}
          max={10}
          defaultValue={rule?.required_reviewers ?? 0}
        />
      </Field>
      <Checkbox
        name="dismiss_stale_reviews:boolean"
        label="New code ends approvals"
        hint="A push that makes the change another one dismisses them. A clean rebase, or the base merged in, does not."
        defaultChecked={rule?.dismiss_stale_reviews ?? false}
      />
      <Checkbox
        name="require_code_owner_reviews:boolean"
        label="Code owners must approve"
        hint="Of each changed file one of those whom the file CODEOWNERS of this branch names."
        defaultChecked={rule?.require_code_owner_reviews ?? false}
      />
      <Checkbox
        name="require_last_push_approval:boolean"
        label="The last push must be approved"
        hint="By somebody who did not push it: nobody gets code past a review that others gave before."
        defaultChecked={rule?.require_last_push_approval ?? false}
      />
      <Checkbox
        name="require_conversation_resolution:boolean"
        label="Conversations must be settled"
        hint="All that were begun on lines, outdated ones included."
        defaultChecked={rule?.require_conversation_resolution ?? false}
      />
      <Checkbox
        name="require_up_to_date:boolean"
        label="Pull requests must be up to date"
        hint="With all that this branch has: what was reviewed and checked is what comes in."
        defaultChecked={rule?.require_up_to_date ?? false}
      />
      <Checkbox
        name="require_status_checks:boolean"
        label="Checks must pass"
        hint="Those named below; without a name all that were reported, one at least."
        defaultChecked={rule?.require_status_checks ?? false}
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 text-sm font-medium">Names of checks</legend>
        {checks.map((check) => (
          <Input
            key={check}
            mono
            name="required_status_checks[]"
            aria-label="Name of a check"
            defaultValue={check}
            maxLength={255}
            placeholder="ci/test"
            spellCheck={false}
          />
        ))}
      </fieldset>
      <Checkbox
        name="allow_force_push:boolean"
        label="History may be rewritten"
        hint="Force pushes are let through; a tag may be moved."
        defaultChecked={rule?.allow_force_push ?? false}
      />
      <Checkbox
        name="allow_deletion:boolean"
        label="It may be deleted"
        defaultChecked={rule?.allow_deletion ?? false}
      />
      <FormActions>
        <Submit variant="secondary">{rule ? "Save" : "Add the rule"}</Submit>
      </FormActions>
    </ActionForm>
  );
}
