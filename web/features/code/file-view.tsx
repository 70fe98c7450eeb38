import "./code.css";
import { useRouter } from "@tanstack/react-router";
import { memo, useEffect, useMemo, useRef, type MouseEvent } from "react";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { visit } from "../../app/navigation.ts";
import { chosenLines, linesHash } from "./line-hash.ts";
import { shownLine } from "./shown-line.ts";
import { sayHref, type Lines, type SayAt } from "./say-href.ts";

interface Props {
  /** HTML of each line, escaped and coloured by the server. */
  readonly lines: readonly string[];
  readonly label: string;
  /** Where the lines can be spoken of; absent for who may not. */
  readonly say: SayAt | undefined;
}

/**
 * The lines of a file with their numbers, as one piece of HTML with two elements a line. A number is a link to its line; with
 * shift it ends a stretch. The address says what is chosen: `#L5-L12`.
 */
export function FileView({ lines, label, say }: Props) {
  const view = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const html = useMemo(() => linesHtml(lines), [lines]);

  useEffect(() => {
    const show = () => {
      const chosen = chosenLines(location.hash);
      mark(view.current, chosen);
      offer(view.current, say, chosen);
    };
    show();
    const first = chosenLines(location.hash);
    if (first && location.hash.includes("-"))
      document.getElementById(`L${first.from}`)?.scrollIntoView({ block: "center" });
    addEventListener("hashchange", show);
    return () => removeEventListener("hashchange", show);
    // A place is the same as long as what it says is.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [say?.path, say?.pull?.number, say?.pull?.owner, say?.commit]);

  useShortcut({
    keys: "c",
    label: "Comment on the chosen lines",
    group: "This page",
    enabled: say !== undefined,
    run: () => say && visit(router, sayHref(say, chosenLines(location.hash))),
  });

  useShortcut({
    keys: "l",
    label: "Go to line",
    group: "This page",
    run: () => {
      const line = Number(window.prompt("Line"));
      if (Number.isInteger(line) && line > 0 && line <= lines.length) location.hash = `#L${line}`;
    },
  });

  const onClick = (event: MouseEvent) => {
    const number = event.target instanceof Element ? event.target.closest<HTMLElement>("a.n") : null;
    if (!number) return;
    const line = Number(number.dataset["n"]);
    const before = chosenLines(location.hash);
    const hash = event.shiftKey && before ? linesHash(before.anchor, line) : linesHash(line, line);
    event.preventDefault();
    router.history.replace(location.pathname + location.search + hash);
    mark(view.current, chosenLines(hash));
    offer(view.current, say, chosenLines(hash));
  };
  return (
    // Presses are those of links within, which the keyboard reaches too.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <div ref={view} className="code-lines" onClick={onClick} role="region" aria-label={label} tabIndex={0}>
      <Lines html={html} />
    </div>
  );
}

const Lines = memo(function Lines({ html }: { readonly html: string }) {
  return <div className="code-wide" dangerouslySetInnerHTML={{ __html: html }} />;
});

const linesHtml = (lines: readonly string[]): string =>
  lines
    .map(
      (line, index) =>
        `<div class="cl" id="L${index + 1}"><a class="n" href="#L${index + 1}" data-n="${index + 1}" aria-label="Line ${index + 1}" tabindex="-1"></a><code>${shownLine(line)}</code></div>`,
    )
    .join("");

/** The way to a comment is fetched when lines are first chosen by somebody who may comment. */
function offer(view: HTMLElement | null, say: SayAt | undefined, chosen: Lines | undefined): void {
  if (!view || (!say && !view.querySelector(".say"))) return;
  void import("./offer-say.ts").then(({ offerSay }) => offerSay(view, say, chosen));
}

function mark(view: HTMLElement | null, chosen: ReturnType<typeof chosenLines>): void {
  if (!view) return;
  for (const line of view.querySelectorAll(".cl.chosen")) line.classList.remove("chosen");
  if (!chosen) return;
  for (let line = chosen.from; line <= chosen.to; line++)
    view.querySelector(`#L${line}`)?.classList.add("chosen");
}
