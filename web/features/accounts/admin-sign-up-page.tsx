import { Mail } from "lucide-react";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { Badge } from "../../ui/badge.tsx";
import { ChoiceGroup, Radio } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal, FormSection } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { policies } from "./policies.ts";
import type { adminSignUpPage } from "./admin-routes.ts";

const states = {
  pending: { tone: "warning", word: "Waiting" },
  accepted: { tone: "open", word: "Accepted" },
  expired: { tone: "neutral", word: "Expired" },
} as const;

export default function AdminSignUpPage({ data, search }: PageProps<typeof adminSignUpPage>) {
  const { settings, invitations } = data;
  return (
    <>
      <PageHead title="Signing up" />
      <FormSection
        title="Who may sign up"
        about="Holds from the moment it is saved. Accounts that exist stay."
      >
        <ActionForm action="PATCH /admin/settings" className="flex flex-col gap-4">
          <FormRefusal />
          <ChoiceGroup legend="New accounts">
            {policies.map(({ value, label, hint }) => (
              <Radio
                key={value}
                name="sign_up"
                value={value}
                label={label}
                hint={hint}
                defaultChecked={value === settings.sign_up}
              />
            ))}
          </ChoiceGroup>
          <FormActions>
            <Submit>Save</Submit>
          </FormActions>
        </ActionForm>
      </FormSection>
      <FormSection
        title="Invitations"
        about="A letter with a link that makes one account. It works for seven days."
      >
        <ActionForm action="POST /admin/invitations" className="flex flex-wrap items-end gap-2">
          <Field name="email" label="E-mail address" className="min-w-56 grow">
            <Input type="email" required autoComplete="off" />
          </Field>
          <Submit variant="secondary" icon={<Mail aria-hidden="true" />}>
            Invite
          </Submit>
          <div className="basis-full empty:hidden">
            <FormRefusal />
          </div>
        </ActionForm>
        {invitations.items.length === 0 ? (
          <p className="text-sm text-ink-2">Nobody was invited so far.</p>
        ) : (
          <ul className="rows border-y border-line">
            {invitations.items.map((one) => (
              <li key={one.id} className="row flex flex-wrap items-center gap-x-3 gap-y-1 px-2 py-2">
                <span className="min-w-0 grow basis-48">{one.email}</span>
                <Badge tone={states[one.state].tone}>{states[one.state].word}</Badge>
                <span className="text-sm text-ink-2">
                  <RelativeTime at={one.accepted_at ?? one.created_at} />
                </span>
                {one.state === "pending" && (
                  <ActionButton
                    action={`DELETE /admin/invitations/${one.id}`}
                    size="sm"
                    variant="ghost"
                    aria-label={`Withdraw the invitation of ${one.email}`}
                  >
                    Withdraw
                  </ActionButton>
                )}
              </li>
            ))}
          </ul>
        )}
        <Pagination links={invitations.links} search={search} />
      </FormSection>
    </>
  );
}
