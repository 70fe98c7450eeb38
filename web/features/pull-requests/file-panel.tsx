import { MessageSquarePlus } from "lucide-react";
import { memo, useMemo, useState } from "react";
import type { WebAnnotation } from "../../../api/client.gen.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { annotated } from "../checks/annotated.tsx";
import type { PanelProps } from "../diff/diff-props.ts";
import { DiffFilePanel } from "../diff/file.tsx";
import { showsLine, type DiffFile } from "../diff/lines.ts";
import { pullHref } from "./hrefs.ts";
import { fileComments, type FileTalk } from "./line-comments.tsx";
import { placeName } from "./places.ts";
import { useWritten, type WrittenPlace } from "./use-place.ts";
import { ViewedMark } from "./viewed-mark.tsx";

interface Props extends PanelProps, Omit<FileTalk, "head" | "line" | "place"> {
  readonly written: WrittenPlace;
  /** What check runs say about the file. */
  readonly said: readonly WebAnnotation[] | undefined;
  /** Undefined where nobody is signed in. */
  readonly viewed: boolean | undefined;
  /** It was marked in an earlier version. */
  readonly changed: boolean;
  /** The address of the page, without the file. */
  readonly here: string;
  readonly onViewed: (file: DiffFile, done: boolean) => void;
}

/** What its reader pressed, and what the page said then. */
interface Marked {
  readonly was: boolean | undefined;
  readonly now: boolean;
}

/**
 * A file of a pull request with what is said of it. All that it is given stays the same while nothing of this file changes: then
 * it is not drawn again, whatever is marked or written elsewhere on a long page.
 */
export const FilePanel = memo(function FilePanel(props: Props) {
  const { file, at, number, said, written, viewed: was, changed, here, onViewed, ...panel } = props;
  const { head, threads, edit, pending, canComment } = panel;
  const [marked, setMarked] = useState<Marked>();
  // What was pressed holds until the page says something new: the same, or later that it was refused or fell off.
  const pressed = marked?.was === was ? marked : undefined;
  if (marked && !pressed) setMarked(undefined);
  const viewed = pressed ? pressed.now : was;
  const folded = pressed ? !panel.alone && (file.folded !== null || pressed.now) : panel.folded;
  const line = written.acts;
  const place = useWritten(written, (path) => path === file.path);
  const below = place?.line !== undefined && showsLine(file, place.side, place.line) ? place : undefined;
  const top = below ? undefined : place;
  const drawn = useMemo(
    () => (where: FileTalk["place"]) =>
      annotated(
        file,
        said,
        (run) => `${pullHref(at, number, "checks")}?run=${run}`,
        fileComments({ at, number, head, threads, edit, pending, canComment, line, place: where }, file),
      ),
    [at, number, head, threads, edit, pending, canComment, line, file, said],
  );
  // The lines are drawn again only for what stands between them.
  const { renderBelowLine } = useMemo(() => drawn(below), [drawn, below]);
  return (
    <DiffFilePanel
      {...panel}
      file={file}
      folded={folded}
      renderFileTop={drawn(top).renderFileTop}
      renderBelowLine={renderBelowLine}
      renderFileActs={() => (
        <>
          {panel.commentHref && (
            <a {...line.opens(placeName({ path: file.path, line: undefined }))} className="js:contents">
              <IconButton
                size="sm"
                tabIndex={-1}
                label="Comment on the file"
                icon={<MessageSquarePlus aria-hidden="true" className="size-3.5" />}
              />
            </a>
          )}
          {viewed !== undefined && (
            <ViewedMark
              at={at}
              number={number}
              file={file}
              viewed={viewed}
              changed={changed}
              here={`${here}#${panel.anchor}`}
              onToggle={() => {
                setMarked({ was, now: !viewed });
                onViewed(file, !viewed);
              }}
            />
          )}
        </>
      )}
    />
  );
});
