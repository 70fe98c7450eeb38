/**
 * Does something once what has just changed is on the screen: for work that nobody waits to see. At once where nothing is
 * painted, in a page that lies in the background.
 */
export function afterPaint(act: () => void): void {
  if (document.hidden) act();
  else requestAnimationFrame(() => setTimeout(act));
}
