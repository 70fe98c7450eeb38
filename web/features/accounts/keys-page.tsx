import { KeyRound, Trash2 } from "lucide-react";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import type { keysPage } from "./settings-routes.ts";

export default function KeysPage({ data: { keys }, search }: PageProps<typeof keysPage>) {
  return (
    <>
      <PageHead title="SSH keys" about="Whoever holds the private half of one pushes and pulls as you." />
      {keys.items.length === 0 ? (
        <EmptyState
          icon={<KeyRound aria-hidden="true" />}
          title="No keys"
          command={"ssh-keygen -t ed25519\ncat ~/.ssh/id_ed25519.pub"}
        >
          Make one, then paste the public half below.
        </EmptyState>
      ) : (
        <ul className="rows border-y border-line">
          {keys.items.map((key) => (
            <li key={key.id} className="row flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2.5">
              <KeyRound aria-hidden="true" className="text-ink-3" />
              <div className="min-w-0 grow">
                <p className="font-medium" dir="auto">
                  {key.title}
                </p>
                <p className="font-mono text-xs text-ink-2">{key.fingerprint}</p>
                <p className="mt-0.5 text-sm text-ink-2">
                  Added <RelativeTime at={key.created_at} /> ·{" "}
                  {key.last_used === null ? (
                    "never used"
                  ) : (
                    <RelativeTime at={key.last_used} prefix="last used " />
                  )}
                </p>
              </div>
              <ActionButton
                action={`DELETE /user/keys/${key.id}`}
                variant="danger"
                size="sm"
                icon={<Trash2 aria-hidden="true" />}
                aria-label={`Delete the key ${key.title}`}
              >
                Delete
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
      <Pagination links={keys.links} search={search} />
      <section className="mt-8 max-w-prose">
        <h2 className="mb-3 text-lg">Add a key</h2>
        <ActionForm action="POST /user/keys" className="flex flex-col gap-4">
          <FormRefusal />
          <Field
            name="key"
            label="Public key"
            hint="Begins with ssh-ed25519, ecdsa-sha2-nistp256 or ssh-rsa."
          >
            <Textarea
              required
              mono
              rows={4}
              autoComplete="off"
              spellCheck={false}
              placeholder="ssh-ed25519 AAAA… you@laptop"
            />
          </Field>
          <Field name="title" label="Name" hint="Without one, the comment at the end of the key.">
            <Input maxLength={100} placeholder="Laptop" />
          </Field>
          <FormActions>
            <Submit>Add key</Submit>
          </FormActions>
        </ActionForm>
      </section>
    </>
  );
}
