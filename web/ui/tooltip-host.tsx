import { lazy, Suspense, useEffect, useState } from "react";

interface Shown {
  readonly element: HTMLElement;
  readonly text: string;
  readonly keys: string | undefined;
}

const TooltipPopup = lazy(() => import("./tooltip-popup.tsx"));
const DELAY = 450;

/**
 * Shows the tooltip of whatever carries `data-tip`, after a moment under the pointer or at once on keyboard focus. Esc hides it;
 * it stays while the pointer is on it. What it says is also in the element's own name or description.
 */
export function TooltipHost() {
  const [shown, setShown] = useState<Shown>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current: HTMLElement | undefined;
    const hide = (): void => {
      clearTimeout(timer);
      current = undefined;
      setShown(undefined);
    };
    const show = (element: HTMLElement, delay: number): void => {
      if (element === current) return;
      clearTimeout(timer);
      current = element;
      timer = setTimeout(() => {
        const { tip = "", tipKeys } = element.dataset;
        const open = element.getAttribute("aria-expanded") === "true";
        if (element.isConnected && !open && (tip !== "" || tipKeys))
          setShown({ element, text: tip, keys: tipKeys });
      }, delay);
    };
    const tipOf = (event: Event): HTMLElement | undefined =>
      (event.target instanceof Element ? event.target.closest<HTMLElement>("[data-tip]") : null) ?? undefined;
    const over = (event: PointerEvent): void => {
      if (event.pointerType === "touch") return;
      const element = tipOf(event);
      if (element) show(element, DELAY);
      else if (!(event.target instanceof Element && event.target.closest("[data-tooltip]"))) hide();
    };
    const focus = (event: FocusEvent): void => {
      const element = tipOf(event);
      if (element?.matches(":focus-visible")) show(element, 0);
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key === "Escape") hide();
    };
    document.addEventListener("pointerover", over);
    document.addEventListener("pointerdown", hide, true);
    document.addEventListener("focusin", focus);
    document.addEventListener("focusout", hide);
    document.addEventListener("keydown", key);
    document.addEventListener("scroll", hide, true);
    return () => {
      hide();
      document.removeEventListener("pointerover", over);
      document.removeEventListener("pointerdown", hide, true);
      document.removeEventListener("focusin", focus);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("keydown", key);
      document.removeEventListener("scroll", hide, true);
    };
  }, []);
  return shown ? (
    <Suspense>
      <TooltipPopup anchor={shown.element} text={shown.text} keys={shown.keys} />
    </Suspense>
  ) : null;
}
