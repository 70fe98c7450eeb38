import { useEffect, useRef, type RefObject } from "react";
import { typeInto } from "../issues/draft.ts";

/** What a change builds on: the commit that was seen, and the file in it. */
export interface Begun {
  readonly head: string | null;
  readonly oid: string | null;
}

interface Draft extends Begun {
  readonly fields: Readonly<Record<string, string>>;
}

interface Options {
  /** Names the draft: the page's address. */
  readonly key: string;
  readonly begun: Begun;
  /** What came with the page, such as a refused form, is newer than the draft. */
  readonly fresh: boolean;
  /** The draft was begun on this. */
  readonly onRestore: (begun: Begun) => void;
}

/**
 * Keeps a change until it is committed, with the commit on which it was begun: after a reload it still cannot undo what others
 * have done since. Put the reference on an element around the fields.
 */
export function useEditDraft({ key, begun, fresh, onRestore }: Options): {
  readonly around: RefObject<HTMLDivElement | null>;
  readonly forget: () => void;
} {
  const around = useRef<HTMLDivElement>(null);
  const latest = useRef({ begun, onRestore });
  useEffect(() => {
    latest.current = { begun, onRestore };
  });
  const place = `draft:${key}`;
  const sent = useRef(false);
  useEffect(() => {
    const element = around.current;
    if (!element) return undefined;
    sent.current = false;
    const first = read(element);
    const draft = fresh ? null : parse(localStorage.getItem(place));
    if (draft) {
      for (const field of fieldsOf(element)) {
        const text = draft.fields[field.name];
        if (text !== undefined && text !== field.value) typeInto(field, text);
      }
      latest.current.onRestore({ head: draft.head, oid: draft.oid });
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = () => {
      clearTimeout(timer);
      timer = undefined;
      if (sent.current) return;
      const fields = read(element);
      const same = Object.entries(fields).every(([name, text]) => first[name] === text);
      if (same) localStorage.removeItem(place);
      else store(place, { head: latest.current.begun.head, oid: latest.current.begun.oid, fields });
    };
    const soon = () => {
      timer ??= setTimeout(keep, 300);
    };
    const now = () => {
      if (timer !== undefined) keep();
    };
    element.addEventListener("input", soon);
    addEventListener("pagehide", now);
    return () => {
      now();
      element.removeEventListener("input", soon);
      removeEventListener("pagehide", now);
    };
  }, [place, fresh]);
  const forget = () => {
    sent.current = true;
    localStorage.removeItem(place);
  };
  return { around, forget };
}

type Typed = HTMLInputElement | HTMLTextAreaElement;

const fieldsOf = (element: HTMLElement): Typed[] => [
  ...element.querySelectorAll<Typed>("textarea[name], input[type=text][name]"),
];

const read = (element: HTMLElement): Record<string, string> =>
  Object.fromEntries(fieldsOf(element).map((field) => [field.name, field.value]));

function parse(kept: string | null): Draft | null {
  if (kept === null) return null;
  const draft = JSON.parse(kept) as Partial<Draft>;
  return typeof draft.fields === "object" ? { head: null, oid: null, fields: {}, ...draft } : null;
}

function store(place: string, draft: Draft): void {
  try {
    localStorage.setItem(place, JSON.stringify(draft));
  } catch {
    // The store is full. What is typed is still on the page; an older draft would be wrong.
    localStorage.removeItem(place);
  }
}
