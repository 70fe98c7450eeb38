import { lazy, Suspense } from "react";
import type { TextEdits } from "../../../api/client.gen.ts";
import { Popover } from "../../ui/popover.tsx";

const EditHistory = lazy(() => import("./edit-history.tsx"));

/** Says that a text was changed, and opens what it said before. */
export function Edited({ edits, text }: { readonly edits: TextEdits; readonly text: string }) {
  if (edits.count === 0) return null;
  return (
    <Popover
      label="What it said before"
      align="start"
      className="w-[min(36rem,92vw)] p-0"
      content={
        <Suspense>
          <EditHistory text={text} />
        </Suspense>
      }
    >
      <button
        type="button"
        className="text-xs text-ink-3 hover:text-ink hover:underline"
        title={edits.last_at ?? undefined}
      >
        {edits.count === 1 ? "edited" : `edited ${edits.count} times`}
      </button>
    </Popover>
  );
}
