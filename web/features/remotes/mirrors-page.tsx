import { ArrowDownToLine, ArrowUpFromLine, RefreshCw } from "lucide-react";
import type { Mirror } from "../../../api/client.gen.ts";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { usePage } from "../../app/page-context.ts";
import type { PageProps } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormActions, FormRefusal, FormSection, Notice } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { CredentialFields } from "./credential-fields.tsx";
import type { mirrorsPage } from "./routes.ts";
import { useRefresh } from "./use-refresh.ts";

export default function MirrorsPage({ params, data }: PageProps<typeof mirrorsPage>) {
  const { mirrors, home } = data;
  const here = path`/repos/${params.owner}/${params.repo}/mirrors`;
  useRefresh(
    mirrors.some(({ state }) => state === "running" || state === "waiting"),
    here,
  );
  const pull = mirrors.filter(({ direction }) => direction === "pull");
  const push = mirrors.filter(({ direction }) => direction === "push");
  return (
    <Content className="!max-w-[1080px]">
      <PageHead
        title="Mirrors"
        about={
          <>
            <Link href={path`/${params.owner}/${params.repo}/settings`}>Settings</Link> · copies that keep
            themselves the same
          </>
        }
      />
      <FormSection
        title="Follow another repository"
        about="Its branches, tags and large files come here, and what is gone there goes here. Nobody pushes here meanwhile."
      >
        {pull.map((mirror) => (
          <MirrorCard key={mirror.id} mirror={mirror} here={here} />
        ))}
        {pull.length === 0 && <NewMirror direction="pull" here={here} full={!home.empty} />}
      </FormSection>
      <FormSection
        title="Followed by others"
        about="What is pushed here is pushed there at once: large files, deletions and rewritten history too."
      >
        {push.length > 0 && (
          <div className="flex flex-col gap-4">
            {push.map((mirror) => (
              <MirrorCard key={mirror.id} mirror={mirror} here={here} />
            ))}
          </div>
        )}
        {push.length < 5 && <NewMirror direction="push" here={here} full={false} />}
      </FormSection>
    </Content>
  );
}

const states: Readonly<Record<Mirror["state"], { readonly tone: Tone; readonly word: string }>> = {
  ok: { tone: "open", word: "Up to date" },
  running: { tone: "accent", word: "Running" },
  waiting: { tone: "accent", word: "Waiting" },
  failing: { tone: "closed", word: "Failing" },
  off: { tone: "neutral", word: "Off" },
};

