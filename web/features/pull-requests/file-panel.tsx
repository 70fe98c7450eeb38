import { MessageSquarePlus } from "lucide-react";
import { memo } from "react";
import type { WebAnnotation } from "../../../api/client.gen.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { annotated } from "../checks/annotated.tsx";
import type { PanelProps } from "../diff/diff-props.ts";
import { DiffFilePanel } from "../diff/file.tsx";
import type { DiffFile } from "../diff/lines.ts";
import { pullHref } from "./hrefs.ts";
import { fileComments, type FileTalk } from "./line-comments.tsx";
import { placeName } from "./places.ts";
import { ViewedMark } from "./viewed-mark.tsx";

interface Props extends PanelProps, Omit<FileTalk, "head"> {
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

/**
 * A file of a pull request with what is said of it. All that it is given stays the same while nothing of this file changes: then
 * it is not drawn again, whatever is marked or written elsewhere on a long page.
 */
export const FilePanel = memo(function FilePanel(props: Props) {
  const { file, at, number, said, line, viewed, changed, here, onViewed, ...panel } = props;
  const drawn = annotated(
    file,
    said,
    (run) => `${pullHref(at, number, "checks")}?run=${run}`,
    fileComments(props, file),
  );
  return (
    <DiffFilePanel
      {...panel}
      {...drawn}
      file={file}
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
              onToggle={() => onViewed(file, !viewed)}
            />
          )}
        </>
      )}
    />
  );
});
