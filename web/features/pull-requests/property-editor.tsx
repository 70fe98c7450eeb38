import { Settings2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { ActionForm, Submit } from "../../app/action-form.tsx";
import { Checkbox, Radio } from "../../ui/choice.tsx";
import { FormActions, FormRefusal } from "../../ui/form.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { Property } from "../../ui/page-frame.tsx";
import { Picker, type PickerItem } from "../../ui/picker.tsx";
import { withParams } from "../diff/diff-query.ts";

interface Props {
  /** The name in the address that opens the form where no JavaScript runs: `labels`. */
  readonly name: string;
  readonly label: string;
  readonly keys: string;
  readonly items: readonly PickerItem[];
  readonly selected: readonly string[];
  readonly multiple?: boolean;
  /** True, or why it cannot be changed. */
  readonly can: true | string;
  readonly search: URLSearchParams;
  /** The form without JavaScript: its operation, and the name of the field. */
  readonly form: { readonly action: string; readonly field: string };
  readonly onChange: (selected: readonly string[]) => void;
  readonly children: ReactNode;
}

/** A property at the side: picked from a list by click or key, or, without JavaScript, in a form. */
export function EditableProperty(props: Props) {
  const {
    name,
    label,
    keys,
    items,
    selected,
    multiple = false,
    can,
    search,
    form,
    onChange,
    children,
  } = props;
  const [button, setButton] = useState<HTMLElement | null>(null);
  useShortcut({
    keys,
    label: `Change ${label.toLowerCase()}`,
    group: "This page",
    enabled: can === true,
    run: () => button?.querySelector("button")?.click(),
  });
  const inForm = search.get("edit") === name && can === true;
  return (
    <Property
      name={label}
      edit={
        can === true && (
          <>
            <span ref={setButton} className="js-only">
              <Picker
                label={label}
                items={items}
                selected={selected}
                multiple={multiple}
                align="end"
                onChange={onChange}
              >
                <IconButton
                  size="sm"
                  label={`Change ${label.toLowerCase()}`}
                  keys={keys}
                  icon={<Settings2 />}
                />
              </Picker>
            </span>
            <a
              href={withParams(search, { edit: name })}
              className="text-xs text-ink-2 hover:underline js:hidden"
            >
              Change
            </a>
          </>
        )
      }
    >
      {inForm && (
        <ActionForm id={`edit-${name}`} action={form.action} className="mb-3 flex flex-col gap-1.5 js:hidden">
          <input type="hidden" name={form.field} value="" />
          {items.map((item) =>
            multiple ? (
              <Checkbox
                key={item.value}
                name={form.field}
                value={item.value}
                label={item.label}
                defaultChecked={selected.includes(item.value)}
              />
            ) : (
              <Radio
                key={item.value}
                name={form.field}
                value={item.value}
                label={item.label}
                defaultChecked={selected.includes(item.value)}
              />
            ),
          )}
          <FormRefusal />
          <FormActions>
            <Submit size="sm">Save</Submit>
          </FormActions>
        </ActionForm>
      )}
      {children}
    </Property>
  );
}

/** What stands where nothing was chosen. */
export const None = ({ children }: { readonly children: ReactNode }) => (
  <p className="text-ink-3">{children}</p>
);
