import { Settings2 } from "lucide-react";
import type { ReactNode } from "react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { Picker, type PickerProps } from "../../ui/picker.tsx";

/** The control of a property in the browser: a list to pick from, opened by a click or by its key. */
export function EditKey({ keys, ...picker }: Omit<PickerProps, "children"> & { readonly keys: string }) {
  const what = picker.label.toLowerCase();
  useShortcut({
    keys,
    label: `Change ${what}`,
    group: "This page",
    run: () => document.querySelector<HTMLElement>(`[data-edit="${what}"]`)?.click(),
  });
  return (
    <span className="js-only">
      <Picker {...picker} align="end">
        <IconButton
          label={`Change ${what}`}
          keys={keys}
          size="sm"
          icon={<Settings2 aria-hidden="true" className="size-3.5" />}
          {...{ "data-edit": what }}
        />
      </Picker>
    </span>
  );
}

/** The same without JavaScript: a form that opens in place. */
export function PlainEdit({ action, children }: { readonly action: string; readonly children: ReactNode }) {
  return (
    <details className="mt-2 js:hidden">
      <summary className="text-ink-2">Change</summary>
      <ActionForm action={action} className="mt-2 flex flex-col gap-2">
        {children}
        <Submit variant="secondary" size="sm">
          Save
        </Submit>
      </ActionForm>
    </details>
  );
}
