import { Fragment, useMemo, type MouseEvent } from "react";
import { linesOf } from "./chunks.ts";
import { placeOfButton, type PanelProps } from "./diff-props.ts";
import { Gap } from "./gap.tsx";
import { HunkLines } from "./hunk.tsx";
import { gapsOf, type HiddenLines } from "./lines.ts";

/** Lines that a file alone shows without JavaScript. */
const mostPlain = 5000;

const nothingHidden: HiddenLines = { from: 1, to: 0, shift: 0 };

/** The lines of a file, hunk by hunk, with what is hidden between them. */
export function FileLines(props: Omit<PanelProps, "folded">) {
  const { file, repository, anchor, mode, commentHref, onLineComment, renderBelowLine } = props;
  const { first, wanted, startHref } = props;
  const onClick = (event: MouseEvent) => {
    if (!onLineComment || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const place = placeOfButton(event.target, file.path);
    if (!place) return;
    event.preventDefault();
    onLineComment(place);
  };
  const gaps = gapsOf(file);
  const { path } = file;
  const drawing = useMemo(
    () => ({
      anchor,
      split: mode === "split",
      commentHref: commentHref && ((side: "old" | "new", line: number) => commentHref({ path, side, line })),
    }),
    [anchor, mode, commentHref, path],
  );
  const all = linesOf(file);
  const starts = file.hunks.map((_, index) =>
    file.hunks.slice(0, index).reduce((sum, { lines }) => sum + lines.length, 0),
  );
  const shown = props.alone ? mostPlain : first.lines + first.plain;
  return (
    // Presses are those of links within, which the keyboard reaches too.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <div
      className="diff-lines rounded-b-lg"
      onClick={onClick}
      tabIndex={0}
      role="region"
      aria-label={`Changes of ${file.path}`}
    >
      <div className={mode === "split" ? "min-w-[720px]" : "diff-wide"}>
        {file.hunks.map((hunk, index) => {
          const start = starts[index] ?? 0;
          return (
            <Fragment key={`${hunk.old_start} ${hunk.new_start}`}>
              <Gap {...(gaps[index] ?? nothingHidden)} {...{ repository, file, drawing }}>
                <span className="truncate">
                  <span className="sr-only">
                    From line {hunk.old_start} before and {hunk.new_start} after
                  </span>
                  {hunk.heading}
                </span>
              </Gap>
              <HunkLines
                {...{ hunk, file, drawing, renderBelowLine, wanted }}
                eager={first.lines - start}
                plain={shown - start}
              />
            </Fragment>
          );
        })}
        <Gap {...(gaps.at(-1) ?? nothingHidden)} {...{ repository, file, drawing }} />
      </div>
      {shown < all && (
        <noscript>
          <p className="px-3 py-3 font-sans text-sm text-ink-2">
            {props.alone || !startHref ? (
              `${all - shown} lines more: the file itself has them.`
            ) : (
              <a className="text-accent-ink underline" href={startHref(file.path)}>
                Read on from this file
              </a>
            )}
          </p>
        </noscript>
      )}
    </div>
  );
}
