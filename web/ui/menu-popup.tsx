import { Menu } from "@base-ui/react/menu";
import { clsx } from "clsx";
import { Check } from "lucide-react";
import { Fragment } from "react";
import { Keys } from "./keyboard/keys.tsx";
import type { MenuItem } from "./menu.tsx";
import { pressedAnchor, type PopupProps } from "./use-popup.tsx";

type Props = PopupProps & {
  readonly items: readonly MenuItem[];
  readonly align: "start" | "center" | "end";
  readonly side: "top" | "bottom" | "left" | "right";
};

/** The list of a `Menu`. */
export default function MenuPopup({ open, anchor, onClose, items, align, side }: Props) {
  return (
    <Menu.Root
      open={open}
      modal={false}
      onOpenChange={(next, details) => {
        if (!next && !pressedAnchor(anchor, details.event)) onClose();
      }}
    >
      <Menu.Portal>
        <Menu.Positioner
          anchor={anchor}
          align={align}
          side={side}
          sideOffset={4}
          className="z-50 outline-none"
        >
          <Menu.Popup
            finalFocus={anchor}
            className="popup max-h-(--available-height) min-w-44 overflow-y-auto p-1"
          >
            {items.map((item, index) => (
              // The list is drawn whole from its items and keeps no state of its own.
              // oxlint-disable-next-line react/no-array-index-key
              <Fragment key={index}>
                <Item item={item} />
              </Fragment>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Item({ item }: { readonly item: MenuItem }) {
  if (item === "line") return <Menu.Separator className="-mx-1 my-1 h-px bg-line" />;
  if ("heading" in item)
    return <div className="px-2 pt-1.5 pb-1 text-xs font-medium text-ink-3">{item.heading}</div>;
  if ("choice" in item) {
    return (
      <Menu.Group>
        <Menu.GroupLabel className="px-2 pt-1.5 pb-1 text-xs font-medium text-ink-3">
          {item.choice}
        </Menu.GroupLabel>
        <Menu.RadioGroup value={item.value} onValueChange={(value: string) => item.onChoose(value)}>
          {item.of.map(({ value, label, icon }) => (
            <Menu.RadioItem key={value} value={value} className="option" closeOnClick={false}>
              {icon}
              <span className="grow">{label}</span>
              <Menu.RadioItemIndicator>
                <Check aria-hidden="true" />
              </Menu.RadioItemIndicator>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Group>
    );
  }
  const { label, icon, keys, href, run, danger, reason, checked } = item;
  const inner = (
    <>
      {icon}
      <span className="min-w-0 grow">
        {label}
        {reason !== undefined && <span className="block text-xs text-ink-3">{reason}</span>}
      </span>
      {keys !== undefined && <Keys keys={keys} />}
    </>
  );
  const look = clsx("option", danger && "danger");
  if (checked !== undefined) {
    return (
      <Menu.CheckboxItem
        checked={checked}
        disabled={reason !== undefined}
        onCheckedChange={() => run?.()}
        className={look}
      >
        {inner}
        <Menu.CheckboxItemIndicator>
          <Check aria-hidden="true" />
        </Menu.CheckboxItemIndicator>
      </Menu.CheckboxItem>
    );
  }
  if (href !== undefined && reason === undefined) {
    return (
      <Menu.LinkItem href={href} closeOnClick className={look}>
        {inner}
      </Menu.LinkItem>
    );
  }
  return (
    <Menu.Item disabled={reason !== undefined} onClick={run} className={look}>
      {inner}
    </Menu.Item>
  );
}
