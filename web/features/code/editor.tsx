import "./code.css";
import { lazy, Suspense, useState, type RefObject } from "react";
import { ActionForm } from "../../app/action-form.tsx";
import { path as address } from "../../app/paths.ts";
import { usePage } from "../../app/page-context.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { TabPanels } from "../../ui/tab-panels.tsx";
import { Between } from "./between.tsx";
import { CodeArea } from "./code-area.tsx";
import { CommitBox } from "./commit-box.tsx";
import { useEditDraft, type Begun } from "./edit-draft.ts";
import type { EditPlace } from "./edit-place.ts";
import { codeHref, type At } from "./hrefs.ts";

const ChangePreview = lazy(() => import("./change-preview.tsx"));

interface Props {
  readonly at: At;
  readonly place: EditPlace;
  /** The file that is edited; without it a new one is made. */
  readonly file?: string;
  /** What stands in the field for the path at first. */
  readonly path: string;
}

const formId = "commit";

/** A file under change: its path, its text, what will change, and the commit. */
export function Editor({ at, place, file, path }: Props) {
  const page = usePage();
  const typed = page.form?.form === formId ? new Map(page.form.typed) : undefined;
  // What the page learns later about the branch must not change what this is an edit of.
  const [seen] = useState(place);
  const [begun, setBegun] = useState<Begun>({
    head: typed?.get("expected_head") ?? place.head,
    oid: place.oid,
  });
  const here = codeHref(at, file === undefined ? "new" : "edit", place.branch, place.path);
  const [restored, setRestored] = useState(false);
  const { around, forget } = useEditDraft({
    key: here,
    begun,
    fresh: typed !== undefined,
    onRestore: (before) => {
      setBegun(before);
      setRestored(true);
    },
  });
  const [asked, setAsked] = useState({ text: 0, diff: 0 });
  const ask = (panel: string) => {
    if (panel === "text" || panel === "diff")
      setAsked((before) => ({ ...before, [panel]: before[panel] + 1 }));
  };
  useCommitKey(around);
  const preview = (show: "text" | "diff") =>
    asked[show] > 0 && (
      <Suspense fallback={<Skeleton lines={4} height={22} />}>
        <ChangePreview at={at} branch={place.branch} within={around} show={show} asked={asked[show]} />
      </Suspense>
    );
  const name = (file ?? path).split("/").at(-1);
  return (
    <ActionForm
      id={formId}
      action={address`POST /_web/repos/${at.owner}/${at.repo}/commits`}
      redirect={address`/${at.owner}/${at.repo}/` + "{+to}"}
      values={{
        branch: place.branch,
        expected_head: begun.head,
        change: file === undefined ? { create: true } : { previous_path: file },
      }}
      onDone={forget}
    >
      <div ref={around} className="flex flex-col gap-3">
        {restored && <Restored here={here} forget={forget} />}
        <Field
          name="change.path"
          label="Path"
          hint={file === undefined ? "A / in it makes folders." : "Another path renames or moves the file."}
        >
          <Input
            required
            mono
            autoFocus={file === undefined}
            defaultValue={path}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
        </Field>
        <TabPanels
          label="Text"
          onChange={ask}
          panels={[
            {
              value: "write",
              label: "Text",
              panel: <CodeArea name="change.text" label="Text" defaultValue={seen.text ?? ""} />,
            },
            ...(seen.markdown || file === undefined
              ? [{ value: "text", label: "Preview", panel: preview("text") }]
              : []),
            { value: "diff", label: "Changes", panel: preview("diff") },
          ]}
        />
        {seen.line_ends !== "lf" && (
          <p className="text-sm text-ink-2">
            {seen.line_ends === "crlf"
              ? "Lines end as on Windows (CRLF), and will."
              : "Lines end in several ways; those that you leave stay as they are."}
          </p>
        )}
        <CommitBox
          place={place}
          title={file === undefined ? "Create a file" : `Update ${name}`}
          cancel={codeHref(at, file === undefined ? "tree" : "blob", place.branch, place.path)}
        >
          {file !== undefined && (
            <Between at={at} place={place} begun={begun} returned={typed !== undefined} />
          )}
        </CommitBox>
      </div>
    </ActionForm>
  );
}

function Restored({ here, forget }: { readonly here: string; readonly forget: () => void }) {
  return (
    <Notice tone="info">
      Here is what you typed before and have not committed.{" "}
      <Button
        size="sm"
        variant="ghost"
        onClick={() => {
          forget();
          location.assign(here);
        }}
      >
        Begin anew
      </Button>
    </Notice>
  );
}

/** Ctrl+Enter goes from the text to the commit, and from there commits. */
export function useCommitKey(within: RefObject<HTMLElement | null>): void {
  useShortcut({
    keys: "mod+enter",
    label: "Commit",
    group: "This page",
    whileTyping: true,
    run: (event) => {
      const form = within.current?.closest("form");
      const title = form?.querySelector<HTMLInputElement>('[name="message"]');
      const inCode =
        event.target instanceof HTMLElement && event.target.getAttribute("name") === "change.text";
      if (inCode && title) title.focus();
      else form?.requestSubmit();
    },
  });
}
