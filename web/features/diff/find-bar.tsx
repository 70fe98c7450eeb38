import "./find.css";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { IconButton } from "../../ui/icon-button.tsx";
import { fileAtHand, scrollToDrawn } from "./at-hand.ts";
import type { FindProps } from "./find.tsx";
import { findIn, firstFrom, mostFound, patternOf, searchedLines } from "./found.ts";
import { codeOf, paintFound, whenDrawn } from "./found-marks.ts";

interface Props extends FindProps {
  /** Counts how often it was asked for: then the field is gone to again. */
  readonly asked: number;
  readonly onTyping: (typing: boolean) => void;
  readonly onClose: () => void;
}

/** The field, how many there are, and the way from one to the next. */
export default function FindBar({ files, onShow, asked, onTyping, onClose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const before = useRef<Element | null>(null);
  const [typed, setTyped] = useState("");
  const words = useDeferredValue(typed);
  const lines = useMemo(() => searchedLines(files), [files]);
  const pattern = useMemo(() => patternOf(words), [words]);
  const found = useMemo(() => findIn(lines, pattern), [lines, pattern]);
  // What is found first is near what was read when the words were typed.
  const [from, setFrom] = useState(0);
  const [steps, setSteps] = useState(0);
  const at = (((firstFrom(found, from) + steps) % found.length) + found.length) % found.length;
  const here = found[at];
  const leftOut = files.filter(({ truncated }) => truncated).length;

  useEffect(() => {
    if (document.activeElement !== input.current) before.current = document.activeElement;
    input.current?.focus();
    input.current?.select();
  }, [asked]);
  useEffect(() => {
    if (!here) return;
    onShow({ ...here.line.place });
    scrollToDrawn(() => codeOf(here.line.id), "center");
    // What shows a line is not what is shown.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [here]);
  useEffect(() => {
    const paint = () => paintFound(pattern, here && { id: here.line.id, from: here.from, to: here.to });
    paint();
    return whenDrawn(paint);
  }, [pattern, here]);
  useEffect(() => () => paintFound(null, undefined), []);

  const type = (text: string) => {
    const path = fileAtHand()?.dataset["diffFile"];
    setFrom(files.findIndex((file) => file.path === path));
    setSteps(0);
    setTyped(text);
  };
  const go = (by: 1 | -1) => setSteps((now) => now + by);
  const close = () => {
    onClose();
    // Reading goes on where it was found.
    const region = here && codeOf(here.line.id)?.closest<HTMLElement>('[role="region"]');
    const target = region ?? before.current;
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) go(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const total =
    found.length > mostFound ? `${mostFound.toLocaleString("en")}+` : found.length.toLocaleString("en");
  return (
    <div
      role="search"
      aria-label="Find in all lines"
      className="fixed top-3 right-4 z-40 w-88 rounded-lg border border-line-strong bg-raised p-1.5 text-sm shadow-float max-md:top-14 max-sm:inset-x-3 max-sm:w-auto"
    >
      <div className="flex items-center gap-1">
        <input
          ref={input}
          type="search"
          aria-label="Find in all lines"
          placeholder="Find in all lines"
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onFocus={() => onTyping(true)}
          onBlur={() => onTyping(false)}
          className="control small min-w-0 grow font-mono"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
        <output className="tabular shrink-0 px-1 text-right text-ink-2">
          {words === "" ? "" : found.length === 0 ? "None" : `${(at + 1).toLocaleString("en")} of ${total}`}
        </output>
        <IconButton
          size="sm"
          label="Found before"
          keys="shift+enter"
          disabled={found.length === 0}
          icon={<ChevronUp aria-hidden="true" />}
          onClick={() => go(-1)}
        />
        <IconButton
          size="sm"
          label="Found next"
          keys="enter"
          disabled={found.length === 0}
          icon={<ChevronDown aria-hidden="true" />}
          onClick={() => go(1)}
        />
        <IconButton size="sm" label="Close" keys="esc" icon={<X aria-hidden="true" />} onClick={close} />
      </div>
      {leftOut > 0 && (
        <p className="px-1 pt-1.5 text-ink-2">
          Not in {leftOut === 1 ? "the one file" : `the ${leftOut} files`} left out for their size.
        </p>
      )}
    </div>
  );
}
