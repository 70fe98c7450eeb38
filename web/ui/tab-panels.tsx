import { useId, useState, type KeyboardEvent, type ReactNode } from "react";

export interface TabPanel {
  readonly value: string;
  readonly label: ReactNode;
  readonly panel: ReactNode;
}

/**
 * Tabs within a page that need no address: writing and its preview. The first is open without JavaScript, and every panel
 * stays in the page with what was typed in it. Arrows move between the tabs; Enter or Space opens the one with the focus.
 */
export function TabPanels({
  label,
  panels,
  onChange,
}: {
  readonly label: string;
  readonly panels: readonly TabPanel[];
  readonly onChange?: (value: string) => void;
}) {
  const id = useId();
  const [open, setOpen] = useState(panels[0]?.value);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
    const next = step(event.key, tabs.indexOf(event.target as HTMLElement), tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    tabs[next]?.focus();
  };
  return (
    <div>
      <div role="tablist" aria-label={label} className="flex border-b border-line" onKeyDown={onKeyDown}>
        {panels.map(({ value, label: word }) => (
          <button
            key={value}
            type="button"
            role="tab"
            id={`${id}-${value}`}
            aria-selected={value === open}
            aria-controls={`${id}-${value}-panel`}
            tabIndex={value === open ? 0 : -1}
            className="tab"
            onClick={() => {
              if (value === open) return;
              setOpen(value);
              onChange?.(value);
            }}
          >
            {word}
          </button>
        ))}
      </div>
      {panels.map(({ value, panel }) => (
        <div
          key={value}
          role="tabpanel"
          id={`${id}-${value}-panel`}
          aria-labelledby={`${id}-${value}`}
          hidden={value !== open}
          className="pt-3"
        >
          {panel}
        </div>
      ))}
    </div>
  );
}

/** The tab that a key leads to from the one with the focus: WAI-ARIA Authoring Practices, "Tabs Pattern". */
function step(key: string, from: number, count: number): number | undefined {
  if (from < 0) return undefined;
  if (key === "ArrowRight") return (from + 1) % count;
  if (key === "ArrowLeft") return (from + count - 1) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return undefined;
}
