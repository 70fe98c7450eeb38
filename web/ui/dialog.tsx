import { lazy, Suspense, useState, type ReactNode } from "react";

export interface DialogProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly size?: "sm" | "md" | "lg" | undefined;
  /** Buttons at the foot, the primary one first. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

const DialogPopup = lazy(() => import("./dialog-popup.tsx"));

/** A surface over the page that asks for one thing. Its code is fetched when it is first opened. */
export function Dialog(props: DialogProps) {
  const [used, setUsed] = useState(props.open);
  if (props.open && !used) setUsed(true);
  if (!used) return null;
  return (
    <Suspense>
      <DialogPopup {...props} />
    </Suspense>
  );
}