function MirrorCard({ mirror, here }: { readonly mirror: Mirror; readonly here: string }) {
  const one = path`${{ encoded: here }}/${mirror.id}`;
  const { tone, word } = states[mirror.state];
  const Icon = mirror.direction === "pull" ? ArrowDownToLine : ArrowUpFromLine;
  const refused = usePage().form?.form === mirror.id;
  return (
    <section aria-label={mirror.url} className="rounded border border-line">
      <div className="flex items-start gap-3 px-3 py-2.5">
        <Icon aria-hidden="true" className="mt-0.5 shrink-0 text-ink-3" />
        <code className="min-w-0 grow font-mono text-code font-medium [overflow-wrap:anywhere]">
          {mirror.url}
        </code>
        <Badge tone={tone}>{word}</Badge>
      </div>
      {mirror.error !== null && (
        <div className="px-3 pb-2.5">
          <Notice tone={mirror.state === "off" ? "warning" : "danger"}>{mirror.error}</Notice>
        </div>
      )}
      {mirror.large_files_missing > 0 && (
        <div className="px-3 pb-2.5">
          <Notice tone="warning">
            {mirror.large_files_missing === 1
              ? "A large file did not come along: "
              : `${mirror.large_files_missing.toLocaleString("en")} large files did not come along: `}
            {mirror.large_files_note ?? "they are missing"}.
          </Notice>
        </div>
      )}
      <p className="px-3 pb-3 text-sm text-ink-2">
        <Times mirror={mirror} />
      </p>
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-2.5">
        {mirror.enabled ? (
          <>
            <ActionButton
              action={`POST ${one}/sync`}
              size="sm"
              icon={<RefreshCw aria-hidden="true" />}
              reason={mirror.state === "running" ? "It runs already" : undefined}
            >
              Run now
            </ActionButton>
            <ActionButton action={`PATCH ${one}`} values={{ enabled: false }} size="sm" variant="ghost">
              Switch off
            </ActionButton>
          </>
        ) : (
          <ActionButton action={`PATCH ${one}`} values={{ enabled: true }} size="sm">
            Switch on
          </ActionButton>
        )}
        <span className="grow" />
        <ActionButton action={`DELETE ${one}`} size="sm" variant="ghost">
          {mirror.direction === "pull" ? "Stop following" : "Remove"}
        </ActionButton>
      </div>
      <details open={refused} className="border-t border-line px-3 py-2.5">
        <summary className="text-sm font-medium text-accent-ink">Change</summary>
        <ActionForm action={`PATCH ${one}`} id={mirror.id} className="flex flex-col gap-4 pt-3">
          <FormRefusal />
          <Interval value={mirror.interval_minutes} />
          <CredentialFields
            hint={
              mirror.has_credentials
                ? "It has a name and a password. Type new ones to replace them."
                : "It has none."
            }
          />
          <FormActions>
            <Submit variant="secondary" size="sm">
              Save
            </Submit>
          </FormActions>
        </ActionForm>
      </details>
    </section>
  );
}

function Times({ mirror }: { readonly mirror: Mirror }) {
  return (
    <>
      {mirror.last_success_at === null ? (
        "Never ran to its end"
      ) : (
        <RelativeTime at={mirror.last_success_at} prefix="Last done " />
      )}
      {mirror.failures > 1 && <>, failed {mirror.failures} times since</>}
      {mirror.next_run_at !== null && (
        <>
          {" · "}
          <RelativeTime at={mirror.next_run_at} prefix="next run " />
        </>
      )}
      {mirror.set_by && (
        <>
          {" · runs while "}
          <Link look="muted" href={path`/${mirror.set_by.login}`}>
            {mirror.set_by.login}
          </Link>
          {" administers this repository"}
        </>
      )}
    </>
  );
}

const Interval = ({ value }: { readonly value: number }) => (
  <Field name="interval_minutes:number" label="Minutes between runs" hint="From 10, to 10080 for a week.">
    <Input type="number" className="max-w-40" min={10} max={10_080} defaultValue={value} />
  </Field>
);

interface NewProps {
  readonly direction: "pull" | "push";
  readonly here: string;
  /** There are branches that would be replaced. */
  readonly full: boolean;
}

function NewMirror({ direction, here, full }: NewProps) {
  const id = `new-${direction}`;
  const refused = usePage().form?.form === id;
  return (
    <details open={refused}>
      <summary className="text-sm font-medium text-accent-ink">
        {direction === "pull" ? "Follow a repository" : "Add a copy elsewhere"}
      </summary>
      <ActionForm action={`POST ${here}`} id={id} values={{ direction }} className="flex flex-col gap-4 pt-3">
        <FormRefusal hidden="overwrite" />
        <Field name="url" label="Address">
          <Input
            required
            mono
            inputMode="url"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            maxLength={2000}
            placeholder="https://git.example.org/team/project.git"
          />
        </Field>
        <CredentialFields
          hint={
            direction === "pull"
              ? "Only for a private repository. They are kept encrypted."
              : "They need the right to push there. They are kept encrypted."
          }
        />
        <Interval value={60} />
        {full && (
          <Checkbox
            required
            name="overwrite:boolean"
            label="Replace the branches and tags that are here"
            hint="What is only here and not there is lost."
          />
        )}
        <FormActions>
          <Submit variant="secondary">{direction === "pull" ? "Follow" : "Add"}</Submit>
        </FormActions>
      </ActionForm>
    </details>
  );
}
