import { ActionForm } from "../../app/action-form.tsx";
import { tip } from "../../ui/tip.ts";
import type { DiffFile } from "../diff/lines.ts";
import { apiOf, type At } from "./hrefs.ts";

interface Props {
  readonly at: At;
  readonly number: number;
  readonly file: Pick<DiffFile, "path" | "new_oid">;
  readonly viewed: boolean;
  /** It was marked in an earlier version. */
  readonly changed: boolean;
  /** Where to go on without JavaScript. */
  readonly here: string;
  readonly onToggle: () => void;
}

/** The mark of a file that its reader is done with: a form that works without JavaScript, and at once with it. */
export function ViewedMark({ at, number, file, viewed, changed, here, onToggle }: Props) {
  const address = `${apiOf(at)}/pulls/${number}/viewed-files`;
  return (
    <ActionForm
      id={`viewed-${file.path}`}
      action={`${viewed ? "DELETE" : "PUT"} ${address}`}
      values={viewed ? { path: file.path } : { path: file.path, sha: file.new_oid }}
      redirect={here}
      className="contents"
    >
      <button
        type="submit"
        aria-pressed={viewed}
        onClick={(event) => {
          event.preventDefault();
          onToggle();
        }}
        className="viewed-mark"
        {...tip(
          viewed
            ? "Not viewed after all"
            : changed
              ? "It has changed since you viewed it"
              : "Done with this file, until it changes",
          "v",
        )}
      >
        <span aria-hidden="true" className="viewed-tick" />
        Viewed
        {changed && !viewed && (
          <i
            className="size-1.5 rounded-full bg-warning"
            role="img"
            aria-label="changed since you viewed it"
          />
        )}
      </button>
    </ActionForm>
  );
}

/** How many files are done. */
export function ViewedProgress({ viewed, total }: { readonly viewed: number; readonly total: number }) {
  return (
    <div className="flex items-center gap-2 text-xs text-ink-2">
      <progress
        aria-label="Files viewed"
        value={viewed}
        max={total}
        className="viewed-progress min-w-0 grow"
      />
      <span className="tabular whitespace-nowrap" aria-live="polite">
        {viewed} / {total} viewed
      </span>
    </div>
  );
}
