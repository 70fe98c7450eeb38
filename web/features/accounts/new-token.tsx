import { useState } from "react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import { Checkbox, ChoiceGroup } from "../../ui/choice.tsx";
import { useClock } from "../../ui/clock.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal, Notice } from "../../ui/form.tsx";
import { Input, Select } from "../../ui/input.tsx";

const scopes = [
  { value: "repo:read", label: "Read repositories", hint: "Clone and read code, issues and pull requests." },
  { value: "repo:write", label: "Write to repositories", hint: "Push, comment, merge, change settings." },
  { value: "user:read", label: "Read your account", hint: "Your e-mail address, keys, organizations." },
  { value: "user:write", label: "Change your account", hint: "Your profile, keys, organizations, stars." },
] as const;

const DAY = 86_400_000;
const lifetimes = [7, 30, 90, 365] as const;

/** Makes a token. Its text is shown once, in place of the form. */
export function NewToken() {
  const { viewer } = useFrame();
  const { now } = useClock();
  const [made, setMade] = useState<{ readonly name: string; readonly token: string }>();
  if (made) return <Made {...made} onDone={() => setMade(undefined)} />;
  const until = (days: number) =>
    new Date(Math.floor(now / DAY) * DAY + (days + 1) * DAY - 1000).toISOString();
  return (
    <details className="rounded-lg border border-line" open>
      <summary className="cursor-pointer px-4 py-3 font-semibold">New token</summary>
      <ActionForm
        action="POST /user/tokens"
        onDone={(answer) => {
          setMade(answer as { name: string; token: string });
          return false;
        }}
        className="flex flex-col gap-4 border-t border-line p-4 [&>*]:max-w-prose"
      >
        <noscript>
          <Notice tone="warning">
            The text of a new token can only be shown with JavaScript. Without it, an administrator makes one
            on the server: wit admin token create.
          </Notice>
        </noscript>
        <FormRefusal />
        <Field name="name" label="What is it for?">
          <Input required maxLength={100} placeholder="Backup script" />
        </Field>
        <ChoiceGroup legend="What may it do?">
          {scopes.map(({ value, label, hint }) => (
            <Checkbox
              key={value}
              name="scopes[]"
              value={value}
              label={label}
              hint={hint}
              defaultChecked={value.startsWith("repo:")}
            />
          ))}
          {viewer?.site_admin && (
            <Checkbox
              name="scopes[]"
              value="admin"
              label="Administer this server"
              hint="Users, sign-up, invitations."
            />
          )}
        </ChoiceGroup>
        <Field name="expires_at:string?" label="How long does it live?">
          <Select defaultValue={until(90)}>
            {lifetimes.map((days) => (
              <option key={days} value={until(days)}>
                {days === 365 ? "A year" : `${days} days`}
              </option>
            ))}
            <option value="">Until it is revoked</option>
          </Select>
        </Field>
        <FormActions>
          <Submit>Create token</Submit>
        </FormActions>
      </ActionForm>
    </details>
  );
}

function Made({
  name,
  token,
  onDone,
}: {
  readonly name: string;
  readonly token: string;
  readonly onDone: () => void;
}) {
  return (
    <div role="status" className="rounded-lg border border-open bg-open-soft p-4">
      <p className="font-medium">{name}: copy it now. It is not shown again.</p>
      <div className="mt-2 flex items-center gap-1">
        <input
          readOnly
          aria-label="The token"
          className="control mono"
          value={token}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={token} label="Copy token" />
      </div>
      <button type="button" className="mt-3 text-sm font-medium text-accent-ink underline" onClick={onDone}>
        Make another
      </button>
    </div>
  );
}
