import { Combobox } from "@base-ui/react/combobox";
import { Check } from "lucide-react";
import type { PickerItem, PickerProps } from "./picker.tsx";
import PopoverPopup from "./popover-popup.tsx";
import type { PopupProps } from "./use-popup.tsx";

type Props = PopupProps & Omit<PickerProps, "children">;

/** The searchable list of a `Picker`. */
export default function PickerPopup(props: Props) {
  const {
    open,
    anchor,
    onClose,
    label,
    items,
    selected,
    multiple = false,
    onChange,
    onSearch,
    align = "start",
  } = props;
  const chosen = items.filter((item) => selected.includes(item.value));
  const change = (value: PickerItem | PickerItem[] | null): void => {
    onChange((Array.isArray(value) ? value : value ? [value] : []).map((item) => item.value));
    if (!multiple) onClose();
  };
  const list = {
    items,
    inline: true,
    open: true,
    autoHighlight: true,
    isItemEqualToValue: (a: PickerItem, b: PickerItem) => a.value === b.value,
    itemToStringLabel: (item: PickerItem) => item.label,
    onInputValueChange: (text: string) => onSearch?.(text),
    ...(onSearch ? { filter: null } : {}),
  } as const;
  const inner = (
    <>
      <Combobox.Input
        placeholder={`Find ${label.toLowerCase()}…`}
        aria-label={`Find ${label.toLowerCase()}`}
        className="w-full border-b border-line bg-transparent px-3 py-2 text-sm outline-none"
      />
      <Combobox.Empty className="px-3 py-3 text-sm text-ink-2 empty:hidden">
        {props.pending ? "Reading…" : (props.empty ?? "Nothing matches.")}
      </Combobox.Empty>
      <Combobox.List aria-label={label} className="max-h-72 overflow-y-auto overscroll-contain p-1 empty:p-0">
        {(item: PickerItem) => (
          <Combobox.Item key={item.value} value={item} className="option">
            <span className="grid size-4 shrink-0 place-items-center">
              <Combobox.ItemIndicator>
                <Check aria-hidden="true" />
              </Combobox.ItemIndicator>
            </span>
            {item.icon}
            <span className="min-w-0 grow truncate">{item.label}</span>
            {item.hint !== undefined && (
              <span className="max-w-[45%] truncate text-xs text-ink-3">{item.hint}</span>
            )}
          </Combobox.Item>
        )}
      </Combobox.List>
      {props.footer !== undefined && (
        <div className="border-t border-line px-3 py-2 text-sm">{props.footer}</div>
      )}
    </>
  );
  return (
    <PopoverPopup
      open={open}
      anchor={anchor}
      onClose={onClose}
      label={label}
      align={align}
      side="bottom"
      className="w-72"
    >
      {multiple ? (
        <Combobox.Root {...list} multiple value={chosen} onValueChange={change}>
          {inner}
        </Combobox.Root>
      ) : (
        <Combobox.Root {...list} value={chosen[0] ?? null} onValueChange={change}>
          {inner}
        </Combobox.Root>
      )}
    </PopoverPopup>
  );
}
