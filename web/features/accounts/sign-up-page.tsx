import { ActionForm, Submit } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import type { PageProps } from "../../app/page.tsx";
import { signInPath } from "../../app/site.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Button } from "../../ui/button.tsx";
import { FormRefusal, Notice } from "../../ui/form.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { AccountFields } from "./account-fields.tsx";
import { Gate } from "./gate.tsx";
import type { signUpPage } from "./gate-routes.ts";

export default function SignUpPage({ search }: PageProps<typeof signUpPage>) {
  const { sign_up: policy } = useFrame();
  const invitation = search.get("token") ?? "";
  const invited = invitation !== "";
  if (policy === "closed" || (policy === "invite" && !invited)) return <Refused policy={policy} />;
  return (
    <Gate
      title="Create your account"
      about={invited ? "Your invitation is good for one account." : undefined}
      foot={
        <>
          Have an account already? <Link href={signInPath}>Sign in</Link>
        </>
      }
    >
      {invited && policy === "open" && (
        <Notice tone="info">Anyone may sign up here; you do not need the invitation.</Notice>
      )}
      <ActionForm
        action="POST /users"
        redirect="/"
        reload
        values={invited ? { invitation } : undefined}
        className="flex flex-col gap-4"
      >
        <FormRefusal hidden="invitation" />
        <AccountFields />
        {invited ? null : (
          <Field name="email" label="E-mail address" hint="Nobody sees it. Commits with it count as yours.">
            <Input type="email" required autoComplete="email" />
          </Field>
        )}
        <Field name="password" label="Password" hint="8 characters at least. Long beats complicated.">
          <Input type="password" required autoComplete="new-password" minLength={8} />
        </Field>
        <Submit className="w-full">Create account</Submit>
      </ActionForm>
    </Gate>
  );
}

function Refused({ policy }: { readonly policy: "invite" | "closed" }) {
  return (
    <div className="grid min-h-[70dvh] place-items-center">
      <EmptyState
        title={policy === "invite" ? "Accounts are by invitation" : "No new accounts"}
        action={<Button href={signInPath}>Sign in</Button>}
      >
        {policy === "invite"
          ? "Ask an administrator to invite you: the letter brings you back here. Public repositories can be read without an account."
          : "The administrators of this server make no new accounts. Public repositories can be read without one."}
      </EmptyState>
    </div>
  );
}
