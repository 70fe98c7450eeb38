import { Search, X } from "lucide-react";
import { useId, useState, type KeyboardEvent, useRef } from "react";
import { complete, type Known } from "../../../language/complete.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { useFocusKey } from "../repositories/focus-key.ts";
import { usual } from "./usual.ts";
import { Problems, type Problem } from "./problems.tsx";

interface Props {
  readonly list: string;
  readonly line: string;
  readonly kind: "issue" | "pr";
  readonly label: string;
  readonly known: Known;
  readonly problems: readonly Problem[];
}

/**
 * The words that narrow a list. A plain form: Enter asks. With JavaScript the filters and their values are offered while one
 * types: arrows choose, Tab or Enter takes, Escape closes.
 */
export function QueryBar(props: Props) {
  return (
    <div className="min-w-0 grow basis-full sm:basis-64">
      {/* Another query is another text, whoever wrote it. */}
      <Field key={props.line} {...props} />
      <Problems problems={props.problems} />
    </div>
  );
}

function Field({ list, line, kind, label, known }: Props) {
  const field = useFocusKey<HTMLInputElement>("/", label);
  const pressed = useRef(false);
  const popup = useId();
  const [text, setText] = useState(line);
  const [caret, setCaret] = useState(line.length);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const found = open ? complete(text, caret, known, { kind }) : [];
  const isOpen = found.length > 0;

  const take = (index: number): void => {
    const one = found[index];
    const input = field.current;
    if (!one || !input) return;
    // Typed into the field itself, so that its own undo takes it back.
    setText(one.line);
    setCaret(one.caret);
    setActive(-1);
    setOpen(one.label.endsWith(":"));
    input.focus();
    requestAnimationFrame(() => input.setSelectionRange(one.caret, one.caret));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      if (!isOpen) return setOpen(true);
      const next = active < 0 && step < 0 ? found.length - 1 : active + step;
      return setActive((next + found.length) % found.length);
    }
    if (!isOpen) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      setOpen(false);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Tab" && !event.shiftKey && text.slice(0, caret).trim() !== "") {
      event.preventDefault();
      take(Math.max(active, 0));
    }
  };

  return (
    <form method="get" action={list} role="search" className="relative" onSubmit={() => setOpen(false)}>
      <Search aria-hidden="true" className="absolute top-2 left-2.5 text-ink-3" />
      <Input
        ref={field}
        type="text"
        name="q"
        role="combobox"
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={isOpen ? popup : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && active >= 0 ? `${popup}-${active}` : undefined}
        placeholder={`${usual} author:@me label:bug words`}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setCaret(event.target.selectionStart ?? event.target.value.length);
          setActive(-1);
          setOpen(true);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? text.length)}
        onKeyDown={onKeyDown}
        onPointerDown={() => (pressed.current = true)}
        onPointerUp={() => (pressed.current = false)}
        onFocus={({ currentTarget: input }) => {
          // Whoever comes by a key goes on where the line ends; a pointer says itself where.
          if (text === "" || pressed.current) return;
          const longer = text.endsWith(" ") ? text : `${text} `;
          setText(longer);
          setCaret(longer.length);
          requestAnimationFrame(() => input.setSelectionRange(longer.length, longer.length));
        }}
        onBlur={() => setOpen(false)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className="!pr-9 !pl-8"
      />
      {line !== usual && (
        <IconButton
          label="Clear the filter"
          icon={<X aria-hidden="true" />}
          size="sm"
          href={list}
          className="absolute top-1 right-1"
        />
      )}
      {isOpen && (
        <ul
          id={popup}
          role="listbox"
          aria-label="What can follow"
          className="popup absolute top-full left-0 z-30 mt-1 max-h-80 w-full max-w-md overflow-y-auto overscroll-contain p-1"
        >
          {found.map((one, index) => (
            <li
              key={one.label}
              id={`${popup}-${index}`}
              role="option"
              aria-selected={index === active}
              data-highlighted={index === active ? "" : undefined}
              className="option cursor-default"
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(index)}
              onPointerMove={() => setActive(index)}
            >
              <code className="shrink-0 truncate">{one.label}</code>
              <span className="min-w-0 grow truncate text-right text-xs text-ink-3">{one.about}</span>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
