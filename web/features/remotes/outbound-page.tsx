import { ActionForm, Submit } from "../../app/action-form.tsx";
import type { PageProps } from "../../app/page.tsx";
import { FormActions, FormRefusal, FormSection } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { PageHead } from "../../ui/page-frame.tsx";
import type { outboundPage } from "./routes.ts";

/** Empty lines below the entries, to write more into. */
const spare = ["first", "second", "third"] as const;

export default function OutboundPage({ data }: PageProps<typeof outboundPage>) {
  const entries = data.settings.outbound_allow;
  return (
    <>
      <PageHead title="Outbound" about="Where this server connects to when people name an address." />
      <FormSection
        title="Allowed inside"
        about="Addresses of the public internet can always be reached. Private and local ones are refused, unless they stand here."
      >
        <ActionForm action="PATCH /admin/settings" id="outbound" className="flex flex-col gap-4">
          <FormRefusal />
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1.5 text-sm font-medium">Hosts, addresses and ranges</legend>
            {[...entries, ...spare.map(() => "")].map((entry, index) => (
              <Input
                key={entry || `spare-${spare[index - entries.length]}`}
                mono
                name="outbound_allow[]"
                aria-label={entry === "" ? "Another entry" : "Entry"}
                defaultValue={entry}
                maxLength={253}
                placeholder={
                  index === entries.length ? "git.example.com, *.example.com, 10.0.0.0/8" : undefined
                }
                autoCapitalize="none"
                autoComplete="off"
                spellCheck={false}
              />
            ))}
          </fieldset>
          <p className="text-sm text-ink-2">
            A host opens every address its name leads to. Metadata addresses of clouds open only when they are
            listed themselves, and this server&apos;s own ports never. An empty line takes an entry away.
          </p>
          <FormActions>
            <Submit>Save</Submit>
          </FormActions>
        </ActionForm>
      </FormSection>
    </>
  );
}
