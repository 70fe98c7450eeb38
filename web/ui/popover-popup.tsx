import { Popover } from "@base-ui/react/popover";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { pressedAnchor, type PopupProps } from "./use-popup.tsx";

type Props = PopupProps & {
  readonly label: string;
  readonly align: "start" | "center" | "end";
  readonly side: "top" | "bottom" | "left" | "right";
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** The surface of a `Popover`. */
export default function PopoverPopup({
  open,
  anchor,
  onClose,
  label,
  align,
  side,
  className,
  children,
}: Props) {
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next, details) => {
        if (!next && !pressedAnchor(anchor, details.event)) onClose();
      }}
    >
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="z-50"
        >
          <Popover.Popup
            aria-label={label}
            finalFocus={anchor}
            className={clsx(
              "popup max-h-(--available-height) max-w-(--available-width) overflow-y-auto",
              className ?? "w-80 p-3",
            )}
          >
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
