import { cloneElement, useRef, useState, type MouseEvent, type ReactElement, type RefObject } from "react";

/** What a popup needs to stand at its trigger. */
export interface PopupProps {
  readonly open: boolean;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

type TriggerElement = ReactElement<Record<string, unknown>>;

/**
 * A trigger whose popup's code is fetched when a pointer or the focus comes near, so that pages do not pay for what is rarely
 * opened. Returns the trigger to render, and the props of the popup once it has been opened (undefined before).
 */
export function usePopup(
  trigger: TriggerElement,
  kind: "menu" | "dialog" | "listbox",
  load: () => Promise<unknown>,
): { readonly trigger: TriggerElement; readonly popup: PopupProps | undefined; readonly close: () => void } {
  const anchor = useRef<HTMLElement>(null);
  const [open, setOpen] = useState<boolean>();
  const fetchCode = () => void load().catch(() => undefined);
  const close = () => setOpen(false);
  return {
    // The reference is handed on, not read.
    // oxlint-disable-next-line react/refs
    trigger: cloneElement(trigger, {
      ref: anchor,
      "aria-haspopup": kind,
      "aria-expanded": open === true,
      onPointerEnter: fetchCode,
      onFocus: fetchCode,
      onClick: (event: MouseEvent) => {
        (trigger.props["onClick"] as ((event: MouseEvent) => void) | undefined)?.(event);
        if (!event.defaultPrevented) setOpen(open !== true);
      },
    }),
    popup: open === undefined ? undefined : { open, anchor, onClose: close },
    close,
  };
}

/** A press on the trigger closes by the trigger's own click; taking it for a press outside would open it again. */
export const pressedAnchor = (anchor: PopupProps["anchor"], event: Event): boolean =>
  event.target instanceof Node && anchor.current?.contains(event.target) === true;
