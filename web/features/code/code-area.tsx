import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Field } from "../../ui/field.tsx";
import { Textarea } from "../../ui/input.tsx";

interface Props {
  readonly name: string;
  readonly label: string;
  readonly defaultValue: string;
}

/**
 * A field for code: Tab indents as the file does, a new line begins where the last one did. Esc lets the next Tab leave, and
 * Shift+Tab always leaves, so that the keyboard is never caught.
 */
export function CodeArea({ name, label, defaultValue }: Props) {
  const free = useRef(false);
  const unit = useRef("  ");
  const gutter = useRef<HTMLPreElement>(null);
  const [lines, setLines] = useState(() => linesOf(defaultValue));
  useEffect(() => {
    unit.current = indentOf(defaultValue);
  }, [defaultValue]);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      free.current = true;
      event.stopPropagation();
      return;
    }
    if (event.key === "Tab" && !event.shiftKey && !free.current) {
      event.preventDefault();
      insert(unit.current);
    } else if (event.key === "Enter" && !event.shiftKey) {
      const { value, selectionStart } = event.currentTarget;
      const begin = value.lastIndexOf("\n", selectionStart - 1) + 1;
      const indent = /^[ \t]*/.exec(value.slice(begin, selectionStart))?.[0] ?? "";
      if (indent !== "") {
        event.preventDefault();
        insert(`\n${indent}`);
      }
    }
    if (event.key !== "Tab" && event.key !== "Shift") free.current = false;
  };
  return (
    <Field
      name={name}
      label={label}
      bare
      hint="Tab indents. Esc and then Tab leaves the field, as does Shift+Tab. Ctrl+Enter goes on to the commit."
    >
      <div className="code-area-frame">
        <pre ref={gutter} aria-hidden="true" className="code-gutter">
          {numbersTo(lines)}
        </pre>
        <Textarea
          mono
          wrap="off"
          rows={20}
          defaultValue={defaultValue}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          className="code-area"
          onKeyDown={onKeyDown}
          onInput={(event) => setLines(linesOf(event.currentTarget.value))}
          onScroll={(event) => {
            if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
          }}
          onBlur={() => {
            free.current = false;
          }}
        />
      </div>
    </Field>
  );
}

const linesOf = (text: string): number => text.split("\n").length;

/** One number a line, as the field has them beside its own; a little more, so that both scroll to the same end. */
const numbersTo = (lines: number): string =>
  `${Array.from({ length: lines }, (_, index) => index + 1).join("\n")}\n\n`;

/** Types text where the cursor is. The old command is the only way by which undo still works. */
const insert = (text: string): boolean => document.execCommand("insertText", false, text);

/** One step of indentation as a text has it: a tab, or so many spaces. */
export function indentOf(text: string): string {
  const steps = text.match(/^(?:\t|  +)(?=\S)/gm) ?? [];
  if (steps.some((step) => step.startsWith("\t"))) return "\t";
  const widths = steps.map((step) => step.length).filter((width) => width <= 8);
  return " ".repeat(widths.length === 0 ? 2 : Math.min(...widths));
}
