import { memo } from "react";
import type { WebThread } from "../../../api/client.gen.ts";
import { useFileAtHand } from "../diff/at-hand.ts";
import { hrefOfPlace } from "../diff/diff-pages.tsx";
import { FileTree } from "../diff/tree.tsx";
import type { PullFilesData } from "./queries.ts";
import type { ViewedMarks } from "./use-viewed.ts";
import { ViewedProgress } from "./viewed-mark.tsx";

interface Props {
  readonly diff: PullFilesData["diff"];
  readonly search: URLSearchParams;
  readonly talk: ReadonlyMap<string, readonly WebThread[]>;
  readonly marks: ViewedMarks;
}

/** The files beside the diff; where there is no room, behind a button. */
export const FilesSide = memo(function FilesSide({ diff, search, talk, marks }: Props) {
  const current = useFileAtHand();
  return (
    // A press on a link within closes it where it floats; links are reached by keys as well.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <div
      id="file-tree"
      popover="auto"
      className="tree-pane"
      onClick={({ currentTarget, target }) => {
        if (target instanceof Element && target.closest("a") && currentTarget.matches(":popover-open"))
          currentTarget.hidePopover();
      }}
    >
      <FileTree
        files={diff.list ?? diff.files}
        search={search}
        hrefOf={(index) => hrefOfPlace(diff, search, index)}
        talkOf={(path) => {
          const threads = talk.get(path) ?? [];
          return { count: threads.length, open: threads.some(({ resolved }) => !resolved) };
        }}
        isViewed={(path) => marks.viewed.has(path)}
        isChanged={(path) => marks.changed.has(path)}
        current={current}
        progress={
          marks.can && (
            <div className="pb-2">
              <ViewedProgress viewed={marks.viewed.size} total={diff.total_files} />
            </div>
          )
        }
      />
    </div>
  );
});
