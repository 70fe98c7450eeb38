import { ActionForm, Submit } from "../../app/action-form.tsx";
import { useFrame } from "../../app/frame.ts";
import type { PageProps } from "../../app/page.tsx";
import { signInAction, signUpPath } from "../../app/site.ts";
import { Field } from "../../ui/field.tsx";
import { FormRefusal, Notice } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { Gate } from "./gate.tsx";
import { returnTo } from "./return-to.ts";
import type { signInPage } from "./gate-routes.ts";

export default function SignInPage({ search }: PageProps<typeof signInPage>) {
  const { sign_up: signUp } = useFrame();
  const target = returnTo(search);
  return (
    <Gate title="Sign in" foot={<Newcomers policy={signUp} />}>
      {search.get("done") === "password" && (
        <Notice tone="info">
          Your password is set. You were signed out everywhere: sign in with the new one.
        </Notice>
      )}
      <ActionForm action={signInAction} redirect={target} reload className="flex flex-col gap-4">
        <FormRefusal />
        <Field name="login" label="User name or e-mail address">
          <Input required autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} />
        </Field>
        <Field name="password" label="Password">
          <Input type="password" required autoComplete="current-password" />
        </Field>
        <Submit className="w-full">Sign in</Submit>
      </ActionForm>
      <p className="text-sm">
        <Link href="/forgot-password" look="muted">
          Forgot your password?
        </Link>
      </p>
    </Gate>
  );
}

function Newcomers({ policy }: { readonly policy: string | undefined }) {
  if (policy === "open")
    return (
      <>
        New here? <Link href={signUpPath}>Create an account</Link>
      </>
    );
  if (policy === "invite") return <>Accounts are by invitation. Ask an administrator for one.</>;
  return <>No new accounts are being made here. Ask an administrator.</>;
}
