import { ActionForm, Submit } from "../../app/action-form.tsx";
import { path } from "../../app/paths.ts";
import { Field } from "../../ui/field.tsx";
import { FormRefusal, FormSection } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import type { RepositorySubject } from "./layout.ts";

/** Acts that people notice: each says what happens; those that take something away ask for the name. */
export function DangerZone({ home }: { readonly home: RepositorySubject }) {
  const { repository: repo } = home;
  const at = path`/repos/${repo.owner.login}/${repo.name}`;
  return (
    <>
      <FormSection
        title="Visibility"
        about={repo.private ? "Only those who were added see it." : "Anybody can read it."}
      >
        <ActionForm
          action={`PATCH ${at}`}
          id="visibility"
          values={{ visibility: repo.private ? "public" : "private" }}
          className="flex flex-col items-start gap-3"
        >
          <FormRefusal />
          <p className="text-sm text-ink-2">
            {repo.private
              ? "Made public, everybody reads its code, its history and its issues."
              : "Made private, those who were not added lose sight of it. Forks of others stay what they are."}
          </p>
          <Submit variant="secondary">{repo.private ? "Make public" : "Make private"}</Submit>
        </ActionForm>
      </FormSection>
      <FormSection title="Archive" about="Read-only for everybody, and visibly at rest.">
        <ActionForm
          action={`PATCH ${at}`}
          id="archive"
          values={{ archived: !repo.archived }}
          className="flex flex-col items-start gap-3"
        >
          <FormRefusal />
          <p className="text-sm text-ink-2">It can be taken back at any time.</p>
          <Submit variant="secondary">{repo.archived ? "Take out of the archive" : "Archive"}</Submit>
        </ActionForm>
      </FormSection>
      <FormSection
        title="Transfer"
        danger
        about="Gives it to another person or organization. The old address leads to the new one."
      >
        <ActionForm
          action={`POST ${at}/transfer`}
          id="transfer"
          redirect="/{owner.login}/{name}"
          className="flex flex-col items-start gap-3"
        >
          <FormRefusal />
          <Field name="new_owner" label="New owner" className="w-full max-w-sm">
            <Input required autoComplete="off" autoCapitalize="none" spellCheck={false} />
          </Field>
          <NameTyped name={repo.full_name} />
          <Submit variant="danger">Transfer</Submit>
        </ActionForm>
      </FormSection>
      <FormSection
        title="Delete"
        danger
        about="It can be restored for a while from your settings, then it is gone."
      >
        <ActionForm
          action={`DELETE ${at}`}
          id="delete"
          redirect="/"
          className="flex flex-col items-start gap-3"
        >
          <FormRefusal />
          <NameTyped name={repo.full_name} />
          <Submit variant="danger">Delete this repository</Submit>
        </ActionForm>
      </FormSection>
    </>
  );
}

/** Asks for the name of what is at stake; the browser refuses to send the form with another. */
export function NameTyped({ name }: { readonly name: string }) {
  return (
    <Field name="_confirm" label={<>Type {name} to confirm</>} className="w-full max-w-sm">
      <Input
        required
        mono
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        pattern={name.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`)}
        title={`Exactly ${name}`}
      />
    </Field>
  );
}
