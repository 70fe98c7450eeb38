import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";

interface Props {
  readonly hint: string;
  /** How the API calls them: with this before their names. */
  readonly prefix?: "vcs_" | "";
}

/** As whom the other server is asked. What was typed is never shown again. */
export function CredentialFields({ hint, prefix = "" }: Props) {
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap gap-3">
        <Field name={`${prefix}username`} label="User name" optional className="min-w-44 grow basis-0">
          <Input autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={500} />
        </Field>
        <Field
          name={`${prefix}password`}
          label="Password or token"
          optional
          className="min-w-44 grow basis-0"
        >
          <Input type="password" autoComplete="new-password" maxLength={2000} />
        </Field>
      </div>
      <p className="text-sm text-ink-2">{hint}</p>
    </div>
  );
}
