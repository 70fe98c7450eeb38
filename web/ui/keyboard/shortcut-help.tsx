import { Dialog } from "../dialog.tsx";
import { Keys } from "./keys.tsx";
import { boundShortcuts } from "./shortcuts.ts";

/** Every key that works on this page, by group. */
export default function ShortcutHelp({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const groups = open ? Map.groupBy(boundShortcuts(), ({ group }) => group ?? "This page") : new Map();
  return (
    <Dialog title="Keyboard shortcuts" open={open} onClose={onClose}>
      <div className="columns-1 gap-8 sm:columns-2">
        {[...groups].map(([group, shortcuts]) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-xs font-medium text-ink-3">{group}</h3>
            <dl>
              {shortcuts.toReversed().map(({ keys, label }: { keys: string; label: string }) => (
                <div key={keys} className="flex min-h-7 items-center justify-between gap-3">
                  <dt className="text-sm">{label}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
