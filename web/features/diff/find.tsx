import { Search } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { IconButton } from "../../ui/icon-button.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import type { DiffFile, LinePlace } from "./lines.ts";

const FindBar = lazy(() => import("./find-bar.tsx"));

export interface FindProps {
  readonly files: readonly DiffFile[];
  /** Draws the line, wherever it is. */
  readonly onShow: (place: LinePlace) => void;
}

/**
 * Finds words in all lines of a diff: the browser finds only what is drawn. The browser's own key opens it; pressed again in its
 * field, that key is the browser's.
 */
export function Find(props: FindProps) {
  const [open, setOpen] = useState(0);
  const [typing, setTyping] = useState(false);
  const show = () => setOpen((times) => times + 1);
  useShortcut({
    keys: "mod+f",
    label: "Find in all lines",
    group: "Review",
    whileTyping: true,
    enabled: !typing,
    run: show,
  });
  return (
    <>
      <IconButton
        label="Find in all lines"
        keys="mod+f"
        size="sm"
        className="js-only"
        icon={<Search aria-hidden="true" />}
        onClick={show}
      />
      {open > 0 && (
        <Suspense>
          <FindBar
            {...props}
            asked={open}
            onTyping={setTyping}
            onClose={() => {
              setTyping(false);
              setOpen(0);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
