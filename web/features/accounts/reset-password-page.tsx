import { ActionForm, Submit } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { signInPath } from "../../app/site.ts";
import { Field } from "../../ui/field.tsx";
import { FormRefusal, Notice } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { Gate } from "./gate.tsx";
import type { resetPasswordPage } from "./gate-routes.ts";

export default function ResetPasswordPage({ search }: PageProps<typeof resetPasswordPage>) {
  const token = search.get("token") ?? "";
  const again = <Link href="/forgot-password">Ask for another link</Link>;
  if (token === "") {
    return (
      <Gate title="A new password" foot={again}>
        <Notice tone="warning">This address lacks the token of a letter. Follow the whole link.</Notice>
      </Gate>
    );
  }
  return (
    <Gate title="A new password" about="You are signed out everywhere when it is set." foot={again}>
      <ActionForm
        action="POST /user/password-reset/confirm"
        redirect={`${signInPath}?done=password`}
        values={{ token }}
        reload
        className="flex flex-col gap-4"
      >
        <FormRefusal hidden="token" />
        <Field name="password" label="New password" hint="8 characters at least. Long beats complicated.">
          <Input type="password" required autoFocus autoComplete="new-password" minLength={8} />
        </Field>
        <Submit className="w-full">Set password</Submit>
      </ActionForm>
    </Gate>
  );
}
