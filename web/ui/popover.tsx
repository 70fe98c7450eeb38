import { lazy, Suspense, type ReactElement, type ReactNode } from "react";
import { usePopup } from "./use-popup.tsx";

interface Props {
  /** The name of what opens, read aloud. */
  readonly label: string;
  readonly content: ReactNode | ((close: () => void) => ReactNode);
  readonly align?: "start" | "center" | "end" | undefined;
  readonly side?: "top" | "bottom" | "left" | "right" | undefined;
  readonly className?: string | undefined;
  /** The button that opens it. */
  readonly children: ReactElement<Record<string, unknown>>;
}

const load = () => import("./popover-popup.tsx");
const PopoverPopup = lazy(load);

/** A button that opens a small surface beside it: the clone box, a form of two fields. */
export function Popover({ label, content, align = "start", side = "bottom", className, children }: Props) {
  const { trigger, popup, close } = usePopup(children, "dialog", load);
  return (
    <>
      {trigger}
      {popup && (
        <Suspense>
          <PopoverPopup {...popup} label={label} align={align} side={side} className={className}>
            {typeof content === "function" ? content(close) : content}
          </PopoverPopup>
        </Suspense>
      )}
    </>
  );
}
