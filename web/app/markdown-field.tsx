import { lazy, startTransition, Suspense, useRef, useState } from "react";
import { useShortcut } from "../ui/keyboard/shortcuts.ts";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/input.tsx";
import { Markdown } from "../ui/markdown.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { TabPanels } from "../ui/tab-panels.tsx";
import { useApi } from "./api-context.ts";
import { asApiError } from "./api.ts";
import { useDraft } from "./draft.ts";

interface Props {
  readonly name: string;
  readonly label: string;
  /** The repository (`alice/demo`) in which `#12` and names are understood. */
  readonly context?: string | undefined;
  readonly defaultValue?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly rows?: number | undefined;
  readonly required?: boolean | undefined;
  /** The label is read aloud but not shown. */
  readonly bare?: boolean | undefined;
  /** Names the place where this is written: what is typed is kept under it until it is sent. */
  readonly draft?: string | undefined;
  /** The lines that the words are about: they can be put in as a suggestion to be changed. */
  readonly suggestion?: readonly string[] | undefined;
}

type Preview = { readonly of: string; readonly html?: string; readonly refused?: string };

const WritingTools = lazy(() => import("./writing-tools.tsx"));

/**
 * A field for Markdown with a preview, drawn by the server as it will stand, and with help in writing once somebody writes:
 * names and numbers completed, replies that were saved. Without JavaScript it is a field.
 */
export function MarkdownField({ name, label, context, bare, draft, suggestion, ...area }: Props) {
  const api = useApi();
  const around = useRef<HTMLDivElement>(null);
  const [preview, setPreview] = useState<Preview>({ of: "" });
  const [writing, setWriting] = useState(false);
  useDraft(around, draft);
  useShortcut({
    keys: "mod+enter",
    label: "Send what you write",
    group: "While writing",
    whileTyping: true,
    run: ({ target }) => {
      if (target instanceof HTMLTextAreaElement) target.form?.requestSubmit();
    },
  });
  const show = async () => {
    // Read only now: typing draws nothing.
    const text = around.current?.querySelector("textarea")?.value ?? "";
    if (text === preview.of) return;
    setPreview({ of: text });
    // An answer about an earlier text comes too late.
    const answer = (said: Omit<Preview, "of">) =>
      setPreview((now) => (now.of === text ? { of: text, ...said } : now));
    try {
      const body = { text, mode: "gfm", ...(context === undefined ? {} : { context }) };
      const { data } = await api.send<string>("POST", "/markdown", { body });
      answer({ html: data });
    } catch (error) {
      answer({ refused: asApiError(error).message });
    }
  };
  return (
    <div ref={around} className="relative" onFocus={() => startTransition(() => setWriting(true))}>
      <TabPanels
        label={label}
        onChange={(panel) => panel === "preview" && void show()}
        panels={[
          {
            value: "write",
            label: "Write",
            panel: (
              <Field name={name} label={label} bare={bare}>
                <Textarea {...area} dir="auto" />
              </Field>
            ),
          },
          {
            value: "preview",
            label: "Preview",
            panel: (
              <div className="min-h-20 px-1" aria-live="polite">
                {preview.of.trim() === "" ? (
                  <p className="text-ink-2">Nothing to preview.</p>
                ) : preview.refused === undefined ? (
                  preview.html === undefined ? (
                    <Skeleton lines={2} height={22} />
                  ) : (
                    <Markdown html={preview.html} />
                  )
                ) : (
                  <p className="text-closed">{preview.refused}</p>
                )}
              </div>
            ),
          },
        ]}
      />
      {writing && (
        <Suspense>
          <WritingTools around={around} context={context} suggestion={suggestion} />
        </Suspense>
      )}
    </div>
  );
}
