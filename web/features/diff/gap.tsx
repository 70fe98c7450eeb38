import { ChevronsUpDown, UnfoldVertical } from "lucide-react";
import { memo, useEffect, useRef, useState, type ReactNode } from "react";
import { webLines } from "../../../api/client.gen.ts";
import { useApi } from "../../app/api-context.ts";
import { asApiError } from "../../app/api.ts";
import { toast } from "../../ui/toast.ts";
import type { DiffFile, DiffRow, HiddenLines } from "./lines.ts";
import { rowsHtml, type RowDrawing } from "./row-html.ts";

interface Props extends HiddenLines {
  readonly repository: string;
  readonly file: DiffFile;
  readonly drawing: RowDrawing;
  readonly children?: ReactNode;
}

/** How many lines one press shows, and how many the server gives at once. */
const step = 20;
const most = 5000;

/** The unchanged lines between hunks: hidden at first, shown by and by. */
export function Gap({ repository, file, drawing, from, to, shift, children }: Props) {
  const api = useApi();
  const [shown, setShown] = useState<readonly string[]>([]);
  const [end, setEnd] = useState(to);
  const [pending, setPending] = useState(false);
  // Between hunks lines appear above the next one; after the last hunk below it.
  const upwards = to !== undefined;
  const hidden = end === undefined ? undefined : end - from + 1 - shown.length;
  const oid = file.new_oid;

  // When all is shown the button is gone: the keyboard goes on from the lines, which scroll.
  const pressed = useRef<HTMLElement>(null);
  useEffect(() => {
    if (hidden === 0) pressed.current?.focus({ preventScroll: true });
    pressed.current = null;
  }, [hidden]);

  const show = async (count: number, region: HTMLElement | null) => {
    if (oid === null || pending) return;
    setPending(true);
    const [owner = "", repo = ""] = repository.split("/");
    const first = upwards ? Math.max(from, (end ?? 0) - shown.length - count + 1) : from + shown.length;
    const last = upwards ? (end ?? 0) - shown.length : first + count - 1;
    try {
      const { data } = await webLines(api.call, { owner, repo, oid, path: file.path, from: first, to: last });
      pressed.current = region;
      setShown(upwards ? [...data.lines, ...shown] : [...shown, ...data.lines]);
      if (!upwards) setEnd(data.total);
      if (data.lines.length === 0) toast({ title: "The file ends here" });
    } catch (error) {
      toast({ title: asApiError(error).message, tone: "danger" });
    } finally {
      setPending(false);
    }
  };

  const start = upwards ? (end ?? 0) - shown.length + 1 : from;
  const rows = <Rows html={rowsHtml(contextRows(shown, start, shift), drawing)} />;
  // Where nothing is left out, the lines follow each other.
  const bar = hidden !== 0 && (
    <div className="diff-gap">
      {oid !== null && (
        <span className="js-only flex gap-1">
          {(hidden === undefined || hidden > step) && (
            <Act
              label={`Show ${step} lines more`}
              pending={pending}
              onPress={(region) => void show(step, region)}
            >
              <ChevronsUpDown />
            </Act>
          )}
          {hidden !== undefined && (
            <Act
              label={
                hidden === 1
                  ? "Show the hidden line"
                  : hidden > most
                    ? `Show ${most} lines more`
                    : `Show all ${hidden} hidden lines`
              }
              pending={pending}
              onPress={(region) => void show(Math.min(hidden, most), region)}
            >
              <UnfoldVertical />
            </Act>
          )}
        </span>
      )}
      {children}
    </div>
  );
  return upwards ? (
    <>
      {bar}
      {rows}
    </>
  ) : (
    <>
      {rows}
      {bar}
    </>
  );
}

function Act(props: {
  readonly label: string;
  readonly pending: boolean;
  readonly onPress: (region: HTMLElement | null) => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      aria-disabled={props.pending || undefined}
      onClick={(event) => props.onPress(event.currentTarget.closest<HTMLElement>(".diff-lines"))}
      className="grid size-6 place-items-center rounded text-accent-ink hover:bg-pressed [&_.lucide]:size-3.5"
    >
      {props.children}
    </button>
  );
}

const contextRows = (lines: readonly string[], start: number, shift: number): readonly DiffRow[] =>
  lines.map((html, index) => {
    const line = { kind: "context", old: start + index + shift, new: start + index, html } as const;
    return { left: line, right: line };
  });

const Rows = memo(function Rows({ html }: { readonly html: string }) {
  return html === "" ? null : <div dangerouslySetInnerHTML={{ __html: html }} />;
});
