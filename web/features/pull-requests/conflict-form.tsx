import { useRef, useState } from "react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { Button } from "../../ui/button.tsx";
import { CodeBlock } from "../../ui/code-block.tsx";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form-context.ts";
import { FormActions, FormRefusal, Notice } from "../../ui/form.tsx";
import { Textarea } from "../../ui/input.tsx";
import { ConflictPlace } from "./conflict-place.tsx";
import { apiOf, pullHref, type At } from "./hrefs.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import { BranchName } from "./pull-head.tsx";
import type { ConflictsData } from "./queries.ts";
import { useOpened, type Opened } from "./use-opened.ts";

interface Props {
  readonly at: At;
  readonly page: ConflictsData;
  readonly search: URLSearchParams;
}

/**
 * Every place in conflict with what may stand there. What is on screen stays while somebody works on it, also when a branch
 * moves: then the form says so, and what was written for a place that is gone is shown beside the others.
 */
export function ConflictForm({ at, page, search }: Props) {
  const [shown, setShown] = useState(page);
  const [left, setLeft] = useState<readonly string[]>([]);
  const written = useRef(new Map<string, string>());
  const whole = useOpened(search, "whole");
  const files = shown.files.filter(({ why }) => why === null);
  const places = files.flatMap((file) => file.places);
  const moved = shown.pull.head.sha !== page.pull.head.sha || shown.pull.base.sha !== page.pull.base.sha;
  const takeNew = () => {
    const names = new Set(page.files.flatMap((file) => file.places.map(({ name }) => name)));
    setLeft([...written.current].filter(([name]) => !names.has(name)).map(([, text]) => text));
    setShown(page);
  };
  if (files.length === 0) return null;
  const { pull } = shown;
  const resolvable = shown.can.resolve === true && files.length === shown.files.length;
  return (
    <ActionForm
      id="resolve"
      action={`POST ${apiOf(at)}/pulls/${pull.number}/resolve-conflicts`}
      redirect={pullHref(at, pull.number)}
      values={{ expected_head_sha: pull.head.sha, expected_base_sha: pull.base.sha }}
      className="flex flex-col gap-4"
    >
      {moved && (
        <Notice tone="warning">
          <p>The branches moved since you opened this.</p>
          <Button size="sm" className="mt-2" onClick={takeNew}>
            Show the conflicts as they are now
          </Button>
        </Notice>
      )}
      <Kept texts={left} names={new Set(places.map(({ name }) => name))} />
      {files.map((file, index) => (
        <File
          key={file.path}
          field={`files.f${index}`}
          file={file}
          pull={pull}
          whole={whole}
          readOnly={!resolvable}
          onWrite={(name, text) => written.current.set(name, text)}
        />
      ))}
      {resolvable && (
        <div className="rounded-lg border border-line-strong bg-sunken px-3 py-3">
          <p className="pb-2 text-sm text-ink-2">
            This merges <BranchName name={pull.base.ref} /> into <BranchName name={pull.head.ref} /> with what
            you chose. Everything else is merged as ever, and <BranchName name={pull.base.ref} /> stays as it
            is.
          </p>
          <FormRefusal hidden="files" />
          <FormActions>
            <Submit>Resolve and commit</Submit>
          </FormActions>
        </div>
      )}
    </ActionForm>
  );
}

/** What was written for places that are gone: by the browser's own account, or by the refused form's. */
function Kept({ texts, names }: { readonly texts: readonly string[]; readonly names: ReadonlySet<string> }) {
  const { refused } = useForm();
  const typed = (refused?.typed ?? []).flatMap(([field, value]) => {
    const place = /\.places\.([\w-]+)\.text$/.exec(field)?.[1];
    return place !== undefined && !names.has(place) && value !== "" ? [value] : [];
  });
  const all = [...new Set([...texts, ...typed])];
  if (all.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <Notice tone="info">What you wrote for places that are not in conflict any more:</Notice>
      {all.map((text) => (
        <CodeBlock key={text} code={text} label="what you wrote" />
      ))}
    </div>
  );
}

interface FileProps {
  readonly field: string;
  readonly file: ConflictsData["files"][number];
  readonly pull: ConflictsData["pull"];
  readonly whole: Opened;
  readonly readOnly: boolean;
  readonly onWrite: (name: string, text: string) => void;
}

function File({ field, file, pull, whole, readOnly, onWrite }: FileProps) {
  const asWhole = whole.opened === file.path && !readOnly;
  const [wasWhole, setWasWhole] = useState(asWhole);
  if (asWhole && !wasWhole) setWasWhole(true);
  const lines = (file.marked ?? "").split("\n").length;
  return (
    <section
      aria-label={file.shown}
      className="overflow-clip rounded-lg border border-line-strong bg-surface"
    >
      <header className="flex flex-wrap items-center justify-between gap-2 border-b border-line bg-sunken px-3 py-1.5">
        <h3 dir="ltr" className="min-w-0 font-mono text-code [overflow-wrap:anywhere]">
          {file.shown}
        </h3>
        <span className="flex items-center gap-2 text-sm text-ink-2">
          {file.places.length === 1 ? "1 conflict" : `${file.places.length} conflicts`}
          {!readOnly &&
            (asWhole ? (
              <LinkButton variant="ghost" {...whole.closes}>
                Choose place by place
              </LinkButton>
            ) : (
              <LinkButton variant="ghost" {...whole.opens(file.path)}>
                Edit the whole file
              </LinkButton>
            ))}
        </span>
      </header>
      {!readOnly && <input type="hidden" name={`${field}.path`} value={file.path} />}
      {/* What was typed in either stays when the other is shown; a field that is not shown is not sent. */}
      {(asWhole || wasWhole) && (
        <fieldset disabled={!asWhole} hidden={!asWhole} className="p-3">
          <Field
            name={`${field}.content`}
            label={`All of ${file.shown}`}
            bare
            hint="Take out the lines that begin with <<<<<<<, ======= and >>>>>>> when you have decided."
          >
            <Textarea
              mono
              rows={Math.min(30, lines + 1)}
              defaultValue={file.marked ?? ""}
              spellCheck={false}
              wrap="off"
            />
          </Field>
        </fieldset>
      )}
      <fieldset disabled={asWhole} hidden={asWhole}>
        {file.places.map((place) => (
          <ConflictPlace
            key={place.name}
            field={`${field}.places.${place.name}`}
            place={place}
            names={{ ours: pull.head.ref, theirs: pull.base.ref }}
            readOnly={readOnly}
            onWrite={(text) => onWrite(place.name, text)}
          />
        ))}
      </fieldset>
    </section>
  );
}
