import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";

/** How a new account is called: the name in addresses, and the name that people read. */
export function AccountFields() {
  return (
    <>
      <Field
        name="login"
        label="User name"
        hint="Letters, digits and hyphens. Stands in your addresses: /name/project"
      >
        <Input
          required
          autoFocus
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={39}
          pattern="[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9]))*"
          title="Letters, digits and single hyphens, none at either end"
        />
      </Field>
      <Field name="name" label="Your name" optional>
        <Input autoComplete="name" maxLength={100} />
      </Field>
    </>
  );
}
