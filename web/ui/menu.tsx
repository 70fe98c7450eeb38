import { lazy, Suspense, type ReactElement, type ReactNode } from "react";
import { usePopup } from "./use-popup.tsx";

/** One line of a menu. `reason` refuses it and says why. */
export type MenuItem =
  | {
      readonly label: string;
      readonly icon?: ReactNode;
      readonly keys?: string | undefined;
      readonly href?: string;
      readonly run?: () => void;
      readonly danger?: boolean;
      readonly reason?: string | undefined;
      readonly checked?: boolean;
    }
  | { readonly heading: string }
  | {
      readonly choice: string;
      readonly value: string;
      readonly of: readonly Choice[];
      readonly onChoose: (value: string) => void;
    }
  | "line";

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly icon?: ReactNode;
}

interface Props {
  readonly items: readonly MenuItem[];
  readonly align?: "start" | "center" | "end" | undefined;
  readonly side?: "top" | "bottom" | "left" | "right" | undefined;
  /** The button that opens it: `Button` or `IconButton`. */
  readonly children: ReactElement<Record<string, unknown>>;
}

const load = () => import("./menu-popup.tsx");
const MenuPopup = lazy(load);

/** A button that opens a list of acts. What it offers must be reachable elsewhere without JavaScript. */
export function Menu({ items, align = "start", side = "bottom", children }: Props) {
  const { trigger, popup } = usePopup(children, "menu", load);
  return (
    <>
      {trigger}
      {popup && (
        <Suspense>
          <MenuPopup {...popup} items={items} align={align} side={side} />
        </Suspense>
      )}
    </>
  );
}
