import { useEffect, useId, useRef, useState, type RefObject } from "react";
import { useApi } from "./api-context.ts";
import { namesFor, numbersFor, type Choice } from "./completion-choices.ts";
import { typeInto } from "./draft.ts";
import { useFrame } from "./frame.ts";

interface Props {
  readonly around: RefObject<HTMLElement | null>;
  readonly context: string | undefined;
  /** Ctrl or Cmd and G. */
  readonly onSuggest: () => void;
}

interface Begun {
  /** Where the `@` or `#` stands. */
  readonly start: number;
  readonly end: number;
  readonly choices: readonly Choice[];
}

/** The word before the cursor that can be completed: `@al`, `@acme/co`, `#12`. */
const begun = /(?:^|[\s([{])([@#])([\w-]{0,39}(?:\/[\w.-]{0,100})?)$/;

/** Offers people and teams after `@` and issues and pull requests after `#` while somebody types. */
export function Completion({ around, context, onSuggest }: Props) {
  const api = useApi();
  const hasTeams = useFrame().organizations.length > 0;
  const id = useId();
  const [found, setFound] = useState<Begun>();
  const [active, setActive] = useState(0);
  const state = useRef({ found, active, onSuggest });
  useEffect(() => {
    state.current = { found, active, onSuggest };
  });

  useEffect(() => {
    const area = around.current?.querySelector("textarea");
    if (!area) return undefined;
    let asked = 0;
    const look = async () => {
      const mine = ++asked;
      const end = area.selectionStart;
      const [, sign, word = ""] = begun.exec(area.value.slice(0, end)) ?? [];
      const choices =
        sign === undefined || area.selectionEnd !== end
          ? []
          : sign === "#"
            ? await numbersFor(api, context, word)
            : await namesFor(api, context, word, hasTeams);
      // A later letter asked anew.
      if (mine !== asked) return;
      setActive(0);
      setFound(choices.length === 0 ? undefined : { start: end - word.length - 1, end, choices });
    };
    const onInput = () => void look();
    const onKey = (event: KeyboardEvent) => {
      const { found: open, active: at, onSuggest: suggest } = state.current;
      if (event.key === "g" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        suggest();
        return;
      }
      if (!open || event.isComposing || event.ctrlKey || event.metaKey) return;
      const count = open.choices.length;
      if (event.key === "ArrowDown") setActive((at + 1) % count);
      else if (event.key === "ArrowUp") setActive((at + count - 1) % count);
      else if (event.key === "Escape") setFound(undefined);
      else if (event.key === "Enter" || event.key === "Tab") take(area, open, at, () => setFound(undefined));
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    const onBlur = () => setFound(undefined);
    area.addEventListener("input", onInput);
    area.addEventListener("keydown", onKey);
    area.addEventListener("blur", onBlur);
    // Somebody may have typed while this was fetched.
    if (area.value !== area.defaultValue) onInput();
    return () => {
      asked = -1;
      area.removeEventListener("input", onInput);
      area.removeEventListener("keydown", onKey);
      area.removeEventListener("blur", onBlur);
    };
  }, [around, api, context, hasTeams]);

  // A text area that completes tells so to who cannot see the list.
  useEffect(() => {
    const area = around.current?.querySelector("textarea");
    if (!area || !found) return undefined;
    area.setAttribute("aria-controls", id);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-activedescendant", `${id}-${active}`);
    return () => {
      for (const name of ["aria-controls", "aria-autocomplete", "aria-activedescendant"])
        area.removeAttribute(name);
    };
  }, [around, found, active, id]);

  if (!found) return null;
  return (
    <ul
      id={id}
      role="listbox"
      aria-label="Completions"
      className="popup absolute top-full left-0 z-40 mt-1 max-h-72 w-80 max-w-full overflow-y-auto p-1"
    >
      {found.choices.map((choice, index) => (
        // The keyboard chooses from the text area, which keeps the focus.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <li
          key={choice.insert}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className="flex cursor-pointer items-baseline gap-2 rounded px-2 py-1 text-sm aria-selected:bg-hover"
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => {
            const area = around.current?.querySelector("textarea");
            if (area) take(area, found, index, () => setFound(undefined));
          }}
        >
          <span className="max-w-full shrink-0 font-medium [overflow-wrap:anywhere]">{choice.insert}</span>
          <span className="truncate text-ink-2" dir="auto">
            {choice.about}
          </span>
        </li>
      ))}
    </ul>
  );
}

function take(area: HTMLTextAreaElement, { start, end, choices }: Begun, index: number, close: () => void) {
  const insert = `${choices[index]?.insert ?? ""} `;
  typeInto(area, area.value.slice(0, start) + insert + area.value.slice(end));
  area.setSelectionRange(start + insert.length, start + insert.length);
  close();
}
