import { Dialog } from "@base-ui/react/dialog";
import { clsx } from "clsx";
import { X } from "lucide-react";
import type { DialogProps } from "./dialog.tsx";
import { IconButton } from "./icon-button.tsx";

const widths = { sm: "w-96", md: "w-[32rem]", lg: "w-[52rem]" } as const;

/** The surface of a `Dialog`. */
export default function DialogPopup({
  title,
  description,
  open,
  onClose,
  size = "md",
  actions,
  children,
}: DialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center overflow-y-auto p-3 pt-[max(0.75rem,12vh)]">
          <Dialog.Popup className={clsx("popup relative max-w-full", widths[size])}>
            <header className="pt-3.5 pr-12 pl-4">
              <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
              {description !== undefined && (
                <Dialog.Description className="mt-0.5 text-sm text-ink-2">{description}</Dialog.Description>
              )}
            </header>
            <div className="px-4 py-3">{children}</div>
            {actions !== undefined && (
              <footer className="flex flex-row-reverse flex-wrap gap-2 border-t border-line px-4 py-3">
                {actions}
              </footer>
            )}
            {/* Last, so that the first field takes the focus. */}
            <IconButton
              label="Close"
              keys="esc"
              icon={<X />}
              onClick={onClose}
              className="absolute! top-3 right-3"
            />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
