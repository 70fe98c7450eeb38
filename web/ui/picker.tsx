import { lazy, Suspense, type ReactElement, type ReactNode } from "react";
import { usePopup } from "./use-popup.tsx";

/** One thing that can be picked. */
export interface PickerItem {
  readonly value: string;
  /** What is searched and read aloud. */
  readonly label: string;
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
}

export interface PickerProps {
  /** What is picked: "Labels", "Branch". Names the list and its search field. */
  readonly label: string;
  readonly items: readonly PickerItem[];
  readonly selected: readonly string[];
  /** One closes on the pick; several stay open and report on every change. */
  readonly multiple?: boolean | undefined;
  readonly onChange: (selected: readonly string[]) => void;
  /** Shown when nothing matches, such as the way to make one. */
  readonly empty?: ReactNode;
  /** Still reading its items. */
  readonly pending?: boolean | undefined;
  /** Called with what is typed when the items come from the server; they are then not filtered here. */
  readonly onSearch?: ((text: string) => void) | undefined;
  /** Below the list: a link to manage what is picked. */
  readonly footer?: ReactNode;
  readonly align?: "start" | "center" | "end" | undefined;
  /** The button that opens it. */
  readonly children: ReactElement<Record<string, unknown>>;
}

const load = () => import("./picker-popup.tsx");
const PickerPopup = lazy(load);

/** A button that opens a searchable list to pick from: a branch, labels, people. */
export function Picker({ children, ...list }: PickerProps) {
  const { trigger, popup } = usePopup(children, "dialog", load);
  return (
    <>
      {trigger}
      {popup && (
        <Suspense>
          <PickerPopup {...popup} {...list} />
        </Suspense>
      )}
    </>
  );
}
