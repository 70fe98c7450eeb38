import { useEffect } from "react";

/**
 * Marks that the page answers to the mouse and the keyboard; browser tests wait for it.
 * Called by what stands innermost: what is around it is taken over earlier.
 */
export function useLive(innermost = true): void {
  useEffect(() => {
    if (innermost) document.documentElement.dataset["live"] = "";
  }, [innermost]);
}
