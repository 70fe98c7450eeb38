import { CircleSlash, CloudDownload, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Import } from "../../../api/client.gen.ts";
import { ActionButton, ActionForm, Submit } from "../../app/action-form.tsx";
import { path } from "../../app/paths.ts";
import { Button } from "../../ui/button.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { Content } from "../../ui/page-frame.tsx";
import { bytesText } from "../code/sizes.ts";
import type { RepositorySubject } from "../repositories/layout.ts";
import { CredentialFields } from "./credential-fields.tsx";
import { useRefresh } from "./use-refresh.ts";

interface Props {
  readonly home: RepositorySubject;
  readonly state: Import;
  /** What can be done instead of an import that came to nothing. */
  readonly instead: ReactNode;
}

/** A repository whose import runs, or came to nothing: how far it is, why it ended, and what can be done. */
export function ImportState({ home, state, instead }: Props) {
  const { owner, name } = home.repository;
  const running = state.state === "queued" || state.state === "running";
  useRefresh(running, path`/repos/${owner.login}/${name}`);
  const manages = home.can.administer === true;
  return (
    <>
      <Content narrow>
        <section className="py-8" aria-labelledby="import-title">
          {running ? (
            <Running home={home} state={state} manages={manages} />
          ) : (
            <Ended home={home} state={state} manages={manages} />
          )}
        </section>
      </Content>
      {!running && instead}
    </>
  );
}

interface PartProps {
  readonly home: RepositorySubject;
  readonly state: Import;
  readonly manages: boolean;
}

const Head = ({
  icon,
  title,
  url,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly url: string;
}) => (
  <header className="mb-5 flex items-start gap-3">
    <span className="mt-0.5 text-ink-3 [&_.lucide]:size-6">{icon}</span>
    <div className="min-w-0">
      <h1 id="import-title" className="text-xl tracking-[-0.01em]">
        {title}
      </h1>
      <p className="mt-0.5 font-mono text-code break-all text-ink-2">{url}</p>
    </div>
  </header>
);

const actionOf = ({ repository: { owner, name } }: RepositorySubject) =>
  path`/repos/${owner.login}/${name}/import`;

function Running({ home, state, manages }: PartProps) {
  const { received_objects: objects, received_bytes: bytes, import_percent: percent } = state;
  const { large_files_count: files, large_files_size: fileBytes } = state;
  return (
    <>
      <Head icon={<CloudDownload aria-hidden="true" />} title="Importing" url={state.vcs_url} />
      <div
        role="progressbar"
        aria-label="Import"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-2 overflow-hidden rounded-full bg-n4 outline outline-transparent"
      >
        <span
          className="block h-full rounded-full bg-accent transition-[width] forced-colors:bg-[Highlight]"
          style={{ width: `${percent}%` }}
        />
      </div>
      <p className="mt-2 flex flex-wrap justify-between gap-x-4 text-sm text-ink-2">
        <span aria-live="polite">{state.status_text}</span>
        <span className="tabular">
          {state.phase === "contents" ? (
            <>
              {files.toLocaleString("en")} {files === 1 ? "file" : "files"}, {bytesText(fileBytes)} ·{" "}
            </>
          ) : (
            objects > 0 && (
              <>
                {objects.toLocaleString("en")} objects, {bytesText(bytes)} ·{" "}
              </>
            )
          )}
          {percent} %
        </span>
      </p>
      <p className="mt-4 text-base text-ink-2">
        {state.branches !== null && (
          <>
            There are {state.branches.toLocaleString("en")} {state.branches === 1 ? "branch" : "branches"} and{" "}
            {(state.tags ?? 0).toLocaleString("en")} {state.tags === 1 ? "tag" : "tags"}.{" "}
          </>
        )}
        You can leave this page: the import goes on by itself.
      </p>
      <div className="mt-5 flex flex-wrap gap-2">
        {manages && <ActionButton action={`DELETE ${actionOf(home)}`}>Cancel</ActionButton>}
        <Button href={path`/${home.repository.owner.login}/${home.repository.name}`} className="js:hidden">
          Look again
        </Button>
      </div>
    </>
  );
}

function Ended({ home, state, manages }: PartProps) {
  const failed = state.state === "failed";
  const wantsCredentials = state.status === "auth_failed";
  const repo = home.repository;
  return (
    <>
      <Head
        icon={
          failed ? (
            <TriangleAlert aria-hidden="true" className="text-closed" />
          ) : (
            <CircleSlash aria-hidden="true" />
          )
        }
        title={failed ? "The import failed" : "The import was cancelled"}
        url={state.vcs_url}
      />
      {failed && (
        <p role="alert" className="mb-2 text-base">
          {state.error_message}.
        </p>
      )}
      <p className="text-base text-ink-2">
        {state.received_objects > 0
          ? `What had arrived was kept (${bytesText(state.received_bytes)}): another try goes on from there.`
          : "Nothing had arrived yet."}
      </p>
      {manages && (
        <ActionForm action={`PATCH ${actionOf(home)}`} id="retry" className="mt-5 flex flex-col gap-4">
          <FormRefusal />
          {wantsCredentials && (
            <CredentialFields
              prefix="vcs_"
              hint="For the other server. They are kept encrypted and forgotten when the import is done."
            />
          )}
          <FormActions>
            <Submit>Try again</Submit>
            <Button href={path`/${repo.owner.login}/${repo.name}/settings`} variant="ghost">
              Delete the repository
            </Button>
          </FormActions>
        </ActionForm>
      )}
    </>
  );
}
