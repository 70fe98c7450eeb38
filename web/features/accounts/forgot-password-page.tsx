import { ActionForm, Submit } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { signInPath } from "../../app/site.ts";
import { Field } from "../../ui/field.tsx";
import { FormRefusal, Notice } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { Gate } from "./gate.tsx";
import type { forgotPasswordPage } from "./gate-routes.ts";

export default function ForgotPasswordPage({ search }: PageProps<typeof forgotPasswordPage>) {
  const sent = search.get("sent") !== null;
  return (
    <Gate
      title="A new password"
      about="We send a link to your e-mail address. It works once, and not for long."
      foot={
        <>
          Remembered it? <Link href={signInPath}>Sign in</Link>
        </>
      }
    >
      {sent ? (
        <Notice tone="info">
          If an account has this address, a letter is on its way to it. Where the server sends no mail, ask an
          administrator.
        </Notice>
      ) : (
        <ActionForm
          action="POST /user/password-reset"
          redirect="/forgot-password?sent"
          className="flex flex-col gap-4"
        >
          <FormRefusal />
          <Field name="email" label="E-mail address">
            <Input type="email" required autoFocus autoComplete="email" />
          </Field>
          <Submit className="w-full">Send the link</Submit>
        </ActionForm>
      )}
    </Gate>
  );
}
