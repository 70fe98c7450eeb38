import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Keys } from "../keyboard/keys.tsx";
import { matchScore } from "./match.ts";
import { paletteProviders, type PaletteItem } from "./provider.ts";

interface Group {
  readonly value: string;
  readonly items: readonly PaletteItem[];
}

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly go: (href: string) => void;
}

/** The command palette: objects and verbs by name. */
export default function Palette({ open, onClose, go }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center p-3 pt-[max(0.75rem,12vh)]">
          <Dialog.Popup
            aria-label="Command palette"
            className="popup flex max-h-[min(30rem,76vh)] w-[40rem] max-w-full flex-col"
          >
            <Lines
              onPick={(item) => {
                onClose();
                if (item.run) item.run();
                else if (item.href !== undefined) go(item.href);
              }}
            />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Lines({ onPick }: { readonly onPick: (item: PaletteItem) => void }) {
  const [text, setText] = useState("");
  const local = useMemo(() => localGroups(text), [text]);
  const found = useSearch(text);
  const groups = merge([...local, ...found]);
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      value={text}
      onValueChange={setText}
      itemToStringValue={(item: PaletteItem) => item.title}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden="true" className="text-ink-3" />
        <Autocomplete.Input
          placeholder="Type a command or search…"
          aria-label="Type a command or search"
          className="h-11 w-full bg-transparent text-base outline-none"
        />
        <Dialog.Close className="sr-only">Close</Dialog.Close>
        <Keys keys="esc" />
      </div>
      <Autocomplete.Empty className="px-4 py-6 text-center text-sm text-ink-2 empty:hidden">
        Nothing matches.
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 scroll-py-1 overflow-y-auto overscroll-contain p-1 empty:p-0">
        {(group: Group) => (
          <Autocomplete.Group key={group.value} items={group.items} className="not-last:mb-1">
            <Autocomplete.GroupLabel className="px-3 pt-2 pb-1 text-xs font-medium text-ink-3">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(item: PaletteItem) => (
                <Autocomplete.Item
                  key={item.id}
                  value={item}
                  onClick={() => onPick(item)}
                  className="option min-h-8! px-3!"
                >
                  <span className="grid size-4 shrink-0 place-items-center">{item.icon}</span>
                  <span className="min-w-0 grow truncate">{item.title}</span>
                  {item.hint !== undefined && (
                    <span className="max-w-[40%] truncate text-xs text-ink-3">{item.hint}</span>
                  )}
                  {item.keys !== undefined && <Keys keys={item.keys} />}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

/** What the providers have at hand and what matches of it, best first within its group. */
function localGroups(text: string): Group[] {
  return paletteProviders().map(({ group, items }) => {
    const scored = (items?.() ?? []).map((item) => ({
      item,
      score: matchScore(text, item.title, item.words),
    }));
    const kept = scored.filter(({ score }) => score > 0);
    if (text.trim() !== "") kept.sort((a, b) => b.score - a.score);
    return { value: group, items: kept.map(({ item }) => item) };
  });
}

const none: readonly Group[] = [];

/** Asks the providers that search, a moment after the last key; keeps the last answer until the next one comes. */
function useSearch(text: string): readonly Group[] {
  const [found, setFound] = useState(none);
  useEffect(() => {
    if (text.trim().length < 2) return undefined;
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      const groups = await Promise.all(
        paletteProviders().map(async ({ group, search }) => ({
          value: group,
          items: (await search?.(text, controller.signal).catch(() => [])) ?? [],
        })),
      );
      if (!controller.signal.aborted) setFound(groups);
    }, 120);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [text]);
  return text.trim().length < 2 ? none : found;
}

function merge(groups: readonly Group[]): Group[] {
  const merged = new Map<string, Map<string, PaletteItem>>();
  for (const { value, items } of groups) {
    if (items.length === 0) continue;
    const into = merged.get(value) ?? new Map<string, PaletteItem>();
    merged.set(value, into);
    for (const item of items) into.set(item.id, item);
  }
  return [...merged].map(([value, items]) => ({ value, items: [...items.values()] }));
}
