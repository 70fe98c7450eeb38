import { sayHref, sayWords, type Lines, type SayAt } from "./say-href.ts";

/** Lucide's message-square-plus, which is drawn here without React. */
const icon =
  '<svg viewBox="0 0 24 24" width="14" height="14" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M21 15a2 2 0 0 1-2 2H7l-4 4V5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2z"/><path d="M12 7v6"/><path d="M9 10h6"/></svg>';

/** Puts the way to a comment beside the chosen lines of a file: the lines are HTML that React does not look into. */
export function offerSay(view: HTMLElement, place: SayAt | undefined, chosen: Lines | undefined): void {
  view.querySelector(".say")?.remove();
  const line = place && chosen && view.querySelector(`#L${chosen.to}`);
  if (!line) return;
  const words = sayWords(place, chosen);
  const link = document.createElement("a");
  link.className = "say";
  link.href = sayHref(place, chosen);
  link.title = `${words} (c)`;
  link.setAttribute("aria-label", words);
  link.innerHTML = icon;
  line.prepend(link);
}
